/// An exact sum of money: a whole number of one currency's minor units, in 64 bits.
///
/// Nothing here rounds. Whatever must be shared out is shared out by ``shared(in:)``,
/// which says where the last unit goes.
package struct Money: Hashable, Sendable {
  /// Won for KRW, cents for USD, fils for KWD. May be negative.
  package let minorUnits: Int64
  package let currency: Currency

  @inlinable package init(minorUnits: Int64, _ currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  package static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency) }

  package var isPositive: Bool { minorUnits > 0 }
  @inlinable package var isNegative: Bool { minorUnits < 0 }
  package var isZero: Bool { minorUnits == 0 }

  /// The most that one recorded amount may be, in minor units: a thousand million million.
  ///
  /// Fifteen digits are exact in every spreadsheet and JSON reader, and thousands of such
  /// amounts still add up within 64 bits.
  package static let mostRecorded: Int64 = 1_000_000_000_000_000
}

/// Why two sums of money cannot be combined.
package enum MoneyError: Error, Hashable, Sendable {
  case currenciesDiffer(Currency, Currency)
  /// The result does not fit in 64 bits of minor units.
  case overflow
}

extension MoneyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .currenciesDiffer(let one, let other):
      "Amounts in \(one) and \(other) are never added together."
    case .overflow: "The sum does not fit in 64 bits of minor units."
    }
  }
}

extension Money {
  package static func + (a: Money, b: Money) throws(MoneyError) -> Money {
    try combine(a, b) { $0.addingReportingOverflow($1) }
  }

  package static func - (a: Money, b: Money) throws(MoneyError) -> Money {
    try combine(a, b) { $0.subtractingReportingOverflow($1) }
  }

  /// The sum of `amounts`; zero in `currency` when there are none.
  package static func sum(
    _ amounts: some Sequence<Money>, in currency: Currency
  ) throws(MoneyError) -> Money {
    var total = Money.zero(currency)
    for amount in amounts { total = try total + amount }
    return total
  }

  private static func combine(
    _ a: Money, _ b: Money,
    by operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) throws(MoneyError) -> Money {
    guard a.currency == b.currency else { throw .currenciesDiffer(a.currency, b.currency) }
    let (units, overflow) = operation(a.minorUnits, b.minorUnits)
    guard !overflow else { throw .overflow }
    return Money(minorUnits: units, a.currency)
  }
}

extension Money {
  /// The opposite amount. Exact for every recorded amount (``mostRecorded``).
  package var negated: Money { Money(minorUnits: 0 &- minorUnits, currency) }
}
