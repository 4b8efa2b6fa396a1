private import FundModel
private import Store

/// What kept the books from doing something that was asked rightly; never the asker's to put right
/// in a form, but for a figure that would be too large.
package enum BooksFailure: Hashable, Sendable {
  /// A sum does not fit in 64 bits.
  case figureTooLarge
  /// Someone else kept the books locked for too long: ask again in a moment.
  case busy
  /// The file of the books was taken away or replaced.
  case fileReplaced
  /// No room is left on the disk.
  case full
  /// Whoever asked has gone, or the program is ending.
  case cancelled
  /// A failure of the machine or a bug: for the log, not for the asker.
  case broken

  package init(_ error: any Error) {
    self =
      switch error {
      case MoneyError.overflow, StoreError.overflow: .figureTooLarge
      case StoreError.busy: .busy
      case StoreError.fileReplaced: .fileReplaced
      case StoreError.full: .full
      case is CancellationError, StoreError.interrupted: .cancelled
      default: .broken
      }
  }
}
