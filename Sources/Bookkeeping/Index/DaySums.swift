import FundModel

/// What comes together on each day: amounts, or how many.
struct DaySums: Sendable {
  /// In the order of days, each day once.
  private(set) var sums: [(day: CalendarDate, units: Int64)] = []

  mutating func add(_ units: Int64, on day: CalendarDate) throws(MoneyError) {
    var (low, high) = (0, sums.count)
    // Most is dated after everything before it.
    if let last = sums.last, last.day < day { low = high }
    while low < high {
      let middle = low + (high - low) / 2
      if sums[middle].day < day { low = middle + 1 } else { high = middle }
    }
    guard low < sums.count, sums[low].day == day else {
      sums.insert((day, units), at: low)
      return
    }
    let (sum, overflow) = sums[low].units.addingReportingOverflow(units)
    guard !overflow else { throw .overflow }
    sums[low].units = sum
  }
}
