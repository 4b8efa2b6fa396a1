extension Money {
  /// The exact amount in major units without grouping: `1250.50`, `-161`, `400000`.
  ///
  /// Decimals are written in full or, where the amount is whole, not at all; so it is an exact
  /// JSON number as well.
  package var digits: String { String(atMost: TextWriter.mostDigits) { $0.write(self) } }

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
  String(atMost: TextWriter.mostDigits) {
    if negative { $0.write(UInt8(ascii: "-")) }
    $0.write(magnitude, decimals: decimals)
  }
}

extension TextWriter {
  /// Writes ``Money/digits``, at most ``mostDigits`` bytes.
  @inlinable @inline(__always)
  package mutating func write(_ amount: Money) {
    if amount.isNegative { write(UInt8(ascii: "-")) }
    let (magnitude, decimals) = (amount.minorUnits.magnitude, amount.currency.decimals)
    guard decimals > 0 else { return write(magnitude) }
    // By a constant is quicker, and two decimals are what most currencies have.
    let (whole, part) =
      decimals == 2
      ? magnitude.quotientAndRemainder(dividingBy: 100)
      : magnitude.quotientAndRemainder(dividingBy: amount.currency.unitsPerMajor.magnitude)
    write(whole)
    guard part > 0 else { return }
    write(UInt8(ascii: "."))
    writeLast(decimals, of: part)
  }

  /// Writes it with two decimals: `40.55`; at most ``mostDigits`` bytes.
  @inlinable @inline(__always)
  package mutating func write(_ percent: Percent) {
    guard percent.tenThousandths % 100 == 0 else {
      for byte in percent.digits(decimals: 2).utf8 { write(byte) }
      return
    }
    if percent.tenThousandths < 0 { write(UInt8(ascii: "-")) }
    write((percent.tenThousandths / 100).magnitude, decimals: 2)
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
