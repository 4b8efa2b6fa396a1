import Bookkeeping
import Dispatch
import FundModel
import RandomBooks
import Store
import Synchronization
import Testing

/// Whoever asks about the whole ledger while it is read into memory waits for that; and nothing that
/// happens meanwhile makes an answer wrong.
@Suite("As-of index, while it is being read")
struct AsOfIndexReadingTests {
  private let question = OverviewAsOf(AsOf(.latest), homeCurrency: .krw)
  private let january = CalendarDate(2026, 1, 5)!

  @Test("Overviews wait for the one reading, and know what was committed before they were asked")
  func askedMeanwhile() async throws {
    let (test, engine, books) = try await samples()
    let (ledger, calls) = (Gate(), Gate())
    engine.before { statement in
      guard statement.isLong else { return }
      if statement.sql.contains("ORDER BY commitment_id") { ledger.pass() }
      if statement.sql.contains("SELECT item_id") { calls.pass() }
    }
    let reading = Task { try await books.index?.read() }
    await ledger.arrived()
    await calls.arrived()
    calls.open()
    // The books are being read as they are now, and change.
    _ = try await test.books.perform(payment(of: 2, 70), by: "maria")
    let answered = Count()
    let before = engine.reads
    try await withThrowingTaskGroup(of: Overview.self) { group in
      for _ in 1...5 {
        group.addTask {
          let answer = try await books.answer(question)
          answered.add()
          return answer
        }
      }
      // What the facts tell quickly they tell.
      let life = LifeOfFundsAsKnown(around: books.clock.today)
      for _ in 1...20 {
        #expect(try await books.answer(life) == test.books.answerFromFacts(life))
      }
      #expect(answered.number == 0)
      #expect(engine.reads == before + 20)
      ledger.open()
      let facts = try await test.books.answerFromFacts(question)
      for try await answer in group { #expect(answer == facts) }
    }
    try await reading.value
    #expect(books.index?.isRead == true)
  }

  @Test("A reading that fails leads to the facts, and is tried again when something has changed")
  func failing() async throws {
    let (test, engine, books) = try await samples()
    let ledger = Gate()
    engine.before {
      guard $0.isLong, $0.sql.contains("ORDER BY commitment_id") else { return }
      ledger.pass()
      throw StoreError.unavailable("The disk was pulled out, on purpose.")
    }
    let asked = Task { try await books.answer(question) }
    await ledger.arrived()
    let second = Task { try await books.answer(question) }
    ledger.open()
    let facts = try await test.books.answerFromFacts(question)
    #expect(try await asked.value == facts)
    #expect(try await second.value == facts)
    #expect(books.index?.isRead == false)
    // Nobody waits for what would fail again.
    engine.before { _ in }
    let before = engine.reads
    #expect(try await books.answer(question) == facts)
    #expect(engine.reads == before + 1)
    _ = try await test.books.perform(payment(of: 2, 70), by: "maria")
    #expect(try await books.answer(question) == test.books.answerFromFacts(question))
    #expect(books.index?.isRead == true)
  }

  @Test("Who asked first and goes away is let go, and leaves the reading to those who stay")
  func goneMeanwhile() async throws {
    let (test, engine, books) = try await samples()
    let ledger = Gate()
    engine.before { if $0.isLong, $0.sql.contains("ORDER BY commitment_id") { ledger.pass() } }
    let before = engine.reads
    let gone = Task { try await books.answer(question) }
    await ledger.arrived()
    let staying = Task { try await books.answer(question) }
    gone.cancel()
    await #expect(throws: CancellationError.self) { try await gone.value }
    ledger.open()
    let answer = try await staying.value
    #expect(books.index?.isRead == true)
    // The two looks of one reading were enough, and nobody has asked the facts.
    #expect(engine.reads == before + 2)
    #expect(try await answer == test.books.answerFromFacts(question))
  }

  @Test("What is committed between its two looks at the books is not in one of them alone")
  func committedBetween() async throws {
    let (test, engine, books) = try await samples()
    let late = january.adding(days: 9)
    _ = try await test.books.perform(
      AmendCapitalCall(call: CapitalCall.ID(rawValue: 2), dueDate: late), by: "maria")
    let (calls, figures) = (Gate(), Gate())
    engine.before { statement in
      // One has begun to look for open calls; the other is to look only after the change.
      if statement.isLong, statement.sql.contains("SELECT item_id") { calls.pass() }
      if statement.isFirst, statement.sql.contains("FROM entry_kind") {
        figures.pass()
        throw WatchedEngine.onceMore
      }
    }
    let reading = Task { try await books.index?.read() }
    await calls.arrived()
    await figures.arrived()
    engine.before { _ in }
    _ = try await test.books.perform(payment(of: 2, 100), by: "maria")
    calls.open()
    figures.open()
    try await reading.value
    #expect(books.index?.isRead == true)
    let rail = CashTimelineAsOf(of: .currency(.krw))
    let indexed = try await books.answer(rail)
    #expect(try await indexed == test.books.answerFromFacts(rail))
    #expect(!indexed.dueDays.contains(late))
  }

  @Test("Where what was read meanwhile is no longer enough, all is read once more")
  func withdrawnMeanwhile() async throws {
    let (test, engine, books) = try await samples(filled: false)
    let sequence = try await test.take(ImportExamples.sound)
    let (ledger, calls) = (Gate(), Gate())
    engine.before { statement in
      guard statement.isLong else { return }
      if statement.sql.contains("ORDER BY commitment_id") { ledger.pass() }
      if statement.sql.contains("SELECT item_id") { calls.pass() }
    }
    let asked = Task { try await books.answer(question) }
    await ledger.arrived()
    await calls.arrived()
    _ = try await test.books.perform(UndoImport(sequence, reason: "다른 회사"), by: "maria")
    ledger.open()
    calls.open()
    #expect(try await asked.value == test.books.answerFromFacts(question))
    #expect(books.index?.isRead == true)
  }

  @Test("Many ask at once where one may read at a time")
  func oneReader() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await CommandSamples(test)
    let engine = try SQLiteEngine(path: test.path, readers: 1)
    let books = try await BooksFile.open(engine, now: { test.clock.now }).indexed()
    let facts = try await test.books.answerFromFacts(question)
    try await withThrowingTaskGroup(of: Overview.self) { group in
      for _ in 1...20 { group.addTask { try await books.answer(question) } }
      for try await answer in group { #expect(answer == facts) }
    }
    #expect(books.index?.isRead == true)
    try engine.close()
  }

  @Test("A reading that is stopped ends, and those who wait for it ask the facts")
  func stopped() async throws {
    let (test, engine, books) = try await samples()
    let ledger = Gate()
    engine.before { if $0.isLong, $0.sql.contains("ORDER BY commitment_id") { ledger.pass() } }
    let reading = Task { try await books.index?.read() }
    await ledger.arrived()
    let asked = Task { try await books.answer(question) }
    books.index?.stopReading()
    ledger.open()
    await #expect(throws: CancellationError.self) { try await reading.value }
    #expect(try await asked.value == test.books.answerFromFacts(question))
  }

  private func samples(filled: Bool = true) async throws -> (TestBooks, WatchedEngine, Books) {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    if filled { _ = try await CommandSamples(test) }
    let engine = WatchedEngine(test.engine)
    let books = try await BooksFile.open(engine, now: { test.clock.now }).indexed()
    return (test, engine, books)
  }

  private func payment(of item: Int64, _ units: Int64) -> RecordPayment {
    RecordPayment(
      ItemMovement(
        item: CallItem.ID(rawValue: item), amount: Money(minorUnits: units, .krw),
        paidDate: january))
  }
}

/// Tells a test of every statement of a read before it is run, so that it can hold it up there.
private final class WatchedEngine: SQLEngine {
  struct Statement {
    let sql: String
    /// Whether it is read row by row, as only the index does.
    let isLong: Bool
    /// Whether the read has looked at nothing before.
    let isFirst: Bool
  }
  typealias Look = @Sendable (Statement) throws -> Void

  private let engine: any SQLEngine
  private let look = Mutex<Look>({ _ in })
  private let count = Count()

  init(_ engine: any SQLEngine) { self.engine = engine }

  func before(_ look: @escaping Look) { self.look.withLock { $0 = look } }

  /// How often somebody has asked for a snapshot.
  var reads: Int { count.number }

  func read<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    count.add()
    while true {
      do {
        return try await engine.read { try body(Connection($0, self)) }
      } catch let error as StoreError where error == Self.onceMore {}
    }
  }

  /// What a test throws to have a read begin again, in a snapshot of then.
  static let onceMore = StoreError.unavailable("Once more.")

  func write<Answer: Sendable>(
    alone: Bool, _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await engine.write(alone: alone, body)
  }

  func changeNumber() -> Int64? { engine.changeNumber() }

  private final class Connection: SQLConnection {
    private let connection: any SQLConnection
    private let engine: WatchedEngine
    private var isFirst = true

    init(_ connection: any SQLConnection, _ engine: WatchedEngine) {
      (self.connection, self.engine) = (connection, engine)
    }

    private func watch(_ sql: String, isLong: Bool) throws(StoreError) {
      defer { isFirst = false }
      do {
        try engine.look.withLock { $0 }(Statement(sql: sql, isLong: isLong, isFirst: isFirst))
      } catch {
        throw error as? StoreError ?? .unavailable("\(error)")
      }
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> [SQLRow] {
      try watch(sql, isLong: false)
      return try connection.rows(sql, arguments)
    }

    func forEachRow(_ sql: String, _ body: (any SQLCursor) throws -> Void) throws {
      try watch(sql, isLong: true)
      try connection.forEachRow(sql, body)
    }

    func insert(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> Int64 {
      try connection.insert(sql, arguments)
    }

    func run(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) {
      try connection.run(sql, arguments)
    }
  }
}

private final class Count: Sendable {
  private let count = Atomic(0)

  func add() { count.add(1, ordering: .sequentiallyConsistent) }

  var number: Int { count.load(ordering: .sequentiallyConsistent) }
}

/// Holds up whoever passes, until the test says so.
private final class Gate: Sendable {
  private let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation
  private let isOpen = DispatchSemaphore(value: 0)

  init() { (arrivals, arrival) = AsyncStream.makeStream() }

  /// - Returns: at the latest after a minute, so that a broken test ends.
  func pass() {
    arrival.yield()
    if isOpen.wait(timeout: .now() + 60) == .success { isOpen.signal() }
  }

  func arrived() async { for await _ in arrivals { return } }

  /// For this one and all who come later.
  func open() { isOpen.signal() }
}
