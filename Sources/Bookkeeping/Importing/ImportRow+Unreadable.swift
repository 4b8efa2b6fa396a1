import FundModel

/// What of a row cannot be read, column by column, whatever the rest of it says.
extension ImportRow {
  /// Tells of each column that is empty and may not be, or that holds no date, amount or number. Asked
  /// of rows that are refused already.
  func tellUnreadable() {
    guard table.tellsMore else { return }
    let format = table.table.format
    // A reversal is of another entry, whose amount, date and item are its own.
    let isReversal = format == .payments && text("kind") == "reversal"
    for column in table.table.columns where !table.isTold(index, column) {
      guard !isReversal || ["kind", "reverses", "sequence"].contains(column) else { continue }
      tell(column, of: format)
    }
  }

  private func tell(_ column: String, of format: BooksFormat) {
    let takesDash = [.amount, .date].contains(format.kind(of: column)) || column == "hurdle_rate"
    let isNeeded = format.required.contains(column) && column != "effective_on"
    if takesDash, !isNeeded, isBlank(column) { return }
    guard !text(column).isEmpty else {
      // A change without a day counts from the beginning; why a call was cancelled is a rule of its own.
      if format.required.contains(column), !["effective_on", "reason"].contains(column) {
        _ = needed(column)
      }
      return
    }
    switch (format.kind(of: column), column) {
    case (.amount, _): tellAmount(column)
    case (.date, _): _ = date(column)
    case (_, "call_no"): _ = number(column, most: CapitalCall.highestNumber)
    case (.number, _): _ = number(column)
    case (_, "hurdle_rate"): _ = optionalPercent(column)
    case (_, "side"): _ = side()
    case (_, "kind"): _ = entryKind()
    case (_, "status"): _ = fundStatus()
    default: break
    }
  }

  /// What is no amount in any currency: that of the fund may not be known.
  private func tellAmount(_ column: String) {
    do { _ = try Money(typed: text(column), in: .krw) } catch {
      switch error {
      case .unreadable, .badGroups, .unitWithoutNumber, .unitOrder, .tooLong:
        problem(column, error.sentence)
      case .empty, .otherCurrency, .tooManyDecimals, .tooLarge: break
      }
    }
  }
}
