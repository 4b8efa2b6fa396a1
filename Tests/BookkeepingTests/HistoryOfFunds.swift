import Bookkeeping
import FundModel
import RandomBooks
import Store
import Testing

/// How a fund came to its figures and terms, and what one change recorded, on random books.
@Suite("Histories, versions and changes")
struct HistoryOfFunds {
  @Test("Each step of a fund's history, the last above all, has the figures of the overview")
  func history() async throws {
    var compared = 0
    for seed in Soak.seeds(6).map({ $0 &+ 4_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(160, to: test)
      var random = SplitMix64(seed: seed)
      let today = test.books.clock.today
      let days = (0..<10).map { _ in today.adding(days: 60 - random.below(900)) }
      for day in days + [.earliest, .latest] {
        let asOf = AsOf(day)
        for row in try await overview(test, day) {
          let what = Comment(rawValue: "seed \(seed), fund \(row.fund.id), \(day)")
          let steps = try await test.books.answer(FundHistory(row.fund.id, asOf))
          #expect(steps.map(\.day) == Set(steps.map(\.day)).sorted(), what)
          #expect(steps.allSatisfy { $0.day <= day }, what)
          guard let last = steps.last else {
            #expect(row.invested.isZero && (row.basis == .stated || row.paidIn.isZero), what)
            continue
          }
          expectSame(last, row, what)
          compared += 1
        }
      }
    }
    #expect(compared > 100 || Soak.seedAsked != nil)
  }

  @Test("A shorter history is the beginning of the longer one; between steps nothing changes")
  func prefixes() async throws {
    for seed in Soak.seeds(3).map({ $0 &+ 5_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(160, to: test)
      for fund in try await overview(test, .latest).map(\.fund.id) {
        let all = try await test.books.answer(FundHistory(fund, AsOf(.latest)))
        for (number, step) in all.enumerated() {
          let what = Comment(rawValue: "seed \(seed), fund \(fund), \(step.day)")
          let shorter = try await test.books.answer(FundHistory(fund, AsOf(step.day)))
          #expect(shorter == Array(all.prefix(number + 1)), what)
          let next = number + 1 < all.count ? all[number + 1].day : step.day.adding(days: 2)
          for day in [step.day, next.adding(days: -1)] {
            let row = try await test.books.answer(FundAsOf(fund, AsOf(day))).row
            expectSame(step, row, what)
          }
        }
      }
    }
  }

  private func overview(_ test: TestBooks, _ day: CalendarDate) async throws -> OverviewRows {
    try await test.books.answer(OverviewAsOf(AsOf(day), homeCurrency: .krw)).rows
  }

  /// A history is of cash: what is only stated is no step of it.
  private func expectSame(_ step: FundHistory.Step, _ row: OverviewRow, _ what: Comment) {
    #expect(step.invested == row.invested, what)
    #expect(step.commitmentTotal == row.commitmentTotal, what)
    if row.basis == .cash { #expect(step.paidIn == row.paidIn, what) }
  }

  @Test("Days on which nothing changed are no steps; an undated change counts from the first")
  func pencil() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     F   KRW 1,000
      2026-01-01  partner  LP  기관  900
      2026-02-01  call 1   due 2026-02-28  LP 300
      2026-02-10  pays 1   LP  100
      2026-02-10  pays 1   LP  50
      2026-03-01  invests  X   70
      2026-03-05  pays 1   LP  150
      2026-03-05  refunds 1  LP  150
      2026-02-10  reverses 1  LP  50
      2026-02-20  pays 1   LP  200
      2026-02-20  reverses 1  LP  200
      """)
    let fund = try story.fundID()
    for (amount, day) in [(500, CalendarDate(2026, 3, 1)), (20, nil)] as [(Int64, CalendarDate?)] {
      _ = try await story.books.perform(
        ChangeCommitmentTotal(
          fund: fund, amount: Money(minorUnits: amount, .krw), effectiveOn: day), by: "maria")
    }
    let steps = try await story.books.answer(
      FundHistory(fund, AsOf(CalendarDate(2026, 3, 5)!)))
    let lines = steps.map {
      "\($0.day) \($0.paidIn.digits) \($0.invested.digits) \($0.commitmentTotal.digits)"
    }
    #expect(
      lines == ["2026-02-10 100 0 1020", "2026-03-01 100 70 1520"],
      "reversed on the 20th, paid and returned on the 5th: nothing changed on these days")
    await #expect(throws: Refusal.unknown(.fund, 9)) {
      try await story.books.answer(FundHistory(Fund.ID(rawValue: 9), AsOf(.latest)))
    }
  }

  @Test("The last change that counts on a day leaves what was promised on that day")
  func changesOfCommitments() async throws {
    var compared = 0
    for seed in Soak.seeds(4).map({ $0 &+ 7_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(200, to: test)
      let today = test.books.clock.today
      for fund in try await overview(test, .latest).map(\.fund.id) {
        let changes = try await test.books.answer(CommitmentChanges(fund))
        for day in [today.adding(days: -200), today, .latest] {
          let standing = try await test.books.answer(FundAsOf(fund, AsOf(day)))
          let counting = changes.filter { $0.effectiveOn.map { $0 <= day } ?? true }
          for last in Dictionary(grouping: counting, by: \.commitment).values.compactMap(\.last) {
            let promised =
              last.commitment.map { id in
                standing.commitments.first { $0.commitment.id == id }?.commitment.amount
              } ?? standing.row.commitmentTotal
            #expect(promised == last.after, "seed \(seed), fund \(fund), \(day)")
            compared += 1
          }
        }
      }
    }
    #expect(compared > 20 || Soak.seedAsked != nil)
  }

  // MARK: Versions

  @Test("A fund's versions are its terms as they were known after each change of them")
  func versions() async throws {
    var amended = 0
    for seed in Soak.seeds(4).map({ $0 &+ 6_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(200, to: test)
      for fund in try await overview(test, .latest).map(\.fund) {
        let versions = try await test.books.answer(FundVersions(fund.id))
        let told = story.accepted.filter { told in
          if let command = told.command as? AmendFund { return command.fund == fund.id }
          guard case .accepted(let outcome, _) = told.answer else { return false }
          return told.command is RegisterFund && outcome == fund.id.description
        }
        let what = Comment(rawValue: "seed \(seed), fund \(fund.id)")
        #expect(versions.map(\.recorded) == told.compactMap(\.stamp), what)
        #expect(versions.last?.terms == fund.terms, what)
        for (number, version) in versions.enumerated() {
          let instant = version.recorded.recordedAt
          let then = try await test.books.answer(
            FundAsOf(fund.id, AsOf(.latest, knownAt: instant)))
          #expect(then.row.fund.terms == version.terms, what)
          #expect(then.generalPartner?.name == version.generalPartner, what)
          #expect(
            try await test.books.answer(FundVersions(fund.id, knownAt: instant))
              == Array(versions.prefix(number + 1)), what)
        }
        amended += versions.count - 1
      }
    }
    #expect(amended > 10 || Soak.seedAsked != nil)
  }

  // MARK: Changes

  @Test("Every change is found by its number, with the entries that it wrote and no others")
  func changes() async throws {
    for seed in Soak.seeds(3).map({ $0 &+ 7_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(160, to: test)
      let ledger = try await test.books.answer(LedgerAsOf(AsOf(.latest)))
      var found = 0
      for told in story.accepted {
        let stamp = try #require(told.stamp)
        let answer = try #require(
          try await test.books.answer(ChangeAt(sequence: stamp.sequence)))
        #expect(answer.change.stamp == stamp)
        #expect(answer.change.command == type(of: told.command).name)
        #expect(answer.change.content == told.command.content.text)
        #expect(answer.entries == ledger.filter { $0.recorded == stamp })
        found += answer.entries.count
      }
      #expect(found == ledger.count, "seed \(seed)")
      let last = Int64(story.accepted.count)
      for sequence in [last + 1, 0, -1, .max, .min] {
        #expect(try await test.books.answer(ChangeAt(sequence: sequence)) == nil, "\(sequence)")
      }
    }
  }

  // MARK: One call, one investment

  @Test("One call, one investment: what their fund's page says of them, and no more")
  func oneOfEach() async throws {
    for seed in Soak.seeds(3).map({ $0 &+ 8_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(160, to: test)
      let asOf = AsOf(test.books.clock.today.adding(days: -100))
      for fund in try await test.books.answer(EveryFund(asOf: asOf)) {
        for call in fund.calls {
          let answer = try await test.books.answer(CallInFull(call.call.id, asOf))
          #expect(answer.sheet.standing == call, "seed \(seed), call \(call.call.id)")
          #expect(answer.fund == fund, "seed \(seed), call \(call.call.id)")
          let latest = try await test.books.answer(
            CallsAsOf(.one(call.call.id), AsOf(.latest)))
          #expect(
            call.items.map { answer.now[$0.item.id] } == latest.first?.items,
            "seed \(seed), call \(call.call.id)")
        }
        let ledger = try await test.books.answer(LedgerAsOf(fund: fund.row.fund.id, asOf))
        for commitment in fund.commitments {
          let id = commitment.commitment.id
          guard commitment.commitment.side == .investments else {
            await #expect(throws: Refusal.unknown(.commitment, id.rawValue)) {
              try await test.books.answer(InvestmentAsOf(id, asOf))
            }
            continue
          }
          let answer = try await test.books.answer(InvestmentAsOf(id, asOf))
          #expect(answer.investment == commitment, "seed \(seed), commitment \(id)")
          #expect(answer.fund == fund, "seed \(seed), commitment \(id)")
          #expect(
            answer.ledger == ledger.filter { $0.entry.commitment == id },
            "seed \(seed), commitment \(id)")
        }
      }
    }
  }
}
