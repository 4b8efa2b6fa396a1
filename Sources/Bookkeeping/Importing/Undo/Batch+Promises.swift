import FundModel
import Store

/// Calls, promises and terms of an import that is undone.
extension Batch {
  /// Calls that it issued never counted.
  func takeBackCalls() throws {
    for row in try rows(callsSQL) {
      try books.appendCancellation(of: try row.id("id"), on: try row.date("notice_date"), reason)
    }
  }

  /// Commitments that it registered promise nothing at any date; what it changed of others, and of
  /// commitment totals, is answered on the same days.
  func takeBackPromises() throws {
    for row in try rows(commitmentsSQL) {
      let currency = try row.currency()
      let first = try row.money("amount", in: currency)
      if !first.isZero {
        try books.appendChange(of: try row.id("id"), by: first.negated, from: nil, reason)
      }
    }
    for row in try rows(commitmentChangesSQL) {
      let currency = try row.currency()
      try books.appendChange(
        of: try row.id("commitment_id"), by: try row.money("amount", in: currency).negated,
        from: try row.optionalDate("effective_on"), reason)
    }
    for row in try rows(totalChangesSQL) {
      let currency = try row.currency()
      _ = try books.append(
        newTotalChange,
        [
          try row.value("fund_id"), .init(try row.money("amount", in: currency).negated),
          .init(try row.optionalDate("effective_on")), .text(reason),
        ])
    }
    try checkPromises()
  }

  /// Later changes may rest on what is taken back.
  private func checkPromises() throws {
    for row in try rows(changedPromisesSQL) {
      let changes = try connection.rows(
        promisesSQL(of: try row.text("what")), [try row.value("id")]
      ).map {
        (
          day: try $0.optionalDate("effective_on"), units: try $0.integer("amount"),
          audit: try $0.integer("audit")
        )
      }
      let below = try books.firstBelowZero(
        first: try row.money("first", in: try row.currency()),
        changes: changes.map { ($0.day, $0.units) })
      if below != nil {
        let later = changes.first { $0.audit > sequence && $0.audit < books.audit }?.audit
        throw Refusal.laterFactsRest(on: later ?? sequence)
      }
    }
  }

  /// Terms that it amended are what they were before.
  func putBackVersions() throws {
    for row in try rows(amendedFundsSQL) {
      let id: Fund.ID = try row.id("id")
      guard
        let before = try FundRecords.fund(id, knownThrough: sequence - 1, in: connection)
      else { continue }
      try books.check(before.terms, of: id, in: before.currency)
      try books.appendVersion(of: id, before.terms)
    }
    for row in try rows(amendedPartiesSQL) {
      let id: Party.ID = try row.id("id")
      guard
        let before = try PartyRecords.party(id, knownThrough: sequence - 1, in: connection)
      else { continue }
      try books.checkParty(before.name, before.industry, of: id)
      try books.appendVersion(of: id, before.name, before.industry)
    }
    for row in try rows(amendedCommitmentsSQL) {
      try books.appendVersion(
        of: try row.id("id"), on: try row.side(), try row.text("partner_type"),
        try row.text("instrument"))
    }
    for row in try rows(statedSQL) {
      _ = try StatePaidIn(
        commitment: try row.id("id"), amount: try row.money("amount", in: try row.currency())
      ).execute(in: books)
    }
    for row in try rows(amendedCallsSQL) {
      try books.appendCallVersion(
        of: try row.id("id"), callType: try row.text("call_type"),
        dueDate: try row.date("due_date"))
    }
  }

  /// Funds that it registered are there no more.
  func withdrawFunds() throws {
    for row in try rows("SELECT id FROM fund WHERE audit = $1 ORDER BY id") {
      _ = try books.append(newWithdrawal, [try row.value("id"), .text(reason)])
    }
  }
}

private let callsSQL = """
  SELECT q.id, q.notice_date
  FROM capital_call q
  LEFT JOIN commitment c ON c.id = q.commitment_id
  WHERE q.audit = $1 AND coalesce(c.is_direct, 0) = 0
    AND NOT EXISTS (SELECT 1 FROM call_cancellation x WHERE x.call_id = q.id)
  ORDER BY q.id DESC
  """

private let commitmentsSQL = """
  SELECT id, currency, amount FROM commitment WHERE audit = $1 AND is_direct = 0 ORDER BY id DESC
  """

private let commitmentChangesSQL = """
  SELECT x.commitment_id, x.amount, x.effective_on, c.currency
  FROM commitment_change x
  JOIN commitment c ON c.id = x.commitment_id
  WHERE x.audit = $1 AND c.is_direct = 0
  ORDER BY x.id DESC
  """

private let totalChangesSQL = """
  SELECT x.fund_id, x.amount, x.effective_on, f.currency
  FROM fund_total_change x
  JOIN fund f ON f.id = x.fund_id
  WHERE x.audit = $1
  ORDER BY x.id DESC
  """

private let newTotalChange = FactInsert(
  into: "fund_total_change", "fund_id, amount, effective_on, reason")

private let changedPromisesSQL = """
  SELECT DISTINCT 'commitment' AS what, c.id, c.amount AS first, c.currency
  FROM commitment_change x
  JOIN commitment c ON c.id = x.commitment_id
  WHERE x.audit = $1 AND c.is_direct = 0
  UNION ALL
  SELECT DISTINCT 'fund', f.id, f.commitment_total, f.currency
  FROM fund_total_change x
  JOIN fund f ON f.id = x.fund_id
  WHERE x.audit = $1
  """

private func promisesSQL(of what: String) -> String {
  what == "fund"
    ? "SELECT effective_on, amount, audit FROM fund_total_change WHERE fund_id = $1 ORDER BY id"
    : "SELECT effective_on, amount, audit FROM commitment_change WHERE commitment_id = $1 ORDER BY id"
}

private let amendedFundsSQL = """
  SELECT DISTINCT v.fund_id AS id
  FROM fund_version v
  JOIN fund f ON f.id = v.fund_id
  WHERE v.audit = $1 AND f.audit < $1
  ORDER BY v.fund_id
  """

private let amendedPartiesSQL = """
  SELECT DISTINCT v.party_id AS id
  FROM party_version v
  JOIN party p ON p.id = v.party_id
  WHERE v.audit = $1 AND p.audit < $1
  ORDER BY v.party_id
  """

private let amendedCommitmentsSQL = """
  SELECT c.id, c.side, b.partner_type, b.instrument
  FROM commitment c
  JOIN commitment_version b ON b.id = (
    SELECT max(id) FROM commitment_version WHERE commitment_id = c.id AND audit < $1)
  WHERE c.audit < $1
    AND EXISTS (SELECT 1 FROM commitment_version v WHERE v.commitment_id = c.id AND v.audit = $1)
  ORDER BY c.id
  """

/// Nothing stated is as good as zero.
private let statedSQL = """
  SELECT c.id, c.currency, coalesce((
    SELECT b.amount FROM stated_paid_in b
    WHERE b.commitment_id = c.id AND b.audit < $1 ORDER BY b.id DESC LIMIT 1), 0) AS amount
  FROM commitment c
  WHERE EXISTS (SELECT 1 FROM stated_paid_in s WHERE s.commitment_id = c.id AND s.audit = $1)
  ORDER BY c.id
  """

private let amendedCallsSQL = """
  SELECT q.id, b.call_type, b.due_date
  FROM capital_call q
  JOIN call_version b ON b.id = (
    SELECT max(id) FROM call_version WHERE call_id = q.id AND audit < $1)
  WHERE q.audit < $1
    AND EXISTS (SELECT 1 FROM call_version v WHERE v.call_id = q.id AND v.audit = $1)
  ORDER BY q.id
  """

private let newWithdrawal = FactInsert(into: "fund_withdrawal", "fund_id, reason")
