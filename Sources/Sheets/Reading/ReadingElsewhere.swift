/// Reads a file of sheets in a process of its own and hands on what was read.
///
/// - Parameters:
///   - file: its path; what it is called is `name`.
///   - rowsFile: the path at which what was read is to be kept; there may be nothing there.
///   - progress: is told how much is done, from 0 to 1, on any thread.
/// - Throws: ``SheetProblem``, or `CancellationError` when the task was cancelled.
package typealias ReadSheets =
  @Sendable (
    _ file: String, _ name: String, _ rowsFile: String,
    _ progress: @escaping @Sendable (Double) -> Void
  ) async throws -> RowsFile
