/// A day as three numbers. Everything is counted by walking.
struct NaiveDay: Equatable {
  var year: Int
  var month: Int
  var day: Int

  /// `2026-02-14`; `nil` for an empty text.
  init?(_ text: String) {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    year = parts[0]
    month = parts[1]
    day = parts[2]
  }

  static func isLeap(_ year: Int) -> Bool {
    if year % 400 == 0 { return true }
    if year % 100 == 0 { return false }
    return year % 4 == 0
  }

  static func length(ofMonth month: Int, in year: Int) -> Int {
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return lengths[month - 1]
  }

  /// Days since the end of 1899.
  var count: Int {
    var days = 0
    var walkedYear = 1900
    while walkedYear < year {
      days += NaiveDay.isLeap(walkedYear) ? 366 : 365
      walkedYear += 1
    }
    var walkedMonth = 1
    while walkedMonth < month {
      days += NaiveDay.length(ofMonth: walkedMonth, in: year)
      walkedMonth += 1
    }
    return days + day
  }

  /// So many months later; a missing day of month becomes the month's last.
  func later(months: Int) -> NaiveDay {
    var moved = self
    var left = months
    while left > 0 {
      moved.month += 1
      if moved.month == 13 {
        moved.month = 1
        moved.year += 1
      }
      left -= 1
    }
    let last = NaiveDay.length(ofMonth: moved.month, in: moved.year)
    if moved.day > last { moved.day = last }
    return moved
  }

  func isAfter(_ other: NaiveDay) -> Bool {
    if year != other.year { return year > other.year }
    if month != other.month { return month > other.month }
    return day > other.day
  }
}

/// How long until a day: the largest number of whole months that fit, then the days left.
package struct NaiveRemaining: Equatable, Sendable {
  package let state: String
  package var years = 0
  package var months = 0
  package var days = 0

  init(from reference: NaiveDay, to maturity: NaiveDay) {
    if reference == maturity {
      state = "matures_today"
      return
    }
    if reference.isAfter(maturity) {
      state = "matured"
      return
    }
    state = "running"
    var whole = 0
    while !reference.later(months: whole + 1).isAfter(maturity) { whole += 1 }
    years = whole / 12
    months = whole % 12
    days = maturity.count - reference.later(months: whole).count
  }
}
