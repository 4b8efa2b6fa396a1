/// A vehicle whose books are kept (조합), as it was registered and last amended. It has one currency
/// for life.
///
/// Never changed once made, and shared by all who hold it: rows of thousands of funds are made for each
/// reference date.
package final class Fund: Sendable {
  package typealias ID = Identifier<Fund>

  package let id: ID
  package let currency: Currency
  /// The registered total (약정총액) before any dated change; counts at every reference date.
  package let firstCommitmentTotal: Money
  package let terms: FundTerms

  package init(id: ID, currency: Currency, firstCommitmentTotal: Money, terms: FundTerms) {
    self.id = id
    self.currency = currency
    self.firstCommitmentTotal = firstCommitmentTotal
    self.terms = terms
  }
}

extension Fund: Hashable {
  package static func == (a: Fund, b: Fund) -> Bool {
    a === b
      || a.id == b.id && a.currency == b.currency
        && a.firstCommitmentTotal == b.firstCommitmentTotal && a.terms == b.terms
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// What is said of a fund and may be amended. Terms hold for every reference date; what they were
/// before shows by *known at*.
package struct FundTerms: Hashable, Sendable {
  package var name: String
  /// 조합구분, such as 벤처투자조합.
  package var fundType: String
  /// 대표 펀드매니저.
  package var fundManager: String
  /// The party that runs the fund, where one is registered.
  package var generalPartner: Party.ID?
  /// 등록(성립)일; none while the fund is being formed.
  package var formationDate: CalendarDate?
  package var investmentPeriodEnd: CalendarDate?
  /// 청산시기(예정).
  package var maturityDate: CalendarDate?
  package var dissolutionDate: CalendarDate?
  /// What the general partner promised, as registered. Not a sum of commitments.
  package var gpCommitment: Money
  /// 기준수익률.
  package var hurdleRate: Percent?

  package init(
    name: String, fundType: String = "", fundManager: String = "",
    generalPartner: Party.ID? = nil, formationDate: CalendarDate? = nil,
    investmentPeriodEnd: CalendarDate? = nil, maturityDate: CalendarDate? = nil,
    dissolutionDate: CalendarDate? = nil, gpCommitment: Money, hurdleRate: Percent? = nil
  ) {
    self.name = name
    self.fundType = fundType
    self.fundManager = fundManager
    self.generalPartner = generalPartner
    self.formationDate = formationDate
    self.investmentPeriodEnd = investmentPeriodEnd
    self.maturityDate = maturityDate
    self.dissolutionDate = dissolutionDate
    self.gpCommitment = gpCommitment
    self.hurdleRate = hurdleRate
  }
}

extension FundTerms {
  /// The order that a fund's dates must have. Checked in this order.
  package func checkDates() throws(Refusal) {
    if let formationDate, let end = investmentPeriodEnd, end < formationDate {
      throw .endBeforeFormation(formation: formationDate, end: end)
    }
    if let start = investmentPeriodEnd ?? formationDate, let maturityDate, maturityDate < start {
      throw .maturityBefore(start, maturity: maturityDate)
    }
    if let formationDate, let dissolutionDate, dissolutionDate < formationDate {
      throw .dissolutionBeforeFormation(formation: formationDate, dissolution: dissolutionDate)
    }
  }

  package enum Refusal: Error, Hashable, Sendable {
    case endBeforeFormation(formation: CalendarDate, end: CalendarDate)
    case maturityBefore(CalendarDate, maturity: CalendarDate)
    case dissolutionBeforeFormation(formation: CalendarDate, dissolution: CalendarDate)
  }
}
