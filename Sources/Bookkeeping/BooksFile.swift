package import FundModel
package import Store

/// Makes and opens books in a database.
package enum BooksFile {
  /// Every migration, in order. Never edited once shipped.
  package static let migrations = [
    m0001Books, m0002CalendarFeeds, m0003CreditReasons, m0004Seals,
    m0005Access, m0006Imports, m0007LighterBooks,
  ]

  /// Makes new books: the schema and how they are kept.
  ///
  /// - Throws: ``BooksFileError/existsAlready`` when the database holds books.
  package static func create(
    in engine: any SQLEngine, settings: BooksSettings, at instant: Instant
  ) async throws {
    let pending = try await Migrator(migrations).pending(in: engine)
    guard pending.count == migrations.count else { throw BooksFileError.existsAlready }
    _ = try await Migrator(migrations).migrate(engine, appliedAt: instant.description)
    try await engine.write { try settings.write(to: $0) }
  }

  /// Opens books: brings their schema up to date and reads how they are kept.
  ///
  /// - Throws: `StoreError.newerBooks` when a newer program has written them.
  package static func open(
    _ engine: any SQLEngine, now: @escaping @Sendable () -> Instant
  ) async throws -> Books {
    guard try await Migrator(migrations).pending(in: engine).count < migrations.count else {
      throw BooksFileError.noBooks
    }
    _ = try await Migrator(migrations).migrate(engine, appliedAt: now().description)
    let settings = try await engine.read { try BooksSettings(from: $0) }
    guard let clock = BooksClock(zone: settings.zone, now: now) else {
      throw BooksFileError.unknownZone(settings.zone)
    }
    return Books(engine: engine, settings: settings, clock: clock)
  }
}

/// Why books cannot be made or opened.
package enum BooksFileError: Error, Hashable, Sendable {
  case existsAlready
  case noBooks
  case unknownZone(String)
}

extension BooksFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .existsAlready: "There are books in this file already. Choose another file."
    case .noBooks: "There are no books in this file. Make them with `jangbu init`."
    case .unknownZone(let zone):
      "The time zone “\(zone)” is not in this machine's time zone database (package tzdata)."
    }
  }
}
