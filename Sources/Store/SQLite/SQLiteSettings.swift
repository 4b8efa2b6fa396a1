internal import GRDB
internal import GRDBSQLite

/// A PRAGMA that the books rely on: what it is set to, and what it must then say of itself.
package struct SQLiteSetting: Hashable, Sendable {
  package let pragma: String
  /// What to write; `nil` for a setting that is only looked at.
  package let asked: String?
  package let expected: String

  package init(_ pragma: String, asked: String?, expected: String) {
    self.pragma = pragma
    self.asked = asked
    self.expected = expected
  }
}

extension SQLiteSetting {
  /// What every connection must hold, the writer and each reader.
  package static let everywhere = [
    // Set by the pool; a file can refuse it, on a network disk for one.
    SQLiteSetting("journal_mode", asked: nil, expected: "wal"),
    // A commit is on the disk before anyone is told of it. GRDB's pool sets NORMAL.
    SQLiteSetting("synchronous", asked: "FULL", expected: "2"),
    SQLiteSetting("foreign_keys", asked: "ON", expected: "1"),
    // Without it INSERT OR REPLACE deletes rows past the triggers that refuse DELETE.
    SQLiteSetting("recursive_triggers", asked: "ON", expected: "1"),
    SQLiteSetting("ignore_check_constraints", asked: "OFF", expected: "0"),
    // A tampered schema can't call functions with side effects.
    SQLiteSetting("trusted_schema", asked: "OFF", expected: "0"),
    // Damage is noticed when a page is read, rather than passed on.
    SQLiteSetting("cell_size_check", asked: "ON", expected: "1"),
  ]

  /// Room for what an import changes.
  static let writer = [
    // 64 MiB: with little of it, every page is written many times. It is given back afterwards.
    SQLiteSetting("cache_size", asked: "-65536", expected: "-65536"),
    // What each statement might have to take back is kept in memory: in a file it is fifteen small
    // writes for every row.
    SQLiteSetting("temp_store", asked: "MEMORY", expected: "2"),
  ]

  /// A reader is opened read-only; this also keeps it from temporary tables.
  static let reader = SQLiteSetting("query_only", asked: "ON", expected: "1")
}

extension Database {
  func apply(_ settings: [SQLiteSetting]) throws {
    for setting in settings {
      guard let asked = setting.asked else { continue }
      try execute(sql: "PRAGMA \(setting.pragma) = \(asked)")
    }
  }

  /// Reads every setting back.
  ///
  /// - Throws: `unsafeSettings`, naming each that doesn't hold.
  func verify(_ settings: [SQLiteSetting]) throws {
    let broken = try settings.compactMap { setting -> String? in
      let found = try String.fetchOne(self, sql: "PRAGMA \(setting.pragma)") ?? "unknown"
      guard found != setting.expected else { return nil }
      return "\(setting.pragma) is \(found), not \(setting.expected)"
    }
    guard broken.isEmpty else { throw StoreError.unsafeSettings(broken) }
  }

  /// Whether SQLite had to open the file read-only, because of its permissions or its disk.
  var isFileReadOnly: Bool { sqlite3_db_readonly(sqliteConnection, "main") == 1 }
}
