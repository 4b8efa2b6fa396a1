import Bookkeeping
import FundModel
import RandomBooks
import Testing

@testable import Web

/// What changed since, as a page and as an answer.
@Suite("What changed since, over HTTP")
struct ChangesPageTests {
  /// Books at noon, then a late payment and a back-dated change an hour on.
  private func withChanges(
    _ work: @Sendable (TestedSite, SmallBooks, _ since: String) async throws -> Void
  ) async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let since = try #require(try await site.books.answer(TrailHead.Question()))
      site.tested.clock.advance(seconds: 3_600)
      try await site.made(
        books.filled("/api/items/<GP item>/payments"), #"{"amount":4,"paid_date":"2026-01-18"}"#)
      try await site.made(
        books.filled("/api/funds/<U>/commitment-total-changes"),
        #"{"amount":"2.50","effective_on":"2026-02-01"}"#)
      try await site.made(books.filled("/api/funds/<S>/terms"), #"{"name":"S 2"}"#)
      try await work(site, books, since.stamp.recordedAt.description)
    }
  }

  @Test("The answer names each figure that moved, by how much and through which entry")
  func answer() async throws {
    try await withChanges { site, books, since in
      let last = try await site.books.answer(TrailEnd())
      let json = try await site.get("/api/changes?since=\(since)&reference_date=2026-02-14").json()
      #expect(json.at("since_audit")?.asDigits == String(last - 3))
      #expect(json.at("until_audit")?.asDigits == String(last))
      #expect(json.at("back_dated")?.asList.count == 2)
      #expect(json.at("back_dated", "0", "what")?.asText == "payment")
      #expect(json.at("back_dated", "0", "dated")?.asText == "2026-01-18")
      #expect(json.at("back_dated", "0", "audit")?.asDigits == String(last - 2))
      #expect(json.at("back_dated", "0", "actor")?.asText == "tester")
      let funds = json.at("funds")?.asList ?? []
      #expect(funds.map { $0["name"]?.asText } == ["K", "U", "S 2"])
      let paidIn = (funds[0]["figures"]?.asList ?? []).first {
        $0["figure"]?.asText == "paid_in"
      }
      #expect(
        paidIn?.text.contains(#""before":90,"after":94,"change":4,"steps":[{"audit""#) == true)
      #expect(paidIn?.at("steps", "0", "audit")?.asDigits == String(last - 2))
      #expect(paidIn?.at("steps", "0", "command")?.asText == "record-payment")
      #expect(funds.last?["figures"]?.text == "[]")
      let totals = json.at("totals")?.asList ?? []
      #expect(totals.map { $0["currency"]?.asText } == ["KRW", "USD"])
      let fund = try await site.get(
        "/api/changes?since=\(since)&fund=\(books["K"])&reference_date=2026-02-14"
      ).json()
      #expect(fund.at("funds", "0", "commitments")?.asList.count == 1)
      #expect(fund.at("funds", "0", "commitments", "0", "party", "name")?.asText == "GP")
      let early = try await site.get("/api/changes?since=\(since)&reference_date=2026-01-10").json()
      #expect(early.at("back_dated")?.asList.isEmpty == true)
      for (query, status) in [
        ("", 422), ("since=x", 422), ("since=\(since)&fund=99", 404), ("since=\(since)&nix=1", 422),
        ("since=2020-01-01", 200), ("since=2027-01-01", 422),
        ("since=2026-02-13&known_at=2026-02-12", 422), ("since=2026-02-14", 200),
      ] {
        #expect(try await site.get("/api/changes?\(query)").status == status, "\(query)")
      }
    }
  }

  @Test("The page leads with what is dated before and was recorded after; the entries are linked")
  func page() async throws {
    try await withChanges { site, books, since in
      let last = try await site.books.answer(TrailEnd())
      let page = try await site.get("/changes?since=\(since)&lang=en&reference_date=2026-02-14")
      #expect(page.status == 200)
      let text = page.text
      let lead = try #require(text.firstRange(of: "id=\"panel-back-dated\""))
      let totals = try #require(text.firstRange(of: "id=\"panel-total-KRW\""))
      #expect(lead.lowerBound < totals.lowerBound)
      for part in [
        "/trail/\(last - 2)?", "Payment recorded</a>", "KRW +4", "USD +2.50",
        "<td data-label=\"Now\">S 2</td>", "As of 2026-02-14",
      ] {
        #expect(text.contains(part), "\(part)")
      }
      let fund = try await site.get(
        "/changes?since=\(since)&lang=en&reference_date=2026-02-14&fund=\(books["K"])")
      #expect(fund.text.contains("id=\"panel-commitment-\(books["K.GP"])\""))
      #expect(!fund.text.contains("panel-total-KRW"))
      let known = try await site.get("/fund-overview?known_at=\(since)&lang=en").text
      #expect(known.contains("id=\"changes-since\" href=\"/changes?lang=en&amp;since=\(since)\""))
    }
  }

  @Test("Without a moment it asks for one; one that is none stays in its field, with a sentence")
  func asked() async throws {
    try await withChanges { site, _, since in
      let asking = try await site.get("/changes?lang=en")
      #expect(asking.status == 200 && asking.text.contains("Say since when"))
      for (query, sentence) in [
        ("since=then", "“then” is not a moment"), ("since=2026-02-15", "is still to come"),
        ("since=2026-02-14&known_at=2026-02-13", "later than the one to compare with"),
      ] {
        let page = try await site.get("/changes?lang=en&\(query)")
        #expect(page.status == 422 && page.text.contains(sentence), "\(query)")
        #expect(page.text.contains("id=\"since-problem\""), "\(query)")
      }
      #expect(try await site.get("/changes?since=\(since)&fund=99").status == 404)
      #expect(try await site.get("/changes?since=\(since)&fund=x").status == 422)
      let head = try #require(try await site.books.answer(TrailHead.Question()))
      let none = try await site.get("/changes?since=\(head.stamp.recordedAt)&lang=en")
      #expect(none.text.contains("Nothing that was recorded since moved a figure"))
      #expect(site.log.all == [])
    }
  }
}
