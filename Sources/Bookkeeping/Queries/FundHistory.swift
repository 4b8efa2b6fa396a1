package import FundModel
package import Store

/// How a fund came to its figures: paid-in, invested and the commitment total, step by step up to a
/// reference date. What its chart and the table under it show.
package struct FundHistory: Query {
  package let fund: Fund.ID
  package let asOf: AsOf

  package init(_ fund: Fund.ID, _ asOf: AsOf) {
    self.fund = fund
    self.asOf = asOf
  }

  /// The figures at the close of a day on which one of them changed.
  package struct Step: Hashable, Sendable {
    package let day: CalendarDate
    package let paidIn: Money
    package let invested: Money
    package let commitmentTotal: Money
  }

  /// - Returns: in the order of days. The commitment total counts from the beginning; days are only
  ///   those on which cash, or a dated change of the total, changed a figure.
  package func answer(from connection: any SQLConnection) throws -> [Step] {
    let known = try asOf.knownThrough(in: connection)
    guard let found = try FundRecords.fund(fund, knownThrough: known, in: connection) else {
      throw Refusal.unknown(.fund, fund.rawValue)
    }
    let arguments: [SQLValue] = [
      .init(fund), .init(asOf.referenceDate), .integer(known),
    ]
    var paidIn = Money.zero(found.currency)
    var invested = paidIn
    var total = found.firstCommitmentTotal
    var moved: [CalendarDate: (paidIn: Int64, invested: Int64, total: Int64)] = [:]
    for row in try connection.rows(cashSQL, arguments) {
      let day = try row.date("effective_on")
      let units = try row.integer("units")
      var ofDay = moved[day] ?? (0, 0, 0)
      if try row.side() == .partners { ofDay.paidIn = units } else { ofDay.invested = units }
      moved[day] = ofDay
    }
    for row in try connection.rows(totalSQL, arguments) {
      let change = try row.money("units", in: found.currency)
      guard let day = try row.optionalDate("effective_on") else {
        total = try total + change
        continue
      }
      moved[day, default: (0, 0, 0)].total = change.minorUnits
    }
    // A day whose entries were reversed, or cancel each other out, changed nothing.
    let changes = moved.filter { $0.value != (0, 0, 0) }.sorted { $0.key < $1.key }
    return try changes.map { day, units in
      paidIn = try paidIn + Money(minorUnits: units.paidIn, found.currency)
      invested = try invested + Money(minorUnits: units.invested, found.currency)
      total = try total + Money(minorUnits: units.total, found.currency)
      return Step(day: day, paidIn: paidIn, invested: invested, commitmentTotal: total)
    }
  }
}

/// A fund's terms as they were recorded, the first version first.
package struct FundVersions: Query {
  package let fund: Fund.ID
  package let knownAt: Instant?

  package init(_ fund: Fund.ID, knownAt: Instant? = nil) {
    self.fund = fund
    self.knownAt = knownAt
  }

  package struct Version: Hashable, Sendable {
    package let recorded: AuditStamp
    package let terms: FundTerms
    /// By its name; `nil` where none is registered.
    package let generalPartner: String?
  }

  package func answer(from connection: any SQLConnection) throws -> [Version] {
    let known = try connection.lastKnown(at: knownAt)
    var versions: [Version] = []
    for row in try connection.rows(versionsSQL, [.init(fund), .integer(known)]) {
      let sequence = try row.integer("audit")
      guard let then = try FundRecords.fund(fund, knownThrough: sequence, in: connection) else {
        continue
      }
      versions.append(
        Version(
          recorded: AuditStamp(
            sequence: sequence, recordedAt: try row.instant("recorded_at")),
          terms: then.terms,
          generalPartner: try then.terms.generalPartner.flatMap {
            try PartyRecords.party($0, knownThrough: sequence, in: connection)?.name
          }))
    }
    return versions
  }
}

private let cashSQL = """
  SELECT e.effective_on, e.side, CAST(sum(e.fund_amount * k.sign) AS BIGINT) AS units
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind AND k.counts_paid_in = 1
  WHERE \(isEntry(ofFund: "$1")) AND e.effective_on <= $2 AND e.audit <= $3
  GROUP BY e.effective_on, e.side
  """

private let totalSQL = """
  SELECT effective_on, CAST(sum(amount) AS BIGINT) AS units
  FROM fund_total_change
  WHERE fund_id = $1 AND (effective_on IS NULL OR effective_on <= $2) AND audit <= $3
  GROUP BY effective_on
  """

private let versionsSQL = """
  SELECT DISTINCT v.audit, a.recorded_at
  FROM fund_version v
  JOIN audit a ON a.sequence = v.audit
  WHERE v.fund_id = $1 AND v.audit <= $2
  ORDER BY v.audit
  """
