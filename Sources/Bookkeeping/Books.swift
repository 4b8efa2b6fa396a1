package import FundModel
package import Store

/// A change to the books: one thing a person asked for, with everything needed to do it.
package protocol Command: Sendable {
  /// Usually the id of what came to be. Kept as text with the audit entry, so that a repeated
  /// request gets the first outcome.
  associatedtype Outcome: LosslessStringConvertible & Sendable
  /// What the audit trail calls this change, such as `record-payment`.
  static var name: String { get }
  /// Everything that was asked, canonically: equal commands have equal contents.
  var content: JSON { get }
  /// Whether it may take so long that nobody else is to wait for its commit.
  static var takesLong: Bool { get }
  /// Does the work inside the transaction that `perform` opened. Throws to change nothing.
  func execute(in books: OpenBooks) throws -> Outcome
}

extension Command {
  package static var takesLong: Bool { false }
}

/// A question to the books, answered from one consistent snapshot.
package protocol Query: Sendable {
  associatedtype Answer: Sendable
  func answer(from connection: any SQLConnection) throws -> Answer
}

/// The books of every fund, and the only door through which they change.
package struct Books: Sendable {
  package let settings: BooksSettings
  package let clock: BooksClock
  let engine: any SQLEngine
  /// Figures in memory; `nil` where each question is put to the facts.
  package private(set) var index: AsOfIndex?
  private let knownTokens = KnownTokens()

  /// - Parameter engine: an opened database that holds books (``BooksFile``).
  package init(engine: any SQLEngine, settings: BooksSettings, clock: BooksClock) {
    self.engine = engine
    self.settings = settings
    self.clock = clock
  }

  /// The same books, for whoever asks them often: with figures kept in memory.
  package func indexed() -> Books {
    var books = self
    books.index = AsOfIndex(engine)
    return books
  }

  /// Carries out `command` as one transaction with one audit entry: all of it or none of it.
  ///
  /// - Parameters:
  ///   - keeper: who asks.
  ///   - requestKey: chosen by the asker and scoped to them. A key seen before with the same
  ///     command answers with the first outcome; with another command it is refused.
  package func perform<C: Command>(
    _ command: C, by keeper: Keeper, requestKey: String? = nil
  ) async throws -> Receipt<C.Outcome> {
    let now = clock.now()
    let today = clock.civilDate(of: now)
    return try await engine.write(alone: C.takesLong) { connection in
      if let requestKey,
        let earlier = try connection.earlierReceipt(of: command, by: keeper.name, key: requestKey)
      {
        return earlier
      }
      let head = try connection.auditHead()
      let sequence = try head.following()
      let books = OpenBooks(
        connection: connection, audit: sequence, now: max(now, head.recordedAt.next), today: today)
      let outcome = try command.execute(in: books)
      // Not when it was asked for: what waited for its turn, or took long, was not known then.
      let audit = AuditStamp(
        sequence: sequence, recordedAt: max(clock.now(), head.recordedAt.next))
      try connection.appendAudit(
        audit, actor: keeper.name, command: C.name, content: command.content.text,
        outcome: outcome.description, requestKey: requestKey)
      try connection.seal(audit.sequence, of: books.tablesWritten)
      return Receipt(outcome: outcome, audit: audit)
    }
  }

  /// Who may open these books.
  package var access: Access { Access(engine: engine, now: clock.now, known: knownTokens) }

  /// Answers a question from one consistent snapshot.
  package func answer<Q: Query>(_ query: Q) async throws -> Q.Answer {
    try await answerFromFacts(query)
  }

  /// The same, from memory where that is as good.
  package func answer<Q: IndexedQuery>(_ query: Q) async throws -> Q.Answer {
    guard let index, query.isIndexed else { return try await answerFromFacts(query) }
    return try await index.answer(query)
  }

  /// Answers a question that takes a look at a few rows by their keys.
  package func glance<Q: Query>(_ query: Q) async throws -> Q.Answer {
    try await engine.glance { connection in try query.answer(from: connection) }
  }

  /// Answers from the facts alone.
  package func answerFromFacts<Q: Query>(_ query: Q) async throws -> Q.Answer {
    try await engine.read { connection in try query.answer(from: connection) }
  }

  /// What `query` would answer if `command` were carried out; nothing is kept.
  ///
  /// The same path as ``perform(_:by:requestKey:)``, rolled back.
  package func rehearse<C: Command, Q: Query>(
    _ command: C, then query: @escaping @Sendable (C.Outcome) -> Q
  ) async throws -> Q.Answer {
    try await rehearsing { books in
      try query(command.execute(in: books)).answer(from: books.connection)
    }
  }

  /// What `body` answers of the books as it leaves them; nothing is kept.
  func rehearsing<Answer: Sendable>(
    _ body: @escaping @Sendable (OpenBooks) throws -> Answer
  ) async throws -> Answer {
    let now = clock.now()
    let today = clock.civilDate(of: now)
    do {
      return try await engine.write(alone: true) { connection -> Answer in
        let head = try connection.auditHead()
        throw Rehearsed(
          answer: try body(
            OpenBooks(
              connection: connection, audit: head.following(), now: now, today: today)))
      }
    } catch let rehearsed as Rehearsed<Answer> {
      return rehearsed.answer
    }
  }
}

/// Carries a rehearsal's answer out of the transaction that it rolls back.
private struct Rehearsed<Answer: Sendable>: Error { let answer: Answer }

/// What a change left behind: its outcome and its place in the audit trail.
package struct Receipt<Outcome: Sendable>: Sendable {
  package let outcome: Outcome
  package let audit: AuditStamp
}

/// The books while a command has them open. Valid only during `execute`.
package struct OpenBooks {
  package let connection: any SQLConnection
  /// The sequence of the audit entry that this change will have; every fact written carries it.
  package let audit: Int64
  /// When the change becomes known.
  let now: Instant
  /// The civil date in the books' zone.
  package let today: CalendarDate
  private let steps = Steps()

  init(connection: any SQLConnection, audit: Int64, now: Instant, today: CalendarDate) {
    self.connection = connection
    self.audit = audit
    self.now = now
    self.today = today
  }

  /// Writes one fact.
  ///
  /// - Parameter arguments: its own columns, in the order of `fact`.
  /// - Returns: the id that the database gave it.
  func append(_ fact: FactInsert, _ arguments: [SQLValue]) throws -> Int64 {
    let stamp: [SQLValue] = [.integer(audit), .integer(steps.next(in: fact.table))]
    return try connection.insert(fact.sql, arguments + stamp)
  }

  /// The tables that this change has written to.
  var tablesWritten: Set<String> { steps.tables }

  /// Counts the facts of one change, so that their order is known for ever.
  private final class Steps {
    private var last: Int64 = 0
    private(set) var tables: Set<String> = []

    func next(in table: String) -> Int64 {
      last += 1
      tables.insert(table)
      return last
    }
  }
}
