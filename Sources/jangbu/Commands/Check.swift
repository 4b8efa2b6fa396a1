import ArgumentParser
import Bookkeeping
import Store

/// Tries every invariant of the books.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try every invariant of the books; exit code 1 and the offending rows when one fails."
  )

  @OptionGroup var books: BooksOption

  @Flag(help: "Say also what stands for the whole trail, to be held against a printed report.")
  var head = false

  func run() async throws {
    let findings = try await findings()
    guard findings.isEmpty else {
      for finding in findings { print("not so: \(finding.invariant): \(finding.row)") }
      throw ExitCode(1)
    }
    print("The books are sound.")
    guard head else { return }
    let end = try await books.withBooks { try await $0.answer(TrailHead.Question()) }
    print(
      end.map { "Head of the trail: \($0.stamp.sequence) \($0.stamp.recordedAt) \($0.digest)" }
        ?? "The trail is empty.")
  }

  /// Books that cannot even be opened are a finding too.
  private func findings() async throws -> [Finding] {
    do { return try await books.withBooks { try await $0.answer(CheckBooks()) } } catch let error
      as StoreError
    { return [Finding(invariant: "the books can be read", row: "\(error)")] }
  }
}
