import Bookkeeping
import Foundation
import FundModel
import RandomBooks
import Store
import Testing

/// Feeds are made and ended through the one door; the books never hold a token.
@Suite("Calendar feeds")
struct CalendarFeedTests {
  private let token = Secret(bytes: (0..<32).map { UInt8($0) })!
  private let other = Secret(bytes: (0..<32).map { UInt8(255 - $0) })!

  @Test("A feed is found by its token until it is ended; the list keeps it")
  func life() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    #expect(try await test.books.answer(CalendarFeedAt(token)) == nil)
    let made = try await test.books.perform(
      MakeCalendarFeed(name: "전화", withAmounts: true, token: token), by: "maria")
    let feed = try #require(try await test.books.answer(CalendarFeedAt(token)))
    #expect(feed.id == made.outcome)
    #expect(feed.name == "전화" && feed.withAmounts && feed.endedAt == nil)
    #expect(feed.madeAt == made.audit.recordedAt)
    #expect(try await test.books.answer(CalendarFeedAt(other)) == nil)

    let ended = try await test.books.perform(EndCalendarFeed(feed: feed.id), by: "maria")
    #expect(try await test.books.answer(CalendarFeedAt(token)) == nil)
    let listed = try await test.books.answer(CalendarFeeds())
    #expect(listed.map(\.endedAt) == [ended.audit.recordedAt])
    await #expect(throws: Refusal.feedEndedAlready) {
      try await test.books.perform(EndCalendarFeed(feed: feed.id), by: "maria")
    }
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
  }

  @Test("The token stands nowhere in the books, nor in the trail; only its digest does")
  func secret() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await test.books.perform(
      MakeCalendarFeed(name: "F", withAmounts: false, token: token), by: "maria")
    let dump = try await test.dump().joined(separator: "\n")
    #expect(token.text == "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
    #expect(!dump.contains(token.text))
    #expect(dump.contains(SHA256.hex(of: Array(token.text.utf8))))
    let trail = try await test.books.answer(AuditTrail(limit: 1))
    #expect(trail[0].content == #"{"name":"F","with_amounts":false}"#)
    #expect(Secret(bytes: [1, 2, 3]) == nil)
  }

  @Test("A request asked again makes no second feed, and its new token opens nothing")
  func again() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let first = try await test.books.perform(
      MakeCalendarFeed(name: "F", withAmounts: false, token: token), by: "maria",
      requestKey: "key")
    let again = try await test.books.perform(
      MakeCalendarFeed(name: "F", withAmounts: false, token: other), by: "maria",
      requestKey: "key")
    #expect(again.outcome == first.outcome)
    #expect(try await test.books.answer(CalendarFeeds()).count == 1)
    #expect(try await test.books.answer(CalendarFeedAt(other)) == nil)
  }

  @Test("Each call comes with the instant of the last fact about it")
  func recordedAt() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     F    KRW 1,000
      2026-01-01  partner  LP   기관  1,000
      2026-01-05  call 1   due 2026-01-31  LP 100
      2026-01-05  call 2   due 2026-02-28  LP 50
      """)
    let books = story.books
    _ = try await books.perform(
      MakeCalendarFeed(name: "F", withAmounts: false, token: token), by: "maria")
    func instants() async throws -> [Instant] {
      let content = try #require(
        try await books.answer(CalendarFeedContent(at: token, AsOf(.latest))))
      return content.cards.compactMap { content.recordedAt[$0.standing.call.id] }
    }
    let before = try await instants()
    #expect(before.count == 2 && before[0] < before[1])
    try await story.tell("2026-01-10  pays 1  LP  40")
    #expect(try await instants() == [try await story.now, before[1]])
    try await story.tell("2026-01-10  reverses 1  LP  40")
    #expect(try await instants() == [try await story.now, before[1]])
  }
}

/// Books that an earlier program made.
@Suite("Migration 2")
struct CalendarFeedMigration {
  @Test("Books of migration 1 keep every row and take feeds")
  func existingBooks() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let engine = try SQLiteEngine(path: folder.appending(path: "old.books").path, create: true)
    let first = Array(BooksFile.migrations.prefix(1))
    _ = try await Migrator(first).migrate(engine, appliedAt: "2026-01-01T00:00:00.000000Z")
    try await engine.write { connection in
      for (name, value) in [("zone", "Asia/Seoul"), ("home_currency", "KRW")] {
        try connection.run(
          "INSERT INTO setting (name, value) VALUES ($1, $2)",
          [.text(name), .text(value)])
      }
      try connection.run(
        """
        INSERT INTO audit (sequence, recorded_at, actor, command, content, outcome, request_key)
        VALUES (1, '2026-01-01T00:00:00.000000Z', 'maria', 'register-party', '{}', '1', NULL)
        """)
      try connection.run("INSERT INTO party (audit, step) VALUES (1, 1)")
      try connection.run(
        """
        INSERT INTO party_version (party_id, name, industry, audit, step)
        VALUES (1, 'LP', '', 1, 2)
        """)
    }
    let now = Story.noon("2026-06-30")
    let books = try await BooksFile.open(engine, now: { now })
    #expect(try await books.answer(PartiesAsOf(AsOf(.latest))).map(\.party.name) == ["LP"])
    #expect(try await books.answer(CheckBooks()).isEmpty)
    let made = try await books.perform(
      MakeCalendarFeed(
        name: "F", withAmounts: false, token: Secret(bytes: [UInt8](repeating: 7, count: 32))!),
      by: "maria")
    #expect(made.audit.sequence == 2)
    #expect(try await Migrator(BooksFile.migrations).pending(in: engine).isEmpty)
  }

  @Test("What has shipped is not edited")
  func unedited() {
    let scripts = BooksFile.migrations.map { $0.sql.joined(separator: ";\n") }
    #expect(
      scripts.prefix(2).map { SHA256.hex(of: Array($0.utf8)) } == [
        "017ac23cd33974707a0762b98bf5c2de0b6bab95faa48b13f2ed2c53db7be829",
        "c063d23b0cd9264e3f281c0d2bc38e1f2227eb50ea3a0c3bc87fa02ab824236b",
      ])
  }
}
