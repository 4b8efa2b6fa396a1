import Bookkeeping
import FundModel

/// Which figure is to be explained, and of what: alike for the page and the API.
enum FigureFields {
  private static let figure = Field.required(
    "figure", .choice(Figure.self),
    "A figure of a fund or a currency (commitment_total … cash), of a side or a commitment "
      + "(committed … uncalled_pct), of a call or an item (amount, paid, outstanding …).",
    example: "paid_in")
  private static let fund = Field.parameter(
    "fund", .id(of: Fund.self), "Of that fund, or with side of one of its sides.")
  private static let side = Field.parameter(
    "side", .choice(Side.self), "The side of the fund, for figures that a side has.",
    example: "partners")
  private static let commitment = Field.parameter(
    "commitment", .id(of: Commitment.self), "Of that partner or investment.")
  private static let call = Field.parameter(
    "call", .id(of: CapitalCall.self), "Of that capital call.")
  private static let item = Field.parameter(
    "item", .id(of: CallItem.self), "Of that item of a capital call.")
  private static let currency = Field.parameter(
    "currency", .currency, "Of all funds of that currency together.", example: "KRW")
  private static let formedOnly = Field.parameter(
    "formed_only", .flag, "With currency: leaves out funds not formed on the reference date.",
    example: true)

  private static let since = Field.parameter(
    "since", .date, "The change of the figure since that day, instead of the figure.",
    example: "2025-12-31")

  static let all: [any AnyField] = [
    figure, fund, side, commitment, call, item, currency, formedOnly, since,
  ]

  /// What the address of the page means. Of one fund, `formed_only` says how the overview was
  /// looked at, and nothing of the figure.
  static func question(_ query: PageQuery, _ clock: BooksClock) throws -> FigureQuestion {
    let ofPages = PageAddress.shared + PageFrame.ofOverview + [TablePages.ofTable]
    let isTotal = query[currency.name] != nil
    return try question(
      try query.values(
        of: isTotal ? all : all.filter { $0.name != formedOnly.name },
        besides: ofPages.filter { !isTotal || $0 != formedOnly.name }, clock))
  }

  /// - Throws: `FieldProblems` when it isn't said of what, or said twice, or there is no such
  ///   figure of it.
  static func question(_ values: FieldValues) throws -> FigureQuestion {
    let figure = try values(figure)
    let side = try values(side)
    let formedOnly = try values(formedOnly)
    let (field, scope) = try scope(values, side, formedOnly ?? false)
    if side != nil, field != fund.name {
      throw problem("not-used-here", .onlyWithFund, self.side.name)
    }
    if formedOnly != nil, field != currency.name {
      throw problem("not-used-here", .onlyWithCurrency, self.formedOnly.name)
    }
    if let question = FigureQuestion(figure, of: scope, since: try values(since)) {
      return question
    }
    guard FigureQuestion(figure, of: scope) == nil else {
      throw problem("not-used-here", .noChangeOfRatios, since.name)
    }
    throw noSuchFigure(figure, of: scope)
  }

  /// What is asked about, with the field that says so.
  private static func scope(
    _ values: FieldValues, _ side: Side?, _ formedOnly: Bool
  ) throws -> (field: String, FigureScope) {
    let given: [(field: String, scope: FigureScope?)] = [
      (
        fund.name,
        try values(fund).map { fund in side.map { .side($0, of: fund) } ?? .fund(fund) }
      ),
      (commitment.name, try values(commitment).map { .commitment($0) }),
      (call.name, try values(call).map { .call($0) }),
      (item.name, try values(item).map { .item($0) }),
      (currency.name, try values(currency).map { .total($0, formedOnly: formedOnly) }),
    ]
    let scopes = given.compactMap { field, scope in scope.map { (field, $0) } }
    guard let first = scopes.first else { throw problem("missing", .oneOfScopes, fund.name) }
    guard scopes.count == 1 else {
      throw FieldProblems(
        scopes.dropFirst().map {
          FieldProblem("one-too-many", .oneOfScopes, at: [$0.0], in: .query)
        })
    }
    return first
  }

  private static func noSuchFigure(_ figure: Figure, of scope: FigureScope) -> FieldProblems {
    switch scope {
    case .fund(let fund) where figure.exists(for: .side(.partners, of: fund)):
      return problem("missing", .sideNeeded, side.name)
    case .side(_, let fund) where figure.exists(for: .fund(fund)):
      return problem("not-used-here", .noSideNeeded, side.name)
    default:
      let figures = Figure.allCases.filter { $0.exists(for: scope) }.map(\.rawValue)
      return problem(
        "not-a-choice", .notAChoice(figure.rawValue, of: figures), self.figure.name)
    }
  }

  private static func problem(_ code: String, _ sentence: Phrase, _ field: String) -> FieldProblems
  {
    FieldProblems([FieldProblem(code, sentence, at: [field], in: .query)])
  }
}
