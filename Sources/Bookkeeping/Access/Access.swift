package import FundModel
import Store

/// The door for people: who signs in, with what, and for how long.
///
/// Nothing of it is a fact of the books. What changes who may do what (``AddUser``, ``ChangeUser``,
/// ``EndUser``) is a command with a place in the trail; passwords, sessions, tokens and links are not.
package struct Access: Sendable {
  let engine: any SQLEngine
  let now: @Sendable () -> Instant
  let known: KnownTokens

  package func users() async throws -> [User] {
    try await engine.read { try UserRecords.all(in: $0) }
  }

  package func user(_ id: User.ID) async throws -> User? {
    try await engine.read { try UserRecords.user(id, in: $0) }
  }

  /// Someone who may sign in by that name, and the password that they have to give.
  ///
  /// - Returns: `nil` for an unknown name, for a user who has ended or has no password.
  package func credentials(named name: String) async throws -> (user: User, hash: PasswordHash)? {
    // What no user can be called is nobody's name.
    guard TextProblem(in: name, most: TextLimit.word, required: true) == nil else { return nil }
    return try await engine.read { connection in
      guard let user = try UserRecords.user(named: name, in: connection), user.endedAt == nil,
        let text = try connection.rows(passwordSQL, [.init(user.id)]).first?
          .optionalText("password")
      else { return nil }
      return (user, PasswordHash(text: text))
    }
  }

  /// Gives the user another password. All of its sessions end, and its open links.
  package func setPassword(_ hash: PasswordHash, of user: User.ID) async throws {
    try await engine.write { try $0.setPassword(hash, of: user) }
  }
}

// MARK: Sessions

/// Someone signed in at a browser.
package struct Session: Hashable, Sendable {
  package typealias ID = Identifier<Session>

  package let id: ID
  package let user: User.ID
  package let madeAt: Instant
  /// When it was last used, to a quarter of an hour.
  package let seenAt: Instant
  /// Where it was opened: the address, and what the browser calls itself.
  package let address: String
  package let browser: String

  /// How long it lasts at most, and how long without being used (OWASP ASVS 5, §7.3): a working
  /// week, and a night away from the desk.
  static let longest: Int64 = 7 * 24 * hour
  static let idle: Int64 = 14 * hour
  static let seenEvery: Int64 = hour / 4
}

/// In microseconds.
private let hour: Int64 = 3_600_000_000

extension Instant {
  func adding(_ microseconds: Int64) -> Instant {
    Instant(microseconds: self.microseconds &+ microseconds)
  }
}

extension Access {
  /// Opens a session for someone who has shown who they are.
  package func openSession(
    of user: User.ID, _ secret: Secret, address: String, browser: String
  ) async throws {
    let now = now()
    try await engine.write { connection in
      try connection.run(
        "DELETE FROM user_session WHERE ends_at <= $1 OR seen_at <= $2",
        [.text(now.description), .text(now.adding(-Session.idle).description)])
      try connection.run(
        openSessionSQL,
        [
          .init(user), .text(secret.digest), .text(now.description),
          .text(now.adding(Session.longest).description), .text(String(address.prefix(100))),
          .text(TextProblem(in: browser, most: 500, required: false) == nil ? browser : ""),
        ])
    }
  }

  /// The session that a browser names, with its user, while both last.
  ///
  /// - Parameter counts: whether the session is used by it: what a page asks by itself, with nobody
  ///   there, doesn't keep it open.
  package func session(
    _ secret: Secret, countsAsUse counts: Bool = true
  ) async throws -> (session: Session, user: User)? {
    let now = now()
    let found = try await engine.glance { connection -> (session: Session, user: User)? in
      let row = try connection.rows(
        "\(sessionsSQL) WHERE digest = $1 AND ends_at > $2 AND seen_at > $3",
        [
          .text(secret.digest), .text(now.description),
          .text(now.adding(-Session.idle).description),
        ]
      ).first
      guard let session = try row.map(Session.init(row:)),
        let user = try UserRecords.user(session.user, in: connection), user.endedAt == nil
      else { return nil }
      return (session, user)
    }
    if counts, let found, found.session.seenAt.adding(Session.seenEvery) < now {
      // A full disk is no reason to send anyone away.
      try? await engine.write {
        try $0.run(
          "UPDATE user_session SET seen_at = $1 WHERE id = $2",
          [.text(now.description), .init(found.session.id)])
      }
    }
    return found
  }

  /// The sessions of a user that last, the latest first.
  package func sessions(of user: User.ID) async throws -> [Session] {
    let now = now()
    return try await engine.read { connection in
      try connection.rows(
        "\(sessionsSQL) WHERE user_id = $1 AND ends_at > $2 AND seen_at > $3 ORDER BY id DESC",
        [.init(user), .text(now.description), .text(now.adding(-Session.idle).description)]
      ).map(Session.init(row:))
    }
  }

  /// - Returns: whether the user had such a session.
  package func endSession(_ session: Session.ID, of user: User.ID) async throws -> Bool {
    try await engine.write {
      try !$0.rows(
        "DELETE FROM user_session WHERE id = $1 AND user_id = $2 RETURNING id",
        [.init(session), .init(user)]
      ).isEmpty
    }
  }

  /// Ends every session of the user but one.
  package func endSessions(of user: User.ID, but session: Session.ID) async throws {
    try await engine.write {
      try $0.run(
        "DELETE FROM user_session WHERE user_id = $1 AND id <> $2", [.init(user), .init(session)])
    }
  }
}

extension Session {
  fileprivate init(row: SQLRow) throws {
    self.init(
      id: try row.id("id"), user: try row.id("user_id"), madeAt: try row.instant("made_at"),
      seenAt: try row.instant("seen_at"), address: try row.text("address"),
      browser: try row.text("browser"))
  }
}

extension SQLConnection {
  /// Ends the user's sessions and its links that nobody used.
  func endWaysIn(of user: User.ID) throws {
    try run("DELETE FROM user_session WHERE user_id = $1", [.init(user)])
    try run("DELETE FROM one_time_link WHERE user_id = $1", [.init(user)])
  }

  fileprivate func setPassword(_ hash: PasswordHash, of user: User.ID) throws {
    try run(
      "UPDATE user_account SET password = $1 WHERE id = $2", [.text(hash.text), .init(user)])
    try endWaysIn(of: user)
  }
}

// MARK: API tokens

/// Lets a program in, in the name of a user and never further than its role.
package struct APIToken: Hashable, Sendable {
  package typealias ID = Identifier<APIToken>

  package enum Scope: String, CaseIterable, Sendable { case read, write }

  package let id: ID
  package let user: User.ID
  package let name: String
  package let scope: Scope
  package let madeAt: Instant
  package let endsAt: Instant
  package let endedAt: Instant?

  package init(
    id: ID, user: User.ID, name: String, scope: Scope, madeAt: Instant, endsAt: Instant,
    endedAt: Instant?
  ) {
    self.id = id
    self.user = user
    self.name = name
    self.scope = scope
    self.madeAt = madeAt
    self.endsAt = endsAt
    self.endedAt = endedAt
  }

  package static let mostDays = 366
}

extension Access {
  /// - Parameter days: how long it lasts, 1 to ``APIToken/mostDays``.
  package func makeToken(
    _ secret: Secret, name: String, scope: APIToken.Scope, days: Int, of user: User.ID
  ) async throws -> APIToken.ID {
    if let problem = TextProblem(in: name, most: TextLimit.name, required: true) {
      throw Refusal.text("name", problem)
    }
    let now = now()
    let end = now.adding(Int64(min(max(days, 1), APIToken.mostDays)) * 24 * hour)
    return try await engine.write { connection in
      let row = try connection.rows(
        makeTokenSQL,
        [
          .init(user), .text(name), .text(scope.rawValue), .text(secret.digest),
          .text(now.description), .text(end.description),
        ]
      ).first
      guard let row else { throw StoreError.missingColumn("id") }
      return try row.id("id")
    }
  }

  /// The token that a program names, with its user, while both last.
  package func token(_ secret: Secret) async throws -> (token: APIToken, user: User)? {
    let now = now()
    let digest = secret.digest
    let number = engine.changeNumber()
    if let found = known.token(digest, number), now < found.token.endsAt { return found }
    let found = try await engine.glance { connection -> (token: APIToken, user: User)? in
      let row = try connection.rows(
        "\(tokensSQL) WHERE digest = $1 AND ended_at IS NULL AND ends_at > $2",
        [.text(digest), .text(now.description)]
      ).first
      guard let token = try row.map(APIToken.init(row:)),
        let user = try UserRecords.user(token.user, in: connection), user.endedAt == nil
      else { return nil }
      return (token, user)
    }
    if let found { known.keep(found, digest, number) }
    return found
  }

  /// Every token that was made for the user, the latest first, ended ones too.
  package func tokens(of user: User.ID) async throws -> [APIToken] {
    try await engine.read { connection in
      try connection.rows("\(tokensSQL) WHERE user_id = $1 ORDER BY id DESC", [.init(user)])
        .map(APIToken.init(row:))
    }
  }

  /// - Returns: whether the user had such a token that had not ended.
  package func endToken(_ token: APIToken.ID, of user: User.ID) async throws -> Bool {
    let now = now()
    return try await engine.write {
      try !$0.rows(
        """
        UPDATE api_token SET ended_at = $1
        WHERE id = $2 AND user_id = $3 AND ended_at IS NULL
        RETURNING id
        """, [.text(now.description), .init(token), .init(user)]
      ).isEmpty
    }
  }
}

extension APIToken {
  fileprivate init(row: SQLRow) throws {
    guard let scope = Scope(rawValue: try row.text("scope")) else {
      throw StoreError.malformed(column: "scope")
    }
    self.init(
      id: try row.id("id"), user: try row.id("user_id"), name: try row.text("name"), scope: scope,
      madeAt: try row.instant("made_at"), endsAt: try row.instant("ends_at"),
      endedAt: try row.optionalText("ended_at") == nil ? nil : row.instant("ended_at"))
  }
}

// MARK: One-time links

/// An address that does one thing once, for whoever knows it.
package struct OneTimeLink: Hashable, Sendable {
  package enum Purpose: String, Sendable {
    /// Whoever opens it becomes the first owner.
    case firstOwner = "first-owner"
    /// Its user chooses a password: a new one, or one who forgot it.
    case choosePassword = "choose-password"
    /// Signs its user in, without a password: for trying things on one's own machine.
    case enter
  }

  package let purpose: Purpose
  package let user: User?

  /// How long an unused one lasts: three days.
  static let longest: Int64 = 72 * hour

  package static func end(ofOneMadeAt instant: Instant) -> Instant { instant.adding(longest) }
}

extension Access {
  /// A link by which somebody goes in at once, or becomes the first owner; one by which a user chooses
  /// a password is made by ``LetChoosePassword``.
  ///
  /// - Parameter user: whose link it is; none for ``OneTimeLink/Purpose/firstOwner`` alone.
  package func makeLink(
    _ secret: Secret, for purpose: OneTimeLink.Purpose, of user: User.ID? = nil
  ) async throws {
    let now = now()
    try await engine.write { try $0.makeLink(secret, for: purpose, of: user, at: now) }
  }

  /// What a link is for; nothing is used up.
  package func link(_ secret: Secret) async throws -> OneTimeLink? {
    let now = now()
    return try await engine.read { try $0.link(secret, at: now) }
  }

  /// Chooses a password by a link, which is used up with it.
  ///
  /// - Returns: the user; `nil` where there is no such link (any more).
  package func choosePassword(_ hash: PasswordHash, by link: Secret) async throws -> User.ID? {
    let now = now()
    return try await engine.write { connection in
      guard let used = try connection.useUp(link, at: now), used.purpose == .choosePassword,
        let user = used.user
      else { return nil }
      try connection.setPassword(hash, of: user.id)
      return user.id
    }
  }

  /// Uses up a link that signs its user in.
  package func enter(by link: Secret) async throws -> User.ID? {
    let now = now()
    return try await engine.write { connection in
      guard try connection.link(link, at: now)?.purpose == .enter else { return nil }
      return try connection.useUp(link, at: now)?.user?.id
    }
  }
}

extension SQLConnection {
  func makeLink(
    _ secret: Secret, for purpose: OneTimeLink.Purpose, of user: User.ID?, at now: Instant
  ) throws {
    try run("DELETE FROM one_time_link WHERE ends_at <= $1", [.text(now.description)])
    // Of a user the last one counts. Those for the first owner may be several: one printed by the
    // server, one asked for at the machine.
    try run(
      "DELETE FROM one_time_link WHERE purpose = $1 AND user_id = $2",
      [.text(purpose.rawValue), .init(user)])
    try run(
      "INSERT INTO one_time_link (digest, purpose, user_id, ends_at) VALUES ($1, $2, $3, $4)",
      [
        .text(secret.digest), .text(purpose.rawValue), .init(user),
        .text(OneTimeLink.end(ofOneMadeAt: now).description),
      ])
  }

  fileprivate func link(_ secret: Secret, at now: Instant) throws -> OneTimeLink? {
    let row = try rows(linkSQL, [.text(secret.digest), .text(now.description)]).first
    guard let row, let purpose = OneTimeLink.Purpose(rawValue: try row.text("purpose")) else {
      return nil
    }
    let user = try row.optionalID("user_id").flatMap { try UserRecords.user($0, in: self) }
    guard (purpose == .firstOwner) == (user == nil), user?.endedAt == nil else { return nil }
    return OneTimeLink(purpose: purpose, user: user)
  }

  /// The link, which is there no more; `nil` where it was used before.
  func useUp(_ secret: Secret, at now: Instant) throws -> OneTimeLink? {
    let link = try link(secret, at: now)
    try run("DELETE FROM one_time_link WHERE digest = $1", [.text(secret.digest)])
    return link
  }
}

private let passwordSQL = "SELECT password FROM user_account WHERE id = $1"

private let sessionsSQL = """
  SELECT id, user_id, made_at, seen_at, address, browser FROM user_session
  """

private let openSessionSQL = """
  INSERT INTO user_session (user_id, digest, made_at, seen_at, ends_at, address, browser)
  VALUES ($1, $2, $3, $3, $4, $5, $6)
  """

private let tokensSQL = """
  SELECT id, user_id, name, scope, made_at, ends_at, ended_at FROM api_token
  """

private let makeTokenSQL = """
  INSERT INTO api_token (user_id, name, scope, digest, made_at, ends_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  RETURNING id
  """

private let linkSQL =
  "SELECT purpose, user_id FROM one_time_link WHERE digest = $1 AND ends_at > $2"
