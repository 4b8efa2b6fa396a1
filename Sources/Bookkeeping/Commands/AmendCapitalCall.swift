package import FundModel

/// Amends a call's type or due date: a new version, which holds for every reference date.
package struct AmendCapitalCall: Command {
  package static let name = "amend-capital-call"

  package let call: CapitalCall.ID
  /// Unchanged when `nil`.
  package let callType: String?
  /// Unchanged when `nil`. Not before the notice date.
  package let dueDate: CalendarDate?

  package init(call: CapitalCall.ID, callType: String? = nil, dueDate: CalendarDate? = nil) {
    self.call = call
    self.callType = callType
    self.dueDate = dueDate
  }

  package var content: JSON {
    ["call": JSON(call), "call_type": JSON(callType), "due_date": JSON(dueDate)]
  }

  package func execute(in books: OpenBooks) throws -> CapitalCall.ID {
    let found = try books.call(call)
    guard !found.isDirectInvestment else { throw Refusal.directInvestment }
    if let cancelledOn = found.cancelledOn { throw Refusal.callCancelled(cancelledOn) }
    let due = dueDate ?? found.dueDate
    guard found.noticeDate <= due else {
      throw Refusal.dueBeforeNotice(notice: found.noticeDate, due: due)
    }
    let type = callType ?? found.callType
    try books.check(type, "call_type", most: TextLimit.word)
    try books.appendCallVersion(of: call, callType: type, dueDate: due)
    return call
  }
}
