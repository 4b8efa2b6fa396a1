/// Where one call item stands at the close of a reference date.
package struct ItemStanding: Hashable, Sendable {
  package let item: CallItem
  /// Standing payments less refunds dated on or before the reference date; negative on a credit.
  package let paid: Money
  /// How many payments and refunds stand (neither reversed nor reversals).
  package let standingEntries: Int
  /// The day of the latest standing entry, then the highest sequence; `nil` with none.
  package let lastPaidOn: CalendarDate?
  package let status: LiveStatus
  /// Still owed on a positive item of a noticed, uncancelled call; else zero.
  package let outstanding: Money
  /// Still to be returned on a credit of a noticed, uncancelled call; else zero. Not negative.
  package let creditDue: Money
  /// Whole days past the call's due date where something is outstanding; else 0. Never of a credit.
  package let daysOverdue: Int
  /// Whole days past the call's due date where something of a credit is still to be returned; else 0.
  package let daysCreditIsLate: Int

  package init(
    item: CallItem, of call: CapitalCall, on referenceDate: CalendarDate, paid: Money,
    standingEntries: Int, lastPaidOn: CalendarDate?
  ) throws(MoneyError) {
    self.item = item
    self.paid = paid
    self.standingEntries = standingEntries
    self.lastPaidOn = lastPaidOn
    status = LiveStatus(amount: item.amount, paid: paid, standingEntries: standingEntries)
    let none = Money.zero(item.amount.currency)
    let counts = call.counts(on: referenceDate)
    outstanding = counts && !item.isCredit ? try item.amount - paid : none
    creditDue = counts && item.isCredit ? try paid - item.amount : none
    let isLate = call.dueDate < referenceDate
    daysOverdue =
      isLate && outstanding.isPositive ? referenceDate.days(since: call.dueDate) : 0
    daysCreditIsLate =
      isLate && creditDue.isPositive ? referenceDate.days(since: call.dueDate) : 0
  }
}

/// Where one capital call stands at the close of a reference date.
package struct CallStanding: Hashable, Sendable {
  package let call: CapitalCall
  package let items: [ItemStanding]
  /// Item amounts, credits taken off.
  package let amount: Money
  package let paid: Money
  package let outstanding: Money
  package let creditsDue: Money
  package let status: LiveStatus
  /// Noticed after the reference date: shown, counted nowhere.
  package let isNoticed: Bool
  package let isCancelled: Bool
  /// Something is outstanding on a positive item and the due date has passed.
  package let isOverdue: Bool
  /// Whole days past due where overdue; else 0.
  package let daysOverdue: Int
  /// Whole days past due where something is still to be returned on a credit; else 0.
  package let daysCreditIsLate: Int
  /// Paid ÷ amount over positive items, two decimals; `nil` when the call has only credits.
  package let paidPercent: Percent?
  package let lastPaidOn: CalendarDate?

  package init(
    call: CapitalCall, items: [ItemStanding], currency: Currency, on referenceDate: CalendarDate
  ) throws(MoneyError) {
    self.call = call
    self.items = items
    amount = try Money.sum(items.map(\.item.amount), in: currency)
    paid = try Money.sum(items.map(\.paid), in: currency)
    outstanding = try Money.sum(items.map(\.outstanding), in: currency)
    creditsDue = try Money.sum(items.map(\.creditDue), in: currency)
    status = LiveStatus(of: items.map(\.status))
    isNoticed = call.noticeDate <= referenceDate
    isCancelled = call.isCancelled(on: referenceDate)
    daysOverdue = items.map(\.daysOverdue).max() ?? 0
    daysCreditIsLate = items.map(\.daysCreditIsLate).max() ?? 0
    isOverdue = daysOverdue > 0
    let positive = items.filter { !$0.item.isCredit }
    paidPercent = Percent(
      try Money.sum(positive.map(\.paid), in: currency),
      of: try Money.sum(positive.map(\.item.amount), in: currency))
    lastPaidOn = items.compactMap(\.lastPaidOn).max()
  }
}
