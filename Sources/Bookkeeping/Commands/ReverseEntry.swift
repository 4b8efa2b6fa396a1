package import FundModel
import Store

/// Says that one payment or refund was keyed in wrongly (취소). The reversal takes its date, and
/// both drop out at every reference date.
package struct ReverseEntry: Command {
  package static let name = "reverse-entry"

  package let entry: Entry.ID
  package let reason: String

  package init(entry: Entry.ID, reason: String) {
    self.entry = entry
    self.reason = reason
  }

  package var content: JSON { ["entry": JSON(entry), "reason": JSON(reason)] }

  package func execute(in books: OpenBooks) throws -> Entry.ID {
    try books.check(reason, "reason", most: TextLimit.memo, required: true)
    return try books.reverse(entry, because: reason)
  }
}

extension OpenBooks {
  func reverse(_ id: Entry.ID, because reason: String) throws -> Entry.ID {
    guard let row = try connection.rows(entrySQL, [.init(id)]).first,
      let itemID: CallItem.ID = try row.optionalID("item_id")
    else { throw Refusal.unknown(.entry, id.rawValue) }
    let (item, call, history) = try item(itemID)
    guard let kind = Entry.Kind(rawValue: try row.text("kind")) else {
      throw StoreError.malformed(column: "kind")
    }
    let target = Entry(
      id: id, kind: kind, fund: call.fund, side: call.side, commitment: item.commitment,
      item: item.id, amount: try row.money("amount", in: item.amount.currency),
      effectiveOn: try row.date("effective_on"), reverses: nil)
    let isReversed = try row.flag("is_reversed")
    do {
      try EntryRules.checkReversal(of: target, alreadyReversed: isReversed, history: history)
    } catch { throw Refusal.entry(error) }
    guard let reversal = kind.reversal else { throw Refusal.entry(.reversalOfReversal) }
    return try appendEntry(
      reversal, call: call, item: item, amount: target.amount, on: target.effectiveOn,
      reverses: id, memo: reason)
  }
}

private let entrySQL = """
  SELECT e.kind, e.item_id, e.amount, e.effective_on,
         CASE WHEN EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id) THEN 1 ELSE 0 END
           AS is_reversed
  FROM entry e
  WHERE e.id = $1
  """
