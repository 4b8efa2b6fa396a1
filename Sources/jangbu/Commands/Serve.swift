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

  @OptionGroup var listening: ListeningOptions

  @Flag(
    help: "Print a one-time link that goes in as the owner without a password: for trying things.")
  var link = false

  @Option(help: ArgumentHelp("What all time limits are multiplied by.", visibility: .private))
  var patience = 1.0

  func run() async throws {
    if link, listening.door != .thisMachine {
      throw Refused("--link lets in without a password, so it is not for books behind a proxy.")
    }
    let place = try listening.listening()
    if let path = listening.socket { try SocketFile.makeRoom(at: path) }
    FileHandles.raiseLimit()
    try await books.withBooks { books in
      let begin: String? =
        if link { try await SignInLink.entering(books) } else {
          try await SignInLink.forFirstOwner(of: books)
        }
      let putBack = listening.socket.map { _ in SocketFile.closingToOthers() }
      var configuration = ServerConfiguration(
        listening: place, door: listening.door,
        onRunning: { port in
          putBack?()
          tell(port, begin, books)
        },
        log: { line in FileHandle.standardError.write(Data((line + "\n").utf8)) },
        newBits: { .random(in: .min ... .max) })
      configuration.limits = Limits().hurried(by: patience)
      configuration.limits.connections = min(
        configuration.limits.connections, FileHandles.forConnections)
      defer { if let path = listening.socket { SocketFile.remove(at: path) } }
      do { try await serve(books, configuration: configuration) } catch let error as CannotListen {
        throw Refused(
          "The server cannot listen there: \(String(cString: strerror(error.errorNumber))).")
      }
    }
  }

  /// One line with the address, at once even when nobody reads from a terminal.
  private func tell(_ port: Int?, _ begin: String?, _ books: Books) {
    let host = listening.host == "::1" ? "[::1]" : "127.0.0.1"
    let place = port.map { "http://\(host):\($0)" } ?? listening.socket ?? ""
    let day = books.settings.showDate.map { "?reference_date=\($0)" } ?? ""
    let first = "Nobody can sign in yet. Whoever opens this link first is the owner:"
    let line =
      switch listening.door {
      case .behindProxy(let address):
        "Jangbu serves \(address.origin) at \(place)\n"
          + (begin.map { "\(first) \(address.origin)\($0)\n" } ?? "")
      case .thisMachine where port == nil:
        "Jangbu is at \(place)\n" + (begin.map { "\(first) \($0)\n" } ?? "")
      case .thisMachine:
        "\(begin == nil || link ? "Jangbu is at" : first) "
          + "\(place)\(begin ?? "/fund-overview")\(day)\n"
      }
    FileHandle.standardOutput.write(Data(line.utf8))
  }
}
