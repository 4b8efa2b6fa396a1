/// A demand for capital (출자요청) on one side of a fund.
package struct CapitalCall: Hashable, Sendable {
  package typealias ID = Identifier<CapitalCall>

  /// No fund has called capital so often.
  package static let highestNumber: Int64 = 1_000_000

  package let id: ID
  package let fund: Fund.ID
  package let side: Side
  /// Counts per fund on the partners' side, per commitment on the investments side.
  package let number: Int64
  /// 최초납입, 추가납입, 수시납입 …
  package let callType: String
  /// From this day on the call counts.
  package let noticeDate: CalendarDate
  package let dueDate: CalendarDate
  /// The first day on which the call no longer counts, where it was cancelled.
  package let cancelledOn: CalendarDate?
  /// The call of a direct investment, which nobody was asked for: it exists only while it counts.
  package let isDirectInvestment: Bool
  /// Why more was called than committed; empty where it was not.
  package let overCommitmentReason: String
  /// Why capital is returned, where an item is a credit.
  package let creditReason: String
  /// Why it was cancelled, where it was.
  package let cancellationReason: String

  package init(
    id: ID, fund: Fund.ID, side: Side, number: Int64, callType: String, noticeDate: CalendarDate,
    dueDate: CalendarDate, cancelledOn: CalendarDate? = nil, isDirectInvestment: Bool = false,
    overCommitmentReason: String = "", creditReason: String = "",
    cancellationReason: String = ""
  ) {
    self.id = id
    self.fund = fund
    self.side = side
    self.number = number
    self.callType = callType
    self.noticeDate = noticeDate
    self.dueDate = dueDate
    self.cancelledOn = cancelledOn
    self.isDirectInvestment = isDirectInvestment
    self.overCommitmentReason = overCommitmentReason
    self.creditReason = creditReason
    self.cancellationReason = cancellationReason
  }

  /// A direct investment that was not yet made on the reference date, or was undone: nothing of it
  /// is shown.
  package func isAbsent(on referenceDate: CalendarDate) -> Bool {
    isDirectInvestment && !counts(on: referenceDate)
  }

  /// Whether the call is noticed on that day and not (yet) cancelled.
  package func counts(on referenceDate: CalendarDate) -> Bool {
    noticeDate <= referenceDate && !isCancelled(on: referenceDate)
  }

  package func isCancelled(on referenceDate: CalendarDate) -> Bool {
    cancelledOn.map { $0 <= referenceDate } ?? false
  }
}

/// What one call asks of one commitment (항목).
package struct CallItem: Hashable, Sendable {
  package typealias ID = Identifier<CallItem>

  package let id: ID
  package let call: CapitalCall.ID
  package let commitment: Commitment.ID
  /// Never zero. Negative is a credit: excess capital returned to the party, settled by refunds.
  package let amount: Money

  package init(id: ID, call: CapitalCall.ID, commitment: Commitment.ID, amount: Money) {
    self.id = id
    self.call = call
    self.commitment = commitment
    self.amount = amount
  }

  package var isCredit: Bool { amount.isNegative }
}
