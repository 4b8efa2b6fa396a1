package import FundModel
import Store

/// Makes an opening call from the stated amounts, noticed, due and paid on one date: from then on
/// the fund's paid-in rests on cash.
package struct OpenFromStated: Command {
  package static let name = "open-from-stated"
  /// What such a call is called (기초납입).
  package static let callType = "기초납입"

  package let fund: Fund.ID
  /// The day on which the stated amounts count as paid; not after today.
  package let paidDate: CalendarDate
  /// Why a partner has paid more than it committed; needed only then.
  package let overCommitmentReason: String

  package init(fund: Fund.ID, paidDate: CalendarDate, overCommitmentReason: String = "") {
    self.fund = fund
    self.paidDate = paidDate
    self.overCommitmentReason = overCommitmentReason
  }

  package var content: JSON {
    [
      "fund": JSON(fund), "paid_date": JSON(paidDate),
      "over_commitment_reason": JSON(overCommitmentReason),
    ]
  }

  package func execute(in books: OpenBooks) throws -> CapitalCall.ID {
    let currency = try books.fund(fund).currency
    guard try !books.hasHistory(fund) else { throw Refusal.historyExists }
    let stated = try CommitmentRecords.statedPaidIn(knownThrough: .max, in: books.connection)
    let partners = try CommitmentRecords.commitments(
      .ofFund(fund), on: paidDate, knownThrough: .max, in: books.connection
    ).filter { $0.side == .partners }
    let items = partners.compactMap { partner -> CallShares.Item? in
      guard let units = stated[partner.id], units > 0 else { return nil }
      return CallShares.Item(commitment: partner.id, amount: Money(minorUnits: units, currency))
    }
    guard !items.isEmpty else { throw Refusal.nothingStated }
    let call = try IssueCapitalCall(
      fund: fund, callType: Self.callType, noticeDate: paidDate, dueDate: paidDate,
      shares: .explicit(items), overCommitmentReason: overCommitmentReason
    ).execute(in: books)
    for item in try CallRecords.items(.ofCall(call), knownThrough: .max, in: books.connection) {
      _ = try RecordPayment(ItemMovement(item: item.id, amount: item.amount, paidDate: paidDate))
        .execute(in: books)
    }
    return call
  }
}
