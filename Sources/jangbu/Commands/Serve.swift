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

  @Option(help: ArgumentHelp("What all time limits are multiplied by.", visibility: .private))
  var patience = 1.0

  func run() async throws {
    let place = try listening.listening()
    if let path = listening.socket { try SocketFile.makeRoom(at: path) }
    FileHandles.raiseLimit()
    try await books.withBooks { books in
      let putBack = listening.socket.map { _ in SocketFile.closingToOthers() }
      var configuration = ServerConfiguration(
        listening: place, door: listening.door,
        onRunning: { port in
          putBack?()
          tell(port, books)
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
  private func tell(_ port: Int?, _ books: Books) {
    let day = books.settings.showDate.map { "?reference_date=\($0)" } ?? ""
    let host = listening.host == "::1" ? "[::1]" : "127.0.0.1"
    let place = port.map { "http://\(host):\($0)" } ?? listening.socket ?? ""
    let line =
      switch listening.door {
      case .behindProxy(let address): "Jangbu serves \(address.origin) at \(place)\n"
      case .thisMachine: "Jangbu is at \(place)\(port == nil ? "" : "/fund-overview\(day)")\n"
      }
    FileHandle.standardOutput.write(Data(line.utf8))
  }
}
