package import FundModel
package import Store

/// What makes up one figure as of a reference date: entries, items, changes, stated lines, or a
/// formula whose parts can be asked about in turn.
package struct ExplainFigure: Query {
  package let question: FigureQuestion
  package let asOf: AsOf
  /// With more lines than this a total is explained fund by fund.
  package let mostLines: Int

  package init(_ question: FigureQuestion, _ asOf: AsOf, mostLines: Int = 2_000) {
    self.question = question
    self.asOf = asOf
    self.mostLines = mostLines
  }

  package func answer(from connection: any SQLConnection) throws -> Explanation {
    if let since = question.since { return try change(since: since, in: connection) }
    let records = try FigureRecords(asOf, in: connection)
    switch question.scope {
    case .total(let currency, let formedOnly):
      return try total(currency, formedOnly: formedOnly, records)
    case .fund(let fund):
      return try ofFund(FundAsOf(fund, asOf).answer(from: connection).row, records)
    case .side(let side, let fund):
      let standing = try FundAsOf(fund, asOf).answer(from: connection)
      return try ofPosition(
        standing.position(of: side), standing.commitments.filter { $0.commitment.side == side },
        in: standing, Explanation.Subject(of: standing.row.fund, side: side), records)
    case .commitment(let commitment):
      return try ofCommitment(records.commitment(commitment), records)
    case .call(let call): return try ofCall(call, records)
    case .item(let item): return try ofItem(item, records)
    }
  }

  /// The figure on the reference date less the same on an earlier day.
  private func change(
    since day: CalendarDate, in connection: any SQLConnection
  ) throws -> Explanation {
    func part(on day: CalendarDate, isTakenAway: Bool) throws -> Explanation.Part {
      guard let figure = FigureQuestion(question.figure, of: question.scope) else {
        throw FigureWithoutValue(question: question)
      }
      let found = try ExplainFigure(figure, AsOf(day, knownAt: asOf.knownAt))
        .answer(from: connection)
      guard let amount = found.value.amount else { throw FigureWithoutValue(question: question) }
      return Explanation.Part(
        figure, on: day, of: found.subject, amount, isTakenAway: isTakenAway, basis: found.basis)
    }
    let now = try part(on: asOf.referenceDate, isTakenAway: false)
    let before = try part(on: day, isTakenAway: true)
    return try explanation(
      now.subject, .amount(now.amount - before.amount), PaidInBasis(of: [now.basis, before.basis]),
      .sum([now, before]))
  }

  private func explanation(
    _ subject: Explanation.Subject, _ value: Explanation.Value?, _ basis: PaidInBasis = .cash,
    _ account: Explanation.Account
  ) throws -> Explanation {
    guard let value else { throw FigureWithoutValue(question: question) }
    return Explanation(
      question, on: asOf.referenceDate, subject: subject, value: value,
      basis: question.figure.restsOnPaidIn ? basis : .cash, account: account)
  }

  /// The figure of that name of the same thing, as a part of this one.
  private func part(
    _ figure: Figure, _ subject: Explanation.Subject, _ value: (Figure) -> Explanation.Value?,
    _ basis: PaidInBasis, isTakenAway: Bool = false
  ) throws -> Explanation.Part {
    try part(figure, of: question.scope, subject, value(figure), basis, isTakenAway: isTakenAway)
  }

  private func part(
    _ figure: Figure, of scope: FigureScope, _ subject: Explanation.Subject,
    _ value: Explanation.Value?, _ basis: PaidInBasis, isTakenAway: Bool = false
  ) throws -> Explanation.Part {
    guard let question = FigureQuestion(figure, of: scope), let amount = value?.amount else {
      throw FigureWithoutValue(question: question)
    }
    return Explanation.Part(
      question, on: asOf.referenceDate, of: subject, amount, isTakenAway: isTakenAway,
      basis: figure.restsOnPaidIn ? basis : .cash)
  }
}

/// A figure that says that it exists, and has no value or no account: a bug.
struct FigureWithoutValue: Error { let question: FigureQuestion }

// MARK: - Funds

extension ExplainFigure {
  private func total(
    _ currency: Currency, formedOnly: Bool, _ records: FigureRecords
  ) throws -> Explanation {
    let overview = try OverviewAsOf(asOf, formedOnly: formedOnly, homeCurrency: currency)
      .answer(from: records.connection)
    let rows = overview.rows.filter { $0.fund.currency == currency }
    let totals = overview.totals
    let subject = Explanation.Subject(currency: currency)
    let account = try formula(subject, totals.value, totals.basis) ?? byFundOrLine(rows, records)
    return try explanation(subject, totals.value(of: question.figure), totals.basis, account)
  }

  /// The lines of all funds; fund by fund where a total is one for each fund, or has too many.
  private func byFundOrLine(
    _ rows: [OverviewRow], _ records: FigureRecords
  ) throws -> Explanation.Account {
    if question.figure != .commitmentTotal {
      let lines = try lines(of: rows, records)
      if lines.count <= mostLines { return .lines(lines) }
    }
    return .sum(
      try rows.map { row in
        try part(
          question.figure, of: .fund(row.fund.id), Explanation.Subject(of: row.fund),
          row.value(of: question.figure), row.basis)
      })
  }

  private func ofFund(_ row: OverviewRow, _ records: FigureRecords) throws -> Explanation {
    let subject = Explanation.Subject(of: row.fund)
    let account =
      try formula(subject, row.value, row.basis) ?? .lines(lines(of: [row], records))
    return try explanation(subject, row.value(of: question.figure), row.basis, account)
  }

  /// What a fund's figure, or a total, is computed from; `nil` where it is a sum of lines.
  private func formula(
    _ subject: Explanation.Subject, _ value: (Figure) -> Explanation.Value?, _ basis: PaidInBasis
  ) throws -> Explanation.Account? {
    func part(_ figure: Figure, isTakenAway: Bool = false) throws -> Explanation.Part {
      try self.part(figure, subject, value, basis, isTakenAway: isTakenAway)
    }
    return switch question.figure {
    case .uninvested: .sum([try part(.commitmentTotal), try part(.invested, isTakenAway: true)])
    case .cash: .sum([try part(.paidIn), try part(.invested, isTakenAway: true)])
    case .paidInRatio: .quotient([try part(.paidIn)], over: [try part(.commitmentTotal)])
    default: nil
    }
  }

  private func lines(
    of rows: [OverviewRow], _ records: FigureRecords
  ) throws -> [Explanation.Line] {
    let figure = question.figure
    switch figure {
    case .commitmentTotal: return try rows.flatMap { try records.promises(of: $0.fund) }
    case .invested, .investmentAssets:
      return try records.entries(of: rows.map(\.fund)) { $0.side == .investments }
    case .paidIn, .gpPaidIn:
      let onCash = rows.filter { $0.basis == .cash }.map(\.fund)
      let entries = try records.entries(of: onCash) {
        $0.side == .partners && (figure == .paidIn || $0.isGeneralPartner)
      }
      let stated = try rows.filter { $0.basis == .stated }.flatMap { row in
        figure == .paidIn
          ? try records.stated(of: row.fund) { _ in true } : try records.statedGPPart(of: row.fund)
      }
      return entries + stated
    default: throw FigureWithoutValue(question: question)
    }
  }
}

// MARK: - Commitments

extension ExplainFigure {
  private func ofCommitment(
    _ commitment: Commitment, _ records: FigureRecords
  ) throws -> Explanation {
    let standing = try FundAsOf(commitment.fund, asOf).answer(from: records.connection)
    let found = standing.commitments.filter { $0.commitment.id == commitment.id }
    // Of a direct investment not yet made, or undone, there is nothing on that day.
    let position = try Position.sum(found.map(\.position), in: commitment.amount.currency)
    let shown =
      found.isEmpty
      ? [CommitmentStanding(commitment: commitment, position: position, statedPaidIn: nil)] : found
    return try ofPosition(
      position, shown, in: standing,
      Explanation.Subject(
        of: standing.row.fund, side: commitment.side, commitment: commitment), records)
  }

  private func ofPosition(
    _ position: Position, _ commitments: [CommitmentStanding], in fund: FundStanding,
    _ subject: Explanation.Subject, _ records: FigureRecords
  ) throws -> Explanation {
    let basis = subject.side == .partners ? fund.row.basis : .cash
    let account = try account(position, commitments, in: fund, subject, basis, records)
    return try explanation(subject, position.value(of: question.figure), basis, account)
  }

  private func account(
    _ position: Position, _ commitments: [CommitmentStanding], in fund: FundStanding,
    _ subject: Explanation.Subject, _ basis: PaidInBasis, _ records: FigureRecords
  ) throws -> Explanation.Account {
    func part(_ figure: Figure, isTakenAway: Bool = false) throws -> Explanation.Part {
      try self.part(figure, subject, position.value, basis, isTakenAway: isTakenAway)
    }
    let ids = Set(commitments.map(\.commitment.id))
    switch question.figure {
    case .committed:
      return .lines(
        try records.promises(of: commitments.map(\.commitment), in: fund.row.fund))
    case .paid where basis == .stated:
      return .lines(try records.stated(of: fund.row.fund) { ids.contains($0.id) })
    case .paid:
      return .lines(try records.entries(of: [fund.row.fund]) { ids.contains($0.id) })
    case .noticed, .outstanding, .creditsDue:
      return .lines(
        try records.items(of: fund.calls, question.figure) { ids.contains($0.commitment) })
    case .notYetCalled:
      return .sum([try part(.committed), try part(.noticed, isTakenAway: true)])
    case .uncalled:
      return .sum([try part(.committed), try part(.paid, isTakenAway: true)])
    case .paidPercent: return .quotient([try part(.paid)], over: [try part(.committed)])
    case .uncalledPercent: return .quotient([try part(.uncalled)], over: [try part(.committed)])
    default: throw FigureWithoutValue(question: question)
    }
  }
}

// MARK: - Calls

extension ExplainFigure {
  private func ofCall(_ id: CapitalCall.ID, _ records: FigureRecords) throws -> Explanation {
    let call = try records.call(id)
    // Numbers of calls count per investment, which therefore belongs to the name.
    let investment = call.call.side == .investments ? call.items.first?.item.commitment : nil
    let subject = Explanation.Subject(
      of: try records.fund(call.call.fund), side: call.call.side,
      commitment: try investment.map(records.commitment), call: call.call)
    let account =
      question.figure == .paidPercent
      ? try quotient(of: call, subject, records)
      : .lines(try lines(of: call, records) { _ in true })
    return try explanation(subject, call.value(of: question.figure), .cash, account)
  }

  private func ofItem(_ id: CallItem.ID, _ records: FigureRecords) throws -> Explanation {
    let item = try records.item(id)
    let call = try records.call(item.call)
    let subject = Explanation.Subject(
      of: try records.fund(call.call.fund), side: call.call.side,
      commitment: try records.commitment(item.commitment), call: call.call)
    let standing = call.items.first { $0.item.id == id }
    return try explanation(
      subject, standing?.value(of: question.figure), .cash,
      .lines(try lines(of: call, records) { $0.id == id }))
  }

  private func lines(
    of call: CallStanding, _ records: FigureRecords, _ counts: (CallItem) -> Bool
  ) throws -> [Explanation.Line] {
    guard question.figure == .paid else {
      return try records.items(of: [call], question.figure, counts)
    }
    return try records.entries(of: call, counts)
  }

  /// Over positive items, each of which can be asked about.
  private func quotient(
    of call: CallStanding, _ subject: Explanation.Subject, _ records: FigureRecords
  ) throws -> Explanation.Account {
    let positive = call.items.filter { !$0.item.isCredit }
    func parts(_ figure: Figure) throws -> [Explanation.Part] {
      try positive.map { item in
        try part(
          figure, of: .item(item.item.id),
          Explanation.Subject(
            of: try records.fund(call.call.fund), side: call.call.side,
            commitment: try records.commitment(item.item.commitment), call: call.call),
          item.value(of: figure), .cash)
      }
    }
    return .quotient(try parts(.paid), over: try parts(.amount))
  }
}

extension Explanation.Subject {
  init(
    of fund: Fund, side: Side? = nil, commitment: Commitment? = nil, call: CapitalCall? = nil
  ) {
    self.init(
      currency: fund.currency, fund: fund, side: side, commitment: commitment, call: call)
  }
}
