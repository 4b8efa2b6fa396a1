import Bookkeeping
import Foundation
import FundModel
import NaiveOracle
import RandomBooks
import Testing

/// `expected_overview.csv`: what the demo books must say on three days. The oracle reads the demo's
/// files and the books' export; the books answer for themselves.
@Suite("The demo books' figures")
struct GoldenFigures {
  @Test("The oracle finds every expected figure in the demo's own files")
  func oracleOnTheDemoFiles() throws {
    let oracle = NaiveBooks(files: demoFiles)
    for (day, expected) in try expectedLines() {
      #expect(lines(oracle.overview(on: day)) == expected, "\(day)")
    }
  }

  @Test("The books give every expected figure, and so does the oracle on their export")
  func books() async throws {
    let test = try await demoBooks()
    let oracle = NaiveBooks(files: try await test.exported())
    for (day, expected) in try expectedLines() {
      let asOf = AsOf(CalendarDate(day)!)
      let overview = try await test.books.answer(OverviewAsOf(asOf, homeCurrency: .krw))
      #expect(lines(overview) == expected, "\(day)")
      #expect(lines(oracle.overview(on: day)) == expected, "\(day)")
    }
  }

  @Test("Formed funds alone, on the firm's day: 7 funds, 93,328 committed, 48,109 paid in")
  func formedOnly() async throws {
    let overview = try await demoBooks().books.answer(
      OverviewAsOf(AsOf(CalendarDate(2026, 2, 14)!), formedOnly: true, homeCurrency: .krw))
    let totals = overview.totals
    #expect(totals.fundCount == 7)
    #expect(totals.commitmentTotal.minorUnits == 93_328_000_000)
    #expect(totals.paidIn.minorUnits == 48_109_000_000)
    #expect(totals.gpPaidIn.minorUnits == 3_316_000_000)
    #expect(totals.invested.minorUnits == 45_207_000_000)
    #expect(totals.uninvested.minorUnits == 48_121_000_000)
    #expect(totals.companyCount == 24)
  }

  private var demoFiles: [String: String] {
    var files: [String: String] = [:]
    for file in DemoBooks.files { files[file.name] = String(decoding: file.bytes, as: UTF8.self) }
    return files
  }

  /// The lines of the golden file by reference date, without it.
  private func expectedLines() throws -> [(day: String, lines: [String])] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/expected_overview.csv")
    let text = try String(contentsOf: url, encoding: .utf8)
    var found: [(day: String, lines: [String])] = []
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let (day, rest) = (String(line.prefix(10)), String(line.dropFirst(11)))
      if found.last?.day != day { found.append((day, [])) }
      found[found.count - 1].lines.append(rest)
    }
    #expect(found.map(\.lines.count) == [9, 9, 9])
    return found
  }

  private func lines(_ overview: Overview) -> [String] {
    overview.rows.enumerated().map { index, row in
      let term: [String] =
        switch row.remaining {
        case .running(let years, let months, let days):
          ["running", "\(years)", "\(months)", "\(days)"]
        case .some(let term): [term.state, "", "", ""]
        case nil: ["", "", "", ""]
        }
      let figures = [
        "\(index + 1)", row.fund.terms.name, row.commitmentTotal.digits, row.paidIn.digits,
        row.paidInRatio!.digits(decimals: 2), row.gpPaidIn.digits, row.invested.digits,
        row.uninvested.digits, row.investmentAssets.digits, "\(row.companyCount)", "",
        row.progress?.digits(decimals: 2) ?? "",
      ]
      return (figures + term + [row.fund.terms.hurdleRate!.digits]).joined(separator: ",")
    } + [
      [
        "", "합계", overview.totals.commitmentTotal.digits, overview.totals.paidIn.digits,
        overview.totals.paidInRatio!.digits(decimals: 2), overview.totals.gpPaidIn.digits,
        overview.totals.invested.digits, overview.totals.uninvested.digits,
        overview.totals.investmentAssets.digits, "\(overview.totals.companyCount)",
        "\(overview.totals.distinctCompanyCount)", "", "", "", "", "", "",
      ].joined(separator: ",")
    ]
  }

  private func lines(_ overview: NaiveOverview) -> [String] {
    overview.rows.map { row in
      let term = row.remaining.map { ["\($0.state)", "\($0.years)", "\($0.months)", "\($0.days)"] }
      let figures = [
        "\(row.no)", row.fund, "\(row.commitmentTotal)", "\(row.paidIn)", row.ratio ?? "",
        "\(row.gpPaidIn)", "\(row.invested)", "\(row.uninvested)", "\(row.assets)",
        "\(row.companies)", "", row.progress ?? "",
      ]
      return (figures + (term ?? ["", "", "", ""]) + [row.hurdleRate]).joined(separator: ",")
    }
      + overview.totals.map { totals in
        [
          "", "합계", "\(totals.commitmentTotal)", "\(totals.paidIn)", totals.ratio ?? "",
          "\(totals.gpPaidIn)", "\(totals.invested)", "\(totals.uninvested)", "\(totals.assets)",
          "\(totals.companies)", "\(totals.distinctCompanies)", "", "", "", "", "", "",
        ].joined(separator: ",")
      }
  }
}

/// The demo books, imported into a file of their own, as of the afternoon of the firm's day.
func demoBooks() async throws -> TestBooks {
  let test = try await TestBooks(at: Instant("2026-02-14T06:00:00Z")!)
  _ = try await test.books.perform(ImportBooks(DemoBooks.files), by: "maria")
  return test
}
