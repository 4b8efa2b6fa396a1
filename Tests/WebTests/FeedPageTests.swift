import Bookkeeping
import Testing

@testable import Web

/// Feeds from outside: made and ended by forms, read at their address.
@Suite("The page of feeds")
struct FeedPageTests {
  @Test("An address is shown once, works until it is ended, then is like one that never was")
  func life() async throws {
    try await withSite { site in
      _ = try await SmallBooks(in: site)
      let key = try await requestKey(site)
      let made = try await post(site, make(key, "name=Phone&with_amounts=true"))
      #expect(made.status == 200)
      #expect(made.header("Cache-Control") == "no-store")
      let address = try #require(self.address(in: made.text))
      #expect(address.hasPrefix("/calendar/") && address.hasSuffix(".ics?lang=en"))
      #expect(address.dropFirst("/calendar/".count).prefix { $0 != "." }.count == 64)

      let feed = try await site.get(address)
      #expect(feed.status == 200)
      #expect(feed.header("Content-Type") == "text/calendar; charset=utf-8")
      #expect(feed.header("Cache-Control") == "no-store")
      #expect(feed.header("Set-Cookie") == nil)
      #expect(feed.text.contains("DTSTART;VALUE=DATE:20260120"))
      #expect(feed.text.contains("KRW") || feed.text.contains("₩"))
      #expect(try await site.ask("HEAD", address).bytes.isEmpty)
      #expect(try await site.ask("POST", address).status == 405)

      // Asked again, the same feed; its address is not told a second time.
      let again = try await post(site, make(key, "name=Phone&with_amounts=true"))
      #expect(again.status == 200 && self.address(in: again.text) == nil)
      #expect(again.text.contains("shown only once"))
      #expect(try await site.books.answer(CalendarFeeds()).count == 1)
      #expect(!(try await site.get("/calendar/feeds")).text.contains(".ics"))

      let ended = try await post(site, "form=endCalendarFeed&feed=1&request_key=end")
      #expect(ended.status == 303)
      let gone = try await site.get(address)
      let never = try await site.get(
        "/calendar/" + String(repeating: "0", count: 64) + ".ics?lang=en")
      #expect(gone.status == 404 && never.status == 404)
      #expect(gone.text == never.text)
      #expect(try await site.get("/calendar/.ics").status == 404)
    }
  }

  @Test("What is refused is said on the page: a name is missing, a feed unknown or ended")
  func refusals() async throws {
    try await withSite { site in
      let nameless = try await post(site, make("k1", "name=+"))
      #expect(nameless.status == 422)
      #expect(nameless.text.contains("This field is empty"))
      #expect(nameless.text.contains("aria-invalid"))
      #expect(try await site.books.answer(CalendarFeeds()).isEmpty)

      _ = try await post(site, make("k2", "name=Phone"))
      for key in ["e1", "e2"] {
        let answer = try await post(site, "form=endCalendarFeed&feed=1&request_key=\(key)")
        #expect(answer.status == (key == "e1" ? 303 : 422))
        #expect(key == "e1" || answer.text.contains("has ended already"))
      }
      #expect(
        try await post(site, "form=endCalendarFeed&feed=99&request_key=e3").status == 404)
      for body in ["", "form=recordPayment", "form=endCalendarFeed&feed=x", "form=other"] {
        #expect(try await post(site, body).status == 400, "\(body)")
      }
      let elsewhere = try await site.ask(
        "POST", "/calendar/feeds",
        ["Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site"],
        bytes: Array(make("k3", "name=Phone&form_token=\(site.asking?.formToken.text ?? "")").utf8))
      #expect(elsewhere.status == 403)
    }
  }

  @Test("A failure at a feed's address is logged without its secret")
  func log() {
    for (path, logged) in [
      ("/calendar/00ff.ics", "/calendar/….ics"), ("/calendar/feeds", "/calendar/feeds"),
      ("/%63alendar/00ff.ics", "/calendar/….ics"), ("/calendar/00ff%2eics", "/calendar/….ics"),
      ("/calendar/00ff.ics/", "/calendar/….ics"), ("/%77elcome/00ff", "/welcome/…"),
      ("/welcome/00ff%FF", "/welcome/…"), ("/funds/%31", "/funds/%31"),
    ] {
      #expect(Asked.loggedPath(path) == logged, "\(path)")
    }
    let entry = LogEntry(.info, at: noon, "a\u{1B}[2J\u{202E}b\nc\u{9B}d")
    #expect(entry.text == "a [2J b c d")
  }

  private func make(_ key: String, _ fields: String) -> String {
    "form=makeCalendarFeed&request_key=\(key)&\(fields)"
  }

  private func requestKey(_ site: TestedSite) async throws -> String {
    let page = try await site.get("/calendar/feeds").text
    let found = page.firstMatch(of: /name="request_key" value="([^"]+)"/)
    return String(try #require(found).1)
  }

  private func address(in page: String) -> String? {
    page.firstMatch(of: /value="http:\/\/[^\/"]*([^"]*\.ics[^"]*)"/).map { String($0.1) }
  }

  private func post(_ site: TestedSite, _ body: String) async throws -> TestedAnswer {
    try await site.ask(
      "POST", "/calendar/feeds",
      [
        "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en",
        "Sec-Fetch-Site": "same-origin",
      ], bytes: Array((body + "&form_token=\(site.asking?.formToken.text ?? "")").utf8))
  }
}
