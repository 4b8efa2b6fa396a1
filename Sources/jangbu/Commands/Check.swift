import ArgumentParser
import Bookkeeping
import Store

/// Tries every invariant of the books.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try every invariant of the books; exit code 1 and the offending rows when one fails."
  )

  @OptionGroup var books: BooksOption

  func run() async throws {
    let findings = try await findings()
    guard findings.isEmpty else {
      for finding in findings { print("not so: \(finding.invariant): \(finding.row)") }
      throw ExitCode(1)
    }
    print("The books are sound.")
  }

  /// Books that cannot even be opened are a finding too.
  private func findings() async throws -> [Finding] {
    do { return try await books.withBooks { try await $0.answer(CheckBooks()) } } catch let error
      as StoreError
    { return [Finding(invariant: "the books can be read", row: "\(error)")] }
  }
}
