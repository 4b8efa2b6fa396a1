import FundModel
import Store

/// Makes a calendar feed: an address at which a calendar program reads due dates.
///
/// The trail doesn't hold the token, so a request that is asked again finds the feed that it made,
/// but not its address.
package struct MakeCalendarFeed: Command {
  package static let name = "make-calendar-feed"

  /// What the firm calls it, such as the person or the program that reads it.
  package let feedName: String
  package let withAmounts: Bool
  /// The partner whose commitments alone it shows; the firm's whole calendar where there is none.
  package let reader: User.ID?
  private let token: Secret

  package init(name: String, withAmounts: Bool, reader: User.ID? = nil, token: Secret) {
    feedName = name
    self.withAmounts = withAmounts
    self.reader = reader
    self.token = token
  }

  package var content: JSON {
    let asked = [
      JSON.Member(name: "name", value: JSON(feedName)),
      JSON.Member(name: "with_amounts", value: JSON(withAmounts)),
    ]
    return .object(asked + (reader.map { [JSON.Member(name: "reader", value: JSON($0))] } ?? []))
  }

  package func execute(in books: OpenBooks) throws -> CalendarFeed.ID {
    try books.check(feedName, "name", most: TextLimit.name, required: true)
    let feed = CalendarFeed.ID(
      rawValue: try books.append(
        newFeed,
        [.text(feedName), .integer(withAmounts ? 1 : 0), .text(token.digest)]))
    if let reader {
      guard let user = try UserRecords.user(reader, in: books.connection), user.endedAt == nil,
        user.role == .partner
      else { throw Refusal.unknown(.user, reader.rawValue) }
      try books.connection.run(
        "INSERT INTO feed_reader (feed_id, user_id) VALUES ($1, $2)", [.init(feed), .init(reader)])
    }
    return feed
  }
}

/// Ends a calendar feed for ever: from then on its address is like one that never was.
package struct EndCalendarFeed: Command {
  package static let name = "end-calendar-feed"

  package let feed: CalendarFeed.ID

  package init(feed: CalendarFeed.ID) { self.feed = feed }

  package var content: JSON { ["feed": JSON(feed)] }

  package func execute(in books: OpenBooks) throws -> CalendarFeed.ID {
    let feeds = try CalendarFeeds().answer(from: books.connection)
    guard let found = feeds.first(where: { $0.id == feed }) else {
      throw Refusal.unknown(.feed, feed.rawValue)
    }
    guard found.endedAt == nil else { throw Refusal.feedEndedAlready }
    try books.end(feed)
    return feed
  }
}

extension OpenBooks {
  /// Ends what a partner reads: who is none any more must not read the firm's calendar by it.
  func endFeeds(of reader: User.ID) throws {
    for feed in try CalendarFeeds().answer(from: connection)
    where feed.reader == reader && feed.endedAt == nil { try end(feed.id) }
  }

  fileprivate func end(_ feed: CalendarFeed.ID) throws {
    _ = try append(newEnd, [.init(feed)])
  }
}

private let newFeed = FactInsert(into: "feed", "name, with_amounts, token_digest")

private let newEnd = FactInsert(into: "feed_end", "feed_id")
