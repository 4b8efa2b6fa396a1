import ArgumentParser
import Bookkeeping
import Foundation
import Store
import Web

/// Serves the books to this machine's browser, or to a proxy.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the books to the browsers of this machine.",
    discussion:
      "Prints the address once it listens. Ends on Control-C or SIGTERM, when every request that "
      + "was accepted is answered. docs/operating.md tells how to serve people elsewhere.")

  @OptionGroup var books: BooksOption

  @OptionGroup var listening: ListeningOptions

  @OptionGroup var operations: OperationsOptions

  @Flag(
    help: "Print a one-time link that goes in as the owner without a password: for trying things.")
  var link = false

  @Option(help: ArgumentHelp("What all time limits are multiplied by.", visibility: .private))
  var patience = 1.0

  func validate() throws {
    guard patience > 0, patience.isFinite else {
      throw ValidationError("--patience is a number above 0.")
    }
  }

  func run() async throws {
    if link, listening.door != .thisMachine {
      throw Refused("--link lets in without a password, so it is not for books behind a proxy.")
    }
    let place = try listening.listening()
    let plan = try operations.backupPlan()
    let token = try operations.metricsToken()
    if let path = listening.socket { try SocketFile.makeRoom(at: path) }
    FileHandles.raiseLimit()
    FileHandles.outliveLimitOfSize()
    try books.mustExist()
    try await books.withEngine(create: false) { engine in
      let books = try await BooksFile.open(engine, now: systemNow).indexed()
      let begin: String? =
        if link { try await SignInLink.entering(books) } else {
          try await SignInLink.forFirstOwner(of: books)
        }
      let output = LogOutput(operations.log ?? .fitting)
      defer { output.finish() }
      let backups = plan.map { ScheduledBackups($0, of: engine, books, log: output.write) }
      var configuration = configuration(place, output)
      configuration.metricsToken = token
      let upkeep = BooksUpkeep(engine, backups: backups)
      configuration.upkeep = Upkeep(
        checks: { await upkeep.checks() }, figures: { await upkeep.figures() })
      let room = ImportRoom(besideBooksAt: self.books.path)
      defer { room.clear() }
      configuration.importing = room.tools(engine)
      let putBack = listening.socket.map { _ in SocketFile.closingToOthers() }
      configuration.onRunning = { port in
        putBack?()
        tell(port, begin, books)
      }
      try await serve(books, configuration, backups)
    }
  }

  private func configuration(_ place: Listening, _ output: LogOutput) -> ServerConfiguration {
    var configuration = ServerConfiguration(
      listening: place, door: listening.door, log: output.write,
      newBits: { .random(in: .min ... .max) })
    configuration.logsRequests = output.form == .json
    configuration.limits = Limits().hurried(by: patience)
    configuration.limits.connections = min(
      configuration.limits.connections, FileHandles.forConnections)
    return configuration
  }

  private func serve(
    _ books: Books, _ configuration: ServerConfiguration, _ backups: ScheduledBackups?
  ) async throws {
    defer { if let path = listening.socket { SocketFile.remove(at: path) } }
    // Whoever asks about all funds meanwhile waits for it; else the facts answer.
    let reading = Task { try? await books.index?.read() }
    defer {
      reading.cancel()
      books.index?.stopReading()
    }
    let tidying = Task { await IdleMemory.giveBack() }
    defer { tidying.cancel() }
    let backing = Task { await backups?.run() }
    do {
      try await Web.serve(books, configuration: configuration)
    } catch let error as CannotListen {
      backing.cancel()
      throw Refused(
        "The server cannot listen there: \(String(cString: strerror(error.errorNumber))).")
    }
    // A backup that is being made is thrown away or comes to its end before the books are closed.
    backing.cancel()
    await backing.value
  }

  /// Lines with the address, at once even when nobody reads from a terminal.
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
