/// A moment as the clocks of the books' zone show it: a day and a time of that day.
package struct CivilTime: Hashable, Sendable {
  package let day: CalendarDate
  /// Since midnight, below a day of 24 hours. Clocks that go back show a time twice.
  package let microseconds: Int64

  package init(_ day: CalendarDate, microseconds: Int64) {
    self.day = day
    self.microseconds = microseconds
  }

  package static let microsecondsPerDay: Int64 = 86_400_000_000

  /// To the second, as people read it: `2026-02-14 12:00:01`.
  package var toTheSecond: String { "\(day) \(hour):\(minute):\(second)" }

  /// To the minute: `2026-02-14 12:00`.
  package var toTheMinute: String { "\(day) \(hour):\(minute)" }

  /// As it is typed, and shown where the same moment must be found again: only so far as is needed to read the same moment again. A day, a minute and a
  /// second mean their end.
  package var typed: String {
    let left = Self.microsecondsPerDay - 1 - microseconds
    if left == 0 { return day.description }
    if left % 60_000_000 == 0 { return "\(day) \(hour):\(minute)" }
    if left % 1_000_000 == 0 { return toTheSecond }
    return toTheSecond + "." + String(String(1_000_000 + microseconds % 1_000_000).dropFirst())
  }

  private var hour: String { Self.two(microseconds / 3_600_000_000) }
  private var minute: String { Self.two(microseconds / 60_000_000 % 60) }
  private var second: String { Self.two(microseconds / 1_000_000 % 60) }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension CivilTime {
  /// Reads a day, or a day and a time, as people type it: `2026-02-14`, `2026. 2. 14. 18:00`,
  /// `20260214 9:05:30`. What is left out is the last that it can be: a day means its end, and so do a
  /// minute and a second.
  package init(typed text: String) throws(DateProblem) {
    guard let typed = TypedText(text, limit: Self.longestTyped) else {
      throw .tooLong(limit: Self.longestTyped)
    }
    guard let colon = typed.rest.firstIndex(of: ":") else {
      self.init(try CalendarDate(typed: text), microseconds: Self.microsecondsPerDay - 1)
      return
    }
    // The time is what stands after the last space, or `T`, before the first colon.
    guard let gap = typed.rest[..<colon].lastIndex(where: { $0 == " " || $0 == "T" }),
      let time = Self.microseconds(typed.rest[(gap + 1)...])
    else { throw .unreadable(typed.shown) }
    self.init(try CalendarDate(typed: String(typed.rest[..<gap])), microseconds: time)
  }

  package static let longestTyped = 40

  /// `9:05`, `18:00:30`, `18:00:30.25`: the last microsecond that it may mean.
  private static func microseconds(_ text: ArraySlice<Character>) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = number(parts[0], below: 24),
      let minute = number(parts[1], below: 60)
    else { return nil }
    let start = (hour * 60 + minute) * 60_000_000
    guard parts.count == 3 else { return start + 59_999_999 }
    let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard let second = seconds.first.flatMap({ number($0, below: 60) }) else { return nil }
    guard let decimals = seconds.dropFirst().first else {
      return seconds.count == 1 ? start + second * 1_000_000 + 999_999 : nil
    }
    guard seconds.count == 2, (1...6).contains(decimals.count),
      let fraction = number(decimals, digits: 1...6, below: 1_000_000)
    else { return nil }
    let unit = (decimals.count..<6).reduce(Int64(1)) { unit, _ in unit * 10 }
    return start + second * 1_000_000 + fraction * unit + unit - 1
  }

  private static func number(
    _ text: ArraySlice<Character>, digits: ClosedRange<Int> = 1...2, below limit: Int64
  ) -> Int64? {
    guard digits.contains(text.count),
      text.allSatisfy({ $0.asciiValue.map { (0x30...0x39).contains($0) } ?? false }),
      let number = Int64(String(text)), number < limit
    else { return nil }
    return number
  }
}
