import FundModel
import Store

/// The calls on the partners' side that stand and are not complete.
struct OpenCalls: Sendable {
  struct Call: Sendable {
    let id: CapitalCall.ID
    let fund: Fund.ID
    let dueDate: CalendarDate
  }

  /// The last entry of the audit trail when they were looked at.
  let sequence: Int64
  let calls: [Call]

  /// Finds what is left of each item, in one pass over the ledger and one over the items.
  init(from connection: any SQLConnection) throws {
    sequence = try connection.auditHead().sequence
    let kinds = try EntryKinds(connection)
    var left = ItemAmounts(
      through: try connection.rows("SELECT coalesce(max(id), 0) AS last FROM call_item").first?
        .integer("last") ?? 0)
    try connection.forEachRow("SELECT item_id, \(kinds.signed("amount")) FROM entry") { row in
      guard let item = try row.optionalInteger(at: 0) else { return }
      left[item] &-= try row.integer(at: 1)
    }
    var open: Set<Int64> = []
    var last: Int64?
    try connection.forEachRow("SELECT id, call_id, amount FROM call_item") { row in
      guard try row.integer(at: 2) &+ left[try row.integer(at: 0)] != 0 else { return }
      let call = try row.integer(at: 1)
      // The items of a call come together.
      if call != last { open.insert(call) }
      last = call
    }
    var calls: [Call] = []
    for row in try connection.rows(callsInForceSQL) where open.contains(try row.integer("id")) {
      calls.append(
        Call(id: try row.id("id"), fund: try row.id("fund_id"), dueDate: try row.date("due_date")))
    }
    self.calls = calls
  }
}

/// An amount for each call item, at its id: ids count up without large gaps.
private struct ItemAmounts {
  private var dense: [Int64]
  private var others: [Int64: Int64] = [:]

  init(through last: Int64) {
    dense = [Int64](repeating: 0, count: Int(min(max(last, 0), 1 << 26)) + 1)
  }

  subscript(id: Int64) -> Int64 {
    get { dense.indices.contains(Int(id)) ? dense[Int(id)] : others[id] ?? 0 }
    set {
      if dense.indices.contains(Int(id)) {
        dense[Int(id)] = newValue
      } else {
        others[id] = newValue
      }
    }
  }
}

private let callsInForceSQL = """
  SELECT c.id, c.fund_id, v.due_date
  FROM capital_call c
  JOIN call_version v ON v.id = (SELECT max(id) FROM call_version WHERE call_id = c.id)
  WHERE c.side = 'partners'
    AND NOT EXISTS (SELECT 1 FROM call_cancellation x WHERE x.call_id = c.id)
  """
