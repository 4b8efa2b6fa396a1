import Bookkeeping
import FundModel

let partyRoutes: [Route] = [
  .get(
    "/api/parties", "parties", .parties,
    "Partners, companies and underlying funds, in order of registration.",
    query: Clocks.both, partyListShape
  ) { input in
    let asOf = try input.asOf()
    return Dated(asOf.referenceDate, try await input.books.answer(PartiesAsOf(asOf)))
  },
  .get(
    "/api/parties/{party}", "party", .parties, "One party with its commitments.",
    query: Clocks.both, partyInFullShape
  ) { input in
    try await input.books.answer(PartyAsOf(try input.path(PathID.party), try input.asOf()))
  },
  .get(
    "/api/companies", "companies", .investments,
    "Companies and underlying funds with what each fund has put into them.",
    query: Clocks.both, companyListShape
  ) { input in
    let asOf = try input.asOf()
    return Dated(asOf.referenceDate, try await input.books.answer(CompaniesAsOf(asOf)))
  },
  .post(
    "/api/parties", "registerParty", .parties,
    "Registers whoever a commitment may be made with.", body: newPartyBody,
    location: { (party: Party.ID) in "/api/parties/\(party)" }
  ) { input in
    RegisterParty(name: try input.body(name), industry: try input.body(industry))
  },
  .post(
    "/api/parties/{party}/terms", "amendParty", .parties,
    "Amends a party's name or industry. What is left out stays.", body: amendmentBody
  ) { input in
    let name = try input.body(newName)
    let industry = try input.body(newIndustry)
    guard name != .kept || industry != .kept else { throw FieldProblems.nothingAmended }
    return AmendParty(party: try input.path(PathID.party), name: name, industry: industry)
  },
]

/// What stands in a list and the day that it is true of.
struct Dated<Line: Sendable>: Sendable {
  let referenceDate: CalendarDate
  let lines: [Line]

  init(_ referenceDate: CalendarDate, _ lines: [Line]) {
    self.referenceDate = referenceDate
    self.lines = lines
  }
}

/// A list with its reference date.
func listShape<Line>(_ name: String, _ member: String, _ line: Shape<Line>) -> Shape<Dated<Line>> {
  Shape(
    name,
    [
      .init("reference_date", .date) { JSON($0.referenceDate) },
      .init(member, .array(of: line.schema)) { line.json($0.lines) },
    ])
}

private let name = Field.required(
  "name", .text(most: TextLimit.name, required: true), "No two parties have the same.",
  example: "한빛캐피탈")
private let industry = Field.optional(
  "industry", .text(most: TextLimit.word), or: "", "What a company does.", example: "소프트웨어")
private let newName = Field.amended(
  "name", .text(most: TextLimit.name, required: true), "No two parties have the same.")
private let newIndustry = Field.amended(
  "industry", .text(most: TextLimit.word), "What a company does.")

private let newPartyBody = Route.Body(
  fields: [name, industry], example: ["name": "한빛캐피탈", "industry": "금융"])
private let amendmentBody = Route.Body(
  fields: [newName, newIndustry], rule: [.init(name: "minProperties", value: 1)],
  example: ["industry": "농업"])

private let partyInFullShape = Shape<PartiesAsOf.Line>(
  "PartyInFull",
  partyShape.members.map { $0.of(\.party) } + [
    .init("commitments", .array(of: commitmentTermsShape.schema)) {
      commitmentTermsShape.json($0.commitments)
    }
  ])

private let partyListShape = listShape("Parties", "parties", partyInFullShape)

private let companyShape = Shape<CompanyStanding>(
  "Company",
  partyShape.members.map { $0.of(\.party) } + [
    .init("holdings", .array(of: holdingShape.schema)) { holdingShape.json($0.holdings) }
  ])

private let holdingShape = Shape<CompanyStanding.Holding>(
  "Holding",
  [
    .init("fund", .id) { JSON($0.commitment.fund) },
    .init("fund_name", .text) { JSON($0.fundName) },
    .init("commitment", .id) { JSON($0.commitment.id) },
    .init("instrument", .text) { JSON($0.commitment.instrument) },
    .init("currency", .currency) { JSON($0.commitment.amount.currency.code) },
    .init("committed", .amount) { JSON($0.commitment.amount) },
    .init("invested", .amount) { JSON($0.invested) },
  ])

private let companyListShape = listShape("Companies", "companies", companyShape)
