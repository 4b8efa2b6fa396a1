import FundModel
import Testing

@testable import Web

/// The pages of long tables, the days of the rail, and the answer to a drag.
@Suite("The time rail and long tables")
struct TablePagesTests {
  @Test(
    "Each row is on one page; past the end is the last, before the first is the first",
    arguments: [0, 1, 99, 100, 101, 250, 1_000])
  func everyRowOnce(_ count: Int) {
    let rows = Array(0..<count)
    let pages = TablePages(nil, of: count, as: "page").pages
    #expect(pages == max(1, (count + 99) / 100))
    let all = (1...pages).flatMap { TablePages(String($0), of: count, as: "page").shown(of: rows) }
    #expect(all == rows)
    let whole = TablePages("all", of: count, as: "page")
    #expect(whole.pages == 1 && whole.shown(of: rows) == rows)
    for (asked, number) in [
      (nil, 1), ("", 1), ("0", 1), ("-7", 1), ("x", 1), (String(pages + 1), pages),
      (String(Int.max), pages),
    ] {
      let shown = TablePages(asked, of: count, as: "page")
      #expect(shown.number == number)
      #expect(shown.shown(of: rows) == Array(rows[shown.places]))
    }
  }

  @Test("The pages listed are the ends, the page shown and those beside it")
  func listed() {
    func listed(_ number: Int, of pages: Int) -> String {
      TablePages(String(number), of: pages * 100, as: "page").listed
        .map { $0.map(String.init) ?? "…" }.joined(separator: " ")
    }
    #expect(listed(1, of: 1) == "1")
    #expect(listed(1, of: 3) == "1 2 3")
    #expect(listed(1, of: 10) == "1 2 … 10")
    #expect(listed(5, of: 10) == "1 … 4 5 6 … 10")
    #expect(listed(11, of: 12) == "1 … 10 11 12")
    // One page alone is not left out.
    #expect(listed(4, of: 10) == "1 2 3 4 5 … 10")
    #expect(listed(10, of: 10) == "1 … 9 10")
  }

  @Test("Totals, numbers and the order are of all funds, rows of one page")
  func overview() throws {
    let overview = try Sample.overview((1...250).map { try Sample.row($0, paidIn: $0 * 1_000_000) })
    func page(_ number: String, _ sort: OverviewSort? = nil) -> String {
      overviewPage(
        overview, timeline: Sample.timeline, view: .init(sort: sort, page: number), frame: .sample()
      ).markup
    }
    let last = page("9")
    #expect(last.count(of: "<tr data-fund=") == 50)
    #expect(
      last.contains("<td class=\"no\">250</td>") && !last.contains("<td class=\"no\">200</td>"))
    #expect(last.contains("31,375"), "the total of 1 to 250")
    #expect(last.contains("201–250"))
    #expect(page("all").count(of: "<tr data-fund=") == 250)
    let sorted = page("1", OverviewSort(column: "paid_in", order: "desc"))
    #expect(sorted.contains("data-fund=\"250\"") && !sorted.contains("data-fund=\"150\""))
    #expect(
      try !overviewPage(
        Sample.overview(), timeline: nil, view: .init(page: "2"), frame: .sample()
      ).markup.contains("table-pages"))
  }

  @Test("The rail reaches over the life of the funds, and over cash, today and the date asked for")
  func reach() throws {
    func ends(
      _ funds: [FundTerms], on day: String = "2026-02-14",
      _ timeline: CashTimeline = CashTimeline(steps: [], dueDays: [])
    ) throws -> [String] {
      let frame = PageFrame.sample(on: try #require(CalendarDate(day)))
      let life = LifeOfFunds(of: funds, around: frame.today)
      let markup = rail(timeline, over: life, frame).markup
      let first = try #require(markup.firstMatch(of: /data-rail="([-\d]+)"/)?.1)
      let days = try #require(markup.firstMatch(of: /max="(\d+)"/).flatMap { Int($0.1) })
      return [String(first), try #require(CalendarDate(first)).adding(days: days).description]
    }
    func fund(_ formation: String?, _ maturity: String?) -> FundTerms {
      var terms = Sample.terms
      terms.formationDate = formation.flatMap { CalendarDate($0) }
      terms.maturityDate = maturity.flatMap { CalendarDate($0) }
      return terms
    }
    #expect(try ends([Sample.terms]) == ["2024-06-30", "2032-07-31"])
    #expect(
      try ends([fund("2019-05-01", nil), fund(nil, "2040-01-31")]) == ["2019-04-30", "2040-01-31"])
    // Without dates there is room ahead.
    #expect(try ends([fund(nil, nil)]) == ["2026-01-31", "2026-05-31"])
    #expect(try ends([]) == ["2026-01-31", "2026-05-31"])
    // A date of another century is left out, and no fund before it.
    #expect(
      try ends([fund("1026-03-01", "9999-12-31"), Sample.terms]) == ["2024-06-30", "2032-07-31"])
    // Cash before the formation and a date after the maturity are on it.
    let cash = CashTimeline(
      steps: [
        .init(day: try #require(CalendarDate("2023-03-15")), paidIn: Money(minorUnits: 5, .krw))
      ],
      dueDays: [])
    #expect(try ends([Sample.terms], on: "2033-02-03", cash) == ["2023-02-28", "2033-02-28"])
  }

  @Test("A drag is answered with the figures alone, the same as on the whole page")
  func figuresOnly() async throws {
    try await withSite(demo: true) { site in
      for path in ["/fund-overview", "/funds/1", "/funds/1/ledger", "/calendar", "/calls/26"] {
        let uri = "\(path)?reference_date=2025-09-30&lang=en"
        let whole = try await site.get(uri)
        let part = try await site.get(uri, [PageFrame.figuresOnlyHeader: "1"])
        #expect(whole.status == 200 && part.status == 200)
        #expect(part.bytes.count < whole.bytes.count, "\(path)")
        #expect(!part.text.contains("<html") && !part.text.contains("id=\"rail\""))
        #expect(figures(part.text) == figures(whole.text), "\(path)")
        #expect(whole.header("Vary")?.contains(PageFrame.figuresOnlyHeader) == true)
      }
      // What is refused is refused alike.
      let refused = try await site.get(
        "/fund-overview?reference_date=2025-02-30", [PageFrame.figuresOnlyHeader: "1"])
      #expect(refused.status == 422)
    }
  }
}

/// `<main>` without what leads elsewhere, and without what is new in each page.
private func figures(_ page: String) -> String {
  let main = page.firstRange(of: "<main").map { page[$0.lowerBound...] } ?? ""
  let end = main.firstRange(of: "</main>")?.lowerBound ?? main.endIndex
  return String(
    main[..<end].replacing(#/ href="[^"]*"/#, with: "")
      .replacing(#/name="request_key" value="[^"]*"/#, with: ""))
}

extension String {
  fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
