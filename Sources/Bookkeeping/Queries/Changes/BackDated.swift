package import FundModel
import Store

/// Something dated into days that were already past when the books stood at an earlier moment, and
/// recorded only afterwards: what an auditor looks for first.
package struct BackDated: Hashable, Sendable {
  package enum What: Hashable, Sendable {
    case entry(Entry.Kind, Side)
    /// A call noticed on that day.
    case call
    case cancellation
    /// From that day on more, or less, was promised.
    case commitmentChange
    case totalChange
  }

  package let what: What
  /// The day that it is dated.
  package let day: CalendarDate
  /// The entry of the trail that recorded it.
  package let sequence: Int64
  package let fund: Fund
  package let party: String?
  package let call: TrailSubject.Call?
  /// As it moved what was paid, asked or promised.
  package let amount: Money

  /// - Parameter day: the last day that was past, inclusive.
  static func found(
    by day: CalendarDate, of fund: Fund.ID?, after: Int64, through known: Int64,
    in connection: any SQLConnection
  ) throws -> [BackDated] {
    let funds = Dictionary(
      uniqueKeysWithValues: try FundRecords.funds(knownThrough: known, in: connection)
        .map { ($0.id, $0) })
    var arguments: [SQLValue] = [.integer(after), .integer(known), .init(day)]
    if let fund { arguments.append(.init(fund)) }
    let sql = fund == nil ? backDatedSQL : backDatedSQL + " AND d.fund_id = $4"
    return try connection.rows(sql + "\nORDER BY d.day, d.audit, d.id", arguments).compactMap {
      row in
      guard let fund = funds[try row.id("fund_id")] else { return nil }
      let number = try row.optionalInteger("number")
      return BackDated(
        what: try What(row), day: try row.date("day"), sequence: try row.integer("audit"),
        fund: fund, party: try row.optionalText("name"),
        call: try row.optionalID("call_id").flatMap { id in
          number.map { TrailSubject.Call(id: id, number: $0) }
        },
        amount: try row.money("units", in: fund.currency))
    }
  }
}

extension BackDated.What {
  fileprivate init(_ row: SQLRow) throws {
    switch try row.text("what") {
    case "capital_call": self = .call
    case "call_cancellation": self = .cancellation
    case "commitment_change": self = .commitmentChange
    case "fund_total_change": self = .totalChange
    default:
      guard let kind = Entry.Kind(rawValue: try row.text("kind")) else {
        throw StoreError.malformed(column: "kind")
      }
      self = .entry(kind, try row.side())
    }
  }
}

/// A direct investment is one payment: what was promised and asked for it goes without saying.
private let backDatedSQL = """
  SELECT d.what, d.id, d.audit, d.day, d.fund_id, d.kind, d.side, d.call_id, q.number, d.units, p.name
  FROM (
    SELECT 'entry' AS what, e.id, e.audit, e.effective_on AS day, e.fund_id, e.kind, e.side,
           i.call_id, e.commitment_id, e.fund_amount * k.sign AS units
    FROM entry e
    JOIN entry_kind k ON k.code = e.kind
    LEFT JOIN call_item i ON i.id = e.item_id
    UNION ALL
    SELECT 'capital_call', f.id, f.audit, f.notice_date, f.fund_id, NULL, f.side, f.id,
           f.commitment_id,
           (SELECT CAST(sum(i.amount) AS BIGINT) FROM call_item i WHERE i.call_id = f.id)
    FROM capital_call f
    LEFT JOIN commitment m ON m.id = f.commitment_id
    WHERE coalesce(m.is_direct, 0) = 0
    UNION ALL
    SELECT 'call_cancellation', x.id, x.audit, x.cancelled_on, f.fund_id, NULL, f.side, f.id,
           f.commitment_id,
           (SELECT CAST(-sum(i.amount) AS BIGINT) FROM call_item i WHERE i.call_id = f.id)
    FROM call_cancellation x
    JOIN capital_call f ON f.id = x.call_id
    LEFT JOIN commitment m ON m.id = f.commitment_id
    WHERE coalesce(m.is_direct, 0) = 0
    UNION ALL
    SELECT 'commitment_change', x.id, x.audit, x.effective_on, c.fund_id, NULL, c.side, NULL, c.id,
           x.amount
    FROM commitment_change x
    JOIN commitment c ON c.id = x.commitment_id
    WHERE c.is_direct = 0 AND x.effective_on IS NOT NULL
    UNION ALL
    SELECT 'fund_total_change', x.id, x.audit, x.effective_on, x.fund_id, NULL, NULL, NULL, NULL,
           x.amount
    FROM fund_total_change x
    WHERE x.effective_on IS NOT NULL
  ) d
  LEFT JOIN capital_call q ON q.id = d.call_id
  LEFT JOIN commitment c ON c.id = d.commitment_id
  LEFT JOIN party_version p
    ON p.id = (SELECT max(id) FROM party_version WHERE party_id = c.party_id AND audit <= $2)
  WHERE d.audit > $1 AND d.audit <= $2 AND d.day <= $3
  """
