import Bookkeeping
import FundModel

/// A person who has shown who they are.
struct SignedIn: Sendable {
  /// How they showed it.
  enum Way: Sendable {
    /// At a browser. Forms carry the token, which no other site can know.
    case session(Session, formToken: Secret)
    /// By a program of theirs.
    case token(APIToken)
  }

  let user: User
  let way: Way

  /// Proof that this person may change the books by this way. Nothing else in Web makes a `Keeper`.
  ///
  /// - Throws: `Problem` 403.
  func keeper() throws -> Keeper {
    try check(.keepsBooks)
    if case .token(let token) = way, token.scope == .read { throw Problem.readingToken }
    return user.keeper
  }

  /// - Throws: `Problem` 403 where the person's role is another.
  func check(_ permission: Permission) throws {
    guard permission.admits(user.role) else { throw Problem.notForRole(user.role) }
  }

  /// Whether forms that change the books are for this person.
  var keepsBooks: Bool { user.role.keepsBooks }

  /// What a form has to carry; `nil` for programs, which send none.
  var formToken: Secret? {
    if case .session(_, let token) = way { token } else { nil }
  }

  var session: Session? {
    if case .session(let session, _) = way { session } else { nil }
  }
}

/// A request for a page, by someone who has signed in at a browser.
struct Visit: Sendable {
  let asked: Asked
  let by: SignedIn
  /// Whether a form of another session is shown again: where the page's forms change the books.
  var keepsForms = false
}

extension Site {
  /// Who sent a request to the API: whoever the token names, else whoever the session does.
  ///
  /// - Throws: `Problem` 401 where a token was sent that is none.
  func sender(of asked: Asked) async throws -> SignedIn? {
    guard let authorization = asked.header("authorization") else { return try await visitor(asked) }
    let parts = authorization.utf8.split(separator: UInt8(ascii: " "))
    guard parts.count == 2, Substring(parts[0]).lowercased() == "bearer",
      let found = try await books.access.token(Secret(asSent: String(Substring(parts[1]))))
    else { throw Problem.badToken }
    asked.notes.person = found.user.name
    return SignedIn(user: found.user, way: .token(found.token))
  }

  /// Who sits at the browser that asks for a page.
  func visitor(_ asked: Asked, countsAsUse: Bool = true) async throws -> SignedIn? {
    guard let secret = asked.sessionSecret,
      let found = try await books.access.session(secret, countsAsUse: countsAsUse)
    else { return nil }
    asked.notes.person = found.user.name
    return SignedIn(
      user: found.user,
      way: .session(found.session, formToken: secret.derived(for: "form")))
  }
}

extension Problem {
  static let notSignedIn = Problem(
    status: 401, code: "not-signed-in",
    sentence: Phrase(
      "로그인해야 볼 수 있습니다. 프로그램은 Authorization: Bearer 뒤에 API 토큰을 보냅니다.",
      "Sign in first. A program sends its API token: Authorization: Bearer …"),
    headers: [("WWW-Authenticate", "Bearer realm=\"jangbu\"")])

  static let badToken = Problem(
    status: 401, code: "bad-token",
    sentence: Phrase(
      "API 토큰이 없거나, 끝났거나, 기한이 지났습니다. ‘내 계정’에서 새로 만드세요.",
      "There is no such API token, or it has ended. Make another on your account's page."),
    headers: [("WWW-Authenticate", "Bearer realm=\"jangbu\", error=\"invalid_token\"")])

  static let readingToken = Problem(
    status: 403, code: "reading-token",
    sentence: Phrase(
      "읽기만 하는 API 토큰입니다. 적으려면 쓰기 토큰이 필요합니다.",
      "This API token may only read. A change wants one that may write."))

  static let changesWantToken = Problem(
    status: 403, code: "changes-want-a-token",
    sentence: Phrase(
      "API로 적을 때는 브라우저 로그인이 아니라 API 토큰을 보내야 합니다.",
      "A change over the API wants an API token, not a browser's session."))

  static func notForRole(_ role: Role) -> Problem {
    Problem(
      status: 403, code: "not-for-your-role",
      sentence: Phrase(
        "\(role.words.ko) 권한으로는 할 수 없습니다. 필요하면 소유자에게 요청하세요.",
        "A \(role.words.en.lowercased()) may not do that. Ask an owner if you need to."))
  }
}
