import FundModel
import Store

/// Users as they are now.
enum UserRecords {
  static func all(in connection: any SQLConnection) throws -> [User] {
    try users("ORDER BY u.id", [], in: connection)
  }

  static func user(_ id: User.ID, in connection: any SQLConnection) throws -> User? {
    try users("WHERE u.id = $1", [.init(id)], in: connection).first
  }

  /// - Parameter name: in whatever spelling of small and large letters.
  static func user(named name: String, in connection: any SQLConnection) throws -> User? {
    try users("WHERE u.name_key = $1", [.text(key(of: name))], in: connection).first
  }

  /// What tells one name from another.
  static func key(of name: String) -> String { name.composed.lowercased() }

  private static func users(
    _ which: String, _ arguments: [SQLValue], in connection: any SQLConnection
  ) throws -> [User] {
    try connection.rows("\(userSQL) \(which)", arguments).map { row in
      let id: User.ID = try row.id("id")
      guard let role = Role(rawValue: try row.text("role")) else {
        throw StoreError.malformed(column: "role")
      }
      return User(
        id: id, name: try row.text("name"), role: role,
        parties: try connection.rows(partiesSQL, [.init(id)]).map { try $0.id("party_id") },
        hasPassword: try row.flag("has_password"), madeAt: try row.instant("made_at"),
        endedAt: try row.optionalText("ended_at") == nil ? nil : row.instant("ended_at"))
    }
  }
}

private let userSQL = """
  SELECT u.id, u.name, u.role, u.password IS NOT NULL AS has_password, u.made_at, u.ended_at
  FROM user_account u
  """

private let partiesSQL = "SELECT party_id FROM user_party WHERE user_id = $1 ORDER BY party_id"
