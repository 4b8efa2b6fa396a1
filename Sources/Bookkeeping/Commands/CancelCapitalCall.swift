package import FundModel
import Store

/// Cancels a call from a date; before it the call counts as it did. Refused while payments or
/// refunds stand on it.
package struct CancelCapitalCall: Command {
  package static let name = "cancel-capital-call"

  package let call: CapitalCall.ID
  /// The first day on which the call no longer counts: from its notice date to today, or the notice
  /// date alone if that is still ahead. When `nil`, the last of these days.
  package let cancelledOn: CalendarDate?
  package let reason: String

  package init(call: CapitalCall.ID, cancelledOn: CalendarDate? = nil, reason: String) {
    self.call = call
    self.cancelledOn = cancelledOn
    self.reason = reason
  }

  package var content: JSON {
    ["call": JSON(call), "cancelled_on": JSON(cancelledOn), "reason": JSON(reason)]
  }

  package func execute(in books: OpenBooks) throws -> CapitalCall.ID {
    try cancel(in: books, asHistory: false)
  }

  /// - Parameter asHistory: an import also replays how a direct investment was undone.
  func cancel(in books: OpenBooks, asHistory: Bool) throws -> CapitalCall.ID {
    let found = try books.call(call)
    guard asHistory || !found.isDirectInvestment else { throw Refusal.directInvestment }
    if let cancelledOn = found.cancelledOn { throw Refusal.callCancelled(cancelledOn) }
    let latest = max(books.today, found.noticeDate)
    let day = cancelledOn ?? latest
    guard day >= found.noticeDate else {
      throw Refusal.cancelBeforeNotice(day, notice: found.noticeDate)
    }
    // Until that day it would be owed, and take no payment.
    guard day <= latest else { throw Refusal.cancelAfterToday(day, latest: latest) }
    try books.check(reason, "reason", most: TextLimit.memo, required: true)
    let standing = try books.standingEntries(of: call)
    guard standing == 0 else { throw Refusal.entriesStand(standing) }
    try books.appendCancellation(of: call, on: day, reason)
    return call
  }
}

extension OpenBooks {
  func appendCancellation(
    of call: CapitalCall.ID, on day: CalendarDate, _ reason: String
  ) throws {
    _ = try append(newCancellation, [.init(call), .init(day), .text(reason)])
  }
}

private let newCancellation = FactInsert(into: "call_cancellation", "call_id, cancelled_on, reason")
