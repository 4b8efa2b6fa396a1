import FundModel
import RandomBooks
import Testing

@testable import Bookkeeping

/// What changed since an earlier moment, against what the books say at both moments.
@Suite("What changed since")
struct ChangesSinceTests {
  /// For random books, days and moments: each figure moved by what is listed, and by nothing else.
  @Test("The changes listed add up to the difference; what is not listed didn't move")
  func random() async throws {
    var figures = 0
    var steps = 0
    var backDated = 0
    for seed in Soak.seeds(3).map({ $0 &+ 4_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(Soak.isOn ? 260 : 120, to: test)
      var random = SplitMix64(seed: seed)
      let trail = try await test.books.answer(AuditTrail(limit: 1_000))
      for round in 0..<(Soak.isOn ? 30 : 8) {
        let day = test.books.clock.today.adding(days: 30 - random.below(760))
        let since = trail[random.below(trail.count)].stamp.recordedAt
        let until = round % 3 == 0 ? trail[random.below(trail.count)].stamp.recordedAt : nil
        let told = try await expectExact(
          test, day: day, since: since, until: until, most: round % 4 == 3 ? 3 : 400,
          "seed \(seed), \(day), \(since) to \(until.map { "\($0)" } ?? "now")")
        figures += told.figures
        steps += told.steps
        backDated += told.backDated
      }
    }
    // The stories must have had something to tell.
    #expect(figures > 100 && steps > 200 && backDated > 50 || Soak.seedAsked != nil)
  }

  private func expectExact(
    _ test: TestBooks, day: CalendarDate, since: Instant, until: Instant?, most: Int,
    _ context: String
  ) async throws -> (figures: Int, steps: Int, backDated: Int) {
    let asOf = AsOf(day, knownAt: until)
    func ask(_ fund: Fund.ID? = nil) async throws -> ChangesSince.Answer {
      try await test.books.answer(
        ChangesSince(
          asOf, since: since, lastPastDay: test.books.clock.lastDay(pastBy: since), fund: fund,
          homeCurrency: .krw, mostStates: most))
    }
    let all = try await ask()
    let then = try await test.books.answer(
      EveryFund(asOf: AsOf(day, knownAt: min(since, until ?? since))))
    let now = try await test.books.answer(EveryFund(asOf: asOf))
    var counted = (figures: 0, steps: 0, backDated: all.backDated.count)
    for standing in now {
      let fund = standing.row.fund
      let before = then.first { $0.row.fund.id == fund.id }
      let changes = all.funds.first { $0.fund.id == fund.id }
      #expect(changes?.before == (changes == nil ? nil : before?.row), "\(context)")
      counted.steps += try expectFigures(
        changes?.figures ?? [], of: fund, from: before?.row, to: standing.row, context)
      counted.figures += changes?.figures.count ?? 0
      for side in Side.allCases {
        try expectPositions(
          changes?.sides.first { $0.side == side }?.figures ?? [], Self.ofSide,
          from: before?.position(of: side), to: standing.position(of: side), in: fund.currency,
          "\(context) fund \(fund.id) \(side)")
      }
      // A fund by itself says the same, and of its commitments too.
      let alone = try await ask(fund.id).funds.first
      #expect(alone?.figures ?? [] == changes?.figures ?? [] || most < 400, "\(context) \(fund.id)")
      for commitment in Set(
        (before?.commitments ?? []).map(\.commitment.id)
          + standing.commitments.map(\.commitment.id))
      {
        let moved = alone?.commitments.first { $0.commitment.id == commitment }?.figures ?? []
        try expectPositions(
          moved, Self.ofSide + [.paid], from: position(commitment, before),
          to: position(commitment, standing), in: fund.currency,
          "\(context) commitment \(commitment)")
      }
    }
    // Totals moved by what their funds moved.
    for total in all.totals {
      for figure in total.figures {
        guard case .amount(let change)? = try figure.after.change(since: figure.before) else {
          continue
        }
        let ofFunds = try all.funds.filter { $0.fund.currency == total.currency }
          .flatMap(\.figures).filter { $0.name == figure.name }
          .compactMap { try amount($0.after.change(since: $0.before)) }
        #expect(try Money.sum(ofFunds, in: total.currency) == change, "\(context) \(figure.name)")
      }
    }
    for line in all.backDated {
      #expect(
        (line.day ?? day) <= min(day, line.day == nil ? day : all.lastPastDay), "\(context)")
      #expect(line.sequence > all.from && line.sequence <= all.through, "\(context)")
      #expect(all.entries[line.sequence] != nil, "\(context)")
    }
    return counted
  }

  private func position(_ id: Commitment.ID, _ standing: FundStanding?) -> Position? {
    standing?.commitments.first { $0.commitment.id == id }?.position
  }

  private func amount(_ value: MovedFigure.Value?) -> Money? {
    if case .amount(let amount)? = value { amount } else { nil }
  }

  /// - Returns: how many steps were listed.
  private func expectFigures(
    _ moved: [MovedFigure], of fund: Fund, from before: OverviewRow?, to after: OverviewRow,
    _ context: String
  ) throws -> Int {
    let zero = Money.zero(fund.currency)
    let figures: [Figure] = [
      .commitmentTotal, .paidIn, .gpPaidIn, .invested, .uninvested, .investmentAssets, .cash,
    ]
    for figure in figures {
      let was = before?.value(of: figure)?.amount ?? zero
      let now = after.value(of: figure)?.amount ?? zero
      try expect(
        moved.first { $0.name == .figure(figure) }, from: .amount(was), to: .amount(now),
        "\(context) fund \(fund.id) \(figure)")
    }
    try expect(
      moved.first { $0.name == .companies }, from: .count(before?.companyCount ?? 0),
      to: .count(after.companyCount), "\(context) fund \(fund.id) companies")
    try expect(
      moved.first { $0.name == .figure(.paidInRatio) }, from: .ratio(before?.paidInRatio),
      to: .ratio(after.paidInRatio), "\(context) fund \(fund.id) ratio")
    return moved.reduce(0) { $0 + $1.steps.count }
  }

  private static let ofSide: [Figure] = [
    .committed, .noticed, .outstanding, .creditsDue, .notYetCalled, .uncalled,
  ]

  private func expectPositions(
    _ moved: [MovedFigure], _ figures: [Figure], from before: Position?, to after: Position?,
    in currency: Currency, _ context: String
  ) throws {
    for figure in figures {
      try expect(
        moved.first { $0.name == .figure(figure) },
        from: .amount(before?.value(of: figure)?.amount ?? .zero(currency)),
        to: .amount(after?.value(of: figure)?.amount ?? .zero(currency)), "\(context) \(figure)")
    }
  }

  /// What is listed of one figure leads from the one value to the other, step by step.
  private func expect(
    _ moved: MovedFigure?, from before: MovedFigure.Value, to after: MovedFigure.Value,
    _ context: String
  ) throws {
    guard let moved else {
      #expect(before == after, "\(context) moved and is not listed")
      return
    }
    #expect(moved.before == before && moved.after == after, "\(context)")
    #expect(!moved.steps.isEmpty, "\(context)")
    var value = before
    for step in moved.steps {
      #expect(step.before == value && step.after != value, "\(context)")
      value = step.after
    }
    #expect(value == after, "\(context)")
    let sequences = moved.steps.map(\.span.first)
    #expect(sequences == sequences.sorted() && Set(sequences).count == sequences.count)
    let amounts = try moved.steps.compactMap { try amount($0.after.change(since: $0.before)) }
    if let change = try amount(after.change(since: before)) {
      #expect(try Money.sum(amounts, in: change.currency) == change, "\(context)")
    }
  }

  @Test("A payment keyed in later for a day before leads, and is what moved the figure")
  func backDated() async throws {
    let samples = try await CommandSamples(TestBooks(at: Story.noon("2026-06-30")))
    let test = samples.test
    let since = try await test.books.answer(AuditTrail())[0].stamp.recordedAt
    test.clock.set(Story.noon("2026-07-10"))
    let january = CalendarDate(2026, 1, 5)!
    func pay(_ units: Int64, _ day: CalendarDate) async throws -> Int64 {
      let movement = ItemMovement(
        item: CallItem.ID(rawValue: 1), amount: Money(minorUnits: units, .krw), paidDate: day)
      let receipt = try await test.books.perform(RecordPayment(movement), by: "june")
      return receipt.audit.sequence
    }
    let late = try await pay(15, january.adding(days: 3))
    let usual = try await pay(5, CalendarDate(2026, 7, 9)!)
    let answer = try await test.books.answer(
      ChangesSince(
        AsOf(test.books.clock.today), since: since,
        lastPastDay: test.books.clock.lastDay(pastBy: since), fund: Fund.ID(rawValue: 1),
        homeCurrency: .krw))
    #expect(answer.backDated.map(\.sequence) == [late])
    #expect(answer.backDated.first?.amount == Money(minorUnits: 15, .krw))
    #expect(answer.backDated.first?.what == .entry(.payment, .partners))
    #expect(answer.entries[late]?.actor == "june")
    let paidIn = try #require(
      answer.funds.first?.figures.first { $0.name == .figure(.paidIn) })
    #expect(paidIn.steps.map(\.span.first) == [late, usual])
    #expect(paidIn.before == .amount(Money(minorUnits: 60, .krw)))
    #expect(paidIn.after == .amount(Money(minorUnits: 80, .krw)))
    let partner = try #require(answer.funds.first?.commitments.first)
    #expect(partner.figures.contains { $0.name == .figure(.outstanding) })
    // On a day before either, nothing moved.
    let before = try await test.books.answer(
      ChangesSince(
        AsOf(january), since: since, lastPastDay: CalendarDate(2026, 6, 30)!, homeCurrency: .krw))
    #expect(before.funds.isEmpty && before.totals.isEmpty && before.backDated.isEmpty)
  }

  @Test("What is not dated holds on every day: it leads too, and the terms of a new fund do not")
  func undated() async throws {
    let samples = try await CommandSamples(TestBooks(at: Story.noon("2026-06-30")))
    let test = samples.test
    let since = try await test.books.answer(AuditTrail())[0].stamp.recordedAt
    test.clock.set(Story.noon("2026-07-10"))
    let fund = Fund.ID(rawValue: 1)
    let partner = try #require(
      try await test.books.answer(FundAsOf(fund, AsOf(test.books.clock.today)))
        .commitments.first { $0.commitment.side == .partners })
    func units(_ units: Int64) -> Money { Money(minorUnits: units, .krw) }
    var sequences: [Int64] = []
    sequences.append(
      try await test.books.perform(
        ChangeCommitmentTotal(fund: fund, amount: units(3), effectiveOn: nil), by: "maria"
      ).audit.sequence)
    sequences.append(
      try await test.books.perform(
        ChangeCommitment(
          commitment: partner.commitment.id, amount: units(7), effectiveOn: nil), by: "maria"
      ).audit.sequence)
    sequences.append(
      try await test.books.perform(
        StatePaidIn(commitment: partner.commitment.id, amount: units(11)), by: "maria"
      ).audit.sequence)
    sequences.append(
      try await test.books.perform(
        AmendCommitment(commitment: partner.commitment.id, partnerType: .changed("기관")),
        by: "maria"
      ).audit.sequence)
    let new = try await test.books.perform(
      RegisterFund(
        terms: FundTerms(name: "New", gpCommitment: units(0)), commitmentTotal: units(9)),
      by: "maria")
    _ = try await test.books.perform(
      Commit(
        fund: new.outcome, side: .partners, party: .named("Somebody"), amount: units(9),
        partnerType: "개인"), by: "maria")
    sequences.append(new.audit.sequence)
    let answer = try await test.books.answer(
      ChangesSince(
        AsOf(CalendarDate(2026, 1, 5)!), since: since,
        lastPastDay: test.books.clock.lastDay(pastBy: since), homeCurrency: .krw))
    #expect(answer.backDated.map(\.sequence) == sequences)
    #expect(
      answer.backDated.map(\.what) == [
        .totalChange, .commitmentChange, .statedPaidIn, .commitmentTerms(.partners), .fund,
      ])
    #expect(answer.backDated.allSatisfy { $0.day == nil })
    // A change of what one partner promised moves its side, on every day.
    let side = try #require(answer.funds.first?.sides.first)
    #expect(side.side == .partners)
    #expect(
      side.figures.map(\.name) == [.committed, .notYetCalled, .uncalled].map { .figure($0) })
  }

  @Test("The day of an earlier moment was not over then; at its very end it was")
  func lastPastDay() async throws {
    let clock = try await TestBooks(at: Story.noon("2026-06-30")).books.clock
    let day = CalendarDate(2026, 6, 30)!
    #expect(clock.lastDay(pastBy: Story.noon("2026-06-30")) == day.adding(days: -1))
    #expect(clock.lastDay(pastBy: clock.end(of: day)) == day)
  }

  @Test("Few entries are looked at one by one, whatever other funds have; the rest share")
  func shares() {
    #expect(
      TrailSpan.mostStates(of: ["a": 292, "b": 2, "c": 5], inAll: 400) == [
        "a": 292, "b": 2, "c": 5,
      ])
    #expect(
      TrailSpan.mostStates(of: ["a": 900, "b": 2, "c": 500], inAll: 402) == [
        "a": 200, "b": 2, "c": 200,
      ])
    #expect(TrailSpan.mostStates(of: ["a": 3, "b": 2], inAll: 1) == ["a": 1, "b": 1])
  }

  @Test("Where too many entries touched a fund, those in a row are taken together, exactly")
  func together() async throws {
    let samples = try await CommandSamples(TestBooks(at: Story.noon("2026-06-30")))
    let books = samples.test.books
    let since = try await books.answer(AuditTrail())[0].stamp.recordedAt
    for _ in 1...25 {
      _ = try await books.perform(
        ChangeCommitmentTotal(
          fund: Fund.ID(rawValue: 1), amount: Money(minorUnits: 3, .krw), effectiveOn: nil),
        by: "maria")
    }
    let answer = try await books.answer(
      ChangesSince(
        AsOf(books.clock.today), since: since, lastPastDay: books.clock.today, homeCurrency: .krw,
        mostStates: 4))
    let total = try #require(answer.funds.first?.figures.first)
    #expect(total.name == .figure(.commitmentTotal))
    #expect(total.steps.map(\.span.count) == [7, 7, 7, 4])
    #expect(try total.after.change(since: total.before) == .amount(Money(minorUnits: 75, .krw)))
    #expect(
      try total.steps.map { try $0.after.change(since: $0.before) }
        == [21, 21, 21, 12].map { .amount(Money(minorUnits: $0, .krw)) })
  }
}
