import FundModel

/// The sums of the columns of amounts of one table, by currency, with what was returned or reversed.
struct ColumnSums {
  private var sums: [Key: Sum] = [:]
  /// Of rows whose fund, and so whose currency, is not known: in thousandths of a major unit.
  private var unplaced: [String: Sum] = [:]

  private struct Key: Hashable {
    let column: String
    let currency: Currency
  }

  private struct Sum {
    var all: Int128 = 0
    /// By how much it is less where what was returned is taken off.
    var less: Int128 = 0

    mutating func add(_ units: Int128, isTakenOff: Bool) {
      all += units
      // An amount that is written as less than nothing is taken off as it stands.
      if isTakenOff { less += units + Int128(units.magnitude) }
    }

    static func + (a: Sum, b: Sum) -> Sum { Sum(all: a.all + b.all, less: a.less + b.less) }
  }

  mutating func add(_ amount: Money, to column: String, isTakenOff: Bool) {
    sums[Key(column: column, currency: amount.currency), default: Sum()]
      .add(Int128(amount.minorUnits), isTakenOff: isTakenOff)
  }

  mutating func add(unplaced text: String, to column: String, isTakenOff: Bool) {
    for currency in [Currency.krw, .usd] {
      guard let amount = try? Money(typed: text, in: currency) else { continue }
      unplaced[column, default: Sum()].add(
        Int128(amount.minorUnits) * Self.thousandths(currency), isTakenOff: isTakenOff)
      return
    }
  }

  /// How many thousandths of the major unit one minor unit is.
  private static func thousandths(_ currency: Currency) -> Int128 {
    max(1_000 / Int128(currency.unitsPerMajor), 1)
  }

  /// By column and currency. What is not known to be of a currency counts as the rest of the table
  /// does, where that is of one.
  var totals: [ImportReport.Total] {
    var sums = sums
    let currencies = Set(sums.keys.map(\.currency))
    if let only = currencies.isEmpty ? Currency.krw : currencies.first, currencies.count < 2 {
      let unit = Self.thousandths(only)
      for (column, sum) in unplaced where sum.all % unit == 0 && sum.less % unit == 0 {
        let key = Key(column: column, currency: only)
        sums[key] = (sums[key] ?? Sum()) + Sum(all: sum.all / unit, less: sum.less / unit)
      }
    }
    return sums.compactMap { key, sum in
      guard let units = Int64(exactly: sum.all), let net = Int64(exactly: sum.all - sum.less) else {
        return nil
      }
      return ImportReport.Total(
        column: key.column, amount: Money(minorUnits: units, key.currency),
        net: sum.less == 0 ? nil : Money(minorUnits: net, key.currency))
    }.sorted { ($0.column, $0.amount.currency.code) < ($1.column, $1.amount.currency.code) }
  }
}
