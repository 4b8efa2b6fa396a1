import Bookkeeping
import FundModel
import Testing

@testable import Web

/// The answer whose shape is fixed, on the demo books.
@Suite("The overview's answer")
struct OverviewAnswerTests {
  private let day = "/api/funds/overview?reference_date=2026-02-14"

  @Test("The first fund and the totals read to the letter as in product.md §4")
  func fixedShape() async throws {
    let answer = try await withSite(demo: true) { site in try await site.get(day) }
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == "application/json")
    let first =
      #"{"reference_date":"2026-02-14","funds":[{"no":1,"id":1,"name":"미래투자조합","#
      + #""fund_type":"농림수산식품투자조합","status":"active","fund_manager":"김00","currency":"KRW","#
      + #""formation_date":"2024-07-02","formed":true,"investment_period_end":"2028-07-01","#
      + #""investment_period_progress":40.55,"maturity_date":"2032-07-01","#
      + #""commitment_total":20203000000,"total_paid_in":14142000000,"paid_in_basis":"cash","#
      + #""paid_in_ratio":70.00,"gp_commitment":2203000000,"gp_paid_in":2203000000,"#
      + #""total_invested":13500000000,"uninvested":6703000000,"investment_assets":13500000000,"#
      + #""company_count":6,"hurdle_rate":2.0,"remaining_period":"6년 4개월","#
      + #""remaining":{"state":"running","years":6,"months":4,"days":17}},{"no":2,"#
    #expect(answer.text.hasPrefix(first))
    let totals =
      #"{"currency":"KRW","fund_count":8,"commitment_total":106828000000,"#
      + #""total_paid_in":48109000000,"paid_in_basis":"cash","paid_in_ratio":45.03,"#
      + #""gp_paid_in":3316000000,"total_invested":45207000000,"uninvested":61621000000,"#
      + #""investment_assets":45207000000,"company_count":24,"distinct_company_count":10}"#
    #expect(
      answer.text.hasSuffix(#","totals":\#(totals),"totals_by_currency":{"KRW":\#(totals)}}"#))
    try expectGolden("overview.json", try answer.json().pretty() + "\n")
  }

  @Test("Funds not formed can be left out of rows and totals")
  func formedOnly() async throws {
    let json = try await withSite(demo: true) { site in
      try await site.get(day + "&formed_only=true").json()
    }
    #expect(json["funds"]?.asList.count == 7)
    for (name, figure) in [
      ("fund_count", "7"), ("commitment_total", "93328000000"), ("total_paid_in", "48109000000"),
      ("gp_paid_in", "3316000000"), ("total_invested", "45207000000"),
      ("uninvested", "48121000000"), ("company_count", "24"),
    ] {
      #expect(json.at("totals", name)?.asDigits == figure, "\(name)")
    }
  }

  @Test("Today where the date is left out; a day of known_at is its end in Seoul")
  func clocks() async throws {
    try await withSite(demo: true) { site in
      #expect(try await site.get("/api/funds/overview").json()["reference_date"] == "2026-02-14")
      for (knownAt, funds) in [
        ("2026-02-13", 0), ("2026-02-14", 8), ("2026-02-14T02:59:59Z", 0),
        ("2026-02-14T12:00:01%2B09:00", 8), ("2026-02-14T12:00:01+09:00", 8),
        ("2026-02-14T03:00:01Z", 8),
      ] {
        let answer = try await site.get("/api/funds/overview?known_at=\(knownAt)")
        #expect(answer.status == 200)
        #expect(try answer.json()["funds"]?.asList.count == funds, "\(knownAt)")
      }
    }
  }

  @Test("Currencies are never added together; a ratio over nothing is null")
  func currencies() async throws {
    try await withSite { site in
      let empty = try await site.get("/api/funds/overview").json()
      #expect(empty["funds"] == [])
      #expect(empty.at("totals", "paid_in_ratio") == .null)
      #expect(empty["totals_by_currency"] == .object([]))
      _ = try await SmallBooks(in: site)
      let json = try await site.get("/api/funds/overview").json()
      #expect(json.at("totals_by_currency", "USD", "commitment_total")?.asDigits == "10")
      #expect(json.at("totals_by_currency", "KRW", "total_paid_in")?.asDigits == "690")
      #expect(json.at("totals", "paid_in_basis") == "mixed")
      #expect(json["totals"] == json.at("totals_by_currency", "KRW"))
    }
  }

  @Test("Funds written at once read as each does by itself, whichever list is asked for when")
  func writtenAtOnce() throws {
    let names = ["가", "A \"quoted\" name", String(repeating: "긴 이름 ", count: 20), ""]
    let rows = try (0..<70).map { number in
      var terms = Sample.terms
      terms.name = names[number % names.count]
      if number % 7 == 3 { terms.formationDate = nil }
      if number % 5 == 1 { terms.maturityDate = Sample.day.adding(days: number - 30) }
      return try Sample.row(
        Int64(number), currency: number % 3 == 0 ? .usd : .krw, terms: terms,
        paidIn: Int64(number) * 1_234_567_891 - 5, basis: number % 2 == 0 ? .cash : .stated)
    }
    var amended = rows
    amended[9] = try Sample.row(9, terms: FundTerms(name: "개명", gpCommitment: .zero(.krw)))
    for list in [rows, rows.filter(\.isFormed), rows, amended, amended.reversed(), rows, []] {
      let each = list.enumerated().map { number, row in
        overviewFundShape.json(OverviewLine(number: number + 1, row: row))
      }
      let text = overviewJSON(try Sample.overview(list)).text
      #expect(text.contains(#","funds":\#(JSON.array(each).text),"totals":"#))
    }
  }

  @Test("The command line prints the same")
  func sameOnTheCommandLine() async throws {
    try await withSite(demo: true) { site in
      let overview = try await site.books.answer(
        OverviewAsOf(
          AsOf(CalendarDate("2026-02-14")!), homeCurrency: site.books.settings.homeCurrency))
      #expect(try await site.get(day).text == overviewJSON(overview).text)
    }
  }
}
