package import FundModel
import Store

/// Lets someone sign in. Users are no facts, but who let whom in stands in the trail.
package struct AddUser: Command {
  package static let name = "add-user"

  package let userName: String
  package let role: Role
  /// Whose commitments a partner sees.
  package let parties: [Party.ID]
  private let password: PasswordHash?
  private let link: Secret?

  /// - Parameters:
  ///   - password: where it is chosen already.
  ///   - link: the one-time link that asks for the first owner; used up by this.
  package init(
    name: String, role: Role, parties: [Party.ID] = [], password: PasswordHash? = nil,
    by link: Secret? = nil
  ) {
    userName = name
    self.role = role
    self.parties = Set(parties).sorted()
    self.password = password
    self.link = link
  }

  package var content: JSON {
    [
      "name": JSON(userName), "role": JSON(role.rawValue),
      "parties": .array(parties.map { JSON($0) }),
    ]
  }

  package func execute(in books: OpenBooks) throws -> User.ID {
    if let link { try books.useUp(link, for: .firstOwner) }
    try books.check(userName, "name", most: TextLimit.word, required: true)
    guard userName.first?.isWhitespace == false, userName.last?.isWhitespace == false,
      UserRecords.key(of: userName) != Keeper.atTheMachine.name,
      try UserRecords.user(named: userName, in: books.connection) == nil
    else { throw Refusal.nameTaken(userName, by: .user) }
    let row = try books.connection.rows(
      appendUserSQL,
      [
        .text(userName), .text(UserRecords.key(of: userName)), .text(role.rawValue),
        .init(password?.text), .text(books.now.description),
      ]
    ).first
    guard let id: User.ID = try row?.id("id") else { throw StoreError.missingColumn("id") }
    try books.bind(id, to: parties, as: role)
    return id
  }
}

/// Gives a user another role, or a partner other parties. Its sessions end, its open links, and with
/// its role the feeds that it read: what it could do before it cannot go on doing.
package struct ChangeUser: Command {
  package static let name = "change-user"

  package let user: User.ID
  package let role: Role
  package let parties: [Party.ID]

  package init(user: User.ID, role: Role, parties: [Party.ID] = []) {
    self.user = user
    self.role = role
    self.parties = Set(parties).sorted()
  }

  package var content: JSON {
    [
      "user": JSON(user), "role": JSON(role.rawValue), "parties": .array(parties.map { JSON($0) }),
    ]
  }

  package func execute(in books: OpenBooks) throws -> User.ID {
    let before = try books.user(user)
    if before.role == .owner, role != .owner { try books.checkOwnerIsLeft(without: user) }
    try books.connection.run(
      "UPDATE user_account SET role = $1 WHERE id = $2", [.text(role.rawValue), .init(user)])
    try books.bind(user, to: parties, as: role)
    if role != before.role { try books.endFeeds(of: user) }
    try books.connection.endWaysIn(of: user)
    return user
  }
}

/// Lets a user in no more, for ever: its sessions and tokens end, and its name is not given again.
package struct EndUser: Command {
  package static let name = "end-user"

  package let user: User.ID

  package init(user: User.ID) { self.user = user }

  package var content: JSON { ["user": JSON(user)] }

  package func execute(in books: OpenBooks) throws -> User.ID {
    if try books.user(user).role == .owner { try books.checkOwnerIsLeft(without: user) }
    let now = SQLValue.text(books.now.description)
    try books.connection.run(
      "UPDATE user_account SET ended_at = $1 WHERE id = $2", [now, .init(user)])
    try books.connection.run(
      "UPDATE api_token SET ended_at = $1 WHERE user_id = $2 AND ended_at IS NULL",
      [now, .init(user)])
    try books.connection.endWaysIn(of: user)
    return user
  }
}

/// Makes a one-time link by which a user chooses a password: a new user, or one who forgot it. Whoever
/// opens it can sign in as that user, so the trail says who made it; the link itself it doesn't hold.
package struct LetChoosePassword: Command {
  package static let name = "let-choose-password"

  package let user: User.ID
  private let link: Secret

  package init(user: User.ID, by link: Secret) {
    self.user = user
    self.link = link
  }

  package var content: JSON { ["user": JSON(user)] }

  package func execute(in books: OpenBooks) throws -> User.ID {
    _ = try books.user(user)
    try books.connection.makeLink(link, for: .choosePassword, of: user, at: books.now)
    return user
  }
}

extension OpenBooks {
  /// A user who has not ended.
  fileprivate func user(_ id: User.ID) throws -> User {
    guard let user = try UserRecords.user(id, in: connection) else {
      throw Refusal.unknown(.user, id.rawValue)
    }
    guard user.endedAt == nil else { throw Refusal.userEndedAlready }
    return user
  }

  fileprivate func checkOwnerIsLeft(without user: User.ID) throws {
    let others = try UserRecords.all(in: connection).filter {
      $0.role == .owner && $0.endedAt == nil && $0.id != user
    }
    guard !others.isEmpty else { throw Refusal.lastOwner }
  }

  fileprivate func bind(_ user: User.ID, to parties: [Party.ID], as role: Role) throws {
    if role == .partner, parties.isEmpty { throw Refusal.partnerWithoutParties }
    if role != .partner, !parties.isEmpty { throw Refusal.partiesOfPartners }
    try connection.run("DELETE FROM user_party WHERE user_id = $1", [.init(user)])
    for party in parties {
      _ = try self.party(party)
      try connection.run(
        "INSERT INTO user_party (user_id, party_id) VALUES ($1, $2)", [.init(user), .init(party)])
    }
  }

  fileprivate func useUp(_ link: Secret, for purpose: OneTimeLink.Purpose) throws {
    guard try connection.useUp(link, at: now)?.purpose == purpose else { throw Refusal.linkUsedUp }
    try connection.run(
      "DELETE FROM one_time_link WHERE purpose = $1", [.text(purpose.rawValue)])
  }
}

private let appendUserSQL = """
  INSERT INTO user_account (name, name_key, role, password, made_at)
  VALUES ($1, $2, $3, $4, $5)
  RETURNING id
  """
