import FundModel
import Store

extension IndexedFigures {
  /// Takes in what was written since: facts are only ever added, in the order of the audit trail, so
  /// those after the last sequence are all that is new.
  ///
  /// - Returns: whether it is true again; `false` where it is quicker, or needed, to read all anew.
  ///   It is not to be used then, nor where this throws.
  mutating func follow(_ connection: any SQLConnection) throws -> Bool {
    let head = try connection.auditHead().sequence
    guard head > sequence else { return true }
    guard try connection.rows(wantsReadingAnewSQL, [.integer(sequence)]).isEmpty else {
      return false
    }
    let news = NewFacts(after: sequence, connection: connection)
    guard try news.areFew else { return false }
    try takeFunds(news)
    try takeCommitments(news)
    try takeCalls(news)
    try takeEntries(news)
    try takeOpenCalls(news)
    sequence = head
    return true
  }

  private mutating func takeFunds(_ news: NewFacts) throws {
    for row in try news.rows(
      "SELECT DISTINCT fund_id FROM fund_version WHERE audit > $1 ORDER BY fund_id")
    {
      guard
        let fund = try FundRecords.fund(
          try row.id("fund_id"), knownThrough: .max, in: news.connection)
      else { continue }
      try add(fund)
    }
    for row in try news.rows(
      "SELECT fund_id, amount, effective_on FROM fund_total_change WHERE audit > $1")
    {
      guard let slot = slot(of: try row.id("fund_id")) else { continue }
      try add(
        try row.integer("amount"), to: .commitmentTotal, of: slot,
        from: try row.optionalDate("effective_on"))
    }
  }

  private mutating func takeCommitments(_ news: NewFacts) throws {
    var touched: Set<Int> = []
    for row in try news.rows(commitmentsSQL) {
      let id: Commitment.ID = try row.id("id")
      guard let slot = slot(of: try row.id("fund_id")) else { continue }
      touched.insert(slot)
      let isGeneralPartner = try row.text("partner_type") == Commitment.generalPartnerType
      guard commitment(id) == nil else {
        try setGeneralPartner(
          isGeneralPartner, of: id, paid: news.paid(on: id, through: sequence))
        continue
      }
      add(
        IndexedCommitment(
          slot: slot, side: try row.side(), party: try row.id("party_id"),
          isGeneralPartner: isGeneralPartner), id)
    }
    for row in try news.rows(newlyStatedSQL) {
      if let slot = slot(of: try row.id("fund_id")) { touched.insert(slot) }
    }
    for slot in touched { set(try news.stated(of: funds[slot].id), of: slot) }
  }

  private mutating func takeCalls(_ news: NewFacts) throws {
    for row in try news.rows(newCallsSQL) {
      guard let slot = slot(of: try row.id("fund_id")) else { continue }
      try add(1, to: .standingCalls, of: slot, from: nil)
    }
    for row in try news.rows(newCancellationsSQL) {
      guard let slot = slot(of: try row.id("fund_id")) else { continue }
      let day = try row.date("cancelled_on")
      try add(
        -1, to: .standingCalls, of: slot, from: day > (try row.date("notice_date")) ? day : nil)
    }
  }

  private mutating func takeEntries(_ news: NewFacts) throws {
    let kinds = try EntryKinds(news.connection)
    for row in try news.rows(newEntriesSQL) {
      let kind = try kinds.kind(try row.text("kind").utf8)
      guard kind.countsPaidIn else { continue }
      try add(
        IndexedEntry(
          commitment: try row.id("commitment_id"), day: try row.date("effective_on"),
          units: try kind.signed(try row.integer("fund_amount")), payments: kind.payments))
    }
  }

  private mutating func takeOpenCalls(_ news: NewFacts) throws {
    for row in try news.rows(touchedCallsSQL) {
      let id: CapitalCall.ID = try row.id("id")
      guard let slot = slot(of: try row.id("fund_id")) else { continue }
      set(
        try row.flag("is_open")
          ? OpenCall(currency: funds[slot].currency, dueDate: try row.date("due_date")) : nil, id)
    }
  }
}

/// The facts after one entry of the audit trail.
private struct NewFacts {
  let sequence: Int64
  let connection: any SQLConnection

  init(after sequence: Int64, connection: any SQLConnection) {
    self.sequence = sequence
    self.connection = connection
  }

  func rows(_ sql: String) throws -> [SQLRow] { try connection.rows(sql, [.integer(sequence)]) }

  /// From some thousands on, reading all anew is quicker than taking in one by one.
  var areFew: Bool {
    get throws { try rows(newsCountedSQL).first?.integer("count") ?? 0 < mostAtOnce }
  }

  /// What was paid in on a commitment on each day, as far as the index knows it.
  func paid(
    on commitment: Commitment.ID, through known: Int64
  ) throws -> [(day: CalendarDate, units: Int64)] {
    try connection.rows(paidOnCommitmentSQL, [.init(commitment), .integer(known)]).map {
      (try $0.date("effective_on"), try $0.integer("units"))
    }
  }

  func stated(of fund: Fund.ID) throws -> OverviewSums.Stated {
    try OverviewSums.stated(of: fund, knownThrough: .max, in: connection)[fund]
      ?? OverviewSums.Stated()
  }
}

private let mostAtOnce: Int64 = 5_000

/// A fund that is withdrawn leaves every list, with all that was added up of it.
private let wantsReadingAnewSQL = "SELECT 1 AS found FROM fund_withdrawal WHERE audit > $1 LIMIT 1"

private let newsCountedSQL = """
  SELECT count(*) AS count FROM (
    SELECT 1 FROM entry WHERE audit > $1
    UNION ALL SELECT 1 FROM commitment_version WHERE audit > $1
    UNION ALL SELECT 1 FROM call_item WHERE audit > $1
    UNION ALL SELECT 1 FROM fund_version WHERE audit > $1
    LIMIT \(mostAtOnce))
  """

private let commitmentsSQL = """
  SELECT c.id, c.fund_id, c.side, c.party_id, t.partner_type
  FROM commitment_version t
  JOIN commitment c ON c.id = t.commitment_id
  WHERE t.audit > $1
  ORDER BY t.id
  """

private let newlyStatedSQL = """
  SELECT DISTINCT c.fund_id
  FROM stated_paid_in s
  JOIN commitment c ON c.id = s.commitment_id
  WHERE s.audit > $1
  """

private let paidOnCommitmentSQL = """
  SELECT e.effective_on, CAST(sum(e.fund_amount * k.sign) AS BIGINT) AS units
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind AND k.counts_paid_in = 1
  WHERE e.commitment_id = $1 AND e.audit <= $2
  GROUP BY e.effective_on
  """

private let newCallsSQL = """
  SELECT c.fund_id
  FROM capital_call c
  WHERE c.audit > $1 AND c.side = 'partners'
    AND EXISTS (SELECT 1 FROM call_item i WHERE i.call_id = c.id)
  """

private let newCancellationsSQL = """
  SELECT c.fund_id, c.notice_date, x.cancelled_on
  FROM call_cancellation x
  JOIN capital_call c ON c.id = x.call_id
  WHERE x.audit > $1 AND c.side = 'partners'
  """

private let newEntriesSQL = """
  SELECT commitment_id, kind, fund_amount, effective_on
  FROM entry
  WHERE audit > $1
  ORDER BY audit, step
  """

/// Calls on the partners' side that something new is about, and whether something of them is left.
private let touchedCallsSQL = """
  SELECT c.id, c.fund_id, v.due_date,
         CASE WHEN NOT EXISTS (SELECT 1 FROM call_cancellation x WHERE x.call_id = c.id)
           AND EXISTS (
             SELECT 1 FROM call_item i
             WHERE i.call_id = c.id AND i.amount <> coalesce((
               SELECT sum(e.amount * k.sign)
               FROM entry e
               JOIN entry_kind k ON k.code = e.kind
               WHERE e.item_id = i.id), 0))
         THEN 1 ELSE 0 END AS is_open
  FROM capital_call c
  JOIN call_version v ON v.id = (SELECT max(id) FROM call_version WHERE call_id = c.id)
  WHERE c.side = 'partners' AND c.id IN (
    SELECT call_id FROM call_version WHERE audit > $1
    UNION SELECT call_id FROM call_cancellation WHERE audit > $1
    UNION SELECT i.call_id FROM entry e JOIN call_item i ON i.id = e.item_id WHERE e.audit > $1)
  """
