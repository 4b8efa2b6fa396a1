import FundModel
import Testing

@testable import Web

@Suite("Pages")
struct PageTests {
  @Test("The overview shows 18 columns, seven cards and one total; nothing is escaped twice")
  func overview() throws {
    let page = try overviewPage(
      Sample.overview(), timeline: Sample.timeline, view: .init(), frame: .sample()
    )
    .markup
    #expect(page.count(of: "data-column=") == 18)
    #expect(page.count(of: "data-figure=") == 7)
    #expect(page.count(of: "<tr data-fund=") == 3)
    #expect(page.count(of: "<tr data-currency=") == 1)
    #expect(!page.contains("&lt;") && !page.contains("&quot;") && !page.contains("style="))
    #expect(page.contains("<html lang=\"ko\">"))
    for heading in OverviewColumn.all.map(\.heading.ko) where heading != "NO" {
      #expect(
        page.replacing("</span><span>", with: "").replacing("</span> <span>", with: " ")
          .contains(heading), "\(heading)")
    }
  }

  @Test("The same page in English has no Korean words of its own")
  func english() throws {
    var row = Sample.terms
    row.name = "Alder"
    row.fundType = "Buyout"
    let overview = try Sample.overview([Sample.row(1, terms: row)])
    let page = overviewPage(
      overview, timeline: Sample.timeline, view: .init(), frame: .sample(.en)
    ).markup
    let korean = page.unicodeScalars.filter { ("가"..."힣").contains($0) }
    #expect(String(String.UnicodeScalarView(korean)) == "장부장부한국어장부")
  }

  @Test("Stated figures are marked wherever they stand, and the legend says so")
  func stated() throws {
    let wording = Wording(.ko, .million)
    let overview = try Sample.overview([Sample.row(1, basis: .stated), Sample.row(2)])
    let line = OverviewLine(number: 1, row: overview.rows[0])
    let marked = OverviewColumn.all.filter { $0.plainText(line, wording).hasPrefix("기재 ") }
    #expect(marked.map(\.key) == ["paid_in", "paid_in_ratio", "gp_paid_in"])
    let totals = OverviewColumn.all.filter {
      $0.plainTotal(overview.totals, wording).hasPrefix("일부 기재 ")
    }
    #expect(totals.map(\.key) == ["paid_in", "paid_in_ratio", "gp_paid_in"])

    func page(_ rows: [OverviewRow]) throws -> String {
      overviewPage(
        try Sample.overview(rows), timeline: Sample.timeline, view: .init(), frame: .sample()
      ).markup
    }
    #expect(try page(Array(overview.rows)).contains(Phrase.statedNote.ko))
    #expect(try !page([Sample.row(2)]).contains("class=\"stated\""))
    #expect(try page([Sample.row(2)]).contains("<ul class=\"legend\"></ul>"))
  }

  @Test("A fund not formed on the day is marked and keeps the dates that it has")
  func forming() throws {
    let day = try #require(CalendarDate("2024-07-01"))
    let row = try Sample.row(1, on: day)
    let page = overviewPage(
      try Sample.overview([row], on: day), timeline: Sample.timeline, view: .init(),
      frame: .sample(on: day)
    ).markup
    #expect(page.contains("2024-07-02<small class=\"state\">"))
    #expect(page.contains(Phrase.notFormedNote.ko))
  }

  @Test("One set of cards and one total for each currency")
  func currencies() throws {
    let rows = [try Sample.row(1), try Sample.row(2, currency: .usd), try Sample.row(3)]
    let page = overviewPage(
      try Sample.overview(rows), timeline: Sample.timeline, view: .init(), frame: .sample()
    ).markup
    #expect(page.count(of: "class=\"cards-set") == 2)
    #expect(page.count(of: "<tr data-currency=") == 2)
    #expect(page.contains("단위 백만원, USD"))
  }

  @Test("Rows are sorted within their currency; rows without the figure come last")
  func sorting() throws {
    var undated = Sample.terms
    undated.maturityDate = nil
    let rows = [
      try Sample.row(1, paidIn: 5), try Sample.row(2, currency: .usd, paidIn: 90),
      try Sample.row(3, paidIn: 7), try Sample.row(4, terms: undated, paidIn: 7),
    ]
    let overview = try Sample.overview(rows)
    func order(_ column: String, _ order: String? = nil) throws -> [Int] {
      let sort = try #require(OverviewSort(column: column, order: order))
      return OverviewSort.lines(of: overview, by: sort).map(\.number)
    }
    #expect(try order("paid_in") == [3, 4, 1, 2])
    #expect(try order("paid_in", "asc") == [1, 3, 4, 2])
    #expect(try order("no", "desc") == [4, 3, 2, 1])
    #expect(try order("maturity_date", "asc").last == 4)
    #expect(try order("maturity_date", "desc").last == 4)
    #expect(OverviewSort(column: "colour") == nil)
    #expect(OverviewSort(column: "no", order: "up") == nil)
  }

  @Test("Links keep the reference date, the unit and what was known")
  func links() throws {
    let address = PageAddress(
      PageFrame.overviewPath,
      [.init("reference_date", "20260214"), .init("known_at", "2026-04-10"), .init("unit", "eok")])
    var frame = PageFrame(
      language: .ko, address: address, referenceDate: Sample.day, today: Sample.day
    ).knowing(
      KnownMoment(
        instant: Instant("2026-04-10T14:59:59.999999Z")!,
        time: try CivilTime(typed: "2026-04-10"), inAddress: "2026-04-10"))
    frame.signedIn = .sample
    let kept = "reference_date=2026-02-14&known_at=2026-04-10&unit=eok"
    #expect(frame.fundLink(Fund.ID(rawValue: 7)) == "/funds/7?\(kept)")
    #expect(frame.otherLanguageAddress.text == "/fund-overview?\(kept)&lang=en")
    let page = try overviewPage(
      Sample.overview(), timeline: Sample.timeline, view: .init(unit: .eok), frame: frame
    ).markup
    #expect(page.contains("name=\"known_at\" value=\"2026-04-10\""))
    #expect(page.contains("id=\"forget-known-at\""))
  }

  @Test("A date that cannot be read stays in the field; the way out works")
  func badDate() throws {
    let problem = DateProblem.noSuchDay(year: 2025, month: 2, day: 30)
    var frame = PageFrame(
      language: .ko,
      address: PageAddress(PageFrame.overviewPath, [.init("reference_date", "2025-02-30")]),
      referenceDate: Sample.day, today: Sample.day,
      unreadDate: .init(typed: "2025-02-30\"><b>", problem: problem))
    frame.signedIn = .sample
    let page = problemPage(.badDate(problem, today: Sample.day), frame: frame).markup
    #expect(page.contains("value=\"2025-02-30&quot;&gt;&lt;b&gt;\""))
    #expect(page.contains("aria-describedby=\"reference-date-problem\""))
    #expect(page.contains("href=\"/fund-overview?reference_date=2025-02-28\""))
    #expect(!page.contains("reference_date=2025-02-30"))
  }

  @Test("The rail of books without cash, and of cash on one day, can be drawn")
  func rails() throws {
    let none = CashTimeline(steps: [], dueDays: [])
    let life = LifeOfFunds(of: [], around: Sample.day)
    #expect(!rail(none, over: life, .sample()).markup.contains("NaN"))
    let far = PageFrame(
      language: .ko, address: PageAddress(PageFrame.overviewPath),
      referenceDate: .earliest, today: .latest)
    #expect(rail(none, over: life, far).markup.contains("value=\"0\""))
    #expect(rail(Sample.timeline, over: life, .sample()).markup.contains("class=\"rail-day\""))
  }

  @Test("A fund's page tells its calls' status and what is overdue, on each part that shows them")
  func fund() throws {
    for tab in [FundTab.summary, .partners] {
      let page = fundPage(try Sample.standing(), tab)
      #expect(page.contains("chip-partial"), "\(tab)")
      #expect(page.contains("연체 14일"), "\(tab)")
      #expect(page.contains("미납입 약정액"), "\(tab)")
      #expect(page.contains("1차 최초납입"), "\(tab)")
      #expect(!page.contains("&lt;"), "\(tab)")
    }
  }

  @Test("Every part of a fund's page leads to the others on the same day; one is the current one")
  func parts() throws {
    for tab in FundTab.allCases {
      let page = fundPage(try Sample.standing(), tab)
      #expect(page.contains("id=\"tab-\(tab.rawValue)\" href=\"/funds/1\(tab.path)?"), "\(tab)")
      for other in FundTab.allCases {
        #expect(
          page.contains("href=\"/funds/1\(other.path)?reference_date=2026-02-14\""),
          "\(tab) to \(other)")
      }
      let tabs = try #require(page.firstMatch(of: /<nav class="tabs".*?<\/nav>/)).0
      #expect(String(tabs).count(of: "aria-current=\"page\"") == 1, "\(tab)")
    }
  }

  @Test("On a fund's page every figure that rests on stated paid-in is marked")
  func statedFund() throws {
    func page(_ row: OverviewRow, _ tab: FundTab = .summary) throws -> String {
      fundPage(try Sample.standing(row: row), tab)
    }
    let stated = try page(Sample.row(1, basis: .stated))
    // Both percentages, 납입액, 미납입 약정액, GP출자금, 현금; three figures of a partner and of 합계.
    #expect(stated.count(of: "class=\"stated\"") == 6)
    let partners = try page(Sample.row(1, basis: .stated), .partners)
    #expect(partners.count(of: "class=\"stated\"") == 3 + 3)
    #expect(partners.contains("기재된 납입액 14,142백만원을 표시합니다."))
    #expect(stated.contains("기재된 납입액 14,142백만원을 표시합니다."))
    let swatch = "height=\"10\" class=\"meter-track\""
    #expect(stated.count(of: swatch) == 1)

    let cash = try page(Sample.row(1))
    #expect(!cash.contains("class=\"stated\""))
    #expect(try !page(Sample.row(1), .partners).contains("class=\"stated\""))
    #expect(cash.count(of: swatch) == 2)

    let none = try page(Sample.row(1, paidIn: 0, basis: .stated))
    #expect(none.contains(Phrase.nothingStatedNote.ko))
    #expect(none.contains("class=\"stated\""))
  }

  @Test("What is to be returned has a column as soon as there is some")
  func credits() throws {
    func page(_ credits: Int64) throws -> String {
      fundPage(try Sample.standing(creditsDue: credits), .partners)
    }
    let heading = "<th scope=\"col\" class=\"n\">반환할 금액</th>"
    #expect(try page(161).contains(heading))
    #expect(try !page(0).contains(heading))
  }

  @Test("The way back from a fund keeps the scope and the order; other links do not")
  func wayBack() throws {
    let query = [
      PageAddress.Parameter("unit", "eok"), .init("formed_only", "true"), .init("sort", "invested"),
    ]
    let frame = PageFrame(
      language: .ko, address: PageAddress(PageFrame.overviewPath, query),
      referenceDate: Sample.day, today: Sample.day)
    let kept = "unit=eok&formed_only=true&sort=invested"
    #expect(frame.fundLink(Fund.ID(rawValue: 7)) == "/funds/7?\(kept)")
    #expect(frame.wayBack.text == "/fund-overview?\(kept)")
    #expect(frame.overviewAddress.text == "/fund-overview?unit=eok")
  }

  @Test("A dissolved fund is marked at its name, not at its formation date")
  func dissolved() throws {
    var terms = Sample.terms
    terms.dissolutionDate = Sample.day
    let page = overviewPage(
      try Sample.overview([Sample.row(1, terms: terms)]), timeline: Sample.timeline,
      view: .init(), frame: .sample()
    ).markup
    #expect(page.contains("\(chip("closed", "해산").markup)</span></th>"))
    #expect(!page.contains("class=\"state\""))
  }

  @Test("A thousand rows take a moment")
  func many() throws {
    let rows = try (1...1_000).map { try Sample.row(Int64($0)) }
    let overview = try Sample.overview(rows)
    let took = ContinuousClock().measure {
      _ =
        overviewPage(
          overview, timeline: Sample.timeline, view: .init(), frame: .sample()
        ).markup.utf8.count
    }
    #expect(took < .seconds(5))
  }
}

/// One part of a fund's page, without history, entries and versions.
private func fundPage(_ standing: FundStanding, _ tab: FundTab) -> String {
  fundPage(
    FundPageContent(standing: standing, timeline: Sample.timeline), tab: tab, view: .init(),
    frame: PageFrame(
      language: .ko,
      address: PageAddress("/funds/1\(tab.path)", [.init("reference_date", "2026-02-14")]),
      referenceDate: Sample.day, today: Sample.day)
  ).markup
}

extension String {
  fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
