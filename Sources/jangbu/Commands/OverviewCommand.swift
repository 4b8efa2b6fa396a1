import ArgumentParser
import Bookkeeping
import FundModel
import Web

/// Every fund as of a date.
struct OverviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overview", abstract: "Show every fund as of a date.")

  @OptionGroup var books: BooksOption
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var language: LanguageOptions

  @Flag(help: "Leave out funds not formed on the reference date.")
  var formedOnly = false

  @Flag(help: "Print the API's answer.")
  var json = false

  func run() async throws {
    try await books.withBooks { books in
      let overview = try await books.answer(
        OverviewAsOf(
          try asOf.values(in: books), formedOnly: formedOnly,
          homeCurrency: books.settings.homeCurrency))
      print(json ? overviewJSON(overview).text : table(of: overview))
    }
  }

  private func table(of overview: Overview) -> String {
    let wording = language.wording
    var table = TextTable(
      columns: OverviewColumn.all.map { (wording($0.heading), $0.isNumber) })
    for line in OverviewSort.lines(of: overview, by: nil) {
      table.add(OverviewColumn.all.map { $0.plainText(line, wording) })
    }
    for totals in overview.totalsByCurrency {
      table.add(OverviewColumn.all.map { $0.plainTotal(totals, wording) })
    }
    let companies = overview.totalsByCurrency.map { totals in
      let words = language.language == .ko ? "서로 다른 업체" : "distinct companies"
      return "\(totals.currency) · \(words) \(totals.distinctCompanyCount)"
    }
    let unit = wording(wording.unit.name(for: overview.homeCurrency))
    let heading = "\(wording(.referenceDate)) \(overview.referenceDate) · \(unit)"
    return ([heading, table.text] + companies).joined(separator: "\n")
  }
}
