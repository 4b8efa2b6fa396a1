import Bookkeeping
import Foundation
import FundModel
import Web

/// Overviews of one date after the other; after the last date the first comes again.
final class Overviews {
  private let books: Books
  private let dates: [CalendarDate]
  private var next = 0
  /// What the answers add up to, so that none can be left out.
  private var seen: Int64 = 0

  init(books: Books, dates: [CalendarDate]) throws {
    guard !dates.isEmpty else { throw Misuse("There are no dates.") }
    self.books = books
    self.dates = dates
  }

  func time(_ count: Int) async throws -> Double {
    try await seconds {
      for _ in 0..<count {
        let overview = try await overview(on: nextDate())
        guard let last = overview.rows.last else { throw Misuse("The books have no funds.") }
        seen &+= last.paidIn.minorUnits
      }
    }
  }

  func timeWithJSON(_ count: Int) async throws -> Double {
    try await seconds {
      for _ in 0..<count {
        seen &+= Int64(overviewJSON(try await overview(on: nextDate())).bytes.count)
      }
    }
  }

  /// One overview, now.
  func timeOne() async throws -> Double { try await time(1) }

  func overview(on date: CalendarDate) async throws -> Overview {
    try await books.answer(
      OverviewAsOf(AsOf(date), homeCurrency: books.settings.homeCurrency))
  }

  /// A line for each date and fund: the date, the fund's number from 0, and its five figures.
  func write(to path: String) async throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Misuse("\(path) cannot be written.") }
    for date in dates {
      var text = ""
      for (number, row) in try await overview(on: date).rows.enumerated() {
        let amounts = [row.commitmentTotal, row.paidIn, row.gpPaidIn, row.invested]
        let figures = amounts.map { String($0.minorUnits) } + [String(row.companyCount)]
        text += "\(date) \(number) \(figures.joined(separator: " "))\n"
      }
      try file.write(contentsOf: Data(text.utf8))
    }
    try file.close()
  }

  private func nextDate() -> CalendarDate {
    defer { next = (next + 1) % dates.count }
    return dates[next]
  }
}

/// How long `work` takes on the clock.
func seconds(_ work: () async throws -> Void) async throws -> Double {
  let taken = try await ContinuousClock().measure { try await work() }
  let (whole, parts) = taken.components
  return Double(whole) + Double(parts) / 1e18
}
