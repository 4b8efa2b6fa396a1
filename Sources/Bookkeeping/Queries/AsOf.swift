package import FundModel
internal import Store

/// The two clocks of every figure.
package struct AsOf: Hashable, Sendable {
  /// The day that a figure is true of, inclusive.
  package let referenceDate: CalendarDate
  /// What the books knew at that instant; everything they know when `nil`.
  package let knownAt: Instant?

  package init(_ referenceDate: CalendarDate, knownAt: Instant? = nil) {
    self.referenceDate = referenceDate
    self.knownAt = knownAt
  }

  /// The last audit sequence that counts.
  func knownThrough(in connection: any SQLConnection) throws -> Int64 {
    try connection.lastKnown(at: knownAt)
  }
}
