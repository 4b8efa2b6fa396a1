import ArgumentParser
import Bookkeeping
import FundModel
import Web

/// The overview of a date as a file.
struct ExportOverview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overview", abstract: "Write every fund as of a date, as the page shows them.",
    discussion: """
      A workbook has a sheet for each currency and totals as formulas; its cells hold every won, \
      whatever unit they are shown in. A .csv holds one table, in the currency's major unit.
      """)

  @OptionGroup var books: BooksOption
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var language: LanguageOptions

  @Flag(help: "Leave out funds not formed on the reference date.")
  var formedOnly = false

  @Argument(help: "A new file that ends in .xlsx or .csv.")
  var file: NewFile

  func run() async throws {
    let kind = try file.kind()
    try file.mustBeNew()
    try await books.withBooks { books in
      let asOf = try asOf.values(in: books)
      let answer = try await books.answer(
        Both(
          OverviewAsOf(
            asOf, formedOnly: formedOnly, homeCurrency: books.settings.homeCurrency),
          TrailHead.Question(knownAt: asOf.knownAt)))
      let view = OverviewView(unit: language.unit, formedOnly: formedOnly)
      let made = try ExportFile.overview(
        answer.first, view, kind,
        ExportAsked(
          language.wording, on: asOf.referenceDate, knownAt: self.asOf.knownAt,
          head: answer.second, books.clock))
      try file.write(made.content)
    }
    print("Exported the overview to \(file.path)")
  }
}
