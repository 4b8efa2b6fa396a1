import Bookkeeping
import FundModel
import Sheets
import Synchronization

/// A file on its way into the books: read, laid out by a person, looked at, taken or left.
struct ImportDraft: Sendable {
  /// Not to be guessed; part of the address.
  let id: String
  let user: User.ID
  let file: ImportFile
  let since: Instant
  var stage = Stage.reading(WorkProgress())
  /// What the sheets look like; empty until they are read.
  var looks: [SheetLook] = []
  /// How many rows of each sheet hold something.
  var rowCounts: [Int] = []
  /// What a sheet nearly is whose headings are not enough.
  var nearGuesses: [SheetLayout?] = []
  /// How each sheet is to be read, in their order; `nil` for one that is left out.
  var layouts: [SheetLayout?] = []
  var changesCount = ImportBooks.ChangesCount.fromToday
  /// What was shown is no longer what it would do, so that it was looked at once more.
  var isSeenAgain = false
  /// A person stopped what was under way, so that nothing of it was done.
  var isStopped = false
  /// The same bytes, taken before.
  var earlier: ImportRecord?

  enum Stage: Sendable {
    case reading(WorkProgress)
    /// A person says what the sheets hold.
    case layingOut
    case previewing(WorkProgress)
    case previewed(ImportPreview)
    case taking(WorkProgress)
    /// The entry of the trail that it became, and what its rows did.
    case taken(Int64, ImportReport.Counts)
    case failed(Phrase)
  }

  /// What is under way, where something is.
  var progress: WorkProgress? {
    switch stage {
    case .reading(let progress), .previewing(let progress), .taking(let progress): progress
    case .layingOut, .previewed, .taken, .failed: nil
    }
  }

  var isTaken: Bool { if case .taken = stage { true } else { false } }

  /// Whether nothing is to be done with it any more: it is in the books, or cannot be read.
  var isOver: Bool {
    if case .failed = stage { return !isRead }
    return isTaken
  }

  /// The sheets that a person sees and that hold rows, of which nothing is taken.
  var leftOut: [(name: String, rows: Int)] {
    zip(zip(looks, rowCounts), layouts).compactMap { sheet, layout in
      let (look, rows) = sheet
      return layout == nil && !look.isHidden && look.mark == nil && rows > 1
        ? (look.name, rows) : nil
    }
  }

  /// Whether anything was read of the file that can be laid out anew.
  var isRead: Bool { !looks.isEmpty }
}

/// What an import would do, and what a person may want to know before they let it.
struct ImportPreview: Sendable {
  let report: ImportReport
  /// The tables as the import reads them, by the names that the report calls them.
  let tables: [String: ImportTable]
  let sums: [ControlTotal]
  let unknown: [UnknownName]
  /// What it rests on: over another basis it may be another.
  let basis: ImportBasis
  /// Tells it from all others of the draft: a button on an older page does not take this one.
  let id: String
  /// Names of the file that are read as others of the books.
  let readAs: [ReadName]
  /// From when changed commitments count.
  let changesCount: ImportBooks.ChangesCount
}

/// A sum that a sheet states in its 합계 row, beside what its rows come to.
struct ControlTotal: Hashable, Sendable {
  let sheet: String
  /// What the sheet's column is called.
  let column: Phrase
  /// Nothing where the rows are in several currencies, or none.
  let ours: Money?
  /// The same with what was returned or reversed taken off; `nil` where nothing was.
  let net: Money?
  /// As it stands in the sheet, scaled by its unit.
  let stated: String

  /// By how much the rows are more than the sheet says, which may take off what was returned; `nil`
  /// where they can't be compared.
  var difference: Money? {
    guard let ours, let stated = try? Money(typed: stated, in: ours.currency) else { return nil }
    return try? (isNet ? net ?? ours : ours) - stated
  }

  /// Whether the sheet takes off what was returned.
  var isNet: Bool {
    guard let ours, let net, let stated = try? Money(typed: stated, in: ours.currency) else {
      return false
    }
    return stated == net && stated != ours
  }
}

/// How far something has come that takes a while, and whether it is still wanted. Told from other
/// threads than it is asked from.
final class WorkProgress: Sendable {
  private struct State {
    var share = 0.0
    var isCancelled = false
  }

  private let state = Mutex(State())

  /// From 0 to 1.
  var share: Double { state.withLock { $0.share } }
  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func tell(_ share: Double) { state.withLock { $0.share = min(max(share, $0.share), 1) } }
  func cancel() { state.withLock { $0.isCancelled = true } }

  /// - Throws: `CancellationError` once it is not wanted any more.
  func check() throws { if isCancelled { throw CancellationError() } }
}
