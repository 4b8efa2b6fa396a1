package import FundModel
import Store

/// A user as one entry of the trail let them in, changed them or ended them.
package struct RecordedUser: Hashable, Sendable {
  package struct Standing: Hashable, Sendable {
    package let role: Role
    /// Whose commitments a partner sees, in the order of their ids.
    package let parties: [Party.ID]
    package let hasEnded: Bool
  }

  package let id: User.ID
  package let name: String
  /// `nil` where the entry let them in.
  package let before: Standing?
  package let after: Standing
}

/// Who may open the books, as the trail alone tells it: users are no facts, but whatever let one in is
/// a command.
struct UsersInTrail {
  /// As the last entry left them.
  private(set) var users: [User.ID: RecordedUser] = [:]
  /// What the last entry said, where it was about a user.
  private(set) var last: (sequence: Int64, user: RecordedUser)?

  /// - Parameter sequence: entries up to this one count.
  init(through sequence: Int64, in connection: any SQLConnection) throws {
    for row in try connection.rows(usersInTrailSQL, [.integer(sequence)]) {
      guard let id: User.ID = try row.optionalID("user_id") else { continue }
      let earlier = users[id]
      let role = try row.optionalText("role").flatMap(Role.init) ?? earlier?.after.role ?? .viewer
      let parties = try row.optionalText("parties").map(Self.parties) ?? earlier?.after.parties
      let user = RecordedUser(
        id: id, name: try row.optionalText("name") ?? earlier?.name ?? "",
        before: earlier?.after,
        after: RecordedUser.Standing(
          role: role, parties: parties ?? [],
          hasEnded: try row.text("command") == EndUser.name || earlier?.after.hasEnded == true))
      users[id] = user
      last = (try row.integer("sequence"), user)
    }
  }

  /// `[12,20]`
  private static func parties(_ list: String) -> [Party.ID] {
    list.split { "[], ".contains($0) }.compactMap { Party.ID(String($0)) }
  }
}

/// What was asked is kept as JSON; who came of it is its outcome.
private let usersInTrailSQL = """
  SELECT sequence, command,
         CASE command WHEN '\(AddUser.name)' THEN CAST(outcome AS INTEGER)
              ELSE json_extract(content, '$.user') END AS user_id,
         json_extract(content, '$.name') AS name, json_extract(content, '$.role') AS role,
         json_extract(content, '$.parties') AS parties
  FROM audit
  WHERE sequence <= $1 AND command IN (
    '\(AddUser.name)', '\(ChangeUser.name)', '\(EndUser.name)', '\(LetChoosePassword.name)')
  ORDER BY sequence
  """
