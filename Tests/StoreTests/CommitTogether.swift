import Store
import Synchronization
import Testing

/// Changes that wait at the same time are committed together; each is whole or nothing for itself.
@Suite("Changes that are committed together")
struct CommitTogether {
  private static let account = """
    CREATE TABLE account (
      id INTEGER PRIMARY KEY,
      owner INTEGER REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """

  private struct Refused: Error, Equatable { let number: Int }

  /// Lets `writes` wait behind one that holds the books open, then lets all go.
  private func waiting(
    _ engine: any SQLEngine, _ count: Int,
    alone: @escaping @Sendable (Int) -> Bool = { _ in false },
    _ write: @escaping @Sendable (Int, any SQLConnection) throws -> Void
  ) async throws -> [Result<Void, any Error>] {
    let gate = Gate()
    let first = Task { try await engine.write(alone: true) { _ in _ = gate.pass() } }
    await gate.arrived()
    let started = Counts()
    return try await withThrowingTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
      for number in 1...count {
        group.addTask {
          started.add(number)
          do {
            try await engine.write(alone: alone(number)) { try write(number, $0) }
            return (number, .success(()))
          } catch { return (number, .failure(error)) }
        }
      }
      // All have begun to wait before the first lets them in.
      while started.numbers < count { await Task.yield() }
      try await Task.sleep(for: .milliseconds(50))
      gate.open()
      var results: [Int: Result<Void, any Error>] = [:]
      for try await (number, result) in group { results[number] = result }
      try await first.value
      return (1...count).compactMap { results[$0] }
    }
  }

  @Test(
    "One that throws takes back what it wrote, and nothing of others", arguments: TestedEngine.all)
  func oneThrows(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      let results = try await waiting(engine, 30) { number, books in
        try books.run("INSERT INTO account (id) VALUES ($1)", [.integer(Int64(number))])
        if number.isMultiple(of: 3) { throw Refused(number: number) }
      }
      for (index, result) in results.enumerated() {
        let number = index + 1
        switch result {
        case .success: #expect(!number.isMultiple(of: 3))
        case .failure(let error): #expect(error as? Refused == Refused(number: number))
        }
      }
      let kept = try await engine.rows("SELECT id FROM account ORDER BY id").map(\.values)
      #expect(kept == (1...30).filter { !$0.isMultiple(of: 3) }.map { [.integer(Int64($0))] })
    }
  }

  @Test(
    "One that only the commit refuses takes nobody with it: all are run again, one by one",
    arguments: TestedEngine.all)
  func commitRefuses(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      let runs = Counts()
      let results = try await waiting(engine, 12) { number, books in
        runs.add(number)
        // An owner whom nobody ever writes: known to be wrong at the commit alone.
        let owner: SQLValue = number == 5 ? .integer(99) : .null
        try books.run(
          "INSERT INTO account (id, owner) VALUES ($1, $2)", [.integer(Int64(number)), owner])
      }
      for (index, result) in results.enumerated() {
        if case .failure(let error) = result {
          #expect(index + 1 == 5)
          #expect((error as? StoreError)?.isConstraint == true, "\(error)")
        }
      }
      #expect(results.count { if case .failure = $0 { true } else { false } } == 1)
      #expect(try await engine.value("SELECT count(*) FROM account") == .integer(11))
      // They had been together indeed.
      #expect(runs.counted(2) >= 6)
    }
  }

  @Test("Each sees what those before it did", arguments: TestedEngine.all)
  func inOrder(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      _ = try await waiting(engine, 40, alone: { $0.isMultiple(of: 7) }) { _, books in
        let next = try books.rows("SELECT coalesce(max(id), 0) + 1 AS next FROM account")[0]
        try books.run("INSERT INTO account (id) VALUES ($1)", [try next.value("next")])
      }
      #expect(try await engine.value("SELECT count(*) FROM account") == .integer(40))
      #expect(try await engine.value("SELECT max(id) FROM account") == .integer(40))
    }
  }

  @Test("One whose asker gives up while it waits changes nothing", arguments: TestedEngine.all)
  func cancelledWhileWaiting(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      let gate = Gate()
      let first = Task { try await engine.write(alone: true) { _ in _ = gate.pass() } }
      await gate.arrived()
      let givenUp = Task { try await engine.run("INSERT INTO account (id) VALUES (1)") }
      let other = Task { try await engine.run("INSERT INTO account (id) VALUES (2)") }
      try await Task.sleep(for: .milliseconds(50))
      givenUp.cancel()
      gate.open()
      await #expect(throws: CancellationError.self) { try await givenUp.value }
      try await other.value
      try await first.value
      #expect(try await engine.rows("SELECT id FROM account").map(\.values) == [[.integer(2)]])
    }
  }
}

/// How often each number was counted.
private final class Counts: Sendable {
  private let counts = Mutex([Int: Int]())

  func add(_ number: Int) { counts.withLock { $0[number, default: 0] += 1 } }
  var numbers: Int { counts.withLock { $0.count } }
  /// How many numbers were counted so often.
  func counted(_ times: Int) -> Int { counts.withLock { $0.values.count { $0 == times } } }
}
