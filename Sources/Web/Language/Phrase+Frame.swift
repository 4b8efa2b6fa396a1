package import FundModel

/// The frame of every page: band, reference date, footer.
extension Phrase {
  package static let brand = Phrase("장부")
  package static let brandNote = Phrase("자본장부", "Capital books")
  package static let skipToMain = Phrase("본문 바로가기", "Skip to main content")
  package static let mainMenu = Phrase("주 메뉴", "Main")
  package static let overview = Phrase("개요", "Overview")
  package static let theme = Phrase("밝기 바꾸기", "Switch light and dark")
  package static let footer = Phrase(
    "모든 숫자는 현금 기록과 기준일에서 계산합니다.",
    "Every figure is computed from cash entries and the reference date.")
  package static let monthEndKeys = Phrase("월말 이동", "previous and next month end")

  package static let referenceDate = Phrase("기준일", "Reference date")
  package static let today = Phrase("오늘", "Today")
  package static let show = Phrase("보기", "Show")
  package static let rail = Phrase(
    "기준일 막대. 화살표는 월말, Shift와 화살표는 하루, Page Up과 Page Down은 1년 단위",
    """
    Reference date. Arrows step month ends, Shift and arrows single days, \
    Page Up and Page Down years
    """)
  package static let knownAt = Phrase("기록시점", "Known at")
  package static let forgetKnownAt = Phrase("최신 기록으로 보기", "Use everything known now")

  /// The step to a month end: `1월 말`, `End of Jan`.
  package static func endOfMonth(_ date: CalendarDate) -> Phrase {
    let month = Phrase(monthOf: date)
    return Phrase("\(month.ko) 말", "\(month.en) end")
  }

  /// How far the reference date is from today; `nil` on the day itself.
  package static func distance(from today: CalendarDate, to date: CalendarDate) -> Phrase? {
    let days = date.days(since: today)
    guard days != 0 else { return nil }
    let count = groupedDigits(String(days.magnitude))
    return days < 0
      ? Phrase("\(count)일 전", days == -1 ? "1 day ago" : "\(count) days ago")
      : Phrase("\(count)일 뒤", days == 1 ? "in 1 day" : "in \(count) days")
  }

  package static func unitLine(_ units: [Phrase]) -> Phrase {
    Phrase(
      "단위 " + units.map(\.ko).joined(separator: ", "),
      "In " + units.map(\.en).joined(separator: ", "))
  }
}
