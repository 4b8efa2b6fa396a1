import Bookkeeping
import FundModel
import RandomBooks
import Store
import Testing

/// Several people and programs at the same books.
@Suite("At the same time")
struct SameTime {
  @Test("Of fifty who pay the same outstanding amount, one is taken")
  func onePaymentIsTaken() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await CommandSamples(test)
    try await expectOneIsTaken(of: [test.books], in: test)
  }

  @Test("Also when they use two programs on one file")
  func twoPrograms() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await CommandSamples(test)
    let other = try SQLiteEngine(path: test.path)
    let clock = test.clock
    let books = try await BooksFile.open(other, now: { clock.now })
    try await expectOneIsTaken(of: [test.books, books], in: test)
    try other.close()
  }

  private func expectOneIsTaken(of programs: [Books], in test: TestBooks) async throws {
    let before = try await test.books.answer(AuditTrail(limit: 1_000)).count
    let payment = RecordPayment(
      ItemMovement(
        item: CallItem.ID(rawValue: 1), amount: Money(minorUnits: 40, .krw),
        paidDate: CalendarDate(2026, 2, 1)!))
    let now = test.clock.now
    let answers = try await withThrowingTaskGroup(of: ToldCommand.self) { group in
      for number in 0..<50 {
        let books = programs[number % programs.count]
        group.addTask { try await books.tell(payment, by: "teller \(number)", at: now) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 50)
    #expect(answers.filter { $0.stamp != nil }.count == 1)
    for answer in answers where answer.stamp == nil {
      guard case .refused(.entry(.tooMuch(_, _, let most, _, _))) = answer.answer else {
        Issue.record("\(answer.answer)")
        continue
      }
      #expect(most.isZero)
    }
    #expect(try await test.books.answer(AuditTrail(limit: 1_000)).count == before + 1)
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
  }

  @Test("What takes long is recorded when it is done: it was not known when it was asked for")
  func takesLong() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let asked = test.clock.now
    let receipt = try await test.books.perform(SlowCommand(clock: test.clock), by: "maria")
    #expect(receipt.audit.recordedAt.microseconds == asked.microseconds + 30_000_000)
  }

  /// Half a minute passes while it is carried out.
  private struct SlowCommand: Command {
    static let name = "slow"
    let clock: StoryClock
    var content: JSON { [:] }

    func execute(in books: OpenBooks) throws -> Int {
      clock.advance(seconds: 30)
      return 1
    }
  }

  @Test("Fifty different changes at the same time leave a trail without a gap")
  func manyChanges() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let books = test.books
    let receipts = try await withThrowingTaskGroup(of: AuditStamp.self) { group in
      for number in 1...50 {
        group.addTask {
          try await books.perform(RegisterParty(name: "Party \(number)"), by: "maria").audit
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(receipts.map(\.sequence).sorted() == Array(1...50))
    let bySequence = receipts.sorted { $0.sequence < $1.sequence }
    #expect(bySequence.map(\.recordedAt) == bySequence.map(\.recordedAt).sorted())
    #expect(Set(receipts.map(\.recordedAt)).count == 50)
  }

  // MARK: Request keys

  @Test("A request asked twenty times at once is carried out once, and all get its receipt")
  func sameRequest() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let books = test.books
    let receipts = try await withThrowingTaskGroup(of: (Party.ID, AuditStamp).self) { group in
      for _ in 1...20 {
        group.addTask {
          let receipt = try await books.perform(
            RegisterParty(name: "LP"), by: "maria", requestKey: "form 17")
          return (receipt.outcome, receipt.audit)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(receipts.map(\.0)).count == 1)
    #expect(Set(receipts.map(\.1)).count == 1)
    #expect(try await books.answer(PartiesAsOf(AsOf(.latest))).count == 1)
    #expect(try await books.answer(AuditTrail()).count == 1)
  }

  @Test("Of a key used at once for different requests, one is carried out")
  func sameKeyDifferentRequests() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let books = test.books
    let refusals = await withTaskGroup(of: Refusal?.self) { group in
      for number in 1...20 {
        group.addTask {
          do {
            _ = try await books.perform(
              RegisterParty(name: "LP \(number)"), by: "maria", requestKey: "form 17")
            return nil
          } catch {
            return error as? Refusal
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(refusals.filter { $0 == nil }.count == 1)
    #expect(refusals.filter { $0 == .requestKeyReused }.count == 19)
    #expect(try await books.answer(PartiesAsOf(AsOf(.latest))).count == 1)
  }

  @Test("A key belongs to a person; it is compared by the command; refusals don't use it up")
  func keys() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let books = test.books
    let first = try await books.perform(
      RegisterParty(name: "A"), by: "maria", requestKey: "k")
    let other = try await books.perform(RegisterParty(name: "B"), by: "june", requestKey: "k")
    #expect(other.outcome != first.outcome)
    await #expect(throws: Refusal.requestKeyReused) {
      try await books.perform(
        RegisterParty(name: "A", industry: "바이오"), by: "maria", requestKey: "k")
    }
    // Another command whose content is the same text.
    await #expect(throws: Refusal.requestKeyReused) {
      try await books.perform(
        ChangeCommitmentTotal(
          fund: Fund.ID(rawValue: 1), amount: Money(minorUnits: 1, .krw), effectiveOn: nil),
        by: "maria", requestKey: "k")
    }
    await #expect(throws: Refusal.nameTaken("A", by: .party)) {
      try await books.perform(RegisterParty(name: "A"), by: "maria", requestKey: "k 2")
    }
    let taken = try await books.perform(
      RegisterParty(name: "C"), by: "maria", requestKey: "k 2")
    test.clock.advance(seconds: 86_400)
    let again = try await books.perform(
      RegisterParty(name: "A"), by: "maria", requestKey: "k")
    #expect(again.outcome == first.outcome && again.audit == first.audit)
    #expect(taken.audit.sequence == 3)
  }

  @Test("A refund and a payment of the same content are two commands")
  func sameContent() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await CommandSamples(test)
    let movement = ItemMovement(
      item: CallItem.ID(rawValue: 1), amount: Money(minorUnits: 10, .krw),
      paidDate: CalendarDate(2026, 2, 1)!)
    #expect(RecordPayment(movement).content == RecordRefund(movement).content)
    _ = try await test.books.perform(RecordPayment(movement), by: "maria", requestKey: "k")
    await #expect(throws: Refusal.requestKeyReused) {
      try await test.books.perform(RecordRefund(movement), by: "maria", requestKey: "k")
    }
  }

  @Test("An import of other files under the same key is another request")
  func importsAreCompared() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    func funds(_ name: String) -> ImportBooks {
      ImportBooks([
        CSVFile(name: "funds.csv", bytes: Array("name,commitment_total\n\(name),5\n".utf8))
      ])
    }
    _ = try await test.books.perform(funds("F"), by: "maria", requestKey: "k")
    await #expect(throws: Refusal.requestKeyReused) {
      try await test.books.perform(funds("G"), by: "maria", requestKey: "k")
    }
  }
}
