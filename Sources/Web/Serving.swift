package import Bookkeeping
import Hummingbird
import NIOCore

/// Serves until it is told to stop (SIGINT, SIGTERM); every request accepted by then is answered.
///
/// - Throws: ``CannotListen`` where the address cannot be had.
package func serve(_ books: Books, configuration: ServerConfiguration) async throws {
  do {
    try await buildApplication(books: books, configuration: configuration).runService()
  } catch let error as IOError {
    throw CannotListen(errorNumber: error.errnoCode)
  }
}

/// Why a server could not begin to listen.
package struct CannotListen: Error {
  /// The system's number of the reason.
  package let errorNumber: Int32
}
