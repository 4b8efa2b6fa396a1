extension Money {
  /// The exact amount in major units without grouping: `1250.50`, `-161`, `400000`.
  ///
  /// Decimals are written in full or, where the amount is whole, not at all; so it is an exact
  /// JSON number as well.
  package var digits: String { String(appending: appendDigits) }

  /// Writes ``digits``, in ASCII.
  package func appendDigits(to text: inout [UInt8]) {
    let perMajor = currency.unitsPerMajor
    if perMajor == 1 || minorUnits % perMajor == 0 {
      text.append(decimal: (minorUnits / perMajor).magnitude, negative: isNegative)
    } else {
      text.append(
        decimal: minorUnits.magnitude, decimals: currency.decimals, negative: isNegative)
    }
  }

  /// The exact amount in major units with all its decimals: `400000.00`, `-161`.
  package var fullDigits: String {
    decimalText(minorUnits.magnitude, decimals: currency.decimals, negative: isNegative)
  }

  /// The amount as people read it, in the currency's major unit: `1,250.50`, `-161`.
  package var grouped: String { groupedDigits(fullDigits) }
}

extension Money {
  /// The amount in a Korean sentence: `535,000,000원`, `USD 1,250.50`.
  package var inKorean: String { currency == .krw ? "\(grouped)원" : description }
}

extension Money: CustomStringConvertible {
  /// `KRW 1,250` or `USD 1,250.50`: the form of sentences.
  package var description: String { "\(currency.code) \(grouped)" }
}

/// Digits with a point: `decimalText(1250, decimals: 2)` is `12.50`.
func decimalText(_ magnitude: UInt64, decimals: Int, negative: Bool) -> String {
  String(appending: { $0.append(decimal: magnitude, decimals: decimals, negative: negative) })
}

extension String {
  fileprivate init(appending write: (inout [UInt8]) -> Void) {
    var text: [UInt8] = []
    text.reserveCapacity(24)
    write(&text)
    self.init(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Writes digits with a point, in ASCII: 1250 with two decimals is `12.50`.
  ///
  /// - Parameter decimals: 0 to 19.
  package mutating func append(decimal magnitude: UInt64, decimals: Int = 0, negative: Bool = false)
  {
    // 20 digits, a point and a sign at most.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
      var (place, left, written) = (24, magnitude, 0)
      repeat {
        if written == decimals, written > 0 {
          place -= 1
          buffer[place] = UInt8(ascii: ".")
        }
        place -= 1
        buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: left % 10)
        left /= 10
        written += 1
      } while left > 0 || written <= decimals
      if negative {
        place -= 1
        buffer[place] = UInt8(ascii: "-")
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: buffer[place...]))
    }
  }
}

/// Commas between groups of three digits of the whole part: `1234567.5` is `1,234,567.5`.
package func groupedDigits(_ digits: String) -> String {
  let negative = digits.hasPrefix("-")
  let unsigned = negative ? digits.dropFirst() : digits[...]
  let whole = unsigned.prefix { $0 != "." }
  var grouped = ""
  for (offset, digit) in whole.enumerated() {
    if offset > 0, (whole.count - offset) % 3 == 0 { grouped.append(",") }
    grouped.append(digit)
  }
  return (negative ? "-" : "") + grouped + unsigned.dropFirst(whole.count)
}
