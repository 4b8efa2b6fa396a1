package import Bookkeeping
package import FundModel

/// One fund in full as JSON: what the API answers and what `jangbu fund --json` prints.
package func fundJSON(_ standing: FundStanding) -> JSON { fundShape.json(standing) }

let fundRoutes: [Route] = [
  .get(
    "/api/funds/overview", "overview", .funds,
    "Every fund on one page, with totals for each currency.", isQuick: true,
    query: Clocks.both + [formedOnly], overviewShape
  ) { input in
    try await input.books.answer(
      OverviewAsOf(
        try input.asOf(), formedOnly: try input.query(formedOnly) ?? false,
        homeCurrency: input.books.settings.homeCurrency))
  },
  .get(
    "/api/funds", "funds", .funds, "Every fund, in order of registration.",
    query: Clocks.both, fundListShape
  ) { input in
    try await input.books.answer(
      OverviewAsOf(try input.asOf(), homeCurrency: input.books.settings.homeCurrency))
  },
  .get(
    "/api/funds/{fund}", "fund", .funds,
    "One fund in full: terms, both sides, commitments, capital calls.",
    query: Clocks.both, fundShape
  ) { input in
    try await input.books.answer(FundAsOf(try input.path(PathID.fund), try input.asOf()))
  },
  .post(
    "/api/funds", "registerFund", .funds, "Registers a fund with its terms and its total.",
    currency: .field(NewFund.currency), body: NewFund.body,
    location: { (fund: Fund.ID) in "/api/funds/\(fund)" }
  ) { input in
    RegisterFund(
      terms: try NewFund.terms(input.body), commitmentTotal: try input.body(NewFund.total))
  },
  .post(
    "/api/funds/{fund}/terms", "amendFund", .funds,
    "Amends a fund's terms. What is left out stays; null empties.",
    currency: .of { .fund(try $0(PathID.fund)) }, body: FundAmendment.body
  ) { input in
    AmendFund(
      fund: try input.path(PathID.fund), changes: try FundAmendment.changes(input.body))
  },
  .post(
    "/api/funds/{fund}/commitment-total-changes", "changeCommitmentTotal", .funds,
    "Changes the registered commitment total (약정총액) from a date, or for every date.",
    currency: .of { .fund(try $0(PathID.fund)) }, body: AmountChange.body
  ) { input in
    ChangeCommitmentTotal(
      fund: try input.path(PathID.fund), amount: try input.body(AmountChange.amount),
      effectiveOn: try input.body(AmountChange.effectiveOn),
      reason: try input.body(AmountChange.reason))
  },
  stats("/api/funds/{fund}/capital-calls/stats", "capitalCallStats", isOlderPath: false),
  stats("/funds/{fund}/capital-calls/stats", "capitalCallStatsOlderPath", isOlderPath: true),
]

private let formedOnly = Field.parameter(
  "formed_only", .flag, "Leaves out funds not formed on the reference date.", example: true)

private let fundListShape = Shape<Overview>(
  "Funds",
  [
    .init("reference_date", .date) { JSON($0.referenceDate) },
    .init("funds", .array(of: overviewFundShape.schema)) {
      overviewFundShape.json(OverviewSort.lines(of: $0, by: nil))
    },
  ])

private let fundShape = Shape<FundStanding>(
  "Fund",
  [.init("reference_date", .date) { JSON($0.row.referenceDate) }]
    + fundFigures.map { $0.member.of(\.row) } + [
      .init("cash", .amount) { JSON($0.row.cash) },
      .init("dissolution_date", .date.orNull) { JSON($0.row.fund.terms.dissolutionDate) },
      .init("general_partner", partyShape.schema.orNull) {
        $0.generalPartner.map(partyShape.json) ?? .null
      },
      .init("partners", positionShape.schema) { positionShape.json($0.partners) },
      .init("investments", positionShape.schema) { positionShape.json($0.investments) },
      .init("commitments", .array(of: commitmentShape.schema)) {
        commitmentShape.json($0.commitments)
      },
      .init("calls", .array(of: callShape.schema)) { callShape.json($0.calls) },
    ])

/// The fields of a fund to be registered.
private enum NewFund {
  static let currency = Field.required(
    "currency", .currency, "The fund's currency for life, ISO 4217.", example: "KRW")
  static let total = Field.required(
    "commitment_total", .amount(.notNegative), "약정총액; counts at every reference date.",
    example: 20_203_000_000)
  static let name = Field.required(
    "name", .text(most: TextLimit.name, required: true), "No two funds have the same.",
    example: "미래투자조합")
  static let fundType = Field.optional(
    "fund_type", .text(most: TextLimit.word), or: "", "조합구분.", example: "벤처투자조합")
  static let manager = Field.optional(
    "fund_manager", .text(most: TextLimit.word), or: "", "대표 펀드매니저.", example: "김00")
  static let generalPartner = Field.optional(
    "general_partner", .id(of: Party.self), "The id of the party that runs the fund.")
  static let formation = Field.optional(
    "formation_date", .date, "등록(성립)일; none while the fund is being formed.",
    example: "2024-07-02")
  static let end = Field.optional(
    "investment_period_end", .date, "투자기간 종료일.", example: "2028-07-01")
  static let maturity = Field.optional(
    "maturity_date", .date, "청산시기(예정).", example: "2032-07-01")
  static let dissolution = Field.optional("dissolution_date", .date, "해산일.")
  static let gpCommitment = Field.optional(
    "gp_commitment", .amount(.notNegative), "GP 약정, as registered; zero where left out.",
    example: 2_203_000_000)
  static let hurdle = Field.optional(
    "hurdle_rate", .percent, "기준수익률, per cent.", example: .number("2.0"))

  static let body = Route.Body(
    fields: [
      currency, total, name, fundType, manager, generalPartner, formation, end, maturity,
      dissolution, gpCommitment, hurdle,
    ],
    example: [
      "name": "새싹투자조합", "currency": "KRW", "commitment_total": 1_000_000_000,
      "fund_type": "벤처투자조합", "fund_manager": "김00", "formation_date": "2026-01-05",
      "investment_period_end": "2030-01-04", "maturity_date": "2034-01-04",
      "gp_commitment": 100_000_000, "hurdle_rate": .number("2.0"),
    ])

  static func terms(_ values: FieldValues) throws -> FundTerms {
    FundTerms(
      name: try values(name), fundType: try values(fundType), fundManager: try values(manager),
      generalPartner: try values(generalPartner), formationDate: try values(formation),
      investmentPeriodEnd: try values(end), maturityDate: try values(maturity),
      dissolutionDate: try values(dissolution),
      gpCommitment: try values(gpCommitment) ?? .zero(try values(currency)),
      hurdleRate: try values(hurdle))
  }
}

/// The fields of a fund's amendment.
private enum FundAmendment {
  static let name = Field.amended(
    "name", .text(most: TextLimit.name, required: true), "No two funds have the same.")
  static let fundType = Field.amended("fund_type", .text(most: TextLimit.word), "조합구분.")
  static let manager = Field.amended(
    "fund_manager", .text(most: TextLimit.word), "대표 펀드매니저.")
  static let generalPartner = Field.amended(
    "general_partner", orNull: .id(of: Party.self), "The id of the party that runs the fund.")
  static let formation = Field.amended("formation_date", orNull: .date, "등록(성립)일.")
  static let end = Field.amended("investment_period_end", orNull: .date, "투자기간 종료일.")
  static let maturity = Field.amended("maturity_date", orNull: .date, "청산시기(예정).")
  static let dissolution = Field.amended("dissolution_date", orNull: .date, "해산일.")
  static let gpCommitment = Field.amended(
    "gp_commitment", .amount(.notNegative), "GP 약정, as registered.")
  static let hurdle = Field.amended("hurdle_rate", orNull: .percent, "기준수익률, per cent.")

  static let body = Route.Body(
    fields: [
      name, fundType, manager, generalPartner, formation, end, maturity, dissolution,
      gpCommitment, hurdle,
    ],
    rule: [.init(name: "minProperties", value: 1)],
    example: ["maturity_date": "2035-01-04", "dissolution_date": nil])

  static func changes(_ values: FieldValues) throws -> AmendFund.Changes {
    var changes = AmendFund.Changes()
    changes.name = try values(name)
    changes.fundType = try values(fundType)
    changes.fundManager = try values(manager)
    changes.generalPartner = try values(generalPartner)
    changes.formationDate = try values(formation)
    changes.investmentPeriodEnd = try values(end)
    changes.maturityDate = try values(maturity)
    changes.dissolutionDate = try values(dissolution)
    changes.gpCommitment = try values(gpCommitment)
    changes.hurdleRate = try values(hurdle)
    guard changes != AmendFund.Changes() else { throw FieldProblems.nothingAmended }
    return changes
  }
}
