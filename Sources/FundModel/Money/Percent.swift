/// A percentage, exact to four decimals: a hurdle rate, a ratio rounded for display.
package struct Percent: Hashable, Comparable, Sendable {
  /// Ten-thousandths of one per cent: 2.0 % is 20,000.
  package let tenThousandths: Int64

  package init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  package static func < (a: Percent, b: Percent) -> Bool { a.tenThousandths < b.tenThousandths }

  /// `part` ÷ `whole` × 100, rounded half away from zero to `decimals` (at most 4).
  ///
  /// - Returns: `nil` over zero, which is shown as a dash, or if it does not fit.
  package init?(_ part: Int64, of whole: Int64, decimals: Int = 2) {
    guard whole != 0 else { return nil }
    if decimals == 2, let quick = Self.hundredths(part, of: whole) {
      tenThousandths = quick * 100
      return
    }
    var step: Int128 = 1
    for _ in 0..<max(0, 4 - decimals) { step *= 10 }
    let scaled = Int128(part) * (1_000_000 / step)
    let rounded = dividedHalfAwayFromZero(scaled, by: Int128(whole)) * step
    guard let tenThousandths = Int64(exactly: rounded) else { return nil }
    self.tenThousandths = tenThousandths
  }

  /// The same in 64 bits where that is enough: most of what is shown is this.
  private static func hundredths(_ part: Int64, of whole: Int64) -> Int64? {
    let (scaled, overflow) = part.multipliedReportingOverflow(by: 10_000)
    guard !overflow, part >= 0, whole > 0 else { return nil }
    let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: whole)
    guard quotient < 1 << 50 else { return nil }
    return remainder >= whole - remainder ? quotient + 1 : quotient
  }

  /// `part` ÷ `whole` × 100 with two decimals, the currency left aside.
  package init?(_ part: Money, of whole: Money) {
    self.init(part.minorUnits, of: whole.minorUnits)
  }

  /// With that many decimals, 0 to 4, rounded half away from zero: `40.55`, `41`.
  package func digits(decimals: Int) -> String { text(decimals: decimals, places: 0) }

  /// The same as a part of one: 40.55 % with two decimals is `0.4055`.
  package func fraction(decimals: Int) -> String { text(decimals: decimals, places: 2) }

  private func text(decimals: Int, places: Int) -> String {
    let decimals = min(max(decimals, 0), 4)
    var step: Int128 = 1
    for _ in decimals..<4 { step *= 10 }
    let rounded = dividedHalfAwayFromZero(Int128(tenThousandths), by: step)
    return decimalText(
      UInt64(rounded.magnitude), decimals: decimals + places, negative: rounded < 0)
  }

  /// Exact, with at least one decimal: `2.0`, `3.5`, `33.3333`.
  package var digits: String {
    var text = digits(decimals: 4)
    while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
    return text
  }

  /// The same without `.0`: `8`, `3.5`.
  package var shortDigits: String {
    let text = digits
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// This percentage of `amount`, rounded half away from zero to the minor unit.
  package func of(_ amount: Money) throws(MoneyError) -> Money {
    let exact = dividedHalfAwayFromZero(
      Int128(amount.minorUnits) * Int128(tenThousandths), by: 1_000_000)
    guard let units = Int64(exactly: exact) else { throw .overflow }
    return Money(minorUnits: units, amount.currency)
  }
}

/// Rounds the quotient half away from zero. `divisor` is not zero.
package func dividedHalfAwayFromZero(_ dividend: Int128, by divisor: Int128) -> Int128 {
  let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
  guard remainder.magnitude * 2 >= divisor.magnitude else { return quotient }
  return (dividend < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
}
