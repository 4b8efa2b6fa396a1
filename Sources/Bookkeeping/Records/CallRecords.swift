import FundModel
import Store

/// Capital calls and their items as the books know them.
enum CallRecords {
  enum Selection {
    case all
    case ofFund(Fund.ID)
    case one(CapitalCall.ID)
  }

  enum ItemSelection {
    case all
    case ofFund(Fund.ID)
    case ofCall(CapitalCall.ID)
    case item(CallItem.ID)
  }

  /// The condition that a call was not taken back by undoing the import that issued it: from then on
  /// it is shown nowhere, and its number is free.
  ///
  /// - Parameters:
  ///   - call: the call's id as it stands in the statement, such as `c.id`.
  ///   - known: the last audit sequence that counts, such as `$1`.
  static func stands(_ call: String, _ known: String? = nil) -> String {
    """
    NOT EXISTS (SELECT 1 FROM call_cancellation y JOIN import_undo u ON u.audit = y.audit
                WHERE y.call_id = \(call)\(known.map { " AND y.audit <= \($0)" } ?? ""))
    """
  }

  /// By side, then notice date, then number.
  static func calls(
    _ selection: Selection, knownThrough last: Int64, in connection: any SQLConnection
  ) throws -> [CapitalCall] {
    let rows =
      switch selection {
      case .all: try connection.rows(callsSQL(""), [.integer(last)])
      case .ofFund(let fund):
        try connection.rows(callsSQL("AND c.fund_id = $2"), [.integer(last), .init(fund)])
      case .one(let call):
        try connection.rows(callsSQL("AND c.id = $2"), [.integer(last), .init(call)])
      }
    return try rows.map(CapitalCall.init(row:))
  }

  /// In order of registration.
  static func items(
    _ selection: ItemSelection, knownThrough last: Int64, in connection: any SQLConnection
  ) throws -> [CallItem] {
    let rows =
      switch selection {
      case .all: try connection.rows(itemsSQL(""), [.integer(last)])
      case .ofFund(let fund):
        try connection.rows(itemsSQL("AND c.fund_id = $2"), [.integer(last), .init(fund)])
      case .ofCall(let call):
        try connection.rows(itemsSQL("AND i.call_id = $2"), [.integer(last), .init(call)])
      case .item(let item):
        try connection.rows(itemsSQL("AND i.id = $2"), [.integer(last), .init(item)])
      }
    return try rows.map(CallItem.init(row:))
  }
}

extension CapitalCall {
  fileprivate init(row: SQLRow) throws {
    self.init(
      id: try row.id("id"), fund: try row.id("fund_id"), side: try row.side(),
      number: try row.integer("number"), callType: try row.text("call_type"),
      noticeDate: try row.date("notice_date"), dueDate: try row.date("due_date"),
      cancelledOn: try row.optionalDate("cancelled_on"),
      isDirectInvestment: try row.flag("is_direct"),
      overCommitmentReason: try row.text("over_commitment_reason"),
      creditReason: try row.text("credit_reason"),
      cancellationReason: try row.optionalText("reason") ?? "")
  }
}

extension CallItem {
  fileprivate init(row: SQLRow) throws {
    self.init(
      id: try row.id("id"), call: try row.id("call_id"), commitment: try row.id("commitment_id"),
      amount: try row.money("amount", in: try row.currency()))
  }
}

private func callsSQL(_ condition: String) -> String {
  """
  SELECT c.id, c.fund_id, c.side, c.number, c.notice_date, v.call_type, v.due_date,
         c.over_commitment_reason, c.credit_reason, x.cancelled_on, x.reason, coalesce(m.is_direct, 0) AS is_direct
  FROM capital_call c
  LEFT JOIN commitment m ON m.id = c.commitment_id
  JOIN call_version v
    ON v.id = (SELECT max(id) FROM call_version WHERE call_id = c.id AND audit <= $1)
  LEFT JOIN call_cancellation x ON x.call_id = c.id AND x.audit <= $1
  WHERE c.audit <= $1 AND \(FundRecords.isThere("c.fund_id", "$1"))
    AND (coalesce(m.is_direct, 0) = 1 OR \(CallRecords.stands("c.id", "$1"))) \(condition)
  ORDER BY c.side DESC, c.notice_date, c.number, c.id
  """
}

private func itemsSQL(_ condition: String) -> String {
  """
  SELECT i.id, i.call_id, i.commitment_id, i.amount, m.currency
  FROM call_item i
  JOIN capital_call c ON c.id = i.call_id
  JOIN commitment m ON m.id = i.commitment_id
  WHERE i.audit <= $1 \(condition)
  ORDER BY i.id
  """
}
