import FundModel

/// One call item and the entries that its books have taken, told one after another.
struct ItemStory {
  let call: CapitalCall
  let amount: Money
  var today = date("2026-12-31")
  private(set) var entries: [Entry] = []
  private(set) var reversed: Set<Entry.ID> = []

  init(amount: Money, noticed: CalendarDate, due: CalendarDate? = nil) {
    self.amount = amount
    call = CapitalCall(
      id: .init(rawValue: 1), fund: .init(rawValue: 1), side: .partners, number: 1, callType: "",
      noticeDate: noticed, dueDate: due ?? noticed)
  }

  var history: ItemHistory {
    get throws {
      try ItemHistory(amount: amount, movements: entries.map { ($0.effectiveOn, $0.signedUnits) })
    }
  }

  /// Takes a payment or refund, if the rules do.
  /// - Returns: its place in `entries`, to be reversed by.
  @discardableResult
  mutating func take(_ kind: Entry.Kind, _ units: Int64, on day: CalendarDate) throws -> Int {
    let money = Money(minorUnits: units, amount.currency)
    try EntryRules.check(kind, of: money, on: day, item: try history, of: call, today: today)
    append(kind, money, on: day, reverses: nil)
    return entries.count - 1
  }

  /// Says that the entry at `index` was keyed in wrongly, if the rules let that be said.
  mutating func reverse(_ index: Int) throws {
    let entry = entries[index]
    try EntryRules.checkReversal(
      of: entry, alreadyReversed: reversed.contains(entry.id), history: try history)
    append(
      entry.kind.reversal ?? entry.kind, entry.amount, on: entry.effectiveOn, reverses: entry.id)
    reversed.insert(entry.id)
  }

  /// Payments and refunds dated by `day` that no reversal names.
  func standing(on day: CalendarDate) -> [Entry] {
    entries.filter {
      !$0.kind.isReversal && !reversed.contains($0.id) && $0.effectiveOn <= day
    }
  }

  func item(on day: CalendarDate) throws -> ItemStanding {
    let standing = standing(on: day)
    return try ItemStanding(
      item: CallItem(
        id: .init(rawValue: 1), call: call.id, commitment: .init(rawValue: 1), amount: amount),
      of: call, on: day, paid: try history.paid(on: day), standingEntries: standing.count,
      lastPaidOn: standing.map(\.effectiveOn).max())
  }

  private mutating func append(
    _ kind: Entry.Kind, _ money: Money, on day: CalendarDate, reverses: Entry.ID?
  ) {
    entries.append(
      Entry(
        id: .init(rawValue: Int64(entries.count + 1)), kind: kind, fund: call.fund, side: call.side,
        commitment: .init(rawValue: 1), item: .init(rawValue: 1), amount: money, effectiveOn: day,
        reverses: reverses))
  }
}
