import FundModel
import Store

/// Parties as the books know them, each with the last version recorded by an audit sequence.
enum PartyRecords {
  /// In order of registration.
  static func parties(
    knownThrough last: Int64, in connection: any SQLConnection
  ) throws -> [Party] {
    try connection.rows(partiesSQL, [.integer(last)]).map(Party.init(row:))
  }

  static func party(
    _ id: Party.ID, knownThrough last: Int64, in connection: any SQLConnection
  ) throws -> Party? {
    try connection.rows(partySQL, [.init(id), .integer(last)]).first.map(Party.init(row:))
  }

  /// The party that goes by `name` now.
  static func party(named name: String, in connection: any SQLConnection) throws -> Party? {
    try connection.rows(partyByNameSQL, [.text(name)]).first.map(Party.init(row:))
  }
}

extension Party {
  fileprivate init(row: SQLRow) throws {
    self.init(
      id: try row.id("id"), name: try row.text("name"), industry: try row.text("industry"))
  }
}

private let partiesSQL = """
  SELECT p.id, v.name, v.industry
  FROM party p
  JOIN party_version v
    ON v.id = (SELECT max(id) FROM party_version WHERE party_id = p.id AND audit <= $1)
  WHERE p.audit <= $1
  ORDER BY p.id
  """

private let partySQL = """
  SELECT p.id, v.name, v.industry
  FROM party p
  JOIN party_version v
    ON v.id = (SELECT max(id) FROM party_version WHERE party_id = p.id AND audit <= $2)
  WHERE p.id = $1 AND p.audit <= $2
  """

private let partyByNameSQL = """
  SELECT v.party_id AS id, v.name, v.industry
  FROM party_version v
  WHERE v.name = $1
    AND v.id = (SELECT max(id) FROM party_version WHERE party_id = v.party_id)
  """
