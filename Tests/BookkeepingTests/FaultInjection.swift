import Bookkeeping
import FaultyStore
import FundModel
import RandomBooks
import Store
import Synchronization
import Testing

/// Whatever statement of a change fails, nothing of the change stays.
@Suite("Fault injection")
struct FaultInjection {
  @Test("For every command and every n, the n-th statement fails and every table is as before")
  func everyStatement() async throws {
    for name in allCommandNames {
      let (test, faulty) = try await faultyBooks()
      let samples = try await CommandSamples(test)
      let sample = try #require(samples.sample(of: name))
      let before = try await test.dump()
      var step = 0
      var isDone = false
      while !isDone {
        step += 1
        faulty.failWrites(at: step)
        do {
          // With a request key, so that looking it up can fail too.
          try await perform(sample, test.books, requestKey: "key")
          isDone = true
        } catch let error as StoreError {
          #expect(error == FaultyEngine.failure, "\(name), statement \(step)")
          #expect(try await test.dump() == before, "\(name), statement \(step)")
        }
      }
      // The key, the head of the trail, what the command does, its audit entry, the commit.
      #expect(faulty.statementsInLastWrite == step - 2, "\(name)")
      #expect(step > 5, "\(name)")
      faulty.failWrites(at: nil)
      let after = try await test.dump()
      #expect(after != before, "\(name)")
      try await perform(sample, test.books, requestKey: "key")
      #expect(try await test.dump() == after, "\(name) asked again")
    }
  }

  @Test("A rehearsal leaves nothing behind, whether it works or fails at any statement")
  func rehearsals() async throws {
    let (test, faulty) = try await faultyBooks()
    let samples = try await CommandSamples(test)
    let before = try await test.dump()
    for name in allCommandNames {
      let sample = try #require(samples.sample(of: name))
      for step in [nil, 1, 2, 3, 4] {
        faulty.failWrites(at: step)
        do {
          let row = try await rehearse(sample, test.books)
          #expect(step == nil && row >= 2, "\(name)")
        } catch let error as StoreError {
          #expect(step != nil && error == FaultyEngine.failure, "\(name), \(error)")
        }
        #expect(try await test.dump() == before, "\(name), statement \(step ?? 0)")
      }
    }
  }

  private func faultyBooks() async throws -> (TestBooks, FaultyEngine) {
    let made = Mutex<FaultyEngine?>(nil)
    let test = try await TestBooks(at: Story.noon("2026-06-30")) { engine in
      let faulty = FaultyEngine(wrapping: engine)
      made.withLock { $0 = faulty }
      return faulty
    }
    return (test, try #require(made.withLock { $0 }))
  }

  private func perform(_ command: any Command, _ books: Books, requestKey: String) async throws {
    func perform<C: Command>(_ command: C) async throws {
      _ = try await books.perform(command, by: "maria", requestKey: requestKey)
    }
    try await perform(command)
  }

  /// How many funds the overview would show.
  private func rehearse(_ command: any Command, _ books: Books) async throws -> Int {
    func rehearse<C: Command>(_ command: C) async throws -> Int {
      try await books.rehearse(command) { _ in
        OverviewAsOf(AsOf(.latest), homeCurrency: .krw)
      }.rows.count
    }
    return try await rehearse(command)
  }
}
