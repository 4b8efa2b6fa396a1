package import FundModel
package import Store

/// Everyone who has committed to a fund, by name.
package struct Partners: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> [Party] {
    let ids = try connection.rows(partnersSQL).map { try $0.integer("party_id") }
    return try ids.compactMap {
      try PartyRecords.party(Party.ID(rawValue: $0), knownThrough: .max, in: connection)
    }.sorted { $0.name < $1.name }
  }
}

private let partnersSQL = """
  SELECT DISTINCT party_id FROM commitment WHERE side = 'partners' ORDER BY party_id
  """
