extension Money {
  /// The exact amount in major units without grouping: `1250.50`, `-161`, `400000`.
  ///
  /// Decimals are written in full or, where the amount is whole, not at all; so it is an exact
  /// JSON number as well.
  package var digits: String { String(writing: appendDigits) }

  /// Writes ``digits``, in ASCII.
  package func appendDigits(to text: inout OutputSpan<UInt8>) {
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
  String(writing: { $0.append(decimal: magnitude, decimals: decimals, negative: negative) })
}

extension String {
  fileprivate init(writing write: (inout OutputSpan<UInt8>) -> Void) {
    self.init(
      decoding: [UInt8](capacity: OutputSpan<UInt8>.mostDigits, initializingWith: write),
      as: UTF8.self)
  }
}

extension OutputSpan<UInt8> {
  /// How many bytes a number takes at most: 20 digits, a point, a zero before it and a sign.
  package static var mostDigits: Int { 24 }

  /// Writes digits with a point, in ASCII: 1250 with two decimals is `12.50`.
  ///
  /// - Parameter decimals: 0 to 19.
  package mutating func append(decimal magnitude: UInt64, decimals: Int = 0, negative: Bool = false)
  {
    if negative { append(UInt8(ascii: "-")) }
    let digits = Swift.max(Self.digitCount(of: magnitude), decimals + 1)
    let length = decimals > 0 ? digits + 1 : digits
    precondition(freeCapacity >= length)
    // The last digit is known first: each goes to its place from behind, two at a time where no
    // point can come between them.
    withUnsafeMutableBufferPointer { buffer, count in
      guard let start = buffer.baseAddress else { return }
      var place = start + (count + length)
      var left = magnitude
      for _ in 0..<decimals {
        place -= 1
        place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: left % 10)
        left /= 10
      }
      if decimals > 0 {
        place -= 1
        place.pointee = UInt8(ascii: ".")
      }
      let pairs = digitPairs.utf8Start
      while left >= 100 {
        let rest = left / 100
        place -= 2
        place.update(from: pairs + 2 * Int(left &- rest &* 100), count: 2)
        left = rest
      }
      if left >= 10 {
        place -= 2
        place.update(from: pairs + 2 * Int(left), count: 2)
      } else {
        place -= 1
        place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: left)
      }
      count += length
    }
  }

  private static func digitCount(of number: UInt64) -> Int {
    // Log 2 times 1233 / 4096 is log 10, or one more.
    let estimate = ((UInt64.bitWidth - number.leadingZeroBitCount) * 1_233) >> 12
    return estimate + (number < powersOfTen[estimate] ? 0 : 1)
  }

  /// Writes bytes as they are.
  package mutating func append(copying bytes: UnsafeBufferPointer<UInt8>) {
    precondition(freeCapacity >= bytes.count)
    withUnsafeMutableBufferPointer { buffer, count in
      guard let from = bytes.baseAddress, let start = buffer.baseAddress else { return }
      (start + count).update(from: from, count: bytes.count)
      count += bytes.count
    }
  }

  package mutating func append(copying text: StaticString) {
    append(copying: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

/// `00`, `01` … `99`.
private let digitPairs: StaticString = """
  00010203040506070809101112131415161718192021222324252627282930313233343536373839\
  40414243444546474849505152535455565758596061626364656667686970717273747576777879\
  8081828384858687888990919293949596979899
  """

/// 1, 10, 100 … to 10^19.
private let powersOfTen: [UInt64] = {
  var powers: [UInt64] = [1]
  for _ in 1..<20 { powers.append(powers[powers.count - 1] * 10) }
  return powers
}()

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
