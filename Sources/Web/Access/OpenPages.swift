import Bookkeeping
import FundModel
import Hummingbird

/// What anyone who can reach the server may ask for.
extension Site {
  /// - Returns: `nil` for what one has to sign in for.
  func openPage(_ asked: Asked, _ path: [String]) async -> Response? {
    if let asset = Asset.all.first(where: { $0.path == asked.rawPath }) {
      return asked.answeredMethod == "GET" ? assetResponse(asset, asked) : notAllowed(asked)
    }
    switch (path.count, path.first) {
    case (1, "sign-in"): return await signIn(asked)
    case (2, "welcome"): return await welcome(asked, Secret(asSent: path[1]))
    case (2, "calendar") where path[1].hasSuffix(".ics"):
      return await feed(asked, token: String(path[1].dropLast(4)))
    default: return nil
    }
  }

  /// For whoever asks for a page without having signed in: the way to sign in, and back.
  func askToSignIn(_ asked: Asked) -> Response {
    // What a script fetches is no page to be led away from.
    let isVisit = asked.answeredMethod == "GET" && asked.header("sec-fetch-dest") != "empty"
    guard isVisit else {
      var problem = Problem.notSignedIn
      if asked.method == "POST" {
        problem = Problem(
          status: 401, code: "signed-out-meanwhile", sentence: .signedOutMeanwhile)
      }
      return html(problemPage(PageProblem(problem), frame: problemFrame(asked)), 401, asked)
    }
    let next = asked.place == "/" ? nil : asked.place
    let language = PageQuery.chosenLanguage(asked)?.rawValue
    return seeOther(
      PageAddress(PageFrame.signInPath).with("lang", language).with("next", next).text)
  }

  func seeOther(_ place: String) -> Response {
    var response = Response(status: .seeOther)
    response.set("Location", place)
    response.set("Cache-Control", "no-store")
    return response
  }

  // MARK: Signing in

  private func signIn(_ asked: Asked) async -> Response {
    guard ["GET", "POST"].contains(asked.answeredMethod) else {
      return notAllowed(asked, "GET, HEAD, POST")
    }
    do {
      let query = try QueryText(asked.query)
      let next = Self.place(within: query["next"])
      var frame = openFrame(asked, PageFrame.signInPath)
      if next != PageFrame.overviewPath {
        frame = openFrame(asked, PageFrame.signInPath, [("next", next)])
      }
      guard asked.method == "POST" else {
        if try await visitor(asked) != nil { return seeOther(next) }
        return html(signInPage(frame: frame), 200, asked)
      }
      let form = try await openForm(asked, SignInForm.signIn)
      let (user, problem) = try await checked(form, asked)
      guard let user else {
        frame.sent = form.withoutPasswords.refused("", problem ?? .wrongNameOrPassword)
        return html(signInPage(keeping: form[KeptForm.field], frame: frame), 422, asked)
      }
      var response = try await enter(user, asked, next)
      // The browser sends the form on to its page, with what was typed there before.
      if form[KeptForm.field] != nil { response.status = .temporaryRedirect }
      return response
    } catch { return problem(error, asked) }
  }

  /// Whether name and password are somebody's. An unknown name and a wrong password look alike and
  /// take equally long.
  private func checked(_ form: SentForm, _ asked: Asked) async throws -> (User.ID?, Phrase?) {
    let name = form["name"] ?? ""
    let password = form["password"] ?? ""
    let address = asked.clientAddress
    let now = books.clock.now()
    if let seconds = throttle.attempt(account: name, address: address, at: now) {
      log(
        "sign-in refused, too many failed: “\(JSON.shortened(name))” from \(address)", .warning,
        asked)
      return (nil, .tooManyAttempts(seconds: seconds))
    }
    let known = try await books.access.credentials(named: name)
    guard let hash = known?.hash ?? .ofNobody else { throw Problem.tooManySignIns }
    // No password is longer, and hashing takes longer the longer it is.
    let isRight =
      try await passwords.verifies(String(password.prefix(PasswordProblem.most)), hash)
      && password.count <= PasswordProblem.most
    guard isRight, let user = known?.user else {
      log("sign-in refused: “\(JSON.shortened(name))” from \(address)", .warning, asked)
      return (nil, nil)
    }
    throttle.succeeded(account: name, address: address)
    return (user.id, nil)
  }

  /// Opens a session at this browser: always a new one, whatever it held before.
  func enter(_ user: User.ID, _ asked: Asked, _ next: String) async throws -> Response {
    if let earlier = try await visitor(asked), let session = earlier.session {
      _ = try await books.access.endSession(session.id, of: earlier.user.id)
    }
    let secret = try newSecret()
    try await books.access.openSession(
      of: user, secret, address: asked.clientAddress, browser: asked.header("user-agent") ?? "")
    log("signed in: user \(user) from \(asked.clientAddress)", .notice, asked)
    var response = seeOther(next)
    response.set("Set-Cookie", asked.cookie(holding: secret))
    return response
  }

  // MARK: One-time links

  private func welcome(_ asked: Asked, _ secret: Secret) async -> Response {
    guard ["GET", "POST"].contains(asked.answeredMethod) else {
      return notAllowed(asked, "GET, HEAD, POST")
    }
    do {
      guard let link = try await books.access.link(secret) else { throw Problem.linkGone }
      let path = "\(PageFrame.welcomePath)/\(secret.text)"
      let day = (try? QueryText(asked.query))?["reference_date"].flatMap { CalendarDate($0) }
      let kept = day.map { [("reference_date", $0.description)] } ?? []
      var frame = openFrame(asked, path, kept)
      if asked.method == "POST" {
        let form = try await openForm(asked, SignInForm.welcome)
        switch try await take(form, for: link, secret) {
        case .success(let user):
          return try await enter(
            user, asked,
            PageAddress(PageFrame.overviewPath, kept.map(PageAddress.Parameter.init)).text)
        case .failure(let refused): frame.sent = refused.form
        }
      }
      return html(welcomePage(link, frame: frame), frame.sent == nil ? 200 : 422, asked)
    } catch { return problem(error, asked) }
  }

  private struct RefusedForm: Error { let form: SentForm }

  private func take(
    _ form: SentForm, for link: OneTimeLink, _ secret: Secret
  ) async throws -> Result<User.ID, RefusedForm> {
    func again(_ name: String, _ sentence: Phrase) -> Result<User.ID, RefusedForm> {
      .failure(RefusedForm(form: form.withoutPasswords.refused(name, sentence)))
    }
    switch link.purpose {
    case .enter:
      guard let user = try await books.access.enter(by: secret) else { throw Problem.linkGone }
      return .success(user)
    case .choosePassword:
      let name = link.user?.name ?? ""
      if let problem = form.problemOfNewPassword(of: name) { return again(problem.0, problem.1) }
      let hash = try await passwords.hash(of: form["new_password"] ?? "")
      guard let user = try await books.access.choosePassword(hash, by: secret) else {
        throw Problem.linkGone
      }
      return .success(user)
    case .firstOwner:
      let name = form["name"] ?? ""
      if let problem = form.problemOfNewPassword(of: name) { return again(problem.0, problem.1) }
      let hash = try await passwords.hash(of: form["new_password"] ?? "")
      do {
        return .success(
          try await books.perform(
            AddUser(name: name, role: .owner, password: hash, by: secret),
            by: Keeper.firstOwner(named: name)
          ).outcome)
      } catch let refusal as Refusal {
        if refusal == .linkUsedUp { throw Problem.linkGone }
        return again(refusal.field ?? "", refusal.sentence)
      }
    }
  }

  // MARK: Forms of people without a session

  /// A form that this site's own page sent. Nobody has a token yet, so where it comes from has to do.
  private func openForm(_ asked: Asked, _ operation: String) async throws -> SentForm {
    let form = try await readForm(asked)
    guard form.operation == operation else { throw Problem.notAForm }
    return form
  }

  func openFrame(
    _ asked: Asked, _ path: String, _ kept: [(String, String)] = []
  ) -> PageFrame {
    let today = books.clock.today
    let day = kept.first { $0.0 == "reference_date" }.flatMap { CalendarDate($0.1) }
    return PageFrame(
      language: PageQuery.language(asked),
      address: PageAddress(path, kept.map(PageAddress.Parameter.init)),
      referenceDate: day ?? today, today: today)
  }

  /// A place of this site to go to: a path, and nothing that a browser takes for another site's.
  static func place(within text: String?) -> String {
    guard let text, text.hasPrefix("/"), text.count <= 2_000,
      !text.hasPrefix("//"), !text.contains("\\"),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return PageFrame.overviewPath }
    return text
  }

  func newSecret() throws -> Secret {
    let bytes = (0..<Secret.byteCount / 8).flatMap { _ in
      withUnsafeBytes(of: newBits()) { Array($0) }
    }
    guard let secret = Secret(bytes: bytes) else { throw Problem.notAForm }
    return secret
  }
}

extension Keeper {
  /// Who makes the first owner is that owner: there is nobody else.
  fileprivate static func firstOwner(named name: String) -> Keeper { Keeper(named: name) }
}

extension SentForm {
  /// What is wrong with a new password, and in which field.
  func problemOfNewPassword(of name: String) -> (String, Phrase)? {
    let password = self["new_password"] ?? ""
    if let problem = PasswordProblem(in: password, of: name) {
      return ("new_password", problem.sentence)
    }
    return self["again"] == password ? nil : ("again", .passwordsDiffer)
  }

  /// The same without what nobody should see again.
  var withoutPasswords: SentForm {
    ["password", "new_password", "again"].reduce(self) { form, name in
      form[name] == nil ? form : form.with(name, "")
    }
  }

}

extension Problem {
  static let linkGone = Problem(
    status: 404, code: "link-gone", sentence: Refusal.linkUsedUp.sentence)
}
