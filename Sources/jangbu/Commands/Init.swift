import ArgumentParser
import Bookkeeping
import Foundation
import FundModel

/// Makes new books.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Make new books.")

  @OptionGroup var books: BooksOption

  @Flag(help: "With the eight demonstration funds.")
  var demo = false

  @Option(help: "The time zone whose days count, such as Asia/Seoul.")
  var zone = "Asia/Seoul"

  @Option(help: "The currency whose totals stand first, such as KRW.")
  var currency = "KRW"

  func run() async throws {
    guard !FileManager.default.fileExists(atPath: books.path) else {
      throw Refused("There is a file at \(books.path) already. Choose another name.")
    }
    guard let homeCurrency = Currency(code: currency) else {
      throw Refused("--currency: “\(currency)” is not a currency code, such as KRW or USD.")
    }
    guard BooksClock(zone: zone, now: systemNow) != nil else {
      throw Refused("--zone: “\(zone)” is not a time zone, such as Asia/Seoul or America/New_York.")
    }
    let settings = BooksSettings(
      zone: zone, homeCurrency: homeCurrency, showDate: demo ? DemoBooks.showDate : nil)
    // Other people's money records: for nobody but the owner of the file.
    guard
      FileManager.default.createFile(
        atPath: books.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw Refused("\(books.path) cannot be written.") }
    do { try await make(settings) } catch {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: books.path + suffix)
      }
      throw error
    }
    print("Made the books \(books.path)" + (demo ? " with the eight demonstration funds." : "."))
  }
}

extension Init {
  private func make(_ settings: BooksSettings) async throws {
    try await books.withEngine(create: true) { engine in
      try await BooksFile.create(in: engine, settings: settings, at: systemNow())
      if demo {
        let made = try await BooksFile.open(engine, now: systemNow)
        _ = try await made.perform(ImportBooks(DemoBooks.files), by: localActor)
      }
    }
  }
}

/// Who acts from the command line: whoever has the file.
let localActor = Keeper.atTheMachine
