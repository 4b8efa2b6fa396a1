package import FundModel
package import Store

/// An address at which a calendar program reads due dates. Its token is not in the books.
package struct CalendarFeed: Hashable, Sendable {
  package typealias ID = Identifier<CalendarFeed>

  package let id: ID
  package let name: String
  package let withAmounts: Bool
  /// The partner whose commitments alone it shows; the firm's whole calendar where there is none.
  package let reader: User.ID?
  package let madeAt: Instant
  package let endedAt: Instant?

  package init(
    id: ID, name: String, withAmounts: Bool, reader: User.ID? = nil, madeAt: Instant,
    endedAt: Instant? = nil
  ) {
    self.reader = reader
    self.id = id
    self.name = name
    self.withAmounts = withAmounts
    self.madeAt = madeAt
    self.endedAt = endedAt
  }
}

/// Every calendar feed that was made, the latest first, ended ones too.
package struct CalendarFeeds: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> [CalendarFeed] {
    try connection.rows(feedsSQL).map(CalendarFeed.init(row:))
  }
}

/// What a calendar program reads at a feed's address: every due date, and when each call was last
/// touched in the books.
package struct CalendarFeedContent: Query {
  package struct Content: Hashable, Sendable {
    package let feed: CalendarFeed
    package let cards: [CallCard]
    /// When the latest fact about each call was recorded.
    package let recordedAt: [CapitalCall.ID: Instant]
  }

  package let token: Secret
  package let asOf: AsOf

  package init(at token: Secret, _ asOf: AsOf) {
    self.token = token
    self.asOf = asOf
  }

  /// - Returns: `nil` for a token that no feed has, and for that of an ended feed.
  package func answer(from connection: any SQLConnection) throws -> Content? {
    guard let feed = try CalendarFeedAt(token).answer(from: connection) else { return nil }
    var sight = Sight.everything
    if let reader = feed.reader {
      // Who may not sign in any more reads no more, nor who is no partner any more.
      guard let user = try UserRecords.user(reader, in: connection), user.endedAt == nil,
        user.role == .partner
      else { return nil }
      sight = user.sight
    }
    var recordedAt: [CapitalCall.ID: Instant] = [:]
    for row in try connection.rows(recordedAtSQL(seenBy: sight)) {
      recordedAt[try row.id("call_id")] = try row.instant("recorded_at")
    }
    return Content(
      feed: feed, cards: try CallCardsAsOf(asOf, sight: sight).answer(from: connection),
      recordedAt: recordedAt)
  }
}

/// The feed at an address, while it lasts.
package struct CalendarFeedAt: Query {
  package let token: Secret

  package init(_ token: Secret) { self.token = token }

  /// One look-up by digest, whatever the token: an unknown and an ended one cannot be told apart.
  package func answer(from connection: any SQLConnection) throws -> CalendarFeed? {
    try connection.rows(feedByDigestSQL, [.text(token.digest)]).first.map(CalendarFeed.init(row:))
  }
}

extension CalendarFeed {
  fileprivate init(row: SQLRow) throws {
    self.init(
      id: try row.id("id"), name: try row.text("name"), withAmounts: try row.flag("with_amounts"),
      reader: try row.optionalID("reader"),
      madeAt: try row.instant("made_at"),
      endedAt: try row.optionalText("ended_at") == nil ? nil : try row.instant("ended_at"))
  }
}

private let feedColumns = """
  f.id, f.name, f.with_amounts, r.user_id AS reader, m.recorded_at AS made_at,
  n.recorded_at AS ended_at
  FROM feed f
  LEFT JOIN feed_reader r ON r.feed_id = f.id
  JOIN audit m ON m.sequence = f.audit
  LEFT JOIN feed_end x ON x.feed_id = f.id
  LEFT JOIN audit n ON n.sequence = x.audit
  """

private let feedsSQL = "SELECT \(feedColumns) ORDER BY f.id DESC"

private let feedByDigestSQL = "SELECT \(feedColumns) WHERE f.token_digest = $1 AND x.id IS NULL"

/// Entries count as far as `sight` goes: when another partner paid is nothing that a partner sees.
private func recordedAtSQL(seenBy sight: Sight) -> String {
  let own =
    switch sight {
    case .everything: ""
    case .own(let parties):
      """
      JOIN commitment c ON c.id = i.commitment_id
      AND c.party_id IN (\(parties.map(\.description).joined(separator: ", ")))
      """
    }
  return """
    SELECT t.call_id, a.recorded_at
    FROM (
      SELECT call_id, max(audit) AS audit
      FROM (
        SELECT call_id, audit FROM call_version
        UNION ALL
        SELECT i.call_id, e.audit FROM call_item i JOIN entry e ON e.item_id = i.id \(own)
      ) AS facts
      GROUP BY call_id
    ) AS t
    JOIN audit a ON a.sequence = t.audit
    """
}
