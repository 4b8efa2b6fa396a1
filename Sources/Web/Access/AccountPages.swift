import Bookkeeping
import FundModel
import Hummingbird

/// One's own account, and who may open the books.
extension Site {
  func account(_ visit: Visit) async -> Response {
    guard let session = visit.by.session else { return problem(Problem.notSignedIn, visit) }
    let user = visit.by.user
    var madeToken: Secret?
    var done: Phrase?
    var held: Secret?
    var left = false
    var response = await page(
      visit, PageFrame.accountPath, takesForms: true,
      takenBy: { form in
        switch form.operation {
        case AccountForm.signOut:
          _ = try await books.access.endSession(session.id, of: user.id)
          log("signed out: user \(user.id)", .notice, visit.asked)
          left = true
          return .told
        case AccountForm.endSession:
          guard let ended = Session.ID(form["session"] ?? ""),
            try await books.access.endSession(ended, of: user.id)
          else { throw Problem.notYours }
          return .changed
        case AccountForm.endOthers:
          try await books.access.endSessions(of: user.id, but: session.id)
          return .changed
        case AccountForm.password:
          if let refused = try await changePassword(form, visit) { return refused }
          // A new session, too: whoever knew the old one is out.
          let secret = try newSecret()
          try await books.access.openSession(
            of: user.id, secret, address: visit.asked.clientAddress,
            browser: visit.asked.header("user-agent") ?? "")
          log("password changed: user \(user.id)", .notice, visit.asked)
          held = secret
          done = .passwordChanged
          return .told
        case AccountForm.makeToken:
          let (secret, refused) = try await makeToken(form, user)
          guard let secret else { return .again(refused ?? form, status: 422) }
          madeToken = secret
          return .told
        case AccountForm.endToken:
          guard let ended = APIToken.ID(form["token"] ?? ""),
            try await books.access.endToken(ended, of: user.id)
          else { throw Problem.notYours }
          return .changed
        default: throw Problem.notAForm
        }
      }
    ) { _, _ in
      var this = session.id
      if let held, let opened = try await books.access.session(held) { this = opened.session.id }
      let content = AccountContent(
        user: user, sessions: try await books.access.sessions(of: user.id),
        this: this,
        tokens: try await books.access.tokens(of: user.id), madeToken: madeToken, done: done)
      return { accountPage(content, frame: $0) }
    }
    if left {
      response = seeOther(PageFrame.signInPath)
      response.set("Set-Cookie", visit.asked.cookie(holding: nil))
    } else if let held {
      response.set("Set-Cookie", visit.asked.cookie(holding: held))
    }
    return response
  }

  /// - Returns: the form to be shown again, where something is wrong with it.
  private func changePassword(_ form: SentForm, _ visit: Visit) async throws -> FormOutcome? {
    let user = visit.by.user
    func again(_ field: String, _ sentence: Phrase) -> FormOutcome {
      .again(form.withoutPasswords.refused(field, sentence), status: 422)
    }
    let address = visit.asked.clientAddress
    let attempt = throttle.attempt(account: user.name, address: address, at: books.clock.now())
    if let attempt { return again("password", .tooManyAttempts(seconds: attempt)) }
    // Who came in by a link has none yet.
    if let known = try await books.access.credentials(named: user.name) {
      let given = String((form["password"] ?? "").prefix(PasswordProblem.most))
      guard try await passwords.verifies(given, known.hash) else {
        return again("password", .wrongPassword)
      }
    }
    throttle.succeeded(account: user.name, address: address)
    if let (field, sentence) = form.problemOfNewPassword(of: user.name) {
      return again(field, sentence)
    }
    try await books.access.setPassword(
      try await passwords.hash(of: form["new_password"] ?? ""), of: user.id)
    return nil
  }

  private func makeToken(
    _ form: SentForm, _ user: User
  ) async throws -> (Secret?, refused: SentForm?) {
    guard let days = Int(form["days"] ?? ""), (1...APIToken.mostDays).contains(days) else {
      return (nil, form.refused("days", .badDays))
    }
    guard let scope = APIToken.Scope(rawValue: form["scope"] ?? ""),
      user.role.readsAll, scope == .read || user.role.keepsBooks
    else { throw Problem.notAForm }
    do {
      let secret = try newSecret()
      _ = try await books.access.makeToken(
        secret, name: form["name"] ?? "", scope: scope, days: days, of: user.id)
      log("API token made: user \(user.id), \(scope.rawValue), \(days) days")
      return (secret, nil)
    } catch let refusal as Refusal {
      return (nil, form.refused(refusal.field ?? "", refusal.sentence))
    }
  }

  // MARK: Users

  func users(_ visit: Visit) async -> Response {
    var made: MadeLink?
    return await page(
      visit, PageFrame.usersPath, about: .users, takesForms: true,
      takenBy: { form in
        // The role was looked at before; only who keeps the books gets here.
        let keeper = try visit.by.keeper()
        let key = try readRequestKey(form.requestKeys)
        let parties = form.ticked(UsersForm.party).compactMap { Party.ID($0) }
        let role = Role(rawValue: form["role"] ?? "")
        do {
          switch form.operation {
          case UsersForm.add:
            guard let role else { return .again(form.refused("role", .role), status: 422) }
            let added = try await books.perform(
              AddUser(name: form["name"] ?? "", role: role, parties: parties), by: keeper,
              requestKey: key)
            made = try await newLink(
              of: added.outcome, named: form["name"] ?? "", visit, by: keeper)
            return .told
          case UsersForm.change:
            guard let role else { throw Problem.notAForm }
            let changed = try await books.perform(
              ChangeUser(user: try form.user(), role: role, parties: parties), by: keeper,
              requestKey: key)
            return .done(sequence: changed.audit.sequence, next: nil)
          case UsersForm.end:
            let ended = try await books.perform(
              EndUser(user: try form.user()), by: keeper, requestKey: key)
            return .done(sequence: ended.audit.sequence, next: nil)
          case UsersForm.link:
            let user = try form.user()
            let name = try await books.access.user(user)?.name ?? ""
            made = try await newLink(of: user, named: name, visit, by: keeper)
            return .told
          default: throw Problem.notAForm
          }
        } catch let refusal as Refusal {
          if case .unknown = refusal { throw refusal }
          return .again(form.refused(refusal.field ?? "", refusal.sentence), status: 422)
        }
      }
    ) { _, _ in
      let users = try await books.access.users()
      let partners = try await books.answer(Partners())
      return { [made] in usersPage(users, partners: partners, made: made, frame: $0) }
    }
  }

  private func newLink(
    of user: User.ID, named name: String, _ visit: Visit, by keeper: Keeper
  ) async throws -> MadeLink {
    let secret = try newSecret()
    let made = try await books.perform(LetChoosePassword(user: user, by: secret), by: keeper)
    let end = OneTimeLink.end(ofOneMadeAt: made.audit.recordedAt)
    log("password link made: for user \(user) by \(visit.by.user.id)", .notice, visit.asked)
    return MadeLink(
      address: "\(visit.asked.origin)\(PageFrame.welcomePath)/\(secret.text)", name: name,
      end: end)
  }
}

extension SentForm {
  /// What follows `prefix` in the names of the ticks that were set.
  fileprivate func ticked(_ prefix: String) -> [String] {
    names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  fileprivate func user() throws -> User.ID {
    guard let user = User.ID(self["user"] ?? "") else { throw Problem.notAForm }
    return user
  }
}

extension Problem {
  static let notYours = Problem(
    status: 404, code: "not-yours",
    sentence: Phrase("이미 끝났거나 이 계정의 것이 아닙니다.", "It has ended already, or is not yours."))
}
