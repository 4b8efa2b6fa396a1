package import FundModel
import Store

/// Says that one payment or refund was keyed in wrongly (취소). The reversal takes its date, and
/// both drop out at every reference date. A direct investment is undone as a whole instead of its
/// payment (``UndoInvestment``): without it, it would be owed.
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
    try reverse(in: books, asHistory: false)
  }

  /// - Parameter asHistory: an import also replays how a direct investment was undone.
  func reverse(in books: OpenBooks, asHistory: Bool) throws -> Entry.ID {
    try books.check(reason, "reason", most: TextLimit.memo, required: true)
    let target = try books.reversible(entry)
    guard asHistory || !target.call.isDirectInvestment || target.entry.kind != .payment else {
      throw Refusal.directInvestment
    }
    try books.check(target)
    return try books.appendReversal(of: target, because: reason)
  }
}

extension OpenBooks {
  /// Reverses all that stands on items of one commitment. What goes together rests on nothing that
  /// stays, so no order is wrong; one that single reversals could take too is kept where there is.
  func reverseTogether(_ ids: [Entry.ID], because reason: String) throws {
    var left = ids
    while !left.isEmpty {
      let next = try left.firstIndex { id in
        do { try check(try reversible(id)) } catch is Refusal { return false }
        return true
      }
      let target = try reversible(left.remove(at: next ?? 0))
      _ = try appendReversal(of: target, because: reason)
    }
  }

  fileprivate struct Reversible {
    let entry: Entry
    let item: CallItem
    let call: CapitalCall
    let history: ItemHistory
    let isReversed: Bool
  }

  fileprivate func reversible(_ id: Entry.ID) throws -> Reversible {
    guard let row = try connection.rows(entrySQL, [.init(id)]).first,
      let itemID: CallItem.ID = try row.optionalID("item_id")
    else { throw Refusal.unknown(.entry, id.rawValue) }
    let (item, call, history) = try item(itemID)
    guard let kind = Entry.Kind(rawValue: try row.text("kind")) else {
      throw StoreError.malformed(column: "kind")
    }
    let entry = Entry(
      id: id, kind: kind, fund: call.fund, side: call.side, commitment: item.commitment,
      item: item.id, amount: try row.money("amount", in: item.amount.currency),
      effectiveOn: try row.date("effective_on"), reverses: nil)
    return Reversible(
      entry: entry, item: item, call: call, history: history,
      isReversed: try row.flag("is_reversed"))
  }

  fileprivate func check(_ target: Reversible) throws(Refusal) {
    do {
      try EntryRules.checkReversal(
        of: target.entry, alreadyReversed: target.isReversed, history: target.history)
    } catch { throw .entry(error) }
  }

  fileprivate func appendReversal(of target: Reversible, because reason: String) throws -> Entry.ID
  {
    guard let reversal = target.entry.kind.reversal else {
      throw Refusal.entry(.reversalOfReversal)
    }
    return try appendEntry(
      reversal, call: target.call, item: target.item, amount: target.entry.amount,
      on: target.entry.effectiveOn, reverses: target.entry.id, memo: reason)
  }
}

private let entrySQL = """
  SELECT e.kind, e.item_id, e.amount, e.effective_on,
         CASE WHEN EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id) THEN 1 ELSE 0 END
           AS is_reversed
  FROM entry e
  WHERE e.id = $1
  """
