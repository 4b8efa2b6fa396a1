/// Which way capital flows over a commitment.
package enum Side: String, CaseIterable, Hashable, Sendable {
  /// Capital in: partner → fund.
  case partners
  /// Capital out: fund → investment.
  case investments
}
