package import FundModel

/// What becomes of one term when a fund, a party or a commitment is amended.
package enum Amendment<Value: Sendable>: Sendable {
  case kept
  case changed(Value)

  func applied(to value: Value) -> Value {
    switch self {
    case .kept: value
    case .changed(let new): new
    }
  }

  /// The member of the command's content; none where the term is kept.
  fileprivate func member(_ name: String, _ json: (Value) -> JSON) -> [JSON.Member] {
    switch self {
    case .kept: []
    case .changed(let value): [JSON.Member(name: name, value: json(value))]
    }
  }
}

extension Amendment: Equatable where Value: Equatable {}
extension Amendment: Hashable where Value: Hashable {}

/// Amends some terms of a fund; the others stay as they are when the change is carried out, so that
/// two people who amend different terms don't undo each other.
package struct AmendFund: Command {
  package static let name = "amend-fund"

  package let fund: Fund.ID
  package let changes: Changes

  package struct Changes: Hashable, Sendable {
    package var name: Amendment<String> = .kept
    package var fundType: Amendment<String> = .kept
    package var fundManager: Amendment<String> = .kept
    package var generalPartner: Amendment<Party.ID?> = .kept
    package var formationDate: Amendment<CalendarDate?> = .kept
    package var investmentPeriodEnd: Amendment<CalendarDate?> = .kept
    package var maturityDate: Amendment<CalendarDate?> = .kept
    package var dissolutionDate: Amendment<CalendarDate?> = .kept
    package var gpCommitment: Amendment<Money> = .kept
    package var hurdleRate: Amendment<Percent?> = .kept

    /// Nothing is changed yet.
    package init() {}

    /// Everything becomes as in `terms`, as when a whole form is sent.
    package init(to terms: FundTerms) {
      name = .changed(terms.name)
      fundType = .changed(terms.fundType)
      fundManager = .changed(terms.fundManager)
      generalPartner = .changed(terms.generalPartner)
      formationDate = .changed(terms.formationDate)
      investmentPeriodEnd = .changed(terms.investmentPeriodEnd)
      maturityDate = .changed(terms.maturityDate)
      dissolutionDate = .changed(terms.dissolutionDate)
      gpCommitment = .changed(terms.gpCommitment)
      hurdleRate = .changed(terms.hurdleRate)
    }
  }

  package init(fund: Fund.ID, changes: Changes) {
    self.fund = fund
    self.changes = changes
  }

  package var content: JSON {
    .object(
      [JSON.Member(name: "fund", value: JSON(fund))]
        + changes.name.member("name") { JSON($0) }
        + changes.fundType.member("fund_type") { JSON($0) }
        + changes.fundManager.member("fund_manager") { JSON($0) }
        + changes.generalPartner.member("general_partner") { JSON($0) }
        + changes.formationDate.member("formation_date") { JSON($0) }
        + changes.investmentPeriodEnd.member("investment_period_end") { JSON($0) }
        + changes.maturityDate.member("maturity_date") { JSON($0) }
        + changes.dissolutionDate.member("dissolution_date") { JSON($0) }
        + changes.gpCommitment.member("gp_commitment") { JSON($0) }
        + changes.hurdleRate.member("hurdle_rate") { JSON($0) })
  }

  package func execute(in books: OpenBooks) throws -> Fund.ID {
    let found = try books.fund(fund)
    var terms = found.terms
    terms.name = changes.name.applied(to: terms.name)
    terms.fundType = changes.fundType.applied(to: terms.fundType)
    terms.fundManager = changes.fundManager.applied(to: terms.fundManager)
    terms.generalPartner = changes.generalPartner.applied(to: terms.generalPartner)
    terms.formationDate = changes.formationDate.applied(to: terms.formationDate)
    terms.investmentPeriodEnd = changes.investmentPeriodEnd.applied(to: terms.investmentPeriodEnd)
    terms.maturityDate = changes.maturityDate.applied(to: terms.maturityDate)
    terms.dissolutionDate = changes.dissolutionDate.applied(to: terms.dissolutionDate)
    terms.gpCommitment = changes.gpCommitment.applied(to: terms.gpCommitment)
    terms.hurdleRate = changes.hurdleRate.applied(to: terms.hurdleRate)
    try books.check(terms, of: fund, in: found.currency)
    try books.appendVersion(of: fund, terms)
    return fund
  }
}

/// Amends a party's name or industry; what is not changed stays as it is.
package struct AmendParty: Command {
  package static let name = "amend-party"

  package let party: Party.ID
  package let partyName: Amendment<String>
  package let industry: Amendment<String>

  package init(
    party: Party.ID, name: Amendment<String> = .kept, industry: Amendment<String> = .kept
  ) {
    self.party = party
    partyName = name
    self.industry = industry
  }

  package var content: JSON {
    .object(
      [JSON.Member(name: "party", value: JSON(party))]
        + partyName.member("name") { JSON($0) } + industry.member("industry") { JSON($0) })
  }

  package func execute(in books: OpenBooks) throws -> Party.ID {
    let now = try books.party(party)
    let (name, industry) = (
      partyName.applied(to: now.name), industry.applied(to: now.industry)
    )
    try books.checkParty(name, industry, of: party)
    try books.appendVersion(of: party, name, industry)
    return party
  }
}

/// Amends a commitment's partner type or instrument; what is not changed stays as it is.
package struct AmendCommitment: Command {
  package static let name = "amend-commitment"

  package let commitment: Commitment.ID
  package let partnerType: Amendment<String>
  package let instrument: Amendment<String>

  package init(
    commitment: Commitment.ID, partnerType: Amendment<String> = .kept,
    instrument: Amendment<String> = .kept
  ) {
    self.commitment = commitment
    self.partnerType = partnerType
    self.instrument = instrument
  }

  package var content: JSON {
    .object(
      [JSON.Member(name: "commitment", value: JSON(commitment))]
        + partnerType.member("partner_type") { JSON($0) }
        + instrument.member("instrument") { JSON($0) })
  }

  package func execute(in books: OpenBooks) throws -> Commitment.ID {
    let now = try books.commitment(commitment)
    try books.appendVersion(
      of: commitment, on: now.side, partnerType.applied(to: now.partnerType),
      instrument.applied(to: now.instrument))
    return commitment
  }
}
