import Bookkeeping
import FundModel

let changesRoutes: [Route] = [
  .get(
    "/api/changes", "changesSince", .audit,
    "What changed in the figures of a reference date since an earlier moment, and through what.",
    query: [since, fund] + Clocks.both, changesShape
  ) { input in
    let moment = try input.query(since)
    let asOf = try input.asOf()
    let clock = input.books.clock
    guard moment <= asOf.knownAt ?? clock.end(of: clock.today) else {
      throw FieldProblems([
        FieldProblem("since-after-known-at", .sinceAfterKnown, at: ["since"], in: .query)
      ])
    }
    return try await input.books.answer(
      ChangesSince(
        asOf, since: moment, lastPastDay: clock.lastDay(pastBy: moment),
        fund: try input.query(fund), homeCurrency: input.books.settings.homeCurrency))
  }
]

private let since = Field.required(
  "since", .instant,
  "The earlier moment: RFC 3339 with a zone, or a day, which means its end in the books' zone.",
  example: "2026-01-31")
private let fund = Field.parameter(
  "fund", .id(of: Fund.self),
  "Only this fund, with its commitments. Every fund and the totals where left out.", example: 1)

private let changesShape = Shape<ChangesSince.Answer>(
  "ChangesSince",
  [
    .init("since_audit", .count) { JSON($0.from) },
    .init("until_audit", .count) { JSON($0.through) },
    .init("back_dated", .array(of: backDatedShape.schema)) { answer in
      backDatedShape.json(
        answer.backDated.map { BackDatedLine(line: $0, entry: answer.entries[$0.sequence]) })
    },
    .init("totals", .array(of: totalShape.schema)) { totalShape.json($0.totals) },
    .init("funds", .array(of: fundChangesShape.schema)) { answer in
      fundChangesShape.json(answer.funds.map { Told(subject: $0, entries: answer.entries) })
    },
  ])

/// Something with the entries of the trail that it names.
private struct Told<Subject: Sendable>: Sendable {
  let subject: Subject
  let entries: [Int64: AuditEntry]
}

private struct BackDatedLine: Sendable {
  let line: BackDated
  let entry: AuditEntry?
}

private let backDatedShape = Shape<BackDatedLine>(
  "BackDated",
  [
    .init(
      "what",
      .choice([
        "payment", "refund", "payment_reversal", "refund_reversal", "call", "cancellation",
        "commitment_change", "total_change", "fund", "commitment", "stated_paid_in", "fund_terms",
        "commitment_terms",
      ])
    ) { JSON($0.line.what.key) },
    .init("dated", .date.orNull) { JSON($0.line.day) },
    .init("fund", .id) { JSON($0.line.fund.id) },
    .init("call", .id.orNull) { $0.line.call.map { JSON($0.id) } ?? .null },
    .init("party", .text.orNull) { JSON($0.line.party) },
    .init("currency", .currency) { JSON($0.line.fund.currency.code) },
    .init("amount", .amount.orNull) { $0.line.amount.map { JSON($0) } ?? .null },
    .init("audit", .id) { JSON($0.line.sequence) },
    .init("recorded_at", .instant.orNull) { JSON($0.entry?.stamp.recordedAt.description) },
    .init("actor", .text.orNull) { JSON($0.entry?.actor) },
    .init("command", .text.orNull) { JSON($0.entry?.command) },
  ])

extension BackDated.What {
  fileprivate var key: String {
    switch self {
    case .entry(let kind, _): kind.rawValue
    case .call: "call"
    case .cancellation: "cancellation"
    case .commitmentChange: "commitment_change"
    case .totalChange: "total_change"
    case .fund: "fund"
    case .commitment: "commitment"
    case .statedPaidIn: "stated_paid_in"
    case .fundTerms: "fund_terms"
    case .commitmentTerms: "commitment_terms"
    }
  }
}

private let movedMembers: [Shape<Told<MovedFigure>>.Member] = [
  .init("figure", .text) { JSON($0.subject.name.key) },
  .init("before", .amount.orNull) { JSON($0.subject.before) },
  .init("after", .amount.orNull) { JSON($0.subject.after) },
  .init("change", .amount.orNull) { JSON(from: $0.subject.before, to: $0.subject.after) },
]

private let movedShape = Shape<Told<MovedFigure>>("MovedTotal", movedMembers)

private let movedBySteps = Shape<Told<MovedFigure>>(
  "MovedFigure",
  movedMembers + [
    .init("steps", .array(of: stepShape.schema)) { told in
      stepShape.json(told.subject.steps.map { Told(subject: $0, entries: told.entries) })
    }
  ])

private let stepShape = Shape<Told<MovedFigure.Step>>(
  "StepOfFigure",
  [
    .init("audit", .id) { JSON($0.subject.span.last) },
    .init("first_audit", .id) { JSON($0.subject.span.first) },
    .init("entries", .count) { JSON($0.subject.span.count) },
    .init("audits", .array(of: .id)) { .array($0.subject.span.sequences.map { JSON($0) }) },
    .init("actors", .array(of: .text)) { .array($0.actors.map { JSON($0) }) },
    .init("recorded_at", .instant.orNull) { JSON($0.entry?.stamp.recordedAt.description) },
    .init("actor", .text.orNull) { JSON($0.entry?.actor) },
    .init("command", .text.orNull) { JSON($0.entry?.command) },
    .init("before", .amount.orNull) { JSON($0.subject.before) },
    .init("after", .amount.orNull) { JSON($0.subject.after) },
    .init("change", .amount.orNull) { JSON(from: $0.subject.before, to: $0.subject.after) },
  ])

extension Told<MovedFigure.Step> {
  /// The one entry; `nil` where several are taken together.
  fileprivate var entry: AuditEntry? {
    subject.span.count == 1 ? entries[subject.span.first] : nil
  }

  /// Whoever keyed any of it in, each once.
  fileprivate var actors: [String] { subject.span.actors(in: entries) }
}

private let totalShape = Shape<ChangesSince.Total>(
  "ChangedTotal",
  [
    .init("currency", .currency) { JSON($0.currency.code) },
    .init("figures", .array(of: movedShape.schema)) {
      movedShape.json($0.figures.map { Told(subject: $0, entries: [:]) })
    },
  ])

private let fundChangesShape = Shape<Told<ChangesSince.FundChanges>>(
  "ChangedFund",
  [
    .init("fund", .id) { JSON($0.subject.fund.id) },
    .init("name", .text) { JSON($0.subject.fund.terms.name) },
    .init("currency", .currency) { JSON($0.subject.fund.currency.code) },
    .init("is_new", .flag) { JSON($0.subject.before == nil) },
    .init("terms", .array(of: changedTermShape.schema)) { told in
      changedTermShape.json(ChangedTerm.all(from: told.subject.before, to: told.subject.after))
    },
    .init("figures", .array(of: movedBySteps.schema)) { told in
      movedBySteps.json(told.subject.figures.map { Told(subject: $0, entries: told.entries) })
    },
    .init("sides", .array(of: sideChangesShape.schema)) { told in
      sideChangesShape.json(told.subject.sides.map { Told(subject: $0, entries: told.entries) })
    },
    .init("commitments", .array(of: commitmentChangesShape.schema)) { told in
      commitmentChangesShape.json(
        told.subject.commitments.map { Told(subject: $0, entries: told.entries) })
    },
  ])

private let sideChangesShape = Shape<Told<ChangesSince.SideChanges>>(
  "ChangedSide",
  [
    .init("side", .choice(Side.self)) { JSON($0.subject.side.rawValue) },
    .init("figures", .array(of: movedBySteps.schema)) { told in
      movedBySteps.json(told.subject.figures.map { Told(subject: $0, entries: told.entries) })
    },
  ])

/// A member of a fund's overview that is no figure and reads otherwise, such as `paid_in_basis`.
private struct ChangedTerm: Sendable {
  let field: String
  /// As in the fund's own answer, as text.
  let before: String?
  let after: String?

  private static let named: Set = [
    "name", "fund_type", "status", "fund_manager", "formation_date", "investment_period_end",
    "maturity_date", "paid_in_basis", "gp_commitment", "hurdle_rate",
  ]

  static func all(from before: OverviewRow?, to after: OverviewRow) -> [ChangedTerm] {
    guard let before else { return [] }
    return fundFigures.filter { named.contains($0.name) }.compactMap { figure in
      let (was, now) = (figure.value(of: before), figure.value(of: after))
      return was == now ? nil : ChangedTerm(field: figure.name, before: text(was), after: text(now))
    }
  }
}

private func text(_ value: JSON?) -> String? {
  switch value {
  case .string(let text)?: text
  case .null?, nil: nil
  case let other?: other.text
  }
}

private let changedTermShape = Shape<ChangedTerm>(
  "ChangedTerm",
  [
    .init("field", .text) { JSON($0.field) },
    .init("before", .text.orNull) { JSON($0.before) },
    .init("after", .text.orNull) { JSON($0.after) },
  ])

private let commitmentChangesShape = Shape<Told<ChangesSince.CommitmentChanges>>(
  "ChangedCommitment",
  [
    .init("commitment", .id) { JSON($0.subject.commitment.id) },
    .init("side", .choice(Side.self)) { JSON($0.subject.commitment.side.rawValue) },
    .init("party", partyShape.schema) { partyShape.json($0.subject.commitment.party) },
    .init("figures", .array(of: movedBySteps.schema)) { told in
      movedBySteps.json(told.subject.figures.map { Told(subject: $0, entries: told.entries) })
    },
  ])

extension JSON {
  /// Ratios with their two decimals.
  fileprivate init(_ value: MovedFigure.Value) {
    switch value {
    case .amount(let amount): self.init(amount)
    case .ratio(let percent): self.init(percent, decimals: 2)
    case .count(let count): self.init(count)
    }
  }

  fileprivate init(from before: MovedFigure.Value, to after: MovedFigure.Value) {
    self = ((try? after.change(since: before)) ?? nil).map { JSON($0) } ?? .null
  }
}
