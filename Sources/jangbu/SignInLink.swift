import Bookkeeping
import Foundation
import FundModel

/// Links that let someone in who has no password, made by whoever has the file of the books.
enum SignInLink {
  /// Where a new person begins: to become the first owner where there is nobody yet.
  ///
  /// - Returns: `nil` where somebody can sign in.
  static func forFirstOwner(of books: Books) async throws -> String? {
    let users = try await books.access.users()
    guard users.allSatisfy({ $0.endedAt != nil }) else { return nil }
    return try await make(.firstOwner, of: nil, in: books)
  }

  /// Goes in as the first of the owners, who is made where there is nobody: for trying things out.
  static func entering(_ books: Books) async throws -> String {
    let owner = try await books.access.users().first { $0.role == .owner && $0.endedAt == nil }
    if let owner { return try await make(.enter, of: owner.id, in: books) }
    let made = try await books.perform(
      AddUser(name: "owner", role: .owner), by: Keeper.atTheMachine)
    return try await make(.enter, of: made.outcome, in: books)
  }

  /// - Parameter name: whose password is to be chosen.
  static func choosingPassword(of name: String, in books: Books) async throws -> String {
    let users = try await books.access.users()
    guard
      let user = users.first(where: { $0.name.lowercased() == name.lowercased() }),
      user.endedAt == nil
    else {
      let names = users.filter { $0.endedAt == nil }.map(\.name).joined(separator: ", ")
      throw Refused(
        "--user: nobody called “\(name)” can sign in. "
          + (names.isEmpty ? "There is no user yet: leave --user out." : "There are: \(names)."))
    }
    let secret = try newSecret()
    _ = try await books.perform(
      LetChoosePassword(user: user.id, by: secret), by: Keeper.atTheMachine)
    return path(of: secret)
  }

  /// - Returns: its path.
  private static func make(
    _ purpose: OneTimeLink.Purpose, of user: User.ID?, in books: Books
  ) async throws -> String {
    let secret = try newSecret()
    try await books.access.makeLink(secret, for: purpose, of: user)
    return path(of: secret)
  }

  private static func newSecret() throws -> Secret {
    let bytes = (0..<Secret.byteCount).map { _ in UInt8.random(in: .min ... .max) }
    guard let secret = Secret(bytes: bytes) else { throw Refused("No link could be made.") }
    return secret
  }

  private static func path(of secret: Secret) -> String { "/welcome/\(secret.text)" }
}
