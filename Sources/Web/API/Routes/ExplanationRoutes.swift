import Bookkeeping
import FundModel

let explanationRoutes: [Route] = [
  .get(
    "/api/explain", "explain", .funds,
    "What makes up a figure: the lines of the records or the formula that come to it.",
    query: FigureFields.all + Clocks.both, explanationShape
  ) { input in
    try await input.books.answer(
      ExplainFigure(try FigureFields.question(input.query), try input.asOf()))
  }
]

private let explanationShape = Shape<Explanation>(
  "Explanation",
  askedMembers.map { $0.of(\.named) } + [
    .init("reference_date", .date) { JSON($0.referenceDate) },
    .init("since", .date.orNull) { JSON($0.question.since) },
    // One of the two.
    .init("amount", .amount.orNull) { JSON($0.value.amount) },
    .init("ratio", .percent.orNull) { explanation in
      if case .ratio(let ratio) = explanation.value { JSON(ratio, decimals: 2) } else { .null }
    },
    .init("paid_in_basis", .choice(PaidInBasis.self)) { JSON($0.basis.rawValue) },
    .init("made_of", .choice(["lines", "sum", "quotient"])) { explanation in
      switch explanation.account {
      case .lines: "lines"
      case .sum: "sum"
      case .quotient: "quotient"
      }
    },
    // Whatever of these isn't needed is empty. The lines add up to the amount; so do the parts, by
    // their signs; a ratio is that of the parts to those that they are divided by.
    .init("lines", .array(of: lineShape.schema)) { explanation in
      if case .lines(let lines) = explanation.account { lineShape.json(lines) } else { [] }
    },
    .init("parts", .array(of: partShape.schema)) { explanation in
      switch explanation.account {
      case .lines: []
      case .sum(let parts), .quotient(let parts, _): partShape.json(parts)
      }
    },
    .init("divided_by", .array(of: partShape.schema)) { explanation in
      if case .quotient(_, let over) = explanation.account { partShape.json(over) } else { [] }
    },
  ])

/// A figure of something, whether it is explained or is a part of what is.
private struct NamedFigure: Sendable {
  let question: FigureQuestion
  let subject: Explanation.Subject
}

extension Explanation {
  fileprivate var named: NamedFigure { NamedFigure(question: question, subject: subject) }
}

extension Explanation.Part {
  fileprivate var named: NamedFigure { NamedFigure(question: question, subject: subject) }
}

private let askedMembers: [Shape<NamedFigure>.Member] = [
  .init("figure", .choice(Figure.self)) { JSON($0.question.figure.rawValue) },
  .init("scope", .choice(["total", "fund", "side", "commitment", "call", "item"])) {
    JSON($0.question.scope.word)
  },
  .init("currency", .currency) { JSON($0.subject.currency.code) },
  .init("formed_only", .flag) {
    if case .total(_, formedOnly: true) = $0.question.scope { JSON(true) } else { JSON(false) }
  },
  .init("fund", .id.orNull) { JSON($0.subject.fund?.id) },
  .init("fund_name", .text.orNull) { JSON($0.subject.fund?.terms.name) },
  .init("side", .text.orNull) { JSON($0.subject.side?.rawValue) },
  .init("commitment", .id.orNull) { JSON($0.subject.commitment?.id) },
  .init("party", partyShape.schema.orNull) { asked in
    asked.subject.commitment.map { partyShape.json($0.party) } ?? .null
  },
  .init("call", .id.orNull) { JSON($0.subject.call?.id) },
  .init("call_number", .integer.orNull) { asked in
    asked.subject.call.map { JSON($0.number) } ?? .null
  },
  .init("item", .id.orNull) { asked in
    if case .item(let item) = asked.question.scope { JSON(item) } else { .null }
  },
]

extension FigureScope {
  fileprivate var word: String {
    switch self {
    case .total: "total"
    case .fund: "fund"
    case .side: "side"
    case .commitment: "commitment"
    case .call: "call"
    case .item: "item"
    }
  }
}

private let partShape = Shape<Explanation.Part>(
  "ExplanationPart",
  askedMembers.map { $0.of(\.named) } + [
    .init("reference_date", .date) { JSON($0.referenceDate) },
    .init("sign", .choice(["+", "-"])) { $0.isTakenAway ? "-" : "+" },
    .init("amount", .amount) { JSON($0.amount) },
    .init("paid_in_basis", .choice(PaidInBasis.self)) { JSON($0.basis.rawValue) },
  ])

private let lineShape = Shape<Explanation.Line>(
  "ExplanationLine",
  [
    .init("kind", .choice(Explanation.Line.Kind.self)) { JSON($0.kind.rawValue) },
    .init("amount", .amount) { JSON($0.amount) },
    .init("date", .date.orNull) { JSON($0.date) },
    .init("fund", .id) { JSON($0.fund.id) },
    .init("fund_name", .text) { JSON($0.fund.terms.name) },
    .init("commitment", .id.orNull) { JSON($0.commitment?.id) },
    .init("party", partyShape.schema.orNull) { line in
      line.commitment.map { partyShape.json($0.party) } ?? .null
    },
    .init("call", .id.orNull) { JSON($0.call?.id) },
    .init("call_number", .integer.orNull) { line in
      line.call.map { JSON($0.number) } ?? .null
    },
    .init("entry", .id.orNull) { JSON($0.entry) },
    .init("memo", .text) { JSON($0.memo) },
    // Of an item, where what is left of it is the figure.
    .init("item", .id.orNull) { JSON($0.remainder?.item) },
    .init("asked", .amount.orNull) { JSON($0.remainder?.asked) },
    .init("paid", .amount.orNull) { JSON($0.remainder?.paid) },
  ])
