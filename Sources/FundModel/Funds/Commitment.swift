/// A party's promise on one side of a fund (약정).
package struct Commitment: Hashable, Sendable {
  package typealias ID = Identifier<Commitment>

  package let id: ID
  package let fund: Fund.ID
  package let side: Side
  package let party: Party
  /// `GP` or an LP kind (정책기관, 금융기관 …); empty on the investments side.
  package let partnerType: String
  /// 보통주, 전환사채 …; empty on the partners' side.
  package let instrument: String
  /// What was promised as of the reference date of whoever asked.
  package let amount: Money
  /// A direct investment: noticed, due and paid in full on its date by one command.
  package let isDirectInvestment: Bool
  /// Registered by an import that was undone: nothing is promised unless it was promised anew.
  package let isTakenBack: Bool

  package init(
    id: ID, fund: Fund.ID, side: Side, party: Party, partnerType: String, instrument: String,
    amount: Money, isDirectInvestment: Bool = false, isTakenBack: Bool = false
  ) {
    self.id = id
    self.fund = fund
    self.side = side
    self.party = party
    self.partnerType = partnerType
    self.instrument = instrument
    self.amount = amount
    self.isDirectInvestment = isDirectInvestment
    self.isTakenBack = isTakenBack
  }

  /// The partner type that makes a commitment the general partner's.
  package static let generalPartnerType = "GP"

  /// The partner type that a person means: `gp` and `ＧＰ` are `GP`, anything else is as written.
  package static func partnerType(meantBy text: String) -> String {
    ["gp", "ｇｐ"].contains(text.lowercased()) ? generalPartnerType : text
  }

  /// A direct investment that was not yet made on the reference date, or was undone, or a commitment
  /// of an undone import: nothing of it is shown.
  package var isAbsent: Bool { (isDirectInvestment || isTakenBack) && amount.isZero }

  package var isGeneralPartner: Bool { partnerType == Self.generalPartnerType }
}
