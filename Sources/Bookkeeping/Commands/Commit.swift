package import FundModel
import Store

/// Records a party's promise on one side of a fund (약정). The amount counts at every reference
/// date; later changes are dated (``ChangeCommitment``).
package struct Commit: Command {
  package static let name = "commit"

  package let fund: Fund.ID
  package let side: Side
  package let party: Counterparty
  package let amount: Money
  /// `GP` or an LP kind; only on the partners' side, and needed there.
  package let partnerType: String
  /// Only on the investments side; may be empty.
  package let instrument: String

  package init(
    fund: Fund.ID, side: Side, party: Counterparty, amount: Money, partnerType: String = "",
    instrument: String = ""
  ) {
    self.fund = fund
    self.side = side
    self.party = party
    self.amount = amount
    self.partnerType = partnerType
    self.instrument = instrument
  }

  package init(
    fund: Fund.ID, side: Side, party: Party.ID, amount: Money, partnerType: String = "",
    instrument: String = ""
  ) {
    self.init(
      fund: fund, side: side, party: .known(party), amount: amount, partnerType: partnerType,
      instrument: instrument)
  }

  package var content: JSON {
    [
      "fund": JSON(fund), "side": JSON(side.rawValue), "party": party.content,
      "amount": JSON(amount), "partner_type": JSON(partnerType), "instrument": JSON(instrument),
    ]
  }

  package func execute(in books: OpenBooks) throws -> Commitment.ID {
    let found = try books.fund(fund)
    let partner = try books.party(party)
    try books.checkPositive(amount, "amount", in: found.currency)
    if side == .partners,
      try !books.connection.rows(partnerCommitmentSQL, [.init(fund), .init(partner.id)]).isEmpty
    {
      throw Refusal.alreadyCommitted(party: partner.name)
    }
    return try books.appendCommitment(
      fund: fund, side: side, party: partner.id, amount: amount, isDirect: false,
      partnerType: partnerType, instrument: instrument)
  }
}

/// With whom a commitment is made: a party of the books, or one by its name, which is registered
/// with the commitment where the books have none of that name.
package enum Counterparty: Hashable, Sendable {
  case known(Party.ID)
  case named(String)

  var content: JSON {
    switch self {
    case .known(let id): JSON(id)
    case .named(let name): JSON(name)
    }
  }
}

extension OpenBooks {
  func party(_ counterparty: Counterparty) throws -> Party {
    switch counterparty {
    case .known(let id): return try party(id)
    case .named(let name):
      if let known = try PartyRecords.party(named: name, in: connection) { return known }
      do { return try party(RegisterParty(name: name).execute(in: self)) } catch let Refusal.text(
        "name", problem)
      { throw Refusal.text("party", problem) }
    }
  }

  func appendCommitment(
    fund: Fund.ID, side: Side, party: Party.ID, amount: Money, isDirect: Bool,
    partnerType: String, instrument: String
  ) throws -> Commitment.ID {
    let id = Commitment.ID(
      rawValue: try append(
        newCommitment,
        [
          .init(fund), .init(side), .init(party), .text(amount.currency.code), .init(amount),
          .integer(isDirect ? 1 : 0),
        ]))
    try appendVersion(of: id, on: side, partnerType, instrument)
    return id
  }

  func appendVersion(
    of commitment: Commitment.ID, on side: Side, _ partnerType: String, _ instrument: String
  ) throws {
    guard (side == .partners) == !partnerType.isEmpty else {
      throw Refusal.partnerTypeOnPartnersOnly
    }
    try check(partnerType, "partner_type", most: TextLimit.word)
    try check(instrument, "instrument", most: TextLimit.word)
    let meant = Commitment.partnerType(meantBy: partnerType)
    _ = try append(newVersion, [.init(commitment), .text(meant), .text(instrument)])
  }
}

private let partnerCommitmentSQL = """
  SELECT id FROM commitment WHERE fund_id = $1 AND party_id = $2 AND side = 'partners'
  """

private let newCommitment = FactInsert(
  into: "commitment", "fund_id, side, party_id, currency, amount, is_direct")

private let newVersion = FactInsert(
  into: "commitment_version", "commitment_id, partner_type, instrument")
