internal import Synchronization

/// Tokens that were looked up since anything was committed: programs send theirs with each request.
final class KnownTokens: Sendable {
  typealias Found = (token: APIToken, user: User)

  private struct Known {
    /// What the engine said before they were looked up.
    var changeNumber: Int64?
    var byDigest: [String: Found] = [:]
  }

  private let known = Mutex(Known())

  /// More programs than that ask seldom.
  private static let most = 1_000

  func token(_ digest: String, _ changeNumber: Int64?) -> Found? {
    known.withLock { known in
      changeNumber == nil || known.changeNumber != changeNumber ? nil : known.byDigest[digest]
    }
  }

  func keep(_ found: Found, _ digest: String, _ changeNumber: Int64?) {
    guard let changeNumber else { return }
    known.withLock { known in
      if known.changeNumber != changeNumber || known.byDigest.count == Self.most {
        known = Known(changeNumber: changeNumber)
      }
      known.byDigest[digest] = found
    }
  }
}
