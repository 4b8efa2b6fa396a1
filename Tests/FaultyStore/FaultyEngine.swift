package import Store
internal import Synchronization

/// An engine whose writes fail on order: proof that books are either changed whole or not at all.
///
/// The steps of a write are its statements, in order from 1, and at last its commit. Reads always
/// work. After the failing step every later one of the same write fails too, as on a lost
/// connection, so that a body can't swallow the failure and be committed.
package final class FaultyEngine: SQLEngine {
  private let engine: any SQLEngine
  private let state = Mutex(State())

  package init(wrapping engine: any SQLEngine) {
    self.engine = engine
  }

  /// What the failing step throws.
  package static let failure = StoreError.unavailable("The disk was pulled out, on purpose.")

  /// Lets every later write fail at its `step`-th step; `nil` lets all of them work.
  package func failWrites(at step: Int?) {
    state.withLock { $0.failingStep = step }
  }

  /// The statements that the last write began, the failing one included.
  package var statementsInLastWrite: Int { state.withLock { $0.statements } }

  /// The statements of all writes since the engine was made.
  package var statementsInAllWrites: Int { state.withLock { $0.allStatements } }

  package func read<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await engine.read(body)
  }

  package func glance<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await engine.glance(body)
  }

  package func write<Answer: Sendable>(
    alone: Bool, _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await engine.write(alone: alone) { [self] connection in
      state.withLock { $0.begin() }
      let answer = try body(FaultyConnection(connection: connection, engine: self))
      try step(isStatement: false)
      return answer
    }
  }

  package func changeNumber() -> Int64? { engine.changeNumber() }

  fileprivate func step(isStatement: Bool) throws(StoreError) {
    let fails = state.withLock { $0.step(isStatement: isStatement) }
    if fails { throw Self.failure }
  }
}

extension FaultyEngine {
  private struct State {
    var failingStep: Int?
    var steps = 0
    var statements = 0
    var allStatements = 0

    mutating func begin() {
      steps = 0
      statements = 0
    }

    mutating func step(isStatement: Bool) -> Bool {
      steps += 1
      if isStatement {
        statements += 1
        allStatements += 1
      }
      guard let failingStep else { return false }
      return steps >= failingStep
    }
  }
}

private struct FaultyConnection: SQLConnection {
  let connection: any SQLConnection
  let engine: FaultyEngine

  func rows(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> [SQLRow] {
    try engine.step(isStatement: true)
    return try connection.rows(sql, arguments)
  }

  func insert(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> Int64 {
    try engine.step(isStatement: true)
    return try connection.insert(sql, arguments)
  }

  func forEachRow(_ sql: String, _ body: (any SQLCursor) throws -> Void) throws {
    try engine.step(isStatement: true)
    try connection.forEachRow(sql, body)
  }

  func run(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) {
    try engine.step(isStatement: true)
    try connection.run(sql, arguments)
  }
}
