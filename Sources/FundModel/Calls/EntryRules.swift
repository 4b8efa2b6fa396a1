/// The rules that every new entry on a call item must pass.
package enum EntryRules {
  /// Checked in this order; the first that fails is the one thrown.
  ///
  /// - Parameters:
  ///   - kind: a payment or a refund; a reversal is checked by ``checkReversal(of:alreadyReversed:history:)``.
  ///   - today: the civil date in the books' zone; a paid date after it is refused.
  package static func check(
    _ kind: Entry.Kind, of amount: Money, on day: CalendarDate, item history: ItemHistory,
    of call: CapitalCall, today: CalendarDate
  ) throws(Refusal) {
    try checkItself(
      kind, of: amount, on: day, itemAmount: history.amount, of: call, today: today)
    let most = history.most(kind, on: day)
    guard amount.minorUnits <= most.minorUnits else {
      throw .tooMuch(
        kind, amount, most: most, on: day,
        completeSince: most.isZero && history.isCompleted(by: kind) ? history.completeSince : nil)
    }
  }

  /// What an entry must be whatever else stands on its item.
  package static func checkItself(
    _ kind: Entry.Kind, of amount: Money, on day: CalendarDate, itemAmount: Money,
    of call: CapitalCall, today: CalendarDate
  ) throws(Refusal) {
    guard amount.currency == itemAmount.currency else {
      throw .wrongCurrency(given: amount.currency, expected: itemAmount.currency)
    }
    guard amount.isPositive else { throw .notPositive(amount) }
    if let cancelledOn = call.cancelledOn { throw .callCancelled(cancelledOn) }
    guard day <= today else { throw .afterToday(day, today: today) }
    guard day >= call.noticeDate else { throw .beforeNotice(day, noticeDate: call.noticeDate) }
    if kind == .payment, itemAmount.isNegative { throw .paymentOnCredit }
  }

  /// A reversal takes its target's date; both drop out at every reference date.
  package static func checkReversal(
    of entry: Entry, alreadyReversed: Bool, history: ItemHistory
  ) throws(Refusal) {
    guard let reversal = entry.kind.reversal else { throw .reversalOfReversal }
    guard !alreadyReversed else { throw .reversedAlready }
    let most = history.most(reversal, on: entry.effectiveOn)
    guard entry.amount.minorUnits <= most.minorUnits else {
      throw .laterEntriesDepend(entry.amount, most: most, on: entry.effectiveOn)
    }
  }

  /// Why the books will not take an entry. Each case reaches the person as one sentence.
  package enum Refusal: Error, Hashable, Sendable {
    case wrongCurrency(given: Currency, expected: Currency)
    case notPositive(Money)
    case callCancelled(CalendarDate)
    case afterToday(CalendarDate, today: CalendarDate)
    case beforeNotice(CalendarDate, noticeDate: CalendarDate)
    case paymentOnCredit
    /// With the day since which everything that the item asks stands on it, where that is why.
    case tooMuch(
      Entry.Kind, Money, most: Money, on: CalendarDate, completeSince: CalendarDate? = nil)
    case reversalOfReversal
    case reversedAlready
    case laterEntriesDepend(Money, most: Money, on: CalendarDate)
  }
}
