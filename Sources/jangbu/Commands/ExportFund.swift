import ArgumentParser
import Bookkeeping
import FundModel
import Web

/// One fund of a date as a file.
struct ExportFund: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fund", abstract: "Write one fund as of a date: partners, calls, entries.",
    discussion: """
      A workbook has a sheet for each table; a .csv holds the one that --table names. Cells hold \
      every won, whatever unit they are shown in.
      """)

  @OptionGroup var books: BooksOption
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var language: LanguageOptions

  @Option(help: "The table that a .csv holds.")
  var table: FundExport.Table?

  @Argument(help: "The fund's name, or its id as in the address of its page.")
  var fund: String

  @Argument(help: "A new file that ends in .xlsx or .csv.")
  var file: NewFile

  func run() async throws {
    let kind = try file.kind()
    guard (kind == .csv) == (table != nil) else {
      throw Refused(
        kind == .csv
          ? "A .csv holds one table. Name it with --table." : "--table is for a .csv alone.")
    }
    try file.mustBeNew()
    try await books.withBooks { books in
      let asOf = try asOf.values(in: books)
      let id = try await found(in: books, asOf)
      let answer = try await books.answer(FundExport.question(id, asOf))
      let made = try ExportFile.fund(
        FundExport(answer, books.clock), table, kind,
        ExportAsked(
          language.wording, on: asOf.referenceDate, knownAt: self.asOf.knownAt,
          head: answer.second.second, books.clock))
      try file.write(made.content)
    }
    print("Exported the fund to \(file.path)")
  }

  /// A name before an id: a fund may be called 2026.
  private func found(in books: Books, _ asOf: AsOf) async throws -> Fund.ID {
    let funds = try await books.answer(
      OverviewAsOf(asOf, homeCurrency: books.settings.homeCurrency)
    ).rows.map(\.fund)
    let meant =
      funds.first { $0.terms.name == fund } ?? funds.first { $0.id.description == fund }
    guard let meant else {
      let names = funds.map(\.terms.name).joined(separator: ", ")
      throw Refused("There is no fund “\(fund)”. There are: \(names).")
    }
    return meant.id
  }
}

extension FundExport.Table: ExpressibleByArgument {}
