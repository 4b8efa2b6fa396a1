/// What the standing entries on one call item add up to, on every day.
///
/// This is the guard of the cash ledger: whatever is recorded, in whatever order, on *every* day
/// the running total lies between zero and the item's amount. Looking at an entry's own day and at
/// the last one is not enough.
package struct ItemHistory: Sendable {
  package let amount: Money
  /// Days on which the total changes, in order, with the total at the close of each day.
  private let totals: [(day: CalendarDate, paid: Int64)]

  /// - Parameter movements: signed amounts in minor units (``Entry/signedUnits``), any order.
  package init(
    amount: Money, movements: [(day: CalendarDate, units: Int64)]
  ) throws(MoneyError) {
    self.amount = amount
    var totals: [(day: CalendarDate, paid: Int64)] = []
    var paid: Int64 = 0
    for movement in movements.sorted(by: { $0.day < $1.day }) {
      let (sum, overflow) = paid.addingReportingOverflow(movement.units)
      guard !overflow else { throw .overflow }
      paid = sum
      if totals.last?.day == movement.day { totals.removeLast() }
      totals.append((movement.day, paid))
    }
    self.totals = totals
  }

  /// The total at the close of `day`; negative on a credit.
  package func paid(on day: CalendarDate) -> Money {
    Money(minorUnits: totals.last { $0.day <= day }?.paid ?? 0, amount.currency)
  }

  /// The most that a further entry of `kind` dated `day` may be, looking at every day from then.
  ///
  /// Zero when nothing more fits. A credit takes no payment at all.
  package func most(_ kind: Entry.Kind, on day: CalendarDate) -> Money {
    let later = totals.filter { $0.day > day }.map(\.paid) + [paid(on: day).minorUnits]
    let bounds = (low: min(amount.minorUnits, 0), high: max(amount.minorUnits, 0))
    // In 128 bits: sound books never come near the ends of 64, damaged ones may.
    let most: Int128 =
      if kind == .payment, amount.isNegative {
        0
      } else if kind.sign > 0 {
        later.map { Int128(bounds.high) - Int128($0) }.min() ?? 0
      } else {
        later.map { Int128($0) - Int128(bounds.low) }.min() ?? 0
      }
    return Money(minorUnits: Int64(clamping: max(most, 0)), amount.currency)
  }

  /// The day since which the total is the item's amount, up to the last; `nil` where it is not.
  package var completeSince: CalendarDate? {
    totals.reversed().prefix { $0.paid == amount.minorUnits }.last?.day
  }

  /// Whether entries of `kind` are those that the item asks for: payments, on a credit refunds.
  package func isCompleted(by kind: Entry.Kind) -> Bool {
    amount.isNegative ? kind == .refund : kind == .payment
  }

  /// The days on which the total lies outside zero … amount: none, in sound books.
  package var breaches: [CalendarDate] {
    totals.filter {
      $0.paid < min(amount.minorUnits, 0) || $0.paid > max(amount.minorUnits, 0)
    }.map(\.day)
  }
}
