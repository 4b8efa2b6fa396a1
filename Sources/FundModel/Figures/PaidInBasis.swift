/// What a paid-in figure rests on.
package enum PaidInBasis: String, CaseIterable, Hashable, Sendable {
  /// Entries of the cash ledger: follows the reference date.
  case cash
  /// What the firm stated before any history was entered: does *not* follow the reference date,
  /// so every surface marks it.
  case stated
  /// Only in totals: some funds are on cash, some on stated amounts.
  case mixed

  /// The basis of a total; `cash` over nothing at all.
  package init(of rows: some Collection<PaidInBasis>) {
    let found = Set(rows)
    self = found.count > 1 ? .mixed : found.first ?? .cash
  }
}

/// What the firm says was paid in, before any history was entered (기재).
package enum StatedPaidIn {
  /// The general partner's part of a fund's stated paid-in.
  ///
  /// - Parameters:
  ///   - total: stated over all partners.
  ///   - ofGeneralPartners: stated over the partners of type GP; `nil` when the fund has none.
  ///   - gpCommitment: the fund's registered GP commitment, used without a GP partner.
  /// - Returns: never above `total`.
  package static func gpPart(
    total: Money, ofGeneralPartners: Money?, gpCommitment: Money
  ) -> Money {
    let part = ofGeneralPartners ?? gpCommitment
    return part.minorUnits < total.minorUnits ? part : total
  }
}
