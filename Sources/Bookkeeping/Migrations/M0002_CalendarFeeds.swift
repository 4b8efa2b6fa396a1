internal import Store

/// The facts of migration 2, in an order in which each refers only to earlier ones.
let feedTables = ["feed", "feed_end"]

let m0002CalendarFeeds = Migration(
  number: 2, note: "Calendar feeds: addresses at which calendar programs read due dates.",
  sql: [
    // The token itself is nowhere in the books: who reads the file learns no address.
    fact(
      "feed",
      """
      name         TEXT    NOT NULL CHECK (name <> ''),
      with_amounts INTEGER NOT NULL CHECK (with_amounts IN (0, 1)),
      token_digest TEXT    NOT NULL UNIQUE CHECK (length(token_digest) = 64),
      """),
    fact("feed_end", "feed_id INTEGER NOT NULL UNIQUE REFERENCES feed (id),"),
  ] + feedTables.flatMap(refusals(of:)))
