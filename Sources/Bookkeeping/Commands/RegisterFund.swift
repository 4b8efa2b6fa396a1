package import FundModel
import Store

/// Registers a fund with its terms and its registered commitment total (약정총액).
package struct RegisterFund: Command {
  package static let name = "register-fund"

  package let terms: FundTerms
  /// Counts at every reference date. Says the fund's currency.
  package let commitmentTotal: Money

  package init(terms: FundTerms, commitmentTotal: Money) {
    self.terms = terms
    self.commitmentTotal = commitmentTotal
  }

  package var content: JSON {
    .object(
      [
        JSON.Member(name: "currency", value: JSON(commitmentTotal.currency.code)),
        JSON.Member(name: "commitment_total", value: JSON(commitmentTotal)),
      ] + terms.content)
  }

  package func execute(in books: OpenBooks) throws -> Fund.ID {
    try books.checkNotNegative(
      commitmentTotal, "commitment_total", in: commitmentTotal.currency)
    try books.check(terms, of: nil, in: commitmentTotal.currency)
    let id = Fund.ID(
      rawValue: try books.append(
        newFund, [.text(commitmentTotal.currency.code), .init(commitmentTotal)]))
    try books.appendVersion(of: id, terms)
    return id
  }
}

extension FundTerms {
  fileprivate var content: [JSON.Member] {
    [
      JSON.Member(name: "name", value: JSON(name)),
      JSON.Member(name: "fund_type", value: JSON(fundType)),
      JSON.Member(name: "fund_manager", value: JSON(fundManager)),
      JSON.Member(name: "general_partner", value: JSON(generalPartner)),
      JSON.Member(name: "formation_date", value: JSON(formationDate)),
      JSON.Member(name: "investment_period_end", value: JSON(investmentPeriodEnd)),
      JSON.Member(name: "maturity_date", value: JSON(maturityDate)),
      JSON.Member(name: "dissolution_date", value: JSON(dissolutionDate)),
      JSON.Member(name: "gp_commitment", value: JSON(gpCommitment)),
      JSON.Member(name: "hurdle_rate", value: JSON(hurdleRate)),
    ]
  }
}

extension OpenBooks {
  func check(_ terms: FundTerms, of fund: Fund.ID?, in currency: Currency) throws {
    try check(terms.name, "name", most: TextLimit.name, required: true)
    try check(terms.fundType, "fund_type", most: TextLimit.word)
    try check(terms.fundManager, "fund_manager", most: TextLimit.word)
    let namesake = try connection.rows(fundByNameSQL, [.text(terms.name)]).first
    if let namesake, try namesake.integer("id") != fund?.rawValue {
      throw Refusal.nameTaken(terms.name, by: .fund)
    }
    try checkNotNegative(terms.gpCommitment, "gp_commitment", in: currency)
    if let rate = terms.hurdleRate {
      guard (0...1_000_000).contains(rate.tenThousandths) else {
        throw Refusal.percentOutOfRange(field: "hurdle_rate")
      }
    }
    do { try terms.checkDates() } catch { throw Refusal.fundDates(error) }
    if let generalPartner = terms.generalPartner { _ = try party(generalPartner) }
  }

  func appendVersion(of fund: Fund.ID, _ terms: FundTerms) throws {
    _ = try append(
      newVersion,
      [
        .init(fund), .text(terms.name), .text(terms.fundType), .text(terms.fundManager),
        .init(terms.generalPartner), .init(terms.formationDate), .init(terms.investmentPeriodEnd),
        .init(terms.maturityDate), .init(terms.dissolutionDate), .init(terms.gpCommitment),
        .init(terms.hurdleRate),
      ])
  }
}

private let fundByNameSQL = """
  SELECT v.fund_id AS id
  FROM fund_version v
  WHERE v.name = $1 AND v.id = (SELECT max(id) FROM fund_version WHERE fund_id = v.fund_id)
    AND NOT EXISTS (SELECT 1 FROM fund_withdrawal w WHERE w.fund_id = v.fund_id)
  """

private let newFund = FactInsert(into: "fund", "currency, commitment_total")

private let newVersion = FactInsert(
  into: "fund_version",
  """
  fund_id, name, fund_type, fund_manager, gp_party_id, formation_date, investment_period_end, maturity_date, dissolution_date, gp_commitment, hurdle_rate
  """)
