import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// Commitments and investments with a party that is told by its name.
@Suite("Parties by name")
struct Counterparties {
  private let fund = Fund.ID(rawValue: 1)
  private let day = CalendarDate(2026, 1, 10)!

  private func story() async throws -> Story {
    try await Story("2026-01-01  fund     F   KRW 1,000\n2026-01-01  partner  LP  기관  900")
  }

  private func won(_ units: Int64) -> Money { Money(minorUnits: units, .krw) }

  private func commands(_ party: Counterparty) -> [any Command] {
    [
      Commit(fund: fund, side: .partners, party: party, amount: won(10), partnerType: "기관"),
      Commit(fund: fund, side: .investments, party: party, amount: won(20), instrument: "보통주"),
      RecordInvestment(fund: fund, party: party, amount: won(30), investedOn: day),
    ]
  }

  @Test("One that the books have not is registered with the commitment, in the same change")
  func registered() async throws {
    for command in commands(.named("새 업체")) {
      let story = try await story()
      let told = try await story.books.tell(command, by: "maria", at: story.test.clock.now)
      let stamp = try #require(told.stamp, "\(told.answer)")
      let trail = try await story.books.answer(AuditTrail(limit: 1))
      #expect(trail.first?.command == type(of: command).name)
      #expect(trail.first?.stamp == stamp)
      let parties = try await story.books.answer(PartiesAsOf(AsOf(.latest)))
      #expect(parties.map(\.party.name) == ["LP", "새 업체"])
      #expect(parties.last?.commitments.count == 1)
      #expect(try await story.books.answer(CheckBooks()).isEmpty)
    }
  }

  @Test("One that the books have is found, and nobody is registered twice")
  func found() async throws {
    let story = try await story()
    for command in commands(.named("새 업체")) + commands(.named("새 업체")).dropFirst() {
      let told = try await story.books.tell(command, by: "maria", at: story.test.clock.now)
      #expect(told.stamp != nil, "\(told.answer)")
    }
    let parties = try await story.books.answer(PartiesAsOf(AsOf(.latest)))
    #expect(parties.map(\.party.name) == ["LP", "새 업체"])
    #expect(parties.last?.commitments.count == 5)
    await #expect(throws: Refusal.alreadyCommitted(party: "LP")) {
      try await story.books.perform(
        Commit(
          fund: fund, side: .partners, party: .named("LP"), amount: won(1), partnerType: "기관"),
        by: "maria")
    }
  }

  @Test("The name that a party has now finds it; the name that it had does not")
  func renamed() async throws {
    let story = try await story()
    _ = try await story.books.perform(
      AmendParty(party: Party.ID(rawValue: 1), name: .changed("LP II")), by: "maria")
    _ = try await story.books.perform(
      RecordInvestment(fund: fund, party: .named("LP II"), amount: won(1), investedOn: day),
      by: "maria")
    _ = try await story.books.perform(
      RecordInvestment(fund: fund, party: .named("LP"), amount: won(1), investedOn: day),
      by: "maria")
    let parties = try await story.books.answer(PartiesAsOf(AsOf(.latest)))
    #expect(parties.map(\.party.name) == ["LP II", "LP"])
    #expect(parties.map(\.commitments.count) == [2, 1])
  }

  @Test("A refused commitment registers nobody")
  func refused() async throws {
    let story = try await story()
    let before = try await story.test.dump()
    let long = String(repeating: "가", count: 201)
    for (name, amount, expected) in [
      (long, 1, Refusal.text("party", .tooLong(201, most: 200))),
      (" ", 1, .text("party", .missing)),
      ("줄\n바꿈", 1, .text("party", .unprintable("U+000A"))),
      ("새 업체", 0, .notPositive(field: "amount")),
    ] as [(String, Int64, Refusal)] {
      for command in [
        Commit(fund: fund, side: .investments, party: .named(name), amount: won(amount)),
        RecordInvestment(
          fund: fund, party: .named(name), amount: won(amount), investedOn: day),
      ] as [any Command] {
        let told = try await story.books.tell(command, by: "maria", at: story.test.clock.now)
        guard case .refused(let refusal) = told.answer else {
          Issue.record("\(told.answer)")
          continue
        }
        #expect(refusal == expected)
      }
    }
    #expect(try await story.test.dump() == before)
  }

  @Test("A party by its id and the same by its name are two requests under one key")
  func requestKeys() async throws {
    let story = try await story()
    func invest(_ party: Counterparty) -> RecordInvestment {
      RecordInvestment(fund: fund, party: party, amount: won(1), investedOn: day)
    }
    let first = try await story.books.perform(
      invest(.named("LP")), by: "maria", requestKey: "k")
    let again = try await story.books.perform(
      invest(.named("LP")), by: "maria", requestKey: "k")
    #expect(again.outcome == first.outcome && again.audit == first.audit)
    await #expect(throws: Refusal.requestKeyReused) {
      try await story.books.perform(
        invest(.known(Party.ID(rawValue: 1))), by: "maria", requestKey: "k")
    }
  }

  @Test("Of twenty who name the same new party at once, one registers it and all have it")
  func atOnce() async throws {
    let story = try await story()
    let (books, fund, day) = (story.books, fund, day)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...20 {
        group.addTask {
          _ = try await books.perform(
            RecordInvestment(
              fund: fund, party: .named("새 업체"), amount: Money(minorUnits: 1, .krw),
              investedOn: day), by: "maria")
        }
      }
      try await group.waitForAll()
    }
    let parties = try await books.answer(PartiesAsOf(AsOf(.latest)))
    #expect(parties.map(\.party.name) == ["LP", "새 업체"])
    #expect(parties.last?.commitments.count == 20)
  }
}
