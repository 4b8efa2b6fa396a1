/// How far a call or an item is settled on a reference date. Derived, never stored.
package enum LiveStatus: String, CaseIterable, Hashable, Sendable {
  case scheduled
  case partiallyPaid = "partially_paid"
  case complete

  /// Of one item: `scheduled` when nothing on it stands, `complete` when its standing entries add
  /// up to its amount (a credit: refunds), else `partiallyPaid`.
  package init(amount: Money, paid: Money, standingEntries: Int) {
    self =
      if standingEntries == 0 {
        .scheduled
      } else if paid == amount {
        .complete
      } else {
        .partiallyPaid
      }
  }

  /// Of a call: `complete` when all its items are, `scheduled` when all are. Sums are never
  /// compared: one item paid twice over would hide another that is unpaid.
  package init(of items: some Collection<LiveStatus>) {
    self =
      if items.allSatisfy({ $0 == .scheduled }) {
        .scheduled
      } else if items.allSatisfy({ $0 == .complete }) {
        .complete
      } else {
        .partiallyPaid
      }
  }
}
