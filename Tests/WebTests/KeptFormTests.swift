import Bookkeeping
import FundModel
import RandomBooks
import Testing

@testable import Web

/// What one keyed in while the session ended, or while another began in another tab.
@Suite("Kept forms")
struct KeptFormTests {
  /// The payment as the browser sends it, and what goes along of it.
  private func sent(_ call: OneCall) -> String {
    "form=recordPayment&request_key=typed-once&item=\(call.item)&amount=12%EC%96%B5&"
      + "paid_date=2026.3.10&memo=%22%3Cb%3E%26&form_token=\(String(repeating: "0", count: 64))"
  }

  private func post(
    _ site: TestedSite, _ page: String, _ body: String, _ headers: [String: String] = [:]
  ) async throws -> TestedAnswer {
    try await site.ask(
      "POST", page, headers.merging(["Content-Type": formType]) { $1 }, bytes: Array(body.utf8))
  }

  /// What the sign-in form on the answer holds of the form that was sent.
  private func kept(_ answer: TestedAnswer) -> String? {
    answer.text.firstMatch(of: /name="kept" value="([^"]*)"/)
      .map { String($0.1).replacing("&amp;", with: "&") }
  }

  private func encoded(_ text: String) -> String {
    text.utf8.map { byte -> String in
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (hex.count == 1 ? "0" : "") + hex
    }.joined()
  }

  private func made(_ site: TestedSite, _ name: String, _ role: Role, _ parties: [Party.ID] = [])
    async throws
  {
    _ = try await site.books.perform(
      AddUser(
        name: name, role: role, parties: parties,
        password: PasswordHash(of: SignInTests.password)), by: "tester")
  }

  /// Signs in at the form of the answer, and follows to where the browser sends the form on.
  private func signIn(
    _ site: TestedSite, as name: String, after answer: TestedAnswer
  ) async throws -> (TestedAnswer, cookie: String) {
    let place = try #require(answer.text.firstMatch(of: /action="(\/sign-in[^"]*)"/))
    let body =
      "form=signIn&name=\(name)&password=\(encoded(SignInTests.password))"
      + "&kept=\(encoded(kept(answer) ?? ""))"
    let wrong = try await post(
      site, String(place.1), body.replacing("password=", with: "password=x"))
    #expect(wrong.status == 422 && kept(wrong) == kept(answer))
    let entered = try await post(site, String(place.1), body)
    #expect(entered.status == 307)
    let cookie = try #require(entered.header("Set-Cookie")).prefix { $0 != ";" }
    let next = try #require(entered.header("Location"))
    return (try await post(site, next, body, ["Cookie": String(cookie)]), String(cookie))
  }

  @Test(
    "Sent without a session, a form goes along through signing in and is shown again, not taken")
  func withoutSession() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      try await made(site, "Maria", .bookkeeper)
      let nobody = site.asked(by: nil)
      let page = "\(call.page)?item=\(call.item)&do=pay&reference_date=2026-03-20"
      let answer = try await post(nobody, page, sent(call))
      #expect(answer.status == 401)
      #expect(answer.text.contains(Phrase.signInToSend.ko))
      #expect(kept(answer)?.contains("amount=12%EC%96%B5") == true)
      #expect(kept(answer)?.contains("form_token") == false)

      let (again, cookie) = try await signIn(nobody, as: "Maria", after: answer)
      #expect(again.status == 422)
      #expect(again.text.contains(Phrase.signedInNotWritten.ko))
      for value in ["12억", "2026.3.10", "&quot;&lt;b&gt;&amp;", "typed-once"] {
        #expect(again.text.contains("value=\"\(value)\""), "\(value)")
      }
      #expect(try await call.entries(in: site).isEmpty)
      // Reloaded, it is the same page once more; sent from there, it is taken, once.
      let token = try #require(again.text.firstMatch(of: /name="form_token" value="(\w+)"/)).1
      let body =
        sent(call).split(separator: "&").dropLast().joined(separator: "&")
        + "&form_token=\(token)"
      for _ in 0..<2 {
        #expect(try await post(nobody, page, body, ["Cookie": cookie]).status == 303)
      }
      #expect(try await call.entries(in: site).map(\.entry.amount.minorUnits) == [1_200_000_000])
    }
  }

  @Test("Only those who may send it see it again")
  func others() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let party = try #require(try await site.books.answer(Partners()).first).id
      try await made(site, "Vera", .viewer)
      try await made(site, "Paul", .partner, [party])
      let nobody = site.asked(by: nil)
      let answer = try await post(nobody, call.page, sent(call))
      for name in ["Vera", "Paul"] {
        let (again, _) = try await signIn(nobody, as: name, after: answer)
        #expect(again.status == 403, "\(name)")
        #expect(!again.text.contains("12억") && !again.text.contains("2026.3.10"), "\(name)")
      }
      #expect(try await call.entries(in: site).isEmpty)
    }
  }

  @Test("Sent from a page of another session, a form is shown again, not taken")
  func ofAnotherSession() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let answer = try await post(site, call.page, sent(call))
      #expect(answer.status == 403)
      #expect(answer.text.contains(Phrase.otherSessionNotWritten.ko))
      #expect(answer.text.contains("value=\"12억\"") && answer.text.contains("value=\"typed-once\""))
      #expect(answer.text.contains(try #require(site.asking).formToken.text))
      // A form that the page no longer has is told of.
      let other = try await post(site, "/funds/new", sent(call))
      #expect(other.status == 403 && other.text.contains(Phrase.formGone.ko))
      #expect(try await call.entries(in: site).isEmpty)
    }
  }

  @Test("Nothing is kept of a form from elsewhere, of an account, of users, or of what is no form")
  func notKept() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let nobody = site.asked(by: nil)
      for header in [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")] {
        let headers = [header.0: header.1]
        for asking in [site, nobody] {
          let answer = try await post(asking, call.page, sent(call), headers)
          #expect(answer.status == 403 && !answer.text.contains("typed-once"), "\(header)")
        }
      }
      for (page, body) in [
        ("/account", "form=changePassword&password=secret-1&new_password=secret-2&again=secret-2"),
        ("/users", "form=addUser&name=secret-3&role=owner"), (call.page, "amount=secret-4"),
        ("/companies", "form=recordPayment&amount=secret-5"),
      ] {
        let answer = try await post(nobody, page, body)
        #expect(answer.status == 401 && !answer.text.contains("secret"), "\(page)")
        let other = try await post(site, page, body)
        #expect(other.status >= 400 && !other.text.contains("secret"), "\(page)")
      }
    }
  }
}
