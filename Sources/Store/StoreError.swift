/// Why the database would not do what it was asked: a failure of the machine or a bug, never
/// something that the person who asked could put right in a form.
package enum StoreError: Error, Equatable, Sendable {
  /// The file or server cannot be reached or used; the reason as a sentence, with the path.
  case unavailable(String)
  /// The path names another file than the one that was opened, or none.
  case fileReplaced(path: String)
  /// There is no file at the path, and none was to be created.
  case missing(path: String)
  /// Someone else kept the books locked for longer than the time allowed.
  case busy
  /// No room is left on the disk.
  case full
  /// The file isn't a database, or is damaged; the reason as a sentence.
  case corrupt(String)
  /// A write was tried in a read, or in a file that may not be written.
  case readOnly
  /// The task was cancelled. Engines turn it into a `CancellationError` at their door.
  case interrupted
  /// A failed statement ended the whole transaction; nothing more can be done in it.
  case transactionLost

  /// The schema refused a row: UNIQUE, CHECK, NOT NULL, FOREIGN KEY, a type, or a trigger.
  case constraint(String)
  /// A sum doesn't fit in 64 bits.
  case overflow
  /// The arguments aren't exactly `$1` to `$n` of the statement.
  case wrongArguments(given: Int, sql: String)
  /// Text with a NUL in it, which no engine keeps faithfully.
  case unusableText(argument: Int, sql: String)
  /// A statement failed for a reason that has no case of its own; the engine's code and words.
  case statement(code: Int, message: String, sql: String)

  /// The answer has no such column.
  case missingColumn(String)
  /// The column holds something other than what the books keep there.
  case malformed(column: String)

  /// The program's own migrations aren't numbered 1, 2, 3 …
  case migrationsOutOfOrder(expected: Int, found: Int)
  /// The books record a migration, but not the one before it.
  case migrationMissing(number: Int)
  /// A migration differs from the one of the same number that the books went through.
  case migrationEdited(number: Int)
  /// A migration failed; the books are as they were before it.
  indirect case migrationFailed(number: Int, StoreError)
  /// The books were migrated by a later program.
  case newerBooks(found: Int, supported: Int)
  /// The database holds tables, but no record of migrations: it belongs to another program.
  case notBooks(tables: [String])

  /// The database runs with other settings than those asked for, each as `name is x, not y`.
  case unsafeSettings([String])
  /// Tables without STRICT, which would take a text for a number.
  case notStrict([String])
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unavailable(let reason): reason
    case .fileReplaced(let path):
      "The file of books at \(path) was moved, deleted or replaced while it was in use; nothing was "
        + "changed. Put it back, or start again with the right one."
    case .missing(let path): "There are no books at \(path)."
    case .busy: "The books are locked by another program; try again in a moment."
    case .full: "There is no room left on the disk; nothing was changed."
    case .corrupt(let reason): reason
    case .readOnly: "The books can only be read here, not written."
    case .interrupted: "The work was cancelled; nothing was changed."
    case .transactionLost: "The database ended the transaction; nothing was changed."
    case .constraint(let message): "The books refuse the row: \(message)."
    case .overflow: "A sum does not fit in 64 bits."
    case .wrongArguments(let given, let sql):
      "\(given) arguments were given to a statement with other parameters: \(sql)"
    case .unusableText(let argument, let sql):
      "Argument $\(argument) holds a NUL character: \(sql)"
    case .statement(let code, let message, let sql):
      "The database refused a statement (\(code), \(message)): \(sql)"
    case .missingColumn(let column): "The answer has no column \(column)."
    case .malformed(let column): "Column \(column) holds a value of another kind than expected."
    case .migrationsOutOfOrder(let expected, let found):
      "The program's migrations are out of order: \(found) stands where \(expected) should."
    case .migrationMissing(let number):
      "The books went through later migrations, but not through number \(number)."
    case .migrationEdited(let number):
      "Migration \(number) is not the one these books went through."
    case .migrationFailed(let number, let reason):
      "Migration \(number) failed and was undone. \(reason)"
    case .newerBooks(let found, let supported):
      "These books are of version \(found); this program knows versions up to \(supported)."
    case .notBooks(let tables):
      "The file is no book of this program; it holds \(tables.joined(separator: ", "))."
    case .unsafeSettings(let settings):
      "The database does not hold its safety settings: \(settings.joined(separator: "; "))."
    case .notStrict(let tables):
      "These tables are not STRICT: \(tables.joined(separator: ", "))."
    }
  }
}
