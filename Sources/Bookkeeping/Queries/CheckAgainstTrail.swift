import FundModel
import Store

/// Holds what can be made from the trail alone against what stands in the tables: who may open the
/// books, who reads which feed, and whether cash entries say what was asked.
struct CheckAgainstTrail {
  let connection: any SQLConnection

  func findings() throws -> [Finding] { try users() + feeds() + entries() }

  private func users() throws -> [Finding] {
    let told = try UsersInTrail(through: .max, in: connection).users
    let found = try UserRecords.all(in: connection)
    let lacking = Set(told.keys).subtracting(found.map(\.id)).sorted().map {
      finding("user_account \($0) is gone")
    }
    return lacking
      + found.flatMap { user -> [Finding] in
        guard let told = told[user.id] else {
          return [finding("user_account \(user.id) (\(user.name)) was let in by nobody")]
        }
        let differing = [
          ("name", user.name == told.name), ("role", user.role == told.after.role),
          ("parties", user.parties == told.after.parties),
          ("end", (user.endedAt != nil) == told.after.hasEnded),
        ]
        return differing.filter { !$0.1 }.map {
          finding("user_account \(user.id) (\(user.name)): its \($0.0) is another")
        }
      }
  }

  private func feeds() throws -> [Finding] {
    try connection.rows(strangeFeedsSQL).map {
      finding("feed \(try $0.integer("id")): who reads it is another")
    }
  }

  private func finding(_ row: String) -> Finding {
    Finding(invariant: "who may open the books is who the trail says", row: row)
  }

  /// The command that each payment, refund and reversal would have been asked for by, against the one
  /// that the trail keeps.
  private func entries() throws -> [Finding] {
    try connection.rows(entriesAskedForSQL).compactMap { row -> Finding? in
      let asked: JSON
      if let reversed: Entry.ID = try row.optionalID("reverses") {
        asked = ReverseEntry(entry: reversed, reason: try row.text("memo")).content
      } else {
        guard let item: CallItem.ID = try row.optionalID("item_id") else { return nil }
        asked =
          RecordPayment(
            ItemMovement(
              item: item, amount: try row.money("amount", in: row.currency()),
              paidDate: try row.date("effective_on"), memo: try row.text("memo"),
              reference: try row.text("reference"))
          ).content
      }
      guard try row.text("content") != asked.text else { return nil }
      return Finding(
        invariant: "cash entries say what was asked",
        row: "entry \(try row.integer("id")), audit \(try row.integer("audit"))")
    }
  }
}

private let strangeFeedsSQL = """
  SELECT f.id
  FROM feed f
  JOIN audit a ON a.sequence = f.audit
  LEFT JOIN feed_reader r ON r.feed_id = f.id
  WHERE json_extract(a.content, '$.reader') IS NOT r.user_id
  ORDER BY f.id
  """

private let entriesAskedForSQL = """
  SELECT e.id, e.audit, e.item_id, e.amount, e.effective_on, e.memo, e.reference, e.reverses,
         c.currency, a.content
  FROM entry e
  JOIN audit a ON a.sequence = e.audit
  JOIN commitment c ON c.id = e.commitment_id
  WHERE a.command IN ('\(RecordPayment.name)', '\(RecordRefund.name)', '\(ReverseEntry.name)')
  ORDER BY e.id
  """
