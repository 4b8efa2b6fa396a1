/// A day in the civil calendar, such as a due date. It has no time and no time zone.
///
/// Days from 1900-01-01 to 2199-12-31 exist; the proleptic Gregorian calendar rules.
package struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01, negative before: the order of days and the length of spans.
  package let dayNumber: Int32

  /// - Returns: `nil` unless the day exists, years 1900 to 2199.
  package init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1900...2199).contains(year), (1...12).contains(month) else { return nil }
    guard (1...Self.days(inMonth: month, of: year)).contains(day) else { return nil }
    dayNumber = Self.dayNumber(year, month, day)
  }

  /// - Returns: `nil` outside the years 1900 to 2199.
  package init?(dayNumber: Int) {
    guard (Int(Self.first)...Int(Self.last)).contains(dayNumber) else { return nil }
    self.dayNumber = Int32(dayNumber)
  }

  /// Strict ISO 8601: four, two and two ASCII digits with hyphens.
  ///
  /// What people type is read by ``init(typed:)``.
  package init?(_ text: some StringProtocol) {
    let read = text.utf8.withContiguousStorageIfAvailable { CalendarDate(ascii: $0) }
    guard let date = read ?? Array(text.utf8).withUnsafeBufferPointer({ CalendarDate(ascii: $0) })
    else { return nil }
    self = date
  }

  /// The same of its bytes.
  package init?(ascii text: UnsafeBufferPointer<UInt8>) {
    guard text.count == 10, text[4] == 0x2D, text[7] == 0x2D else { return nil }
    func number(_ places: Range<Int>) -> Int? {
      var number = 0
      for place in places {
        guard (0x30...0x39).contains(text[place]) else { return nil }
        number = number * 10 + Int(text[place] - 0x30)
      }
      return number
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    self.init(year, month, day)
  }

  package static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.dayNumber < b.dayNumber }

  private init(clamping dayNumber: Int32) {
    self.dayNumber = min(max(dayNumber, Self.first), Self.last)
  }

  /// 1900-01-01 and 2199-12-31.
  private static let first: Int32 = -25_567
  private static let last: Int32 = 84_005

  package static let earliest = CalendarDate(clamping: first)
  package static let latest = CalendarDate(clamping: last)
}

extension CalendarDate {
  /// Year, month (1 to 12) and day of the month (from 1).
  package var parts: (year: Int, month: Int, day: Int) {
    let (month, day) = placeInMonth
    return (Self.firstYear + month / 12, month % 12 + 1, day)
  }

  /// The months since January 1900, and the day of the month from 1.
  var placeInMonth: (month: Int, day: Int) {
    let offset = Int(dayNumber) - Int(Self.first)
    // 4,800 months have 146,097 days, so this is the month or the one before it.
    var month = offset * 4_800 / 146_097
    if Int(Self.monthStarts[month + 1]) <= offset { month += 1 }
    if Int(Self.monthStarts[month]) > offset { month -= 1 }
    return (month, offset - Int(Self.monthStarts[month]) + 1)
  }

  package var year: Int { parts.year }
  package var month: Int { parts.month }
  package var day: Int { parts.day }

  private static let firstYear = 1_900

  /// For each month since January 1900 the days from then to its first; the end of 2199 at last.
  private static let monthStarts: [Int32] = {
    var starts: [Int32] = [0]
    for month in 0..<3_600 {
      starts.append(
        starts[month] + Int32(days(inMonth: month % 12 + 1, of: firstYear + month / 12)))
    }
    return starts
  }()

  /// How many days a month has.
  ///
  /// - Parameter month: counted from January 1900 as 0, within 1900 to 2199.
  static func days(inMonth month: Int) -> Int {
    Int(monthStarts[month + 1] - monthStarts[month])
  }

  private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
    first + monthStarts[(year - firstYear) * 12 + month - 1] + Int32(day) - 1
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}

extension CalendarDate {
  /// Whole days from `other` to this day; negative when this day is earlier.
  package func days(since other: CalendarDate) -> Int { Int(dayNumber) - Int(other.dayNumber) }

  /// 0 for Sunday to 6 for Saturday. 1970-01-01 was a Thursday.
  package var weekday: Int { ((Int(dayNumber) + 4) % 7 + 7) % 7 }

  /// The day that many days later (earlier when negative), kept within 1900 to 2199.
  package func adding(days: Int) -> CalendarDate {
    let moved = Int(dayNumber).addingReportingOverflow(days)
    let number = moved.overflow ? (days > 0 ? Int.max : Int.min) : moved.partialValue
    return CalendarDate(clamping: Int32(clamping: number))
  }

  /// The same day of the month `months` later; a day that the month lacks becomes its last.
  ///
  /// - Returns: `nil` outside the years 1900 to 2199.
  package func adding(months: Int) -> CalendarDate? {
    let (year, month, day) = parts
    let (count, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow, count >= 0 else { return nil }
    let newYear = count / 12
    let newMonth = count % 12 + 1
    return CalendarDate(newYear, newMonth, min(day, Self.days(inMonth: newMonth, of: newYear)))
  }

  /// The last day of this day's month.
  package var monthEnd: CalendarDate {
    let (year, month, _) = parts
    return CalendarDate(year, month, Self.days(inMonth: month, of: year)) ?? self
  }

  /// The nearest month end after this day.
  package var nextMonthEnd: CalendarDate {
    self < monthEnd ? monthEnd : adding(days: 1).monthEnd
  }

  /// The nearest month end before this day.
  package var previousMonthEnd: CalendarDate { adding(days: -day) }
}

extension CalendarDate: CustomStringConvertible {
  /// ISO 8601, such as `2026-02-14`. Text order is date order.
  package var description: String {
    let (year, month, day) = parts
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}
