/// A moment in time, to the microsecond: when something became known to the books.
///
/// Never a business date: what a figure goes by is a ``CalendarDate``.
package struct Instant: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

  /// The next moment that can be told apart.
  package var next: Instant { Instant(microseconds: microseconds &+ 1) }

  /// RFC 3339 with a zone: `2026-04-10T09:00:00Z`, `2026-04-10T18:00:00.123456+09:00`.
  ///
  /// - Returns: `nil` without a zone, outside the years 1900 to 2199, or with a leap second.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, let date = CalendarDate(String(decoding: bytes[..<10], as: UTF8.self)),
      bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
      let hour = Self.number(bytes[11..<13]), hour < 24, bytes[13] == UInt8(ascii: ":"),
      let minute = Self.number(bytes[14..<16]), minute < 60, bytes[16] == UInt8(ascii: ":"),
      let second = Self.number(bytes[17..<19]), second < 60
    else { return nil }

    var rest = bytes[19...]
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard (1...9).contains(digits.count), let value = Self.number(digits.prefix(6)) else {
        return nil
      }
      fraction = Int64(value)
      for _ in min(digits.count, 6)..<6 { fraction *= 10 }
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = Self.offsetSeconds(rest) else { return nil }
    let seconds =
      Int64(date.dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60 + second) - offset
    let days = (seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400
    guard CalendarDate(dayNumber: Int(days)) != nil else { return nil }
    self.init(microseconds: seconds * 1_000_000 + fraction)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return digits.isEmpty ? nil : value
  }

  /// Seconds east of UTC: `Z` is 0, `+09:00` is 32,400.
  private static func offsetSeconds(_ text: ArraySlice<UInt8>) -> Int64? {
    if text.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
    let start = text.startIndex
    guard text.count == 6, text[start + 3] == UInt8(ascii: ":"),
      let hours = number(text[start + 1..<start + 3]), hours < 24,
      let minutes = number(text[start + 4..<start + 6]), minutes < 60
    else { return nil }
    let seconds = Int64(hours * 3_600 + minutes * 60)
    switch text[start] {
    case UInt8(ascii: "+"): return seconds
    case UInt8(ascii: "-"): return -seconds
    default: return nil
    }
  }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 in UTC with six decimals: `2026-04-10T09:00:00.000000Z`. Text order is time order.
  package var description: String {
    var seconds = microseconds / 1_000_000
    var fraction = microseconds % 1_000_000
    if fraction < 0 {
      fraction += 1_000_000
      seconds -= 1
    }
    var day = seconds / 86_400
    var second = seconds % 86_400
    if second < 0 {
      second += 86_400
      day -= 1
    }
    let date = CalendarDate(dayNumber: Int(day)) ?? (day < 0 ? .earliest : .latest)
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let decimals = String(String(1_000_000 + fraction).dropFirst())
    return
      "\(date)T\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60)).\(decimals)Z"
  }
}
