import FundModel
import Testing

/// cases.md 3 and 4, and the rules around them, one by one.
@Suite("The guard of the cash ledger, as an accountant would write it")
struct GuardExamples {
  @Test("Paid 100 on the 2nd, refunded on the 4th: 50 on the 1st, 2nd or 3rd would be 150 between")
  func everyDay() throws {
    var story = ItemStory(amount: won(100), noticed: day(1))
    try story.take(.payment, 100, on: day(2))
    try story.take(.refund, 100, on: day(4))

    for number in 1...3 {
      #expect(throws: tooMuch(.payment, won(50), most: won(0), on: day(number))) {
        try story.take(.payment, 50, on: day(number))
      }
    }
    #expect(throws: tooMuch(.payment, won(101), most: won(100), on: day(4))) {
      try story.take(.payment, 101, on: day(4))
    }
    try story.take(.payment, 100, on: day(4))
    #expect(try story.history.breaches.isEmpty)
  }

  @Test("A payment whose money was refunded later can't be reversed, unless something replaced it")
  func reversalNeedsItsMoney() throws {
    var story = ItemStory(amount: won(100), noticed: day(1))
    let payment = try story.take(.payment, 100, on: day(2))
    try story.take(.refund, 100, on: day(4))
    let refusal = EntryRules.Refusal.laterEntriesDepend(won(100), most: won(0), on: day(2))
    #expect(throws: refusal) { try story.reverse(payment) }

    try story.take(.payment, 100, on: day(4))
    try story.reverse(payment)
    #expect(try story.history.paid(on: day(3)) == won(0))
    #expect(try story.history.paid(on: day(4)) == won(0))
    #expect(throws: EntryRules.Refusal.reversedAlready) { try story.reverse(payment) }
    let reversal = story.entries.count - 1
    #expect(throws: EntryRules.Refusal.reversalOfReversal) { try story.reverse(reversal) }
  }

  @Test("Case 1: 300,000.01 is a cent too many; a day before the notice is too early")
  func balerion() throws {
    var story = ItemStory(
      amount: usd(40_000_000), noticed: date("2026-02-20"), due: date("2026-03-15"))
    try story.take(.payment, 10_000_000, on: date("2026-03-10"))
    let cent = tooMuch(
      .payment, usd(30_000_001), most: usd(30_000_000), on: date("2026-03-25"))
    #expect(throws: cent) { try story.take(.payment, 30_000_001, on: date("2026-03-25")) }
    let early = EntryRules.Refusal.beforeNotice(
      date("2026-02-19"), noticeDate: date("2026-02-20"))
    #expect(throws: early) { try story.take(.payment, 1, on: date("2026-02-19")) }
  }

  @Test("What is wrong is said in a fixed order: currency, sign, call, today, notice, credit, most")
  func orderOfChecks() throws {
    var story = ItemStory(amount: won(100), noticed: day(10))
    story.today = day(20)
    let history = try story.history
    func refusal(
      _ kind: Entry.Kind, _ amount: Money, on day: CalendarDate, of call: CapitalCall? = nil
    ) -> EntryRules.Refusal? {
      do throws(EntryRules.Refusal) {
        try EntryRules.check(
          kind, of: amount, on: day, item: history, of: call ?? story.call, today: story.today)
        return nil
      } catch { return error }
    }
    let cancelled = CapitalCall(
      id: .init(rawValue: 1), fund: .init(rawValue: 1), side: .partners, number: 1, callType: "",
      noticeDate: day(10), dueDate: day(10), cancelledOn: day(12))
    #expect(
      refusal(.payment, usd(0), on: day(30), of: cancelled)
        == .wrongCurrency(given: .usd, expected: .krw))
    #expect(refusal(.payment, won(0), on: day(30), of: cancelled) == .notPositive(won(0)))
    #expect(refusal(.payment, won(-1), on: day(15)) == .notPositive(won(-1)))
    #expect(refusal(.payment, won(500), on: day(30), of: cancelled) == .callCancelled(day(12)))
    #expect(refusal(.payment, won(500), on: day(21)) == .afterToday(day(21), today: day(20)))
    #expect(
      refusal(.payment, won(500), on: day(9)) == .beforeNotice(day(9), noticeDate: day(10)))
    #expect(
      refusal(.payment, won(500), on: day(10))
        == .tooMuch(.payment, won(500), most: won(100), on: day(10)))
    #expect(
      refusal(.refund, won(1), on: day(20)) == .tooMuch(.refund, won(1), most: won(0), on: day(20)))
    #expect(refusal(.payment, won(100), on: day(20)) == nil)
  }

  @Test("Paid in full, an item says since when; open in between or later, it does not")
  func completeSince() throws {
    var story = ItemStory(amount: won(100), noticed: day(1))
    try story.take(.payment, 40, on: day(2))
    #expect(try story.history.completeSince == nil)
    try story.take(.payment, 60, on: day(5))
    #expect(try story.history.completeSince == day(5))
    for number in [2, 5, 9] {
      #expect(
        throws: EntryRules.Refusal.tooMuch(
          .payment, won(1), most: won(0), on: day(number), completeSince: day(5))
      ) { try story.take(.payment, 1, on: day(number)) }
    }
    try story.take(.refund, 10, on: day(7))
    #expect(try story.history.completeSince == nil)
    try story.take(.payment, 10, on: day(8))
    #expect(try story.history.completeSince == day(8))
    var credit = ItemStory(amount: won(-161), noticed: day(1))
    try credit.take(.refund, 161, on: day(3))
    #expect(
      throws: EntryRules.Refusal.tooMuch(
        .refund, won(1), most: won(0), on: day(4), completeSince: day(3))
    ) { try credit.take(.refund, 1, on: day(4)) }
  }

  @Test("Case 4: a credit of 161 takes refunds of 161 together, and no payment at all")
  func credit() throws {
    var story = ItemStory(amount: won(-161), noticed: date("2025-02-15"), due: date("2025-03-01"))
    let tenth = date("2025-03-10")
    #expect(throws: EntryRules.Refusal.paymentOnCredit) {
      try story.take(.payment, 1, on: tenth)
    }
    #expect(throws: tooMuch(.refund, won(162), most: won(161), on: tenth)) {
      try story.take(.refund, 162, on: tenth)
    }
    #expect(try story.item(on: tenth).creditDue == won(161))
    let refund = try story.take(.refund, 161, on: tenth)
    #expect(try story.item(on: tenth).status == .complete)
    #expect(try story.item(on: tenth).paid == won(-161))
    #expect(try story.item(on: tenth).creditDue == won(0))
    #expect(throws: EntryRules.Refusal.paymentOnCredit) { try story.take(.payment, 1, on: tenth) }
    try story.reverse(refund)
    #expect(try story.item(on: tenth).status == .scheduled)
    #expect(try story.item(on: tenth).creditDue == won(161))
  }
}

/// cases.md 4: the call as a whole.
@Suite("A call with a credit in it")
struct CreditExamples {
  private let amounts: [Int64] = [1_600, 1_000, 600, -161, 1_001]
  private let fifth = date("2025-03-05")
  private let tenth = date("2025-03-10")

  private func call(settled: Set<Int>, on referenceDate: CalendarDate) throws -> CallStanding {
    var items: [ItemStanding] = []
    var call: CapitalCall?
    for (index, amount) in amounts.enumerated() {
      var story = ItemStory(
        amount: won(amount), noticed: date("2025-02-15"), due: date("2025-03-01"))
      if settled.contains(index) {
        try story.take(amount > 0 ? .payment : .refund, abs(amount), on: tenth)
      }
      items.append(try story.item(on: referenceDate))
      call = story.call
    }
    return try CallStanding(call: call!, items: items, currency: .krw, on: referenceDate)
  }

  @Test("Nothing paid on 03-05: 4,201 outstanding, 161 due as credit, four days overdue")
  func nothingPaid() throws {
    let call = try call(settled: [], on: fifth)
    #expect(call.amount == won(4_040))
    #expect(call.outstanding == won(4_201))
    #expect(call.creditsDue == won(161))
    #expect(call.isOverdue)
    #expect(call.daysOverdue == 4)
    #expect(call.status == .scheduled)
    #expect(call.paidPercent == Percent(tenThousandths: 0))
    #expect(call.lastPaidOn == nil)
  }

  @Test("Settled on 03-10: paid-in grows by 4,040 and the call is complete; on 03-09 nothing is")
  func settled() throws {
    let call = try call(settled: [0, 1, 2, 3, 4], on: tenth)
    #expect(call.paid == won(4_040))
    #expect(call.outstanding == won(0))
    #expect(call.creditsDue == won(0))
    #expect(call.status == .complete)
    #expect(!call.isOverdue)
    #expect(call.daysOverdue == 0)
    #expect(call.lastPaidOn == tenth)
    let before = try self.call(settled: [0, 1, 2, 3, 4], on: date("2025-03-09"))
    #expect(before.status == .scheduled)
    #expect(before.outstanding == won(4_201))
  }

  @Test("Everything paid but the credit: partially paid, 100 %, not overdue")
  func onlyCreditOpen() throws {
    let call = try call(settled: [0, 1, 2, 4], on: tenth)
    #expect(call.status == .partiallyPaid)
    #expect(call.paidPercent == Percent(tenThousandths: 1_000_000))
    #expect(call.creditsDue == won(161))
    #expect(!call.isOverdue)
  }

  @Test("One item settled, the rest open: 1,600 of 4,201 is 38.09 %")
  func oneItem() throws {
    let call = try call(settled: [0], on: tenth)
    #expect(call.status == .partiallyPaid)
    #expect(call.paidPercent?.digits(decimals: 2) == "38.09")
    #expect(call.outstanding == won(2_601))
  }

  @Test("Before its notice date a call counts nowhere; on the due date it is not overdue yet")
  func edges() throws {
    let before = try call(settled: [], on: date("2025-02-14"))
    #expect(!before.isNoticed)
    #expect(before.outstanding == won(0))
    #expect(before.creditsDue == won(0))
    let noticed = try call(settled: [], on: date("2025-02-15"))
    #expect(noticed.isNoticed)
    #expect(noticed.outstanding == won(4_201))
    #expect(try !call(settled: [], on: date("2025-03-01")).isOverdue)
    #expect(try call(settled: [], on: date("2025-03-02")).daysOverdue == 1)
  }
}

@Suite("Live status")
struct LiveStatusExamples {
  @Test("Case 1, call 1: scheduled, 25 % and late, complete; its last paid date")
  func balerion() throws {
    var story = ItemStory(
      amount: usd(40_000_000), noticed: date("2026-02-20"), due: date("2026-03-15"))
    try story.take(.payment, 10_000_000, on: date("2026-03-10"))
    let second = try story.take(.payment, 30_000_000, on: date("2026-03-20"))
    func call(_ text: String) throws -> CallStanding {
      try CallStanding(
        call: story.call, items: [story.item(on: date(text))], currency: .usd, on: date(text))
    }
    #expect(try call("2026-03-01").status == .scheduled)
    #expect(try call("2026-03-15").status == .partiallyPaid)
    #expect(try call("2026-03-15").paidPercent?.digits == "25.0")
    #expect(try !call("2026-03-15").isOverdue)
    #expect(try call("2026-03-16").isOverdue)
    #expect(try call("2026-03-31").status == .complete)
    #expect(try call("2026-03-31").lastPaidOn == date("2026-03-20"))
    try story.reverse(second)
    #expect(try call("2026-03-31").status == .partiallyPaid)
    #expect(try call("2026-03-31").lastPaidOn == date("2026-03-10"))
    #expect(try call("2026-03-31").outstanding == usd(30_000_000))
  }

  @Test("A payment and its refund net to zero, but both stand: partially paid, not scheduled")
  func bouncedWire() throws {
    var story = ItemStory(amount: won(100), noticed: day(1))
    let payment = try story.take(.payment, 100, on: day(2))
    let refund = try story.take(.refund, 100, on: day(4))
    #expect(try story.item(on: day(1)).status == .scheduled)
    #expect(try story.item(on: day(3)).status == .complete)
    #expect(try story.item(on: day(4)).status == .partiallyPaid)
    #expect(try story.item(on: day(4)).outstanding == won(100))
    #expect(try story.item(on: day(4)).lastPaidOn == day(4))
    try story.reverse(refund)
    #expect(try story.item(on: day(4)).status == .complete)
    try story.reverse(payment)
    #expect(try story.item(on: day(4)).status == .scheduled)
  }

  @Test("A call is what all its items are; sums are never compared")
  func ofCalls() {
    #expect(LiveStatus(of: [.complete, .complete]) == .complete)
    #expect(LiveStatus(of: [.scheduled, .scheduled]) == .scheduled)
    #expect(LiveStatus(of: [.complete, .scheduled]) == .partiallyPaid)
    #expect(LiveStatus(of: [.complete, .partiallyPaid]) == .partiallyPaid)
    #expect(LiveStatus(of: [.partiallyPaid]) == .partiallyPaid)
    #expect(LiveStatus(of: []) == .scheduled)
    // 100 paid over two items of 50, all on the first: the second is still open.
    let first = LiveStatus(amount: won(50), paid: won(100), standingEntries: 1)
    let second = LiveStatus(amount: won(50), paid: won(0), standingEntries: 0)
    #expect(LiveStatus(of: [first, second]) == .partiallyPaid)
  }

  @Test("A cancelled call counts from its notice up to the day before its cancellation")
  func cancelled() {
    let call = CapitalCall(
      id: .init(rawValue: 1), fund: .init(rawValue: 1), side: .partners, number: 1, callType: "",
      noticeDate: day(5), dueDate: day(9), cancelledOn: day(7))
    #expect([4, 5, 6, 7, 8].map { call.counts(on: day($0)) } == [false, true, true, false, false])
    #expect([6, 7, 8].map { call.isCancelled(on: day($0)) } == [false, true, true])
  }
}

private func tooMuch(
  _ kind: Entry.Kind, _ amount: Money, most: Money, on day: CalendarDate
) -> EntryRules.Refusal {
  .tooMuch(kind, amount, most: most, on: day)
}
