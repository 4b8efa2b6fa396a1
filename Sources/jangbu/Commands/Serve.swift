import ArgumentParser
import Bookkeeping
import Foundation
import Web

/// Serves the books to this machine's browser.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the books to the browsers of this machine.",
    discussion:
      "Prints the address once it listens. Ends on Control-C or SIGTERM, when every request that "
      + "was accepted is answered.")

  @OptionGroup var books: BooksOption

  @Option(help: "The port, or the next free one after it; 0 for any. (default: 8080)")
  var port: Int?

  @Flag(
    help: "Print a one-time link that goes in as the owner without a password: for trying things.")
  var link = false

  func validate() throws {
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("--port is a number from 0 to 65535.")
    }
  }

  func run() async throws {
    try await books.withBooks { books in
      let begin: String? =
        if link { try await SignInLink.entering(books) } else {
          try await SignInLink.forFirstOwner(of: books)
        }
      try await serve(
        books,
        configuration: ServerConfiguration(
          port: try FreePort.first(from: port ?? 8_080),
          onRunning: { port in tell(port, begin, books) },
          log: { line in FileHandle.standardError.write(Data((line + "\n").utf8)) },
          newBits: { .random(in: .min ... .max) }))
    }
  }

  /// One line with the address, at once even when nobody reads from a terminal.
  private func tell(_ port: Int, _ begin: String?, _ books: Books) {
    let day = books.settings.showDate.map { "?reference_date=\($0)" } ?? ""
    let words =
      begin == nil || link
      ? "Jangbu is at" : "Nobody can sign in yet. Whoever opens this link first is the owner:"
    let line = "\(words) http://127.0.0.1:\(port)\(begin ?? "/fund-overview")\(day)\n"
    FileHandle.standardOutput.write(Data(line.utf8))
  }
}
