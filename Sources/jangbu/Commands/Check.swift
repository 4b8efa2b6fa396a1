import ArgumentParser
import Bookkeeping

/// Tries every invariant of the books.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try every invariant of the books; exit code 1 and the offending rows when one fails."
  )

  @OptionGroup var books: BooksOption

  func run() async throws {
    let findings = try await books.withBooks { try await $0.answer(CheckBooks()) }
    guard findings.isEmpty else {
      for finding in findings { print("not so: \(finding.invariant): \(finding.row)") }
      throw ExitCode(1)
    }
    print("The books are sound.")
  }
}
