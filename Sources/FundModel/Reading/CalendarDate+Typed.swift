extension CalendarDate {
  /// The longest date that is read, in characters.
  package static let longestTyped = 32

  /// Reads a day as people type it: year, month, day, in this order and no other.
  ///
  /// `2025-03-10`, `2025/3/10`, `2025.03.10`, `2025. 3. 10.`, `20250310`, `2025년 3월 10일`;
  /// full-width forms and every kind of space as their plain forms.
  ///
  /// Checked in this order: length, emptiness, the spelling, the century, the year, the day.
  package init(typed text: String) throws(DateProblem) {
    // What nearly all dates of a long file are; whatever else is looked at in full.
    if let date = CalendarDate(text) {
      self = date
      return
    }
    guard let typed = TypedText(text, limit: Self.longestTyped) else {
      throw .tooLong(limit: Self.longestTyped)
    }
    guard !typed.isEmpty else { throw .empty }
    guard let (year, month, day) = Self.compactParts(typed) ?? Self.partsWithSeparators(typed),
      let monthNumber = Int(month), let dayNumber = Int(day), let yearNumber = Int(year)
    else { throw .unreadable(typed.shown) }

    guard year.count == 4 else { throw .twoDigitYear(typed.shown) }
    guard (1900...2199).contains(yearNumber) else { throw .yearOutOfRange(yearNumber) }
    guard let date = CalendarDate(yearNumber, monthNumber, dayNumber) else {
      throw .noSuchDay(year: yearNumber, month: monthNumber, day: dayNumber)
    }
    self = date
  }

  private typealias Parts = (year: String, month: String, day: String)

  /// Eight digits and nothing else.
  private static func compactParts(_ typed: TypedText) -> Parts? {
    var typed = typed
    let digits = typed.takeDigits()
    guard digits.count == 8, typed.isEmpty else { return nil }
    return (
      String(digits.prefix(4)), String(digits.dropFirst(4).prefix(2)), String(digits.suffix(2))
    )
  }

  /// A year of two or four digits, month and day of one or two, the same separator throughout.
  private static func partsWithSeparators(_ typed: TypedText) -> Parts? {
    for style in styles {
      var rest = typed
      let year = rest.takeDigits()
      guard year.count == 2 || year.count == 4, rest.take(style.afterYear) else { continue }
      if style.allowsSpaces { rest.skipSpaces() }
      let month = rest.takeDigits()
      guard (1...2).contains(month.count), rest.take(style.afterMonth) else { continue }
      if style.allowsSpaces { rest.skipSpaces() }
      let day = rest.takeDigits()
      guard (1...2).contains(day.count) else { continue }
      if let mark = style.afterDay, !rest.take(mark), style.needsAfterDay { continue }
      if rest.isEmpty { return (year, month, day) }
    }
    return nil
  }

  private static let styles: [DateStyle] = [
    DateStyle(afterYear: "-", afterMonth: "-"),
    DateStyle(afterYear: "/", afterMonth: "/"),
    DateStyle(afterYear: ".", afterMonth: ".", afterDay: ".", allowsSpaces: true),
    DateStyle(
      afterYear: "년", afterMonth: "월", afterDay: "일", needsAfterDay: true, allowsSpaces: true),
  ]
}

/// What stands between the parts of a date.
private struct DateStyle {
  let afterYear: String
  let afterMonth: String
  var afterDay: String?
  var needsAfterDay = false
  var allowsSpaces = false
}
