package import FundModel

/// One row that an entry of the trail recorded, as people read it: what it is about, and its values,
/// each beside the one that it takes the place of.
package struct RecordedFact: Hashable, Sendable {
  /// What it is a fact of. Raw values are the tables' names.
  package let table: String
  package let id: Int64
  /// Its place among the rows of its entry, from 1.
  package let step: Int64
  /// It takes the place of an earlier version.
  package let isChange: Bool
  package let subject: Subject
  package let fields: [Field]

  package struct Subject: Hashable, Sendable {
    package var fund: Fund?
    package var commitment: Commitment.ID?
    package var side: Side?
    package var party: Party?
    package var call: TrailSubject.Call?
  }

  package struct Field: Hashable, Sendable {
    /// The column's name in the file.
    package let column: String
    /// What was there until then; `nil` where the row is no change of another.
    package let before: Value?
    package let after: Value

    /// Whether it says anything of what changed, or of what is new.
    package var tells: Bool { before.map { $0 != after } ?? (after != .nothing) }
  }

  package enum Value: Hashable, Sendable {
    case nothing
    case text(String)
    case amount(Money)
    case date(CalendarDate)
    case percent(Percent)
    case flag(Bool)
    case number(Int64)
    case side(Side)
    case entryKind(Entry.Kind, Side)
    case currency(Currency)
    case fund(Fund.ID, String)
    case party(Party.ID, String)
    case commitment(Commitment.ID, Side, String)
    case call(CapitalCall.ID, Int64)
    /// An entry, and the place in the trail at which it was recorded.
    case entry(Entry.ID, recordedAs: Int64)
    /// A row of another table that has no page of its own.
    case row(Int64)
  }
}

/// One entry of the trail in full.
package struct TrailEntryInFull: Hashable, Sendable {
  package let entry: AuditEntry
  /// Whom it let in, changed or ended, with the names of the parties before and after.
  package let user: RecordedUser?
  package let partyNames: [Party.ID: String]
  package let subject: TrailSubject
  /// The import that it is, with its files and what undid it, as far as that was known.
  package let importing: ImportRecord?
  /// The import that it took back.
  package let undid: Int64?
  /// In the order of writing, from one step on; a change of many rows is read in pages.
  package let facts: [RecordedFact]
  /// How many rows of each table it wrote.
  package let rowsByTable: [RowCount]
  /// The step after which the next page of facts begins; `nil` on the last.
  package let nextStep: Int64?
  /// Its neighbours in the trail, as far as it was known.
  package let previous: Int64?
  package let next: Int64?

  package struct RowCount: Hashable, Sendable {
    package let table: String
    package let count: Int
  }
}
