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
  private let token: FeedToken

  package init(name: String, withAmounts: Bool, token: FeedToken) {
    feedName = name
    self.withAmounts = withAmounts
    self.token = token
  }

  package var content: JSON {
    ["name": JSON(feedName), "with_amounts": JSON(withAmounts)]
  }

  package func execute(in books: OpenBooks) throws -> CalendarFeed.ID {
    try books.check(feedName, "name", most: TextLimit.name, required: true)
    return CalendarFeed.ID(
      rawValue: try books.append(
        appendFeedSQL,
        [.text(feedName), .integer(withAmounts ? 1 : 0), .text(token.digest)]))
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
    _ = try books.append(appendEndSQL, [.init(feed)])
    return feed
  }
}

private let appendFeedSQL = """
  INSERT INTO feed (name, with_amounts, token_digest, audit, step)
  VALUES ($1, $2, $3, $4, $5)
  RETURNING id
  """

private let appendEndSQL = """
  INSERT INTO feed_end (feed_id, audit, step) VALUES ($1, $2, $3) RETURNING id
  """
