import ArgumentParser
import Bookkeeping
import Foundation

/// Makes a one-time link for someone who cannot sign in.
struct Link: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a one-time link for someone who cannot sign in.",
    discussion:
      "With --user it lets them choose a new password: for one who forgot it. Without, in books that "
      + "nobody can open yet, whoever opens it becomes the first owner. It works once, for three days."
  )

  @OptionGroup var books: BooksOption

  @Option(help: "Whose password is to be chosen.")
  var user: String?

  @Option(help: "Where the books are served, as people type it.")
  var at = "http://127.0.0.1:8080"

  func run() async throws {
    try await books.withBooks { books in
      let path: String
      if let user {
        path = try await SignInLink.choosingPassword(of: user, in: books)
      } else if let first = try await SignInLink.forFirstOwner(of: books) {
        path = first
      } else {
        throw Refused("--user: whose link is it? There are users already.")
      }
      print((at.hasSuffix("/") ? String(at.dropLast()) : at) + path)
    }
  }
}
