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
    let id = Party.ID(rawValue: try books.append(newParty, []))
    try books.appendVersion(of: id, partyName, industry)
    return id
  }
}

extension OpenBooks {
  func checkParty(_ name: String, _ industry: String, of party: Party.ID?) throws {
    try check(name, "name", most: TextLimit.name, required: true)
    try check(industry, "industry", most: TextLimit.word)
    if let namesake = try PartyRecords.party(named: name, in: connection), namesake.id != party {
      throw Refusal.nameTaken(name, by: .party)
    }
  }

  func appendVersion(of party: Party.ID, _ name: String, _ industry: String) throws {
    _ = try append(newVersion, [.init(party), .text(name), .text(industry)])
  }
}

private let newParty = FactInsert(into: "party", "")

private let newVersion = FactInsert(into: "party_version", "party_id, name, industry")
