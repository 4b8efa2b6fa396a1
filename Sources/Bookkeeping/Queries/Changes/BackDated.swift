package import FundModel
import Store

/// Something that counts on days that were already past when the books stood at an earlier moment, and
/// was recorded only afterwards: what an auditor looks for first. It is dated so, or holds on every day.
package struct BackDated: Hashable, Sendable {
  package enum What: Hashable, Sendable {
    case entry(Entry.Kind, Side)
    /// A call noticed on that day.
    case call
    case cancellation
    /// From that day on more, or less, was promised.
    case commitmentChange
    case totalChange
    /// A fund, or a commitment of a fund that was there: its first amount holds on every day.
    case fund
    case commitment(Side)
    case statedPaidIn
    /// Terms on which figures rest: the days and rates of a fund, whether a partner is the GP.
    case fundTerms
    case commitmentTerms(Side)
  }

  package let what: What
  /// The day that it is dated; `nil` for what holds on every day.
  package let day: CalendarDate?
  /// The entry of the trail that recorded it.
  package let sequence: Int64
  package let fund: Fund
  package let party: String?
  package let call: TrailSubject.Call?
  /// As it moved what was paid, asked or promised; what is stated as paid; `nil` of terms.
  package let amount: Money?

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
    return try connection.rows(sql + "\nORDER BY d.day NULLS LAST, d.audit, d.id", arguments)
      .compactMap {
        row in
        guard let fund = funds[try row.id("fund_id")] else { return nil }
        let number = try row.optionalInteger("number")
        return BackDated(
          what: try What(row), day: try row.optionalDate("day"), sequence: try row.integer("audit"),
          fund: fund, party: try row.optionalText("name"),
          call: try row.optionalID("call_id").flatMap { id in
            number.map { TrailSubject.Call(id: id, number: $0) }
          },
          amount: try row.optionalInteger("units").map {
            Money(minorUnits: $0, fund.currency)
          })
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
    case "fund": self = .fund
    case "commitment": self = .commitment(try row.side())
    case "stated_paid_in": self = .statedPaidIn
    case "fund_version": self = .fundTerms
    case "commitment_version": self = .commitmentTerms(try row.side())
    default:
      guard let kind = Entry.Kind(rawValue: try row.text("kind")) else {
        throw StoreError.malformed(column: "kind")
      }
      self = .entry(kind, try row.side())
    }
  }
}

/// A direct investment is one payment: what was promised and asked for it goes without saying. So do
/// the terms and promises of a fund that is itself new.
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
    WHERE c.is_direct = 0
    UNION ALL
    SELECT 'fund_total_change', x.id, x.audit, x.effective_on, x.fund_id, NULL, NULL, NULL, NULL,
           x.amount
    FROM fund_total_change x
    UNION ALL
    SELECT 'fund', f.id, f.audit, NULL, f.id, NULL, NULL, NULL, NULL, f.commitment_total
    FROM fund f
    UNION ALL
    SELECT 'fund_version', x.id, x.audit, NULL, x.fund_id, NULL, NULL, NULL, NULL, NULL
    FROM fund_version x
    JOIN fund_version y
      ON y.id = (SELECT max(id) FROM fund_version WHERE fund_id = x.fund_id AND id < x.id)
    WHERE x.formation_date IS DISTINCT FROM y.formation_date
       OR x.investment_period_end IS DISTINCT FROM y.investment_period_end
       OR x.maturity_date IS DISTINCT FROM y.maturity_date
       OR x.dissolution_date IS DISTINCT FROM y.dissolution_date
       OR x.gp_commitment <> y.gp_commitment
       OR x.hurdle_rate IS DISTINCT FROM y.hurdle_rate
    UNION ALL
    SELECT 'commitment', c.id, c.audit, NULL, c.fund_id, NULL, c.side, NULL, c.id, c.amount
    FROM commitment c
    WHERE c.is_direct = 0
    UNION ALL
    SELECT 'commitment_version', x.id, x.audit, NULL, c.fund_id, NULL, c.side, NULL, c.id, NULL
    FROM commitment_version x
    JOIN commitment c ON c.id = x.commitment_id
    JOIN commitment_version y ON y.id = (
      SELECT max(id) FROM commitment_version WHERE commitment_id = x.commitment_id AND id < x.id)
    WHERE x.partner_type <> y.partner_type
    UNION ALL
    SELECT 'stated_paid_in', x.id, x.audit, NULL, c.fund_id, NULL, c.side, NULL, c.id, x.amount
    FROM stated_paid_in x
    JOIN commitment c ON c.id = x.commitment_id
  ) d
  JOIN fund f ON f.id = d.fund_id
  LEFT JOIN capital_call q ON q.id = d.call_id
  LEFT JOIN commitment c ON c.id = d.commitment_id
  LEFT JOIN party_version p
    ON p.id = (SELECT max(id) FROM party_version WHERE party_id = c.party_id AND audit <= $2)
  WHERE d.audit > $1 AND d.audit <= $2 AND (d.day IS NULL OR d.day <= $3)
    AND (d.what = 'fund' OR f.audit <= $1 OR d.day IS NOT NULL)
  """
