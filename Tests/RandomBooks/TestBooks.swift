package import Bookkeeping
internal import Foundation
package import FundModel
package import Store

/// Books in a file of their own, with a clock of their own; gone when the test lets go of them.
package final class TestBooks: Sendable {
  package let books: Books
  package let clock: StoryClock
  package let engine: any SQLEngine
  /// Where the file is.
  package let path: String
  private let folder: String

  /// - Parameter wrapping: what stands between the books and their file, such as a faulty engine.
  package init(
    at start: Instant, settings: BooksSettings = BooksSettings(),
    wrapping: (SQLiteEngine) -> any SQLEngine = { $0 }
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "books-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    self.folder = folder
    // A test may lose its books in a power cut: without waiting for the disk it is much faster.
    let settingsWithoutSync = SQLiteSetting.everywhere.map {
      $0.pragma == "synchronous"
        ? SQLiteSetting("synchronous", asked: "OFF", expected: "0") : $0
    }
    path = "\(folder)/books.sqlite"
    let engine = try SQLiteEngine(
      path: path, create: true, settings: settingsWithoutSync)
    let wrapped = wrapping(engine)
    let clock = StoryClock(start)
    try await BooksFile.create(in: engine, settings: settings, at: start)
    self.engine = wrapped
    self.clock = clock
    books = try await BooksFile.open(wrapped, now: { clock.now })
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Every row of every table, also of those that later migrations add.
  package func dump() async throws -> [String] { try await books.answer(TableDump()) }

  /// The books as files, by name.
  package func exported() async throws -> [String: String] {
    var files: [String: String] = [:]
    for file in try await books.answer(ExportBooks()) {
      files[file.name] = String(decoding: file.bytes, as: UTF8.self)
    }
    return files
  }
}

/// How many rows each table has, and the last id that it gave out. Rows are only ever added, so books
/// with equal counts are the same.
package struct RowCounts: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> [String: Int64] {
    var counts: [String: Int64] = [:]
    for table in factTables + ["audit", "setting", "entry_kind"] {
      let row = try connection.rows("SELECT count(*) AS count FROM \(table)").first
      counts[table] = try row?.integer("count")
    }
    for row in try connection.rows("SELECT name, seq FROM sqlite_sequence") {
      counts["last id of " + (try row.text("name"))] = try row.integer("seq")
    }
    return counts
  }
}

/// Every row of every table as a line of text: two books are the same when their dumps are.
package struct TableDump: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> [String] {
    var lines: [String] = []
    let tables = try connection.rows(
      "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for table in tables {
      let name = try table.text("name")
      for row in try connection.rows("SELECT * FROM \(name) ORDER BY 1, 2") {
        lines.append("\(name): \(row.values)")
      }
    }
    return lines
  }
}
