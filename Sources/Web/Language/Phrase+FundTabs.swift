package import FundModel

/// The parts of a fund's page, what is done there, and the summary's panels.
extension Phrase {
  package static let fundMenu = Phrase("조합 메뉴", "Fund")
  package static let newCall = Phrase("출자요청", "Issue a call")
  package static let newPartner = Phrase("조합원 약정", "Add a commitment")
  package static let newInvestment = Phrase("투자 약정", "Commit to an investment")
  package static let newDirectInvestment = Phrase("투자 기록", "Record an investment")
  package static let directInvestmentNote = Phrase(
    "약정한 날 전액 투자한 경우입니다. 나누어 투자하면 투자 약정을 먼저 적습니다.",
    """
    For money that went out in full on one day. Where it is called in stages, commit to the \
    investment first.
    """)
  package static let investedOn = Phrase("투자일", "Invested on")
  package static let partyName = Phrase("상대", "Party")
  package static let recordedAt = Phrase("기록한 날", "Recorded")
  package static func entryCount(_ count: Int) -> Phrase {
    Phrase("\(count)건", count == 1 ? "1 entry" : "\(count) entries")
  }

  package static let growth = Phrase("누적 납입과 투자", "Paid-in and invested over time")
  package static let asTable = Phrase("표로 보기", "As a table")
  package static let dueTitle = Phrase("다가오는 납입과 연체", "Due and overdue")
  package static func dueSoon(until date: CalendarDate) -> Phrase {
    Phrase("\(date)까지 90일", "90 days, to \(date)")
  }
  package static let nothingDue = Phrase(
    "연체도, 90일 안의 납입기한도 없습니다.", "Nothing is overdue or due in the next 90 days.")
}
