import Bookkeeping

/// What one has to be to see a page, send a form or ask for an operation.
enum Permission: String, CaseIterable, Sendable {
  /// Whoever can reach the server.
  case anyone
  /// Whoever has signed in; a partner sees what is its own.
  case signedIn
  /// Who may read all of the books.
  case readsAll
  /// Who may change the books.
  case keepsBooks
  /// Who says who may open the books.
  case owns

  func admits(_ role: Role) -> Bool {
    switch self {
    case .anyone, .signedIn: true
    case .readsAll: role.readsAll
    case .keepsBooks: role.keepsBooks
    case .owns: role == .owner
    }
  }
}
