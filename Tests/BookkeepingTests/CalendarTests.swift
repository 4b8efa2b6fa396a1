import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// Cards on the calendar: each on its call's due date, whatever was paid when.
@Suite("The calendar of due dates")
struct CalendarTests {
  @Test("Case 1: at every date the card sits on the due date, with the status of that date")
  func balerion() async throws {
    let story = try await Story(CaseBooks.balerion)
    let first = "2026-03-15 Fund A → Balerion Space Ventures II, call 1"
    for (day, card, outstanding) in [
      ("2026-02-19", "scheduled, not yet noticed, 400000, paid –", ""),
      ("2026-03-01", "scheduled, 400000, paid –", "USD 400,000.00"),
      ("2026-03-15", "partially_paid 25.00, 300000, paid 2026-03-10", "USD 300,000.00"),
      (
        "2026-03-16", "partially_paid 25.00, overdue 1, 300000, paid 2026-03-10",
        "USD 300,000.00"
      ),
      ("2026-03-31", "complete, 0, paid 2026-03-20", ""),
      ("2026-05-16", "complete, 0, paid 2026-03-20", ""),
    ] {
      let march = try await calendar(story, on: day, month: "2026-03")
      #expect(march.cards.map(text) == ["\(first): \(card)"], "\(day)")
      #expect(march.outstanding.map(\.description).joined() == outstanding, "\(day)")
      let may = try await calendar(story, on: day, month: "2026-05")
      let status =
        switch day {
        case "2026-05-16": "scheduled, overdue 1, 200000, paid –"
        default: "scheduled, not yet noticed, 200000, paid –"
        }
      #expect(
        may.cards.map(text)
          == ["2026-05-15 Fund A → Balerion Space Ventures II, call 2: \(status)"], "\(day)")
      // Not on a paid date's month, not on a notice date's.
      for month in ["2026-02", "2026-04"] {
        #expect(try await calendar(story, on: day, month: month).cards.isEmpty)
      }
    }

    let before = try await story.now
    try await story.tell(CaseBooks.reversal)
    let after = try await calendar(story, on: "2026-03-31", month: "2026-03")
    #expect(
      after.cards.map(text)
        == ["\(first): partially_paid 25.00, overdue 16, 300000, paid 2026-03-10"])
    let known = try await calendar(story, on: "2026-03-31", month: "2026-03", knownAt: before)
    #expect(known.cards.map(text) == ["\(first): complete, 0, paid 2026-03-20"])
  }

  @Test("Case 2: partly paid on its due date, 40 %")
  func onlyPartlyPaid() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     Fund A           USD 5,000,000
      2026-01-05  commits  Target           1,000,000
      2026-02-15  call 1   due 2026-03-15   Target 1,000,000
      2026-03-15  pays 1   Target           400,000
      """)
    let march = try await calendar(story, on: "2026-03-15")
    #expect(
      march.cards.map(text)
        == [
          "2026-03-15 Fund A → Target, call 1: partially_paid 40.00, 600000, paid 2026-03-15"
        ])
    #expect(march.month.description == "2026-03")
  }

  @Test("Case 6: of an undone direct investment there is nothing; the other only when asked for")
  func undone() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     Fund B  KRW 1,000
      2026-01-10  invests  X       50
      2026-02-10  invests  X       70
      2026-01-10  undoes   X
      """)
    let direct = CalendarFilter(includesDirect: true)
    for month in ["2026-01", "2026-02"] {
      #expect(try await calendar(story, on: "2026-12-31", month: month).cards.isEmpty)
    }
    for (day, month, cards) in [
      ("2026-12-31", "2026-01", []), ("2026-01-31", "2026-01", []), ("2026-02-09", "2026-02", []),
      (
        "2026-02-10", "2026-02", ["2026-02-10 Fund B → X, call 1: complete, 0, paid 2026-02-10"]
      ),
    ] {
      #expect(
        try await calendar(story, on: day, month: month, filter: direct).cards.map(text) == cards,
        "\(day)")
    }
  }

  @Test("A cancelled call is on the calendar until it is cancelled; an amended one moves")
  func cancelled() async throws {
    let story = try await Story(
      """
      2026-01-01  fund       F    KRW 1,000
      2026-01-01  partner    LP   기관  1,000
      2026-01-05  call 1     due 2026-01-31  LP 100
      2026-01-05  call 2     due 2026-01-31  LP 50
      2026-01-20  cancels 1
      """)
    func numbers(_ day: String, _ month: String = "2026-01") async throws -> [Int64] {
      try await calendar(story, on: day, month: month).cards.map(\.standing.call.number)
    }
    #expect(try await numbers("2026-01-19") == [1, 2])
    #expect(try await numbers("2026-01-20") == [2])
    let call = try await calendar(story, on: "2026-01-20").cards[0].standing.call.id
    _ = try await story.books.perform(
      AmendCapitalCall(call: call, dueDate: CalendarDate("2026-02-27")), by: "maria")
    #expect(try await numbers("2026-01-20") == [])
    #expect(try await numbers("2026-01-20", "2026-02") == [2])
  }

  @Test("Filters by fund, side and status")
  func filters() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     F    KRW 1,000
      2026-01-01  partner  LP   기관  1,000
      2026-01-01  commits  X    100
      2026-01-05  call 1   due 2026-01-31  LP 100
      2026-01-05  call 2   due 2026-01-10  LP 50
      2026-01-05  call 3   due 2026-01-20  LP 10
      2026-01-25  call 4   due 2026-01-31  LP 10
      2026-01-05  call 1   due 2026-01-12  X 40
      2026-01-06  pays 1   LP  100
      2026-01-06  pays 2   LP  20
      """)
    func numbers(_ filter: CalendarFilter) async throws -> [String] {
      try await calendar(story, on: "2026-01-15", filter: filter).cards.map {
        "\($0.standing.call.side.rawValue.prefix(1))\($0.standing.call.number)"
      }
    }
    #expect(try await numbers(CalendarFilter()) == ["p2", "i1", "p3", "p1", "p4"])
    #expect(try await numbers(CalendarFilter(side: .investments)) == ["i1"])
    for (status, expected) in [
      (CalendarFilter.Status.scheduled, ["i1", "p3", "p4"]), (.notYetNoticed, ["p4"]),
      (.partiallyPaid, ["p2"]), (.complete, ["p1"]), (.overdue, ["p2", "i1"]),
    ] {
      #expect(try await numbers(CalendarFilter(status: status)) == expected, "\(status)")
    }
    let fund = try story.fundID()
    #expect(try await numbers(CalendarFilter(fund: fund, status: .overdue)) == ["p2", "i1"])
    let other = try await story.books.perform(
      RegisterFund(
        terms: FundTerms(name: "G", gpCommitment: .zero(.krw)), commitmentTotal: .zero(.krw)),
      by: "maria"
    ).outcome
    #expect(try await numbers(CalendarFilter(fund: other)) == [])
  }

  @Test("An empty month names the next due date, else the last one; an open call brings its month")
  func nearest() async throws {
    let story = try await Story(CaseBooks.balerion)
    for (month, nearest) in [
      ("2026-01", "2026-03-15"), ("2026-04", "2026-05-15"), ("2027-01", "2026-05-15"),
    ] {
      let empty = try await calendar(story, on: "2026-04-02", month: month)
      #expect(empty.cards.isEmpty)
      #expect(empty.nearest?.description == nearest)
    }
    let call = try await calendar(story, on: "2026-05-01").cards[0].standing.call.id
    let open = try await story.books.answer(
      CalendarAsOf(call: call, AsOf(CalendarDate("2026-03-01")!), homeCurrency: .krw))
    #expect(open.month.description == "2026-05")
    #expect(open.open?.card.standing.call.id == call)
    await #expect(throws: Refusal.unknown(.call, 99)) {
      try await story.books.answer(
        CalendarAsOf(
          call: CapitalCall.ID(rawValue: 99), AsOf(.latest), homeCurrency: .krw))
    }
    let none = try await calendar(try await Story(), on: "2026-04-02")
    #expect(none.nearest == nil && none.funds.isEmpty)
  }

  private func calendar(
    _ story: Story, on day: String, month: String? = nil,
    filter: CalendarFilter = CalendarFilter(), knownAt: Instant? = nil
  ) async throws -> CallCalendar {
    try await story.books.answer(
      CalendarAsOf(
        month: month.flatMap { CalendarMonth($0) }, filter: filter,
        AsOf(CalendarDate(day)!, knownAt: knownAt), homeCurrency: .krw))
  }

  private func text(_ card: CallCard) -> String {
    let standing = card.standing
    let name = [card.fund.terms.name, card.investment?.name].compactMap { $0 }
      .joined(separator: " → ")
    var words = [standing.status.rawValue]
    if standing.status == .partiallyPaid {
      words[0] += " " + (standing.paidPercent?.digits(decimals: 2) ?? "–")
    }
    if !standing.isNoticed { words.append("not yet noticed") }
    if standing.isOverdue { words.append("overdue \(standing.daysOverdue)") }
    words.append((standing.isNoticed ? standing.outstanding : standing.amount).digits)
    words.append("paid \(standing.lastPaidOn?.description ?? "–")")
    return "\(card.day) \(name), call \(standing.call.number): \(words.joined(separator: ", "))"
  }
}
