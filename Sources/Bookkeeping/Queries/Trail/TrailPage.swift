package import FundModel
package import Store

/// What an entry of the trail is about, by the facts that it recorded.
package struct TrailSubject: Hashable, Sendable {
  package struct Call: Hashable, Sendable {
    package let id: CapitalCall.ID
    package let number: Int64
  }

  /// Cash entries that were recorded.
  package struct Cash: Hashable, Sendable {
    package let count: Int
    /// Payments less refunds, reversals taken off; `nil` where they are of both sides or of several
    /// currencies.
    package let paid: Money?
    package let kind: Entry.Kind
    package let side: Side
    package let from: CalendarDate
    package let to: CalendarDate
  }

  package struct NamedFund: Hashable, Sendable {
    package let id: Fund.ID
    package let name: String
    /// An undone import had registered it: it has a name here, and no page.
    package let isWithdrawn: Bool
  }

  package var fundCount = 0
  /// The fund, where it is one.
  package var fund: NamedFund?
  package var callCount = 0
  /// The call, where it is one.
  package var call: Call?
  package var partyCount = 0
  /// The name of the party, where it is one.
  package var party: String?
  package var cash: Cash?
  /// The name of the user who was let in, changed or ended.
  package var user: String?
  /// Rows that were written.
  package var rows = 0

  package init() {}
}

/// One page of the trail with what a reader needs to find an entry in it, of one snapshot.
package struct TrailPage: Query {
  package let filter: TrailFilter
  package let knownAt: Instant?
  package let before: Int64?
  package let limit: Int

  package init(
    _ filter: TrailFilter = TrailFilter(), knownAt: Instant? = nil, before: Int64? = nil,
    limit: Int = 50
  ) {
    self.filter = filter
    self.knownAt = knownAt
    self.before = before
    self.limit = limit
  }

  package struct Answer: Sendable {
    package let head: TrailHead?
    package let lines: [(entry: AuditEntry, subject: TrailSubject)]
    /// Where the next page begins; `nil` on the last.
    package let next: Int64?
    /// Everyone who ever recorded anything, in the order of names.
    package let actors: [String]
    package let commands: [String]
    package let funds: [Fund]
  }

  package func answer(from connection: any SQLConnection) throws -> Answer {
    let known = try connection.lastKnown(at: knownAt)
    // One more than is shown says whether there is another page.
    let found = try AuditTrail(knownAt: knownAt, filter, before: before, limit: limit + 1)
      .answer(from: connection)
    let shown = Array(found.prefix(limit))
    let subjects = try TrailSubjects(
      of: shown.map(\.stamp.sequence), knownThrough: known, in: connection)
    return Answer(
      head: try TrailHead.Question(knownAt: knownAt).answer(from: connection),
      lines: shown.map { ($0, subjects[$0.stamp.sequence]) },
      next: found.count > limit ? shown.last?.stamp.sequence : nil,
      actors: try connection.rows(actorsSQL, [.integer(known)]).map { try $0.text("actor") },
      commands: try connection.rows(commandsSQL, [.integer(known)]).map { try $0.text("command") },
      funds: try FundRecords.funds(knownThrough: known, in: connection))
  }
}

/// What some entries of the trail are about.
struct TrailSubjects {
  private var subjects: [Int64: TrailSubject] = [:]

  subscript(sequence: Int64) -> TrailSubject { subjects[sequence] ?? TrailSubject() }

  init(of sequences: [Int64], knownThrough known: Int64, in connection: any SQLConnection) throws {
    for sequence in sequences {
      var subject = try Self.subject(of: sequence, known, connection)
      // Whatever is about no fund may be about people.
      if subject.fundCount == 0 {
        let told = try UsersInTrail(through: sequence, in: connection).last
        subject.user = told?.sequence == sequence ? told?.user.name : nil
      }
      subjects[sequence] = subject
    }
  }

  private static func subject(
    of sequence: Int64, _ known: Int64, _ connection: any SQLConnection
  ) throws -> TrailSubject {
    var subject = TrailSubject()
    guard let counts = try connection.rows(subjectSQL, [.integer(sequence)]).first else {
      return subject
    }
    subject.rows = Int(try counts.integer("rows"))
    subject.fundCount = Int(try counts.integer("funds"))
    subject.callCount = Int(try counts.integer("calls"))
    subject.partyCount = Int(try counts.integer("parties"))
    if subject.fundCount == 1, let id: Fund.ID = try counts.optionalID("fund_id") {
      let isThere = try FundRecords.fund(id, knownThrough: known, in: connection) != nil
      subject.fund = try FundRecords.fundEvenWithdrawn(id, knownThrough: known, in: connection)
        .map {
          TrailSubject.NamedFund(id: $0.id, name: $0.terms.name, isWithdrawn: !isThere)
        }
    }
    if subject.callCount == 1, let id: CapitalCall.ID = try counts.optionalID("call_id") {
      subject.call = try CallRecords.calls(.one(id), knownThrough: known, in: connection).first
        .map { TrailSubject.Call(id: $0.id, number: $0.number) }
    }
    if subject.partyCount == 1, let id: Party.ID = try counts.optionalID("party_id") {
      subject.party = try PartyRecords.party(id, knownThrough: known, in: connection)?.name
    }
    subject.cash = try cash(of: sequence, connection)
    return subject
  }

  private static func cash(
    of sequence: Int64, _ connection: any SQLConnection
  ) throws -> TrailSubject.Cash? {
    let rows = try connection.rows(cashSQL, [.integer(sequence)])
    guard let row = rows.first, let kind = Entry.Kind(rawValue: try row.text("kind")) else {
      return nil
    }
    let from = try rows.map { try $0.date("first_day") }.min()
    let to = try rows.map { try $0.date("last_day") }.max()
    guard let from, let to else { return nil }
    return TrailSubject.Cash(
      count: try rows.reduce(0) { $0 + Int(try $1.integer("entries")) },
      paid: rows.count == 1 ? try row.money("units", in: try row.currency()) : nil, kind: kind,
      side: try row.side(), from: from, to: to)
  }
}

private let actorsSQL = "SELECT DISTINCT actor FROM audit WHERE sequence <= $1 ORDER BY actor"

private let commandsSQL = "SELECT DISTINCT command FROM audit WHERE sequence <= $1"

private let subjectSQL = """
  SELECT count(*) AS rows, count(DISTINCT fund_id) AS funds, max(fund_id) AS fund_id,
         count(DISTINCT call_id) AS calls, max(call_id) AS call_id,
         count(DISTINCT party_id) AS parties, max(party_id) AS party_id
  FROM (\(whatFactsAreAbout(where: "f.audit = $1"))) AS about
  """

private let cashSQL = """
  SELECT c.currency, count(*) AS entries, CAST(sum(e.amount * k.sign) AS BIGINT) AS units,
         max(e.kind) AS kind, max(e.side) AS side, min(e.effective_on) AS first_day,
         max(e.effective_on) AS last_day
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind
  JOIN commitment c ON c.id = e.commitment_id
  WHERE e.audit = $1
  GROUP BY c.currency, e.side
  """
