import Bookkeeping
import Foundation
import FundModel
import RandomBooks
import Testing

@testable import Web

/// A partner sees its own commitments and nothing else of the books.
@Suite("What a partner sees")
struct PartnerTests {
  @Test("Own amounts, and no name or amount of anybody else, on every page that it may see")
  func own() async throws {
    try await withSite(demo: true) { site in
      let party = try #require(
        try await site.books.answer(Partners()).first { $0.name == "개인투자자" })
      let person = try await site.person(
        .partner, named: "investor", parties: [party.id.rawValue])
      let partner = site.asked(by: person)
      let day = "reference_date=2025-03-05&unit=won"
      let fund = try await partner.get("/funds/1?\(day)")
      #expect(fund.status == 200)
      // Promised 900, asked 900 and −161, of which 161 is still to be returned on that day.
      for amount in ["900,000,000", "739,000,000", "161,000,000"] {
        #expect(fund.text.contains(amount), "\(amount)")
      }
      let everyone = try await site.books.answer(Partners()).map(\.name)
      let companies = try await site.books.answer(
        CompaniesAsOf(AsOf(CalendarDate("2026-02-14")!))
      ).map(\.party.name)
      let others = (everyone + companies).filter { !$0.isEmpty && $0 != "개인투자자" }
      #expect(others.count > 10)
      let standing = try await site.books.answer(
        FundAsOf(Fund.ID(rawValue: 1), AsOf(CalendarDate("2025-03-05")!)))
      let sums = [standing.row.commitmentTotal, standing.row.paidIn, standing.row.invested]
        .map { DisplayUnit.won.text($0) }
      let own = try await site.books.answer(OwnFundsAsOf([party.id], AsOf(.latest)))
      #expect(own.count == 3)
      let pages = ["/fund-overview", "/calendar", "/find", "/keys", "/account"]
      let ownPages =
        own.map { "/funds/\($0.id)" }
        + own.flatMap { $0.calls.map { "/calls/\($0.standing.call.id)" } }
      for place in pages + ownPages {
        let page = try await partner.get("\(place)?\(day)")
        #expect(page.status == 200, "\(place)")
        for name in others { #expect(!page.text.contains(name), "\(place): \(name)") }
        for sum in sums { #expect(!page.text.contains(sum), "\(place): \(sum)") }
      }
      // Someone else's is like what is not there.
      let all = (1...9).map { "/funds/\($0)" } + (1...30).map { "/calls/\($0)" }
      for place in Set(all).subtracting(ownPages) {
        #expect(try await partner.get(place).status == 404, "\(place)")
      }
      let found = try await partner.get("/find?q=조합&\(day)")
      #expect(found.text.contains("미래투자조합"))
      let parts = found.text.matches(of: /href="\/funds\/(\d+)/).map { String($0.1) }
      #expect(Set(parts) == Set(own.map(\.id.description)))
    }
  }

  @Test("What others do on a shared call changes nothing that a partner can tell")
  func others() async throws {
    try await withSite(demo: true) { site in
      let parties = try await site.books.answer(Partners())
      let own = try #require(parties.first { $0.name == "개인투자자" }).id
      let person = try await site.person(
        .partner, named: "investor", parties: [own.rawValue])
      let token = Secret(asSent: "").derived(for: "feed")
      _ = try await site.books.perform(
        MakeCalendarFeed(name: "F", withAmounts: true, reader: person.id, token: token),
        by: "tester")
      func seen() async throws -> [String] {
        let page = try await site.asked(by: person).get("/fund-overview").text
        let known = try #require(page.firstMatch(of: /data-known="(\d+)"/)).1
        return [
          String(known),
          String(try await site.books.answer(OwnTrailLength([own]))),
          try await site.asked(by: nil).get("/calendar/\(token.text).ics").text,
        ]
      }
      func refund(of isOwn: Bool) async throws {
        // Somebody is paid back on a call that asks the partner too.
        let sheets = try await site.books.answer(
          CallSheetsAsOf(.ofFund(Fund.ID(rawValue: 1)), AsOf(site.books.clock.today)))
        let line = try #require(
          sheets.first?.lines.first {
            ($0.commitment.party.id == own) == isOwn && $0.standing.paid.isPositive
          })
        _ = try await site.books.perform(
          RecordRefund(
            ItemMovement(
              item: line.standing.item.id, amount: Money(minorUnits: 1, .krw),
              paidDate: site.books.clock.today)), by: "tester")
      }
      let before = try await seen()
      site.tested.clock.advance(seconds: 60)
      try await refund(of: false)
      #expect(try await seen() == before)
      try await refund(of: true)
      let after = try await seen()
      #expect(after[0] != before[0] && after[1] != before[1] && after[2] != before[2])
    }
  }

  @Test("A feed's reader that cannot be read, or is no partner, makes no feed")
  func strangeReaders() async throws {
    try await withSite(demo: true) { site in
      let viewer = try await site.person(.viewer, named: "auditor")
      for (reader, status) in [
        ("abc", 400), ("+1", 400), ("4.0", 400), ("99", 404), ("\(viewer.id)", 404), ("1", 404),
      ] {
        let answer = try await site.send(
          "form=makeCalendarFeed&request_key=\(reader)&name=Phone&reader=\(reader)",
          to: "/calendar/feeds")
        #expect(answer.status == status, "\(reader): \(answer.status)")
      }
      #expect(try await site.books.answer(CalendarFeeds()).isEmpty)
    }
  }

  @Test("Its pages say the unit, what is not formed yet, and the terms")
  func says() async throws {
    try await withSite(demo: true) { site in
      let party = try #require(
        try await site.books.answer(Partners()).first { $0.name == "개인투자자" })
      let partner = site.asked(
        by: try await site.person(.partner, named: "investor", parties: [party.id.rawValue]))
      let own = try await site.books.answer(
        OwnFundsAsOf([party.id], fund: .init(rawValue: 1), AsOf(.latest)))
      let call = try #require(own.first?.calls.first).standing.call.id
      for (place, unit) in [
        ("/fund-overview?", "백만원"), ("/funds/1?", "백만원"), ("/funds/1?unit=won&", "원"),
        ("/calls/\(call)?", "원"),
      ] {
        let page = try await partner.get("\(place)reference_date=2025-03-05").text
        #expect(page.contains("<p class=\"head-note\">단위 \(unit)</p>"), "\(place)")
      }
      for place in ["/fund-overview", "/funds/1"] {
        for (day, isMarked) in [("2024-01-05", true), ("2026-02-14", false)] {
          let page = try await partner.get("\(place)?reference_date=\(day)").text
          #expect(page.contains(Phrase.notFormed.ko) == isMarked, "\(place) on \(day)")
        }
      }
      let terms = try await partner.get("/funds/1?reference_date=2025-03-05").text
      #expect(terms.contains("<dt>잔존기간</dt><dd>7년 3개월</dd>"))
      #expect(terms.contains("<dt>기준수익률</dt><dd>2.0%</dd>"))
    }
  }

  @Test("A feed made for a partner shows its own items, and ends with it")
  func feed() async throws {
    try await withSite(demo: true) { site in
      let party = try #require(
        try await site.books.answer(Partners()).first { $0.name == "개인투자자" })
      let person = try await site.person(.partner, named: "investor", parties: [party.id.rawValue])
      let made = try await site.send(
        "form=makeCalendarFeed&request_key=f&name=Phone&with_amounts=true&reader=\(person.id)",
        to: "/calendar/feeds")
      let address = try #require(
        made.text.firstMatch(of: /value="http:\/\/[^\/"]*([^"]*\.ics[^"]*)"/)
      ).1
      let nobody = site.asked(by: nil)
      let feed = try await nobody.get(String(address))
      #expect(feed.status == 200)
      let own = try await site.books.answer(OwnFundsAsOf([party.id], AsOf(site.books.clock.today)))
      #expect(feed.text.count(of: "BEGIN:VEVENT") == own.flatMap(\.calls).count)
      #expect(own.flatMap(\.calls).count < 12)
      #expect(!feed.text.contains("→"))
      _ = try await site.books.perform(EndUser(user: person.id), by: "tester")
      #expect(try await nobody.get(String(address)).status == 404)
    }
  }

  @Test("The figures are those of the fund's own page, restricted: for random books at random days")
  func agree() async throws {
    for seed in UInt64(1)...4 {
      let test = try await TestBooks(at: Instant("2025-01-02T03:00:00Z")!)
      var story = RandomStory(seed: seed)
      try await story.tell(120, to: test)
      for party in try await test.books.answer(Partners()) {
        for day in [CalendarDate("2024-06-30")!, CalendarDate("2025-06-30")!, .latest] {
          let asOf = AsOf(day)
          let own = try await test.books.answer(OwnFundsAsOf([party.id], asOf))
          for fund in own {
            let whole = try await test.books.answer(FundAsOf(fund.id, asOf))
            let theirs = whole.commitments.filter {
              $0.commitment.side == .partners && $0.commitment.party.id == party.id
            }
            #expect(fund.commitments == theirs)
            let paid = try Money.sum(
              fund.entries.filter { $0.reversedBy == nil && !$0.entry.kind.isReversal }
                .map(\.entry.cashMoved), in: fund.currency)
            #expect(fund.isStated || paid == fund.position.paid)
            #expect(fund.entries.allSatisfy { $0.party.id == party.id })
            #expect(
              fund.calls.allSatisfy { $0.lines.allSatisfy { $0.commitment.party.id == party.id } })
          }
        }
      }
    }
  }
}

extension String {
  fileprivate func count(of part: String) -> Int { components(separatedBy: part).count - 1 }
}
