import Bookkeeping
import FundModel
import RandomBooks
import Store
import Testing

/// Several items of a call, settled in one go.
@Suite("Settlements")
struct Settlements {
  private let call = CapitalCall.ID(rawValue: 2)

  /// Case 4 of `cases.md` beside a first call that is paid: items 1 to 5 of call 2 are 1,600, 1,000,
  /// 600, −161 and 1,001.
  private func caseFour(today: String = "2026-12-31") async throws -> Story {
    let story = try await Story(
      today: today,
      """
      2025-01-01  fund     F   KRW 20,000
      2025-01-01  partner  A   기관  5,000
      2025-01-01  partner  B   기관  5,000
      2025-01-01  partner  C   기관  5,000
      2025-01-01  partner  D   개인  900
      2025-01-01  partner  GP  GP    2,203
      2025-01-02  call 1   due 2025-01-31  D 900
      2025-01-05  pays 1   D   900
      2025-02-15  call 2   due 2025-03-01  A 1,600  B 1,000  C 600  D -161  GP 1,001
      """)
    return story
  }

  private func item(_ number: Int64) -> CallItem.ID { CallItem.ID(rawValue: number + 1) }
  private let day = CalendarDate(2025, 3, 10)!

  private func entries(_ story: Story) async throws -> [LedgerLine] {
    try await story.books.answer(LedgerAsOf(call: call, AsOf(.latest)))
  }

  @Test("Case 4 in one go: payments of 4,201, a refund of 161, paid-in grows by 4,040")
  func caseFourAtOnce() async throws {
    let story = try await caseFour()
    try await story.expect(
      .partners,
      """
      R          | outstanding | credits due | paid-in | call 2
      2025-03-05 | 4,201       | 161         | 900     | scheduled, overdue
      """)
    let before = try await story.books.answer(AuditTrail(limit: 1)).first?.stamp.sequence
    let receipt = try await story.books.perform(
      SettleCall(call: call, paidDate: day, memo: "일괄", reference: "W-310"), by: "maria")
    try await story.expect(
      .partners,
      """
      R          | outstanding | credits due | paid-in | GP    | call 2
      2025-03-09 | 4,201       | 161         | 900     | 0     | scheduled, overdue
      2025-03-10 | 0           | 0           | 4,940   | 1,001 | complete, 100 %, paid 2025-03-10
      """)

    let lines = try await entries(story)
    #expect(
      lines.map { "\($0.entry.kind.rawValue) \($0.party.name) \($0.entry.amount.digits)" } == [
        "payment A 1600", "payment B 1000", "payment C 600", "refund D 161", "payment GP 1001",
      ])
    #expect(lines.allSatisfy { $0.entry.effectiveOn == day })
    #expect(lines.allSatisfy { $0.memo == "일괄" && $0.reference == "W-310" })
    // One change of the books, right after the one before it.
    #expect(receipt.audit.sequence == before.map { $0 + 1 })
    #expect(lines.allSatisfy { $0.recorded == receipt.audit })
    #expect(try await settlements(story) == [["1", "1", "2025-03-10", "W-310", "일괄", "5"]])
    #expect(receipt.outcome == 1)
    #expect(try await story.books.answer(CheckBooks()).isEmpty)
  }

  @Test("What was paid before is left out; of an item paid in part the rest is settled")
  func whatIsLeft() async throws {
    let story = try await caseFour()
    try await story.tell(
      """
      2025-03-01  pays 2     A   1,600
      2025-03-01  pays 2     B   400
      2025-03-04  refunds 2  D   61
      """)
    try await story.books.settle(call, on: day)
    let lines = try await entries(story).suffix(4)
    #expect(
      lines.map { "\($0.entry.kind.rawValue) \($0.party.name) \($0.entry.amount.digits)" } == [
        "payment B 600", "payment C 600", "refund D 100", "payment GP 1001",
      ])
    try await story.expect(
      .partners, "R | outstanding | credits due | call 2\n2025-03-10 | 0 | 0 | complete, 100 %")
  }

  @Test("Only the items that are named, in the order of the call, each once")
  func named() async throws {
    let story = try await caseFour()
    try await story.books.settle(call, [item(4), item(1), item(4)], on: day)
    #expect(
      try await entries(story).map { "\($0.entry.kind.rawValue) \($0.entry.amount.digits)" }
        == ["payment 1600", "refund 161"])
    // One that is complete already is left out, as long as another is open.
    try await story.books.settle(call, [item(1), item(2)], on: day)
    #expect(try await entries(story).map(\.entry.amount.digits) == ["1600", "161", "1000"])
    try await story.expect(
      .partners,
      "R | outstanding | credits due | call 2\n2025-03-10 | 1,601 | 0 | partially paid, 62 %, overdue"
    )
  }

  @Test("An item that went back is open again and can be settled once more")
  func afterARefund() async throws {
    let story = try await caseFour()
    try await story.books.settle(call, on: day)
    try await story.tell("2025-03-12  refunds 2  A  1,600")
    await expectRefusal(
      .entry(.tooMuch(.payment, won(1_600), most: won(0), on: day)), story, on: day)
    try await story.books.settle(call, on: CalendarDate(2025, 3, 12)!)
    try await story.expect(
      .partners,
      "R | outstanding\n2025-03-11 | 0\n2025-03-12 | 0")
    #expect(try await entries(story).count == 7)
  }

  @Test("Each reason to refuse, and nothing is written when a single item refuses")
  func refusals() async throws {
    let story = try await caseFour(today: "2025-03-20")
    try await story.tell("2025-03-15  pays 2  GP  1,000")
    try await story.tell("2025-03-18  refunds 2  GP  1,000")
    let notice = CalendarDate(2025, 2, 15)!
    let today = CalendarDate(2025, 3, 20)!
    let early = notice.adding(days: -1)
    await expectRefusal(.entry(.beforeNotice(early, noticeDate: notice)), story, on: early)
    let tomorrow = today.adding(days: 1)
    await expectRefusal(.entry(.afterToday(tomorrow, today: today)), story, on: tomorrow)
    await expectRefusal(
      .unknown(.item, 99), story, [item(1), CallItem.ID(rawValue: 99)], on: today)
    // An item of the other call.
    await expectRefusal(.unknown(.item, 1), story, [CallItem.ID(rawValue: 1)], on: today)
    await expectRefusal(.nothingOpen, story, [], on: today)
    // The others could be settled on that day; GP's item, the last, held 1,000 on the 15th.
    let tooMuch = Refusal.entry(.tooMuch(.payment, won(1_001), most: won(1), on: day))
    await expectRefusal(tooMuch, story, on: day)
    await expectRefusal(tooMuch, story, [item(5), item(2), item(1)], on: day)

    try await story.books.settle(call, on: today)
    await expectRefusal(.nothingOpen, story, on: today)
    await expectRefusal(.nothingOpen, story, [item(2)], on: today)
    do {
      _ = try await story.books.perform(
        SettleCall(call: CapitalCall.ID(rawValue: 99), paidDate: today), by: "maria")
      Issue.record("There is no such call.")
    } catch { #expect(error as? Refusal == .unknown(.call, 99)) }
  }

  @Test("A cancelled call is not settled")
  func cancelled() async throws {
    let story = try await caseFour()
    try await story.tell("2025-02-20  cancels 2")
    await expectRefusal(
      .entry(.callCancelled(CalendarDate(2025, 2, 20)!)), story, on: day)
  }

  @Test("On the investments side the call of one item is settled alike")
  func investments() async throws {
    let story = try await Story(
      """
      2026-01-05  fund     Fund A  USD 5,000,000
      2026-01-05  commits  Balerion Space Ventures II  1,000,000
      2026-02-20  call 1   due 2026-03-15  Balerion Space Ventures II 400,000
      2026-03-10  pays 1   Balerion Space Ventures II  100,000
      """)
    try await story.books.settle(CapitalCall.ID(rawValue: 1), on: CalendarDate(2026, 3, 20)!)
    try await story.expect(
      .investments,
      """
      R          | noticed | called (paid) | outstanding | AUM     | call 1
      2026-03-19 | 400,000 | 100,000       | 300,000     | 100,000 | partially paid, 25 %, overdue
      2026-03-20 | 400,000 | 400,000       | 0           | 400,000 | complete, paid 2026-03-20
      """)
  }

  @Test("Known at: before the settlement was recorded, nothing of it")
  func knownAt() async throws {
    let story = try await caseFour()
    let before = try await story.now
    try await story.books.settle(call, on: day)
    let table = "R | outstanding | credits due | paid-in | call 2\n"
    try await story.expect(
      .partners, knownAt: before, table + "2025-03-10 | 4,201 | 161 | 900 | scheduled, overdue")
    try await story.expect(
      .partners, knownAt: try await story.now, table + "2025-03-10 | 0 | 0 | 4,940 | complete")
  }

  @Test("One of its entries is reversed alone; the others stand")
  func reversal() async throws {
    let story = try await caseFour()
    try await story.books.settle(call, on: day)
    try await story.tell("2025-03-10  reverses 2  C  600")
    try await story.expect(
      .partners,
      "R | outstanding | paid-in | call 2\n2025-03-10 | 600 | 4,340 | partially paid, 86 %, overdue"
    )
    #expect(try await story.books.answer(CheckBooks()).isEmpty)
  }

  @Test("Of twenty who settle the same call at once, one is taken")
  func atOnce() async throws {
    let story = try await caseFour()
    let command = SettleCall(call: call, paidDate: day)
    let (books, now) = (story.books, story.test.clock.now)
    let answers = try await withThrowingTaskGroup(of: ToldCommand.self) { group in
      for number in 0..<20 {
        group.addTask { try await books.tell(command, by: "teller \(number)", at: now) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count { $0.stamp != nil } == 1)
    for answer in answers where answer.stamp == nil {
      guard case .refused(.nothingOpen) = answer.answer else {
        Issue.record("\(answer.answer)")
        continue
      }
    }
    #expect(try await entries(story).count == 5)
  }

  // MARK: Asking

  private func won(_ units: Int64) -> Money { Money(minorUnits: units, .krw) }

  private func expectRefusal(
    _ expected: Refusal, _ story: Story, _ items: [CallItem.ID]? = nil, on day: CalendarDate,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    do {
      let before = try await story.test.dump()
      do {
        try await story.books.settle(call, items, on: day)
        Issue.record("This should have been refused.", sourceLocation: sourceLocation)
      } catch let refusal as Refusal {
        #expect(refusal == expected, sourceLocation: sourceLocation)
      }
      #expect(try await story.test.dump() == before, sourceLocation: sourceLocation)
    } catch { Issue.record(error, sourceLocation: sourceLocation) }
  }

  /// Each settlement with its id, fund, day, reference and memo, and how many entries it has.
  private func settlements(_ story: Story) async throws -> [[String]] {
    try await story.books.answer(EverySettlement())
  }
}

extension Books {
  fileprivate func settle(
    _ call: CapitalCall.ID, _ items: [CallItem.ID]? = nil, on day: CalendarDate
  ) async throws {
    _ = try await perform(SettleCall(call: call, items: items, paidDate: day), by: "maria")
  }
}

private struct EverySettlement: Query {
  func answer(from connection: any SQLConnection) throws -> [[String]] {
    try connection.rows(
      """
      SELECT s.id, s.fund_id, s.effective_on, s.reference, s.memo,
             (SELECT count(*) FROM entry e WHERE e.settlement_id = s.id) AS entries
      FROM settlement s ORDER BY s.id
      """
    ).map { row in
      try ["id", "fund_id"].map { String(try row.integer($0)) }
        + ["effective_on", "reference", "memo"].map { try row.text($0) }
        + [String(try row.integer("entries"))]
    }
  }
}
