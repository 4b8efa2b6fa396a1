package import FundModel
package import Store

/// Reads one entry of the trail with everything that it recorded, each value beside the one before.
package struct ReadTrailEntry: Query {
  package let sequence: Int64
  package let knownAt: Instant?
  /// Only rows after this step.
  package let afterStep: Int64
  package let limit: Int

  package init(_ sequence: Int64, knownAt: Instant? = nil, afterStep: Int64 = 0, limit: Int = 100) {
    self.sequence = sequence
    self.knownAt = knownAt
    self.afterStep = afterStep
    self.limit = limit
  }

  /// - Returns: `nil` where the trail has no such entry, or had none by then.
  package func answer(from connection: any SQLConnection) throws -> TrailEntryInFull? {
    let known = try connection.lastKnown(at: knownAt)
    let following = sequence.addingReportingOverflow(1).partialValue
    guard sequence <= known,
      let entry = try AuditTrail(before: following, limit: 1).answer(from: connection).first,
      entry.stamp.sequence == sequence
    else { return nil }
    let placed = try connection.rows(
      stepsSQL, [.integer(sequence), .integer(afterStep), .integer(Int64(limit) + 1)])
    let shown = placed.prefix(limit)
    var reader = FactReader(of: sequence, in: connection)
    let facts = try shown.map { row in
      try reader.fact(
        id: row.integer("id"), in: FactTable.named(row.text("fact")), step: row.integer("step"))
    }
    let head = try connection.auditHead().sequence
    let told = try UsersInTrail(through: sequence, in: connection).last
    let user = told?.sequence == sequence ? told?.user : nil
    let parties = Set((user?.before?.parties ?? []) + (user?.after.parties ?? []))
    return TrailEntryInFull(
      entry: entry, user: user,
      partyNames: Dictionary(
        uniqueKeysWithValues: try parties.map { id in
          (id, try PartyRecords.party(id, knownThrough: sequence, in: connection)?.name ?? "")
        }),
      subject: try TrailSubjects(of: [sequence], knownThrough: sequence, in: connection)[sequence],
      importing: entry.command == ImportBooks.name
        ? try ImportsAsOf(knownAt: knownAt, sequence: sequence).answer(from: connection).first
        : nil,
      undid: try connection.rows(undidSQL, [.integer(sequence)]).first?.integer("import_audit"),
      facts: facts,
      rowsByTable: try connection.rows(countsSQL, [.integer(sequence)]).map {
        TrailEntryInFull.RowCount(table: try $0.text("fact"), count: Int(try $0.integer("rows")))
      },
      nextStep: placed.count > limit ? facts.last?.step : nil,
      previous: sequence > 1 ? sequence - 1 : nil,
      next: sequence < min(known, head) ? following : nil)
  }
}

/// Reads rows of facts as they were understood when one entry of the trail was written.
private struct FactReader {
  private let sequence: Int64
  private let connection: any SQLConnection
  private var funds: [Fund.ID: Fund] = [:]
  private var parties: [Party.ID: Party] = [:]
  private var commitments: [Commitment.ID: (fund: Fund.ID, side: Side, party: Party.ID)] = [:]
  private var calls: [CapitalCall.ID: (fund: Fund.ID, side: Side, number: Int64)] = [:]

  init(of sequence: Int64, in connection: any SQLConnection) {
    self.sequence = sequence
    self.connection = connection
  }

  mutating func fact(id: Int64, in table: FactTable, step: Int64) throws -> RecordedFact {
    guard
      let row = try connection.rows(
        "SELECT * FROM \(table.name) WHERE id = $1", [.integer(id)]
      ).first
    else { throw StoreError.malformed(column: "id") }
    let subject = try subject(of: row, in: table)
    let earlier = try earlierVersion(of: row, in: table)
    var fields: [RecordedFact.Field] = []
    for (column, holds) in table.columns where holds != .hidden {
      let after = try value(of: column, holds, row, subject)
      let before = try earlier.map { try value(of: column, holds, $0, subject) }
      fields.append(RecordedFact.Field(column: column, before: before, after: after))
    }
    if let promised = try promised(by: row, in: table, subject) { fields.append(promised) }
    return RecordedFact(
      table: table.name, id: id, step: step, isChange: earlier != nil, subject: subject,
      fields: fields)
  }

  /// The version that this one takes the place of; `nil` for a first one.
  private func earlierVersion(of row: SQLRow, in table: FactTable) throws -> SQLRow? {
    guard let column = table.versionOf else { return nil }
    return try connection.rows(
      "SELECT * FROM \(table.name) WHERE \(column) = $1 AND id < $2 ORDER BY id DESC LIMIT 1",
      [row.value(column), row.value("id")]
    ).first
  }

  // MARK: what a row is about

  private mutating func subject(
    of row: SQLRow, in table: FactTable
  ) throws -> RecordedFact.Subject {
    var subject = RecordedFact.Subject()
    if table.name == "fund" { subject.fund = try fund(row.id("id")) }
    if table.name == "party" { subject.party = try party(row.id("id")) }
    for (column, holds) in table.columns {
      guard let id = try row.identifier(column, if: holds) else { continue }
      switch holds {
      case .fund: subject.fund = try fund(Fund.ID(rawValue: id))
      case .party where column == "party_id": subject.party = try party(Party.ID(rawValue: id))
      case .commitment: try put(Commitment.ID(rawValue: id), into: &subject)
      case .call: try put(CapitalCall.ID(rawValue: id), into: &subject)
      case .item:
        let item = try connection.rows(
          "SELECT call_id FROM call_item WHERE id = $1", [.integer(id)]
        ).first
        if let call: CapitalCall.ID = try item?.id("call_id") { try put(call, into: &subject) }
      default: break
      }
    }
    if table.name == "capital_call" {
      try put(CapitalCall.ID(rawValue: row.integer("id")), into: &subject)
    }
    if table.name == "commitment" {
      try put(Commitment.ID(rawValue: row.integer("id")), into: &subject)
    }
    return subject
  }

  private mutating func put(
    _ id: Commitment.ID, into subject: inout RecordedFact.Subject
  ) throws {
    guard let found = try commitment(id) else { return }
    subject.commitment = id
    subject.side = found.side
    subject.fund = try fund(found.fund)
    subject.party = try party(found.party)
  }

  private mutating func put(
    _ id: CapitalCall.ID, into subject: inout RecordedFact.Subject
  ) throws {
    guard let found = try call(id) else { return }
    subject.call = TrailSubject.Call(id: id, number: found.number)
    subject.side = found.side
    subject.fund = try fund(found.fund)
  }

  private mutating func fund(_ id: Fund.ID) throws -> Fund? {
    if let known = funds[id] { return known }
    funds[id] = try FundRecords.fundEvenWithdrawn(id, knownThrough: sequence, in: connection)
    return funds[id]
  }

  private mutating func party(_ id: Party.ID) throws -> Party? {
    if let known = parties[id] { return known }
    parties[id] = try PartyRecords.party(id, knownThrough: sequence, in: connection)
    return parties[id]
  }

  private mutating func commitment(
    _ id: Commitment.ID
  ) throws -> (fund: Fund.ID, side: Side, party: Party.ID)? {
    if let known = commitments[id] { return known }
    commitments[id] = try connection.rows(
      "SELECT fund_id, side, party_id FROM commitment WHERE id = $1", [.init(id)]
    ).first.map { (try $0.id("fund_id"), try $0.side(), try $0.id("party_id")) }
    return commitments[id]
  }

  private mutating func call(
    _ id: CapitalCall.ID
  ) throws -> (fund: Fund.ID, side: Side, number: Int64)? {
    if let known = calls[id] { return known }
    calls[id] = try connection.rows(
      "SELECT fund_id, side, number FROM capital_call WHERE id = $1", [.init(id)]
    ).first.map { (try $0.id("fund_id"), try $0.side(), try $0.integer("number")) }
    return calls[id]
  }

  // MARK: what a column holds

  private mutating func value(
    of column: String, _ holds: FactColumn, _ row: SQLRow, _ subject: RecordedFact.Subject
  ) throws -> RecordedFact.Value {
    switch holds {
    case .text, .hidden:
      return try row.optionalText(column).flatMap { $0.isEmpty ? nil : .text($0) } ?? .nothing
    case .date: return try row.optionalDate(column).map { .date($0) } ?? .nothing
    case .side: return .side(try row.side(column))
    case .currency: return .currency(try row.currency(column))
    case .entryKind:
      guard let kind = Entry.Kind(rawValue: try row.text(column)) else {
        throw StoreError.malformed(column: column)
      }
      return .entryKind(kind, try row.side())
    default: break
    }
    guard let number = try row.optionalInteger(column) else { return .nothing }
    switch holds {
    case .amount:
      return .amount(Money(minorUnits: number, subject.fund?.currency ?? .krw))
    case .percent: return .percent(Percent(tenThousandths: number))
    case .flag: return .flag(number != 0)
    case .fund:
      let id = Fund.ID(rawValue: number)
      return .fund(id, try fund(id)?.terms.name ?? "")
    case .party:
      let id = Party.ID(rawValue: number)
      return .party(id, try party(id)?.name ?? "")
    case .commitment:
      let id = Commitment.ID(rawValue: number)
      guard let found = try commitment(id) else { return .row(number) }
      return .commitment(id, found.side, try party(found.party)?.name ?? "")
    case .call:
      let id = CapitalCall.ID(rawValue: number)
      return .call(id, try call(id)?.number ?? 0)
    case .entry:
      let recorded = try connection.rows(
        "SELECT audit FROM entry WHERE id = $1", [.integer(number)])
      guard let recorded = recorded.first else { return .row(number) }
      return .entry(Entry.ID(rawValue: number), recordedAs: try recorded.integer("audit"))
    case .item, .settlement, .feed: return .row(number)
    default: return .number(number)
    }
  }

  /// What was promised on the day from which a change counts, before it and with it, as it was known
  /// then; from the beginning where it has no day.
  private func promised(
    by row: SQLRow, in table: FactTable, _ subject: RecordedFact.Subject
  ) throws -> RecordedFact.Field? {
    guard let promise = Promise(table.name), let currency = subject.fund?.currency else {
      return nil
    }
    let of = try row.value(promise.column)
    let sums = try connection.rows(
      promise.sumsSQL, [of, row.value("effective_on"), row.value("id")])
    guard let first = try connection.rows(promise.firstSQL, [of]).first, let sum = sums.first else {
      throw StoreError.missingColumn("amount")
    }
    let before = try first.money("amount", in: currency) + sum.money("units", in: currency)
    let after = try before + row.money("amount", in: currency)
    return RecordedFact.Field(
      column: promise.isOfFund ? "commitment_total" : "committed", before: .amount(before),
      after: .amount(after))
  }
}

/// A fund's commitment total, or a commitment: a first amount and its changes.
private struct Promise {
  let isOfFund: Bool

  init?(_ table: String) {
    switch table {
    case "fund_total_change": isOfFund = true
    case "commitment_change": isOfFund = false
    default: return nil
    }
  }

  var column: String { isOfFund ? "fund_id" : "commitment_id" }

  var firstSQL: String {
    isOfFund
      ? "SELECT commitment_total AS amount FROM fund WHERE id = $1"
      : "SELECT amount FROM commitment WHERE id = $1"
  }

  var sumsSQL: String {
    """
    SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) AS units
    FROM \(isOfFund ? "fund_total_change" : "commitment_change")
    WHERE \(column) = $1 AND id < $3 AND (effective_on IS NULL OR effective_on <= $2)
    """
  }
}

extension SQLRow {
  fileprivate func identifier(_ column: String, if holds: FactColumn) throws -> Int64? {
    switch holds {
    case .fund, .party, .commitment, .call, .item: try optionalInteger(column)
    default: nil
    }
  }
}

private let undidSQL = "SELECT import_audit FROM import_undo WHERE audit = $1"

private let stepsSQL = """
  SELECT fact, id, step
  FROM (\(whatFactsAreAbout(where: "f.audit = $1 AND f.step > $2"))) AS about
  ORDER BY step
  LIMIT $3
  """

private let countsSQL = """
  SELECT fact, count(*) AS rows
  FROM (\(whatFactsAreAbout(where: "f.audit = $1"))) AS about
  GROUP BY fact
  ORDER BY min(step)
  """
