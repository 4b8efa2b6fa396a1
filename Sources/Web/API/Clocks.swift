import Bookkeeping
import FundModel

/// The two clocks, as every question takes them.
enum Clocks {
  static let referenceDate = Field.parameter(
    "reference_date", .date,
    "The day that figures are true of, inclusive. Today in the books' time zone where left out.",
    example: "2026-02-14")

  static let knownAt = Field.parameter(
    "known_at", .instant,
    "What the books knew at a moment: RFC 3339 with a zone, or a day, which means its end in the "
      + "books' time zone. Everything they know where left out.",
    example: "2026-04-10T18:00:00+09:00")

  static let both: [any AnyField] = [referenceDate, knownAt]
}

extension Input {
  func asOf() throws -> AsOf {
    AsOf(
      try query(Clocks.referenceDate) ?? books.clock.today, knownAt: try query(Clocks.knownAt))
  }
}
