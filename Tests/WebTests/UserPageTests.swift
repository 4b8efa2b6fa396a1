import Bookkeeping
import FundModel
import RandomBooks
import Testing

@testable import Web

/// Who lets whom in, on the pages for that.
@Suite("Users and accounts")
struct UserPageTests {
  @Test("An owner adds a user, hands over a link, changes the role, ends them")
  func life() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let added = try await send(site, "form=addUser&name=Ben&role=bookkeeper", "a")
      #expect(added.status == 200)
      let found = try #require(
        added.text.firstMatch(of: /value="http:\/\/[^\/"]*(\/welcome\/\w{64})"/))
      let link = String(found.1)
      // Asked again, the same user: another link, and the first one is gone.
      let again = try await send(site, "form=addUser&name=Ben&role=bookkeeper", "a")
      #expect(again.status == 200)
      let second = try #require(
        again.text.firstMatch(of: /value="http:\/\/[^\/"]*(\/welcome\/\w{64})"/))
      let nobody = site.asked(by: nil)
      #expect(try await nobody.get(link).status == 404)
      let chosen = try await nobody.send(
        "form=welcome&new_password=\(SignInTests.password)&again=\(SignInTests.password)",
        to: String(second.1))
      #expect(chosen.status == 303)
      let users = try await site.books.access.users()
      let ben = try #require(users.first { $0.name == "Ben" })
      #expect(ben.hasPassword && ben.role == .bookkeeper)

      // Refusals, each with its sentence.
      for (form, refusal) in [
        ("form=addUser&name=BEN&role=viewer", Refusal.nameTaken("BEN", by: .user)),
        ("form=addUser&name=LP&role=partner", .partnerWithoutParties),
        ("form=addUser&name=V&role=viewer&party.\(books.filled("<LP>"))=true", .partiesOfPartners),
        ("form=changeUser&user=1&role=viewer", .lastOwner), ("form=endUser&user=1", .lastOwner),
      ] {
        let answer = try await send(site, form, form)
        #expect(answer.status == 422, "\(form)")
        #expect(answer.text.contains(HTML.escaped(refusal.sentence.ko)), "\(form): \(answer.text)")
      }
      #expect(try await send(site, "form=endUser&user=99", "u").status == 404)
      let partner = try await send(
        site, "form=changeUser&user=\(ben.id)&role=partner&party.\(books.filled("<LP>"))=true", "p")
      #expect(partner.status == 303)
      #expect(try await site.books.access.user(ben.id)?.sight != .everything)
      #expect(try await send(site, "form=endUser&user=\(ben.id)", "e").status == 303)
      let ended = try await send(site, "form=endUser&user=\(ben.id)", "f")
      #expect(ended.status == 422)
      #expect(ended.text.contains(HTML.escaped(Refusal.userEndedAlready.sentence.ko)))
      let commands = try await site.books.answer(AuditTrail(limit: 4)).map(\.command)
      #expect(
        commands == [
          EndUser.name, ChangeUser.name, LetChoosePassword.name, LetChoosePassword.name,
        ])
      // Whom the test itself put into the table nobody let in.
      let findings = try await site.books.answer(CheckBooks())
      #expect(findings.map(\.row) == ["user_account 1 (tester) was let in by nobody"])
    }
  }

  @Test("One's password, sessions and tokens; nobody ends what is not theirs")
  func account() async throws {
    try await withSite { site in
      let other = try await site.person(.viewer, named: "viewer")
      let access = site.books.access
      let session = try #require(try await access.sessions(of: other.id).first)
      let token = try #require(try await access.tokens(of: other.id).first)
      for form in [
        "form=endSession&session=\(session.id)", "form=endToken&token=\(token.id)",
        "form=endToken&token=x",
      ] {
        #expect(try await site.send(form, to: "/account").status == 404, "\(form)")
      }
      #expect(try await access.session(other.session) != nil)

      let made = try await site.send(
        "form=makeToken&name=Script&scope=read&days=30", to: "/account")
      let shown = try #require(
        made.text.firstMatch(of: /id="shown-once" readonly value="(\w{64})"/))
      let headers = ["Authorization": "Bearer \(shown.1)"]
      let nobody = site.asked(by: nil)
      #expect(try await nobody.get("/api/funds", headers).status == 200)
      #expect(!(try await site.get("/account")).text.contains(shown.1))
      for form in [
        "form=makeToken&name=Script&scope=read&days=0",
        "form=makeToken&name=Script&scope=read&days=x",
        "form=makeToken&name=&scope=read&days=9", "form=makeToken&name=S&scope=read&days=367",
      ] {
        #expect(try await site.send(form, to: "/account").status == 422, "\(form)")
      }
      // A viewer's token may not write, whatever the form says.
      let asViewer = site.asked(by: other)
      #expect(
        try await asViewer.send("form=makeToken&name=S&scope=write&days=9", to: "/account").status
          == 400)
      site.tested.clock.advance(seconds: 31 * 86_400)
      #expect(try await nobody.get("/api/funds", headers).status == 401)

      // Who came in by a link has no password yet: the first one needs none before it.
      let password = SignInTests.password
      let first = try await site.send(
        "form=changePassword&password=&new_password=\(password)&again=\(password)", to: "/account")
      #expect(first.status == 200 && first.header("Set-Cookie")?.hasPrefix("jangbu=") == true)
      #expect(try await site.get("/account").status == 303, "the old session has ended")
    }
  }

  private func send(
    _ site: TestedSite, _ form: String, _ key: String
  ) async throws -> TestedAnswer {
    try await site.send("\(form)&request_key=\(key.filter(\.isLetter))", to: "/users")
  }
}
