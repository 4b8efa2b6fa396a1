import Bookkeeping
package import FundModel

/// A random life of a few funds, told to real books: plausible commands, most of them taken, some
/// rightly refused. The same seed tells the same story everywhere.
///
/// Nothing that is proposed is checked first: whether it fits is for the books to say.
package struct RandomStory: Sendable {
  package let seed: UInt64
  package private(set) var told: [ToldCommand] = []
  package private(set) var census = Census()

  var random: SplitMix64
  /// Days that matter already; a story comes back to them.
  var days: [CalendarDate] = []
  /// Funds whose history isn't entered: their partners are asked for nothing, or only late.
  var quietFunds: Set<Fund.ID> = []
  /// A call above a commitment, to be asked again with a reason.
  private var awaitingReason: IssueCapitalCall?
  private var namesGiven = 0

  package init(seed: UInt64) {
    self.seed = seed
    random = SplitMix64(seed: seed)
  }

  /// A morning on which stories may begin.
  package static let start = Instant(microseconds: 1_767_571_200_000_000)

  /// What the books accepted, oldest first.
  package var accepted: [ToldCommand] { told.filter { $0.stamp != nil } }

  /// Goes on for so many commands. Time passes between them, or now and then stands still.
  ///
  /// - Throws: ``StoryError`` when a refused command left a trace.
  package mutating func tell(_ count: Int, to test: TestBooks) async throws {
    var world = try await look(at: test)
    for _ in 0..<count {
      passTime(test.clock)
      let command = propose(world)
      let before = try await test.books.answer(RowCounts())
      let told = try await test.books.tell(
        command, by: random.chance(50) ? "maria" : "june", at: test.clock.now)
      self.told.append(told)
      switch told.answer {
      case .accepted:
        census.count(command, before: world)
        world = try await look(at: test)
        learn(from: command, world)
      case .refused(let refusal):
        census.count(.refusal)
        guard try await test.books.answer(RowCounts()) == before else {
          throw StoryError.refusalLeftATrace(seed)
        }
        if case .aboveCommitment = refusal, let call = command as? IssueCapitalCall {
          awaitingReason = call
        }
      }
    }
    census.countAtTheEnd(world)
  }

  private func look(at test: TestBooks) async throws -> StoryWorld {
    try await test.books.answer(StoryWorld.Question(today: test.books.clock.today))
  }

  private mutating func passTime(_ clock: StoryClock) {
    switch random.below(10) {
    case 0: break
    case 1...6: clock.advance(seconds: random.number(in: 1...7_200))
    default: clock.advance(seconds: random.number(in: 3_600...200_000))
    }
  }

  private mutating func learn(from command: any Command, _ world: StoryWorld) {
    if command is RegisterFund, let fund = world.funds.last, random.chance(40) {
      quietFunds.insert(fund.fund.id)
    }
    days =
      Array(Set(world.ledger.suffix(20).map(\.entry.effectiveOn))).sorted()
      + world.calls.suffix(6).map(\.call.dueDate)
  }

  mutating func takeCallAwaitingReason() -> IssueCapitalCall? {
    guard let call = awaitingReason else { return nil }
    awaitingReason = nil
    guard random.chance(70) else { return nil }
    return IssueCapitalCall(
      fund: call.fund, investment: call.investment, number: call.number, callType: call.callType,
      noticeDate: call.noticeDate, dueDate: call.dueDate, shares: call.shares,
      overCommitmentReason: "규약 제12조에 따른 초과 \"출자\", 동의서 있음")
  }

  /// A new name, now and then an awkward one.
  mutating func name(_ word: String) -> String {
    namesGiven += 1
    switch random.below(8) {
    case 0: return "\(word) \(namesGiven), \"L.P.\""
    case 1: return "주식회사 \(word)\(namesGiven)호 (구, 가나)"
    case 2: return "\(word) – Société n° \(namesGiven)"
    default: return "\(word)\(namesGiven)"
    }
  }
}

/// What must never happen, whatever is told.
package enum StoryError: Error {
  case refusalLeftATrace(UInt64)
}

extension RandomStory {
  /// A day to put on something: a month end, a day that matters already, today or any other.
  mutating func day(_ world: StoryWorld) -> CalendarDate {
    let someDay = world.today.adding(days: -random.number(in: 0...700))
    return switch random.below(10) {
    case 0, 1, 2: someDay.previousMonthEnd
    case 3, 4: random.pick(days) ?? someDay
    case 5: world.today
    default: someDay
    }
  }

  /// An amount of an order that fits `scale`, seldom round.
  mutating func amount(_ currency: Currency, upTo scale: Int64) -> Money {
    let top = max(scale, 1)
    let units: Int64 =
      switch random.below(4) {
      case 0: top
      case 1: Int64(random.number(in: 1...100))
      default: 1 + Int64(random.next() % UInt64(top))
      }
    return Money(minorUnits: min(units, max(top, 100)), currency)
  }

  /// What a fund or a commitment may be worth: from a handful of units to billions.
  mutating func worth(_ currency: Currency) -> Money {
    let scales: [Int64] = [1_000, 99_999, 12_345_678, 3_000_000_000, 50_000_000_000]
    return amount(currency, upTo: random.pick(scales) ?? 1_000)
  }

  mutating func reason() -> String {
    random.pick(["두 번 입력", "keyed twice", "오기, \"재입력\"", "증액", "동의서 3호"]) ?? "오기"
  }
}
