package import FundModel
import Store

/// Registers whoever a commitment may be made with: a partner, a company, another fund.
package struct RegisterParty: Command {
  package static let name = "register-party"

  package let partyName: String
  package let industry: String

  package init(name: String, industry: String = "") {
    partyName = name
    self.industry = industry
  }

  package var content: JSON { ["name": JSON(partyName), "industry": JSON(industry)] }

  package func execute(in books: OpenBooks) throws -> Party.ID {
    try books.checkParty(partyName, industry, of: nil)
    let id = Party.ID(rawValue: try books.append(appendPartySQL, []))
    try books.appendVersion(of: id, partyName, industry)
    return id
  }
}

/// Amends a party's name or industry: a new version.
package struct AmendParty: Command {
  package static let name = "amend-party"

  package let party: Party.ID
  package let partyName: String
  package let industry: String

  package init(party: Party.ID, name: String, industry: String) {
    self.party = party
    partyName = name
    self.industry = industry
  }

  package var content: JSON {
    ["party": JSON(party), "name": JSON(partyName), "industry": JSON(industry)]
  }

  package func execute(in books: OpenBooks) throws -> Party.ID {
    _ = try books.party(party)
    try books.checkParty(partyName, industry, of: party)
    try books.appendVersion(of: party, partyName, industry)
    return party
  }
}

extension OpenBooks {
  fileprivate func checkParty(_ name: String, _ industry: String, of party: Party.ID?) throws {
    try check(name, "name", most: TextLimit.name, required: true)
    try check(industry, "industry", most: TextLimit.word)
    if let namesake = try PartyRecords.party(named: name, in: connection), namesake.id != party {
      throw Refusal.nameTaken(name, by: .party)
    }
  }

  fileprivate func appendVersion(of party: Party.ID, _ name: String, _ industry: String) throws {
    _ = try append(appendVersionSQL, [.init(party), .text(name), .text(industry)])
  }
}

private let appendPartySQL = "INSERT INTO party (audit, step) VALUES ($1, $2) RETURNING id"

private let appendVersionSQL = """
  INSERT INTO party_version (party_id, name, industry, audit, step)
  VALUES ($1, $2, $3, $4, $5)
  RETURNING id
  """
