import Bookkeeping
import FundModel
import RandomBooks
import Testing

@testable import Web

/// The text that calendar programs read (RFC 5545).
@Suite("iCalendar")
struct ICalendarTests {
  private let token = Secret(bytes: [UInt8](repeating: 9, count: Secret.byteCount))!

  @Test("A feed reads as expected, with amounts and without")
  func golden() async throws {
    try await withSite { site in
      _ = try await SmallBooks(in: site)
      for (name, withAmounts, language) in [
        ("feed.ics", false, Language.ko), ("feed-amounts.en.ics", true, .en),
      ] {
        let token = Secret(
          bytes: [UInt8](repeating: withAmounts ? 1 : 2, count: Secret.byteCount))!
        _ = try await site.books.perform(
          MakeCalendarFeed(name: "전화; 집, \\ 회사", withAmounts: withAmounts, token: token),
          by: "test")
        let content = try #require(
          try await site.books.answer(CalendarFeedContent(at: token, AsOf(Sample.day))))
        let text = String(decoding: iCalendar(content, Wording(language, .won)), as: UTF8.self)
        // The instants are those of the run's clock, which a story's steps move.
        try expectGolden(name, text.replacing("\r\n", with: "\n"))
        #expect(text.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" } == false)
      }
    }
  }

  @Test("A naive reader gets back what was put in: folded, escaped, on the due date")
  func readsBack() async throws {
    let name = "미래; 투자, 조합 \\ 제1호 " + String(repeating: "가나다라마바사 ", count: 12) + "끝"
    let calendar = try await feed(fund: name, due: "2026-02-28")
    let lines = try NaiveCalendar(calendar)
    #expect(lines.events.count == 1)
    let event = try #require(lines.events.first)
    #expect(event["UID"] == "call-1@jangbu")
    #expect(event["DTSTART;VALUE=DATE"] == "20260228")
    #expect(event["DTEND;VALUE=DATE"] == "20260301")
    #expect(event["SUMMARY"]?.hasPrefix("\(name) · 조합원 · 1차 최초납입 · 예정") == true)
    #expect(event["DTSTAMP"]?.count == 16 && event["DTSTAMP"]?.hasSuffix("Z") == true)
    #expect(lines.longest <= 75)
    #expect(lines.folds > 3)
  }

  @Test("The last day of all has no next one")
  func lastDay() async throws {
    let lines = try NaiveCalendar(try await feed(fund: "F", due: "2199-12-31"))
    #expect(lines.events[0]["DTSTART;VALUE=DATE"] == "21991231")
    #expect(lines.events[0]["DTEND;VALUE=DATE"] == nil)
  }

  @Test("Books without a call are a calendar without an event")
  func empty() async throws {
    let test = try await TestBooks(at: noon)
    _ = try await test.books.perform(
      MakeCalendarFeed(name: "F", withAmounts: false, token: token), by: "test")
    let content = try #require(
      try await test.books.answer(CalendarFeedContent(at: token, AsOf(Sample.day))))
    let lines = try NaiveCalendar(iCalendar(content, Wording(.ko, .won)))
    #expect(lines.events.isEmpty)
  }

  /// A fund with one call on its partner, as a feed without amounts.
  private func feed(fund name: String, due: String) async throws -> [UInt8] {
    let test = try await TestBooks(at: noon)
    let books = test.books
    let fund = try await books.perform(
      RegisterFund(
        terms: FundTerms(name: name, gpCommitment: .zero(.krw)),
        commitmentTotal: Money(minorUnits: 1_000, .krw)), by: "test"
    ).outcome
    let party = try await books.perform(RegisterParty(name: "LP"), by: "test").outcome
    let commitment = try await books.perform(
      Commit(
        fund: fund, side: .partners, party: party, amount: Money(minorUnits: 1_000, .krw),
        partnerType: "기관"), by: "test"
    ).outcome
    _ = try await books.perform(
      IssueCapitalCall(
        fund: fund, callType: "최초납입", noticeDate: CalendarDate("2026-01-05")!,
        dueDate: CalendarDate(due)!,
        shares: .explicit([
          CallShares.Item(commitment: commitment, amount: Money(minorUnits: 100, .krw))
        ])), by: "test")
    _ = try await books.perform(
      MakeCalendarFeed(name: "F", withAmounts: false, token: token), by: "test")
    let content = try #require(
      try await books.answer(CalendarFeedContent(at: token, AsOf(Sample.day))))
    return iCalendar(content, Wording(.ko, .won))
  }
}

/// Reads an iCalendar object as simply as can be: unfolds, splits, unescapes.
private struct NaiveCalendar {
  private(set) var events: [[String: String]] = []
  /// Octets of the longest line without its end.
  private(set) var longest = 0
  private(set) var folds = 0

  init(_ bytes: [UInt8]) throws {
    let text = try #require(String(validating: bytes, as: UTF8.self))
    #expect(text.hasSuffix("END:VCALENDAR\r\n"))
    let physical = text.unicodeScalars.split(separator: "\r\n".unicodeScalars).map {
      String(String.UnicodeScalarView($0))
    }
    longest = physical.map(\.utf8.count).max() ?? 0
    var lines: [String] = []
    for line in physical {
      if line.hasPrefix(" ") {
        folds += 1
        lines[lines.count - 1] += line.dropFirst()
      } else {
        lines.append(line)
      }
    }
    #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
    #expect(lines.contains("VERSION:2.0") && lines.contains { $0.hasPrefix("PRODID:") })
    for line in lines {
      if line == "BEGIN:VEVENT" { events.append([:]) }
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      guard !events.isEmpty, parts.count == 2 else { continue }
      events[events.count - 1][parts[0]] = Self.unescaped(parts[1])
    }
  }

  private static func unescaped(_ text: String) -> String {
    var plain = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\\", let next = rest.popFirst() {
        plain.unicodeScalars.append(next == "n" ? "\n" : next)
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }
}
