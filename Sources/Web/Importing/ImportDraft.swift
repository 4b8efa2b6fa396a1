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
  var stage: Stage
  /// What the sheets look like; empty until they are read.
  var looks: [SheetLook] = []
  /// How each sheet is to be read, in their order; `nil` for one that is left out.
  var layouts: [SheetLayout?] = []
  var changesCount = ImportBooks.ChangesCount.fromToday
  /// The same file, taken before and not undone since.
  var earlier: ImportEarlier?

  enum Stage: Sendable {
    case reading(WorkProgress)
    /// A person says what the sheets hold.
    case layingOut
    case previewing(WorkProgress)
    case previewed(ImportReport, stated: [StatedTotal])
    case taking(WorkProgress)
    /// The entry of the trail that it became.
    case taken(Int64, ImportCounts)
    case failed(Phrase)
  }

  /// A sum that a sheet states in its 합계 row, beside what its rows come to.
  struct StatedTotal: Hashable, Sendable {
    let sheet: String
    let format: BooksFormat
    let column: String
    /// As it stands in the sheet, scaled.
    let text: String
  }

  var progress: WorkProgress? {
    switch stage {
    case .reading(let progress), .previewing(let progress), .taking(let progress): progress
    default: nil
    }
  }
}

/// The same file was taken before.
struct ImportEarlier: Hashable, Sendable {
  let sequence: Int64
  let recordedAt: Instant
  let actor: String
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
