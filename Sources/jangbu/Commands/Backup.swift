import ArgumentParser
import Bookkeeping
import Foundation
import Store

/// Copies the books while they are served.
struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the books into a new file, also while they are served.",
    discussion:
      "The copy holds the books as they stood at one moment, and is named only once every invariant "
      + "was tried on it. Do not copy the file of books by other means while they are in use.")

  @OptionGroup var books: BooksOption

  @Argument(help: "The file to write; there must be none yet.")
  var file: String

  func run() async throws {
    try books.mustExist()
    try await books.withEngine(create: false) { engine in
      try await SafeCopy.make(at: file) { try await engine.copy(to: $0) }
    }
    print("Copied \(books.path) to \(file), and found the copy sound.")
  }
}

/// Makes books from a copy of them.
struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make books from a backup, where there are none.",
    discussion:
      "The backup stays as it is. Books that are there are never overwritten: move them away first."
  )

  @OptionGroup var books: BooksOption

  @Argument(help: "The backup.")
  var backup: String

  func run() async throws {
    guard FileManager.default.fileExists(atPath: backup) else {
      throw Refused("There is no backup at \(backup).")
    }
    try await SafeCopy.make(at: books.path) { part in
      try await BooksOption.withEngine(at: backup) { try await $0.copy(to: part) }
    }
    print("Restored \(books.path) from \(backup), and found it sound.")
  }
}
