import Store

/// Takes an import back by opposite facts, as one change that names it: what it paid in is reversed,
/// what it reversed is recorded again, what it promised is released, what it amended is as before.
/// Afterwards every figure at every date is as if it had not been; parties stay, nothing counts by
/// them.
///
/// Refused where something recorded later rests on it, and where it cancelled a call that was there.
package struct UndoImport: Command {
  package static let name = "undo-import"
  package static let takesLong = true

  /// The sequence of the import in the trail.
  package let importSequence: Int64
  package let reason: String

  package init(_ importSequence: Int64, reason: String) {
    self.importSequence = importSequence
    self.reason = reason
  }

  package var content: JSON { ["import": JSON(importSequence), "reason": JSON(reason)] }

  /// - Returns: the sequence of the import.
  package func execute(in books: OpenBooks) throws -> Int64 {
    try books.check(reason, "reason", most: TextLimit.memo, required: true)
    let batch = Batch(sequence: importSequence, books: books, reason: reason)
    try batch.checkThatItCanBeUndone()
    _ = try books.append(newUndo, [.integer(importSequence), .text(reason)])
    try batch.takeBackEntries()
    try batch.takeBackInvestments()
    try batch.takeBackCalls()
    try batch.takeBackPromises()
    try batch.putBackVersions()
    try batch.withdrawFunds()
    return importSequence
  }
}

private let newUndo = FactInsert(into: "import_undo", "import_audit, reason")
