package import Bookkeeping
import Hummingbird

/// Serves until it is told to stop (SIGINT, SIGTERM); every request accepted by then is answered.
package func serve(_ books: Books, configuration: ServerConfiguration) async throws {
  try await buildApplication(books: books, configuration: configuration).runService()
}
