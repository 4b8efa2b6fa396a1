import Bookkeeping
import FundModel
import RandomBooks
import Testing

@testable import Web

/// The door: who gets in, with what, and for how long.
@Suite("Signing in")
struct SignInTests {
  static let password = "four words of a test"

  @Test("The first link makes the owner, once; the session is theirs; sign-out ends it")
  func firstOwner() async throws {
    try await withSite { signedIn in
      let site = signedIn.asked(by: nil)
      let link = Secret(asSent: "").derived(for: "first")
      try await site.books.access.makeLink(link, for: .firstOwner)
      let page = try await site.get("/welcome/\(link.text)")
      #expect(page.status == 200 && page.header("Referrer-Policy") == "same-origin")
      #expect(page.header("Cache-Control") == "no-store")

      func open(_ fields: String) async throws -> TestedAnswer {
        try await site.send("form=welcome&\(fields)", to: "/welcome/\(link.text)")
      }
      for (fields, problem) in [
        ("name=Maria&new_password=short&again=short", PasswordProblem.tooShort.sentence),
        ("name=Maria&new_password=aaaaaaaaaaaaaa&again=", PasswordProblem.tooCommon.sentence),
        ("name=Maria&new_password=\(Self.password)&again=other", Phrase.passwordsDiffer),
        (
          "name=local&new_password=\(Self.password)&again=\(Self.password)",
          Refusal.nameTaken("local", by: .user).sentence
        ),
      ] {
        let answer = try await open(fields)
        #expect(answer.status == 422, "\(fields)")
        #expect(answer.text.contains(HTML.escaped(problem.ko)), "\(fields)")
        #expect(!answer.text.contains(Self.password), "a password is never shown again")
      }
      let made = try await open(
        "name=Maria&new_password=\(Self.password)&again=\(Self.password)")
      #expect(made.status == 303 && made.header("Location") == "/fund-overview")
      let cookie = try #require(made.header("Set-Cookie"))
      #expect(cookie.hasPrefix("jangbu=") && cookie.contains("HttpOnly"))
      #expect(cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
      #expect(!cookie.contains("Secure"))
      let again = try await open(
        "name=Eve&new_password=\(Self.password)&again=\(Self.password)")
      #expect(again.status == 404)
      let trail = try await site.books.answer(AuditTrail(limit: 1))
      #expect(trail.first?.command == AddUser.name && trail.first?.actor == "Maria")
      #expect(trail.first?.content.contains("password") == false)

      let session = Secret(asSent: String(cookie.dropFirst("jangbu=".count).prefix { $0 != ";" }))
      let held = ["Cookie": "jangbu=\(session.text)"]
      #expect(try await site.get("/fund-overview", held).status == 200)
      let out = try await site.ask(
        "POST", "/account", held.merging(["Content-Type": formType]) { $1 },
        bytes: Array("form=signOut&form_token=\(session.derived(for: "form").text)".utf8))
      #expect(out.status == 303)
      #expect(out.header("Set-Cookie")?.contains("Max-Age=0") == true)
      #expect(try await site.get("/fund-overview", held).status == 303)
    }
  }

  @Test("Unknown name and wrong password look the same; right ones get a new session")
  func signingIn() async throws {
    try await withSite { signedIn in
      let site = signedIn.asked(by: nil)
      let user = try await made(site, "Maria", .bookkeeper)
      let wrong = try await signIn(site, "maria", "not the password")
      let unknown = try await signIn(site, "nobody", "not the password")
      #expect(wrong.status == 422 && unknown.status == 422)
      #expect(
        wrong.text.replacing("maria", with: "nobody").withoutKeys == unknown.text.withoutKeys)
      #expect(wrong.header("Set-Cookie") == nil)

      // A session that someone else put into the browser is not the one that is opened.
      let planted = Secret(asSent: "0").derived(for: "planted")
      let right = try await site.send(
        "form=signIn&name=MARIA&password=\(Self.password)", to: "/sign-in?next=/funds/1?unit%3Deok",
        ["Cookie": "jangbu=\(planted.text)"])
      #expect(right.status == 303 && right.header("Location") == "/funds/1?unit=eok")
      #expect(right.header("Set-Cookie")?.contains(planted.text) == false)
      #expect(try await site.books.access.sessions(of: user).count == 1)
      #expect(try await site.books.access.session(planted) == nil)
      // Whoever has ended gets in no more, and looks like nobody.
      _ = try await site.books.perform(EndUser(user: user), by: "tester")
      #expect(try await signIn(site, "maria", Self.password).status == 422)
    }
  }

  @Test("After many failures an account, and an address, have to wait; the right password too")
  func throttled() async throws {
    try await withSite { signedIn in
      let site = signedIn.asked(by: nil)
      _ = try await made(site, "Maria", .viewer)
      for _ in 0..<SignInThrottle.mostPerAccountThere {
        #expect(
          try await signIn(site, "Maria", "wrong password 1").text.contains(
            HTML.escaped(Phrase.wrongNameOrPassword.ko)))
      }
      let refused = try await signIn(site, "Maria", Self.password)
      #expect(
        refused.status == 422 && refused.text.contains(Phrase.tooManyAttempts(seconds: 900).ko))
      // Others get in.
      _ = try await made(site, "Ben", .viewer)
      #expect(try await signIn(site, "Ben", Self.password).status == 303)
      site.tested.clock.advance(seconds: 16 * 60)
      #expect(try await signIn(site, "Maria", Self.password).status == 303)
    }
  }

  @Test("The throttle: an address with many names, memory that is bounded, clocks that go back")
  func throttle() {
    let throttle = SignInThrottle()
    let start = Instant(microseconds: 1_000_000_000)
    for number in 0..<SignInThrottle.mostPerNetwork {
      #expect(
        throttle.attempt(account: "a\(number)", address: "2001:db8:1:2::\(number)", at: start)
          == nil)
    }
    #expect(throttle.attempt(account: "z", address: "2001:db8:1:2:ffff::1", at: start) == 900)
    #expect(throttle.attempt(account: "z", address: "2001:db8:1:3::1", at: start) == nil)
    // A clock that was set back keeps nobody out for ever.
    let earlier = Instant(microseconds: 0)
    #expect(throttle.attempt(account: "y", address: "2001:db8:1:2::1", at: earlier) == nil)
    for number in 0..<50_000 {
      _ = throttle.attempt(
        account: "b\(number)", address: "10.0.\(number / 250).\(number % 250)", at: start)
    }
  }

  @Test("A stranger who knows a name keeps nobody from where they signed in before")
  func noLockOut() {
    let throttle = SignInThrottle()
    let now = Instant(microseconds: 1_000_000_000)
    #expect(throttle.attempt(account: "maria", address: "192.0.2.1", at: now) == nil)
    throttle.succeeded(account: "maria", address: "192.0.2.1")
    var refused = 0
    for number in 0..<300 {
      let address = "198.51.\(number / 200).\(number % 200)"
      if throttle.attempt(account: "Maria", address: address, at: now) != nil { refused += 1 }
    }
    #expect(refused == 300 - SignInThrottle.mostPerAccount)
    #expect(throttle.attempt(account: "maria", address: "192.0.2.1", at: now) == nil)
    #expect(throttle.attempt(account: "maria", address: "203.0.113.9", at: now) == 900)
    // Names that are made up push out nobody who has failed more often.
    for number in 0..<50_000 {
      _ = throttle.attempt(
        account: "b\(number)", address: "10.0.\(number / 250).\(number % 250)", at: now)
    }
    #expect(throttle.attempt(account: "maria", address: "203.0.113.9", at: now) == 900)
  }

  @Test(
    "A network is one however its address is written",
    arguments: [
      ("2001:db8::1", "2001:db8:0:0:5::"), ("2001:DB8:0::7", "2001:db8::1"),
      ("::ffff:192.0.2.1", "192.0.2.1"), ("::1", "0:0:0:0:0:0:0:2"), ("socket", "socket"),
    ])
  func networks(_ one: String, _ other: String) {
    #expect(SignInThrottle.network(of: one) == SignInThrottle.network(of: other))
    #expect(SignInThrottle.network(of: one) != SignInThrottle.network(of: "2001:db9::1"))
  }

  @Test("A name that no user can have is nobody's: the same answer, and no error")
  func strangeNames() async throws {
    try await withSite { signedIn in
      let site = signedIn.asked(by: nil)
      for name in ["%00", "a%00b", "%E2%80%AE", String(repeating: "a", count: 101)] {
        let answer = try await site.send(
          "form=signIn&name=\(name)&password=whatever it is", to: "/sign-in")
        #expect(answer.status == 422, "\(name)")
        #expect(answer.text.contains(HTML.escaped(Phrase.wrongNameOrPassword.ko)), "\(name)")
      }
      #expect(!site.log.all.contains { $0.contains("SQL") })
    }
  }

  @Test("Names that look the same are the same, composed or not")
  func composedNames() async throws {
    try await withSite { site in
      let composed = "\u{AE40}\u{C7A5}\u{BD80}"
      let decomposed = "\u{1100}\u{1175}\u{11B7}\u{110C}\u{1161}\u{11BC}\u{1107}\u{116E}"
      _ = try await made(site, composed, .viewer)
      await #expect(throws: Refusal.nameTaken(decomposed, by: .user)) {
        try await made(site, decomposed, .viewer)
      }
      #expect(try await signIn(site.asked(by: nil), decomposed, Self.password).status == 303)
    }
  }

  @Test("A page that is only open doesn't keep a session")
  func onlyOpen() async throws {
    try await withSite { site in
      let access = site.books.access
      let user = try await made(site, "Maria", .viewer)
      let secret = Secret(asSent: "").derived(for: "open")
      try await access.openSession(of: user, secret, address: "a", browser: "b")
      for _ in 0..<13 {
        site.tested.clock.advance(seconds: 3_600)
        #expect(try await access.session(secret, countsAsUse: false) != nil)
      }
      site.tested.clock.advance(seconds: 3_700)
      #expect(try await access.session(secret, countsAsUse: false) == nil)
    }
  }

  @Test("A new role ends the links that were open, and a partner's feeds")
  func newRole() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let lp = try #require(try await site.books.answer(Partners()).first { $0.name == "LP" })
      let user = try await site.books.perform(
        AddUser(name: "P", role: .partner, parties: [lp.id]), by: "tester"
      ).outcome
      let (link, feed) = (
        Secret(asSent: "").derived(for: "link"), Secret(asSent: "").derived(for: "feed")
      )
      _ = try await site.books.perform(LetChoosePassword(user: user, by: link), by: "tester")
      _ = try await site.books.perform(
        MakeCalendarFeed(name: "F", withAmounts: true, reader: user, token: feed), by: "tester")
      #expect(try await site.books.access.link(link) != nil)
      #expect(try await site.get("/calendar/\(feed.text).ics").status == 200)
      _ = try await site.books.perform(ChangeUser(user: user, role: .viewer), by: "tester")
      #expect(try await site.books.access.link(link) == nil)
      #expect(try await site.get("/calendar/\(feed.text).ics").status == 404)
      #expect(books["K"] > 0)
    }
  }

  @Test("Sessions end: unused after a night, used after a week, at a new password, at a new role")
  func ends() async throws {
    try await withSite { signedIn in
      let site = signedIn.asked(by: nil)
      let access = site.books.access
      let user = try await made(site, "Maria", .bookkeeper)
      func opened(_ name: String) async throws -> Secret {
        let secret = Secret(asSent: "").derived(for: name)
        try await access.openSession(of: user, secret, address: "a", browser: "b")
        return secret
      }
      let unused = try await opened("unused")
      site.tested.clock.advance(seconds: 14 * 3_600 + 60)
      #expect(try await access.session(unused) == nil)
      let used = try await opened("used")
      for _ in 0..<13 {
        site.tested.clock.advance(seconds: 12 * 3_600)
        #expect(try await access.session(used) != nil)
      }
      site.tested.clock.advance(seconds: 12 * 3_600)
      #expect(try await access.session(used) == nil)

      let other = try await opened("other")
      try await access.setPassword(
        try #require(PasswordHash(of: "another long password")), of: user)
      #expect(try await access.session(other) == nil)
      let last = try await opened("last")
      _ = try await site.books.perform(ChangeUser(user: user, role: .viewer), by: "tester")
      #expect(try await access.session(last) == nil)
    }
  }

  @Test("A form without its session's token, or with another's, is not taken")
  func formTokens() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let other = try await site.person(.owner, named: "other")
      let before = try await site.tested.dump()
      let form = call.pays("amount=1&paid_date=2026-03-10")
      for token in ["", "&form_token=", "&form_token=\(other.formToken.text)"] {
        let answer = try await site.ask(
          "POST", call.page, ["Content-Type": formType], bytes: Array((form + token).utf8))
        #expect(answer.status == 403, "\(token)")
      }
      // Over the API a session may read; a change wants a token.
      let person = try #require(site.asking)
      let body = Array(#"{"amount":1,"paid_date":"2026-03-10"}"#.utf8)
      let asked = site.asked(by: nil)
      for (headers, status) in [
        (["Cookie": "jangbu=\(person.session.text)"], 403),
        (["Authorization": "Bearer \(person.session.text)"], 401),
        (["Authorization": "Bearer "], 401), (["Authorization": "Basic \(person.token.text)"], 401),
        ([:], 401),
      ] as [([String: String], Int)] {
        let answer = try await asked.ask(
          "POST", "/api/items/\(call.item)/payments",
          headers.merging(["Content-Type": "application/json"]) { $1 }, bytes: body)
        #expect(answer.status == status, "\(headers)")
        if status == 401 {
          #expect(answer.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
        }
      }
      let reader = try await site.person(.owner, named: "reader", scope: .read)
      let refused = try await site.asked(by: reader).post(
        "/api/items/\(call.item)/payments", #"{"amount":1,"paid_date":"2026-03-10"}"#)
      #expect(refused.status == 403 && refused.code == "reading-token")
      let tables = try await site.tested.dump().filter {
        !$0.hasPrefix("user_") && !$0.hasPrefix("api_")
      }
      #expect(
        tables.filter { $0.hasPrefix("entry: ") } == before.filter { $0.hasPrefix("entry: ") })
      #expect(try await site.asked(by: reader).get("/api/funds/overview").status == 200)
    }
  }

  @Test("After signing in one goes to a place of this site and no other")
  func next() {
    for (text, place) in [
      ("/funds/1?unit=eok", "/funds/1?unit=eok"), ("//evil.example", "/fund-overview"),
      ("/\\evil.example", "/fund-overview"), ("https://evil.example", "/fund-overview"),
      ("funds", "/fund-overview"), ("/a\nb", "/fund-overview"), (nil, "/fund-overview"),
    ] as [(String?, String)] {
      #expect(Site.place(within: text) == place)
    }
  }

  @Test("Passwords: long enough, not the first that anybody tries, not the name")
  func passwords() throws {
    for (password, problem) in [
      ("elevenchars", .tooShort), (String(repeating: "ab3", count: 50), .tooLong),
      ("123456789012", .tooCommon), ("abcdefghijklm", .tooCommon), ("aaaaaaaaaaaab", .tooCommon),
      ("Password-1234", .tooCommon), ("maria-maria-1", .likeName), ("네 낱말로 된 긴 비밀번호", nil),
      ("four words of a test", nil),
    ] as [(String, PasswordProblem?)] {
      #expect(PasswordProblem(in: password, of: "maria") == problem, "\(password)")
    }
    let hash = try #require(PasswordHash(of: Self.password))
    #expect(hash.verifies(Self.password) && !hash.verifies(Self.password + " "))
    #expect(!hash.verifies(""))
  }

  private func made(_ site: TestedSite, _ name: String, _ role: Role) async throws -> User.ID {
    try await site.books.perform(
      AddUser(name: name, role: role, password: PasswordHash(of: Self.password)),
      by: "tester"
    ).outcome
  }

  private func signIn(
    _ site: TestedSite, _ name: String, _ password: String
  ) async throws -> TestedAnswer {
    try await site.send("form=signIn&name=\(name)&password=\(password)", to: "/sign-in")
  }
}

extension String {
  /// Without what is new on every page.
  fileprivate var withoutKeys: String {
    replacing(/name="request_key" value="[^"]*"/, with: "")
  }
}

extension HTML {
  /// A sentence as it stands on a page.
  static func escaped(_ text: String) -> String { ("\(text)" as HTML).markup }
}
