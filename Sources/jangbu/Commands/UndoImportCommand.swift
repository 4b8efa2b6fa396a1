import ArgumentParser
import Bookkeeping

/// Takes an import back by opposite facts.
struct UndoImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo-import",
    abstract: "Take an import back: the opposite facts are added, as one change.",
    discussion: "Refused where later entries of the trail depend on it; the reason names them.")

  @OptionGroup var books: BooksOption

  @Argument(help: "The entry of the trail that the import is.")
  var entry: Int64

  @Option(help: "Why, for the trail.")
  var reason: String

  func run() async throws {
    try await books.withBooks { books in
      let undone = try await books.perform(
        UndoImport(entry, reason: reason), by: localActor)
      print("Undone by entry \(undone.audit.sequence) of the trail.")
    }
  }
}
