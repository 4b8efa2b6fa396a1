package import FundModel

/// How a workbook counts days.
package enum DaySystem: Hashable, Sendable {
  /// 1 is 1900-01-01, and 60 a 29 February 1900 that never was: everything after is one too many.
  case from1900
  /// 0 is 1904-01-01.
  case from1904

  /// The day of a serial number, such as `46067` or `46067.75`; its time is cut off.
  ///
  /// - Returns: `nil` where the number stands for no day, or for one outside 1900 to 2199.
  package func day(_ serial: String) -> CalendarDate? {
    guard !serial.hasPrefix("-"),
      let number = Int(serial.prefix { $0 != "." }), number <= 200_000
    else { return nil }
    switch self {
    case .from1900:
      guard number >= 1, number != 60 else { return nil }
      return CalendarDate(dayNumber: number - (number < 60 ? 25_568 : 25_569))
    case .from1904: return CalendarDate(dayNumber: number - 24_107)
    }
  }
}
