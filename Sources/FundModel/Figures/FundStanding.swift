/// One commitment at the close of a reference date.
package struct CommitmentStanding: Hashable, Sendable {
  package let commitment: Commitment
  package let position: Position
  /// What the firm stated as paid before any history, where it did.
  package let statedPaidIn: Money?

  package init(commitment: Commitment, position: Position, statedPaidIn: Money?) {
    self.commitment = commitment
    self.position = position
    self.statedPaidIn = statedPaidIn
  }
}

/// One fund in full at the close of a reference date: what its page and its API answer show.
package struct FundStanding: Hashable, Sendable {
  /// The fund's row as on the overview, so that both always agree.
  package let row: OverviewRow
  /// The general partner's registered name, where one is registered.
  package let generalPartner: Party?
  /// In order of registration, both sides.
  package let commitments: [CommitmentStanding]
  /// By side, then notice date, then number; not yet noticed and cancelled ones too.
  package let calls: [CallStanding]
  package let partners: Position
  package let investments: Position

  package init(
    row: OverviewRow, generalPartner: Party?, commitments: [CommitmentStanding],
    calls: [CallStanding]
  ) throws(MoneyError) {
    self.row = row
    self.generalPartner = generalPartner
    self.commitments = commitments
    self.calls = calls
    partners = try Self.position(of: .partners, commitments, in: row.fund.currency)
    investments = try Self.position(of: .investments, commitments, in: row.fund.currency)
  }

  private static func position(
    of side: Side, _ commitments: [CommitmentStanding], in currency: Currency
  ) throws(MoneyError) -> Position {
    try Position.sum(
      commitments.filter { $0.commitment.side == side }.map(\.position), in: currency)
  }

  package func position(of side: Side) -> Position {
    switch side {
    case .partners: partners
    case .investments: investments
    }
  }
}
