package import FundModel

/// The page of one fund.
extension Phrase {
  package static let funds = Phrase("조합", "Funds")
  package static let fundType = Phrase("조합구분", "Type")
  package static let manager = Phrase("대표 펀드매니저", "Lead manager")
  package static let generalPartner = Phrase("업무집행조합원", "General partner")
  package static let formation = Phrase("등록(성립)일", "Formed")
  package static let investmentPeriodEnd = Phrase("투자기간 종료일", "Investment period end")
  package static let maturity = Phrase("청산시기(예정)", "Maturity")
  package static let dissolution = Phrase("해산일", "Dissolved")
  package static let remainingTerm = Phrase("잔존기간", "Remaining")
  package static let hurdle = Phrase("기준수익률", "Hurdle rate")
  package static let commitmentTotal = Phrase("약정총액", "Commitment total")

  package static let partnersSide = Phrase("조합원", "Partners")
  package static let partnersFlow = Phrase("조합원 → 조합", "partners → fund")
  package static let investmentsSide = Phrase("투자", "Investments")
  package static let investmentsFlow = Phrase("조합 → 업체", "fund → companies")

  package static let commitment = Phrase("약정", "Commitment")
  package static let noticed = Phrase("청구액", "Noticed")
  package static let paid = Phrase("납입액", "Paid-in")
  package static let invested = Phrase("투자액", "Invested")
  package static let outstanding = Phrase("미납액", "Outstanding")
  package static let notYetCalled = Phrase("미청구액", "Not yet called")
  package static let uncalled = Phrase("미납입 약정액", "Uncalled")
  package static let creditsDue = Phrase("반환할 금액", "Credits due")
  package static let paidRatio = Phrase("납입비율", "Paid-in ratio")
  package static let investedRatio = Phrase("투자비율", "Invested ratio")
  package static let cash = Phrase("현금", "Cash")
  package static let negativeCash = Phrase(
    "투자총액이 납입총액보다 많습니다.", "More was invested than paid in.")

  package static let partnersTable = Phrase("조합원별 납입", "By partner")
  package static let investmentsTable = Phrase("업체별 투자", "By company")
  package static let partnerName = Phrase("조합원", "Partner")
  package static let partnerType = Phrase("구분", "Type")
  package static let companyName = Phrase("투자업체", "Company")
  package static let instrument = Phrase("투자유형", "Instrument")
  package static let callsIn = Phrase("조합원 출자요청", "Capital calls to partners")
  package static let callsOut = Phrase("투자 출자요청 일정", "Capital calls from investments")
  package static let callName = Phrase("회차", "Call")
  package static let noticeDate = Phrase("통지일", "Notice date")
  package static let dueDate = Phrase("납입기한", "Due date")
  package static let lastPaid = Phrase("최근 납입일", "Last paid")
  package static let lastInvested = Phrase("최근 투자일", "Last invested")
  package static let callAmount = Phrase("요청액", "Call amount")
  package static let status = Phrase("상태", "Status")

  package static let noPartners = Phrase("약정한 조합원이 없습니다.", "No partner has committed.")
  package static let noInvestments = Phrase("아직 투자가 없습니다.", "There are no investments yet.")
  package static let noCalls = Phrase("아직 출자요청이 없습니다.", "There are no capital calls yet.")

  package static let scheduled = Phrase("예정", "Scheduled")
  package static let partiallyPaid = Phrase("일부납입", "Partly paid")
  package static let complete = Phrase("완료", "Complete")
  package static let notYetNoticed = Phrase("통지 전", "Not yet noticed")
  package static let cancelled = Phrase("취소됨", "Cancelled")

  package static func callNumber(_ number: Int64, type: String) -> Phrase {
    let type = type.isEmpty ? "" : " " + type
    return Phrase("\(number)차\(type)", "Call \(number)\(type)")
  }
  package static func overdue(days: Int) -> Phrase {
    Phrase("연체 \(days)일", days == 1 ? "Overdue 1 day" : "Overdue \(days) days")
  }
  /// A credit past its due date: what the fund owes, not what is owed to it.
  package static func creditLate(days: Int) -> Phrase {
    Phrase("반환 지연 \(days)일", days == 1 ? "Credit 1 day late" : "Credit \(days) days late")
  }
  package static func partnerCount(_ count: Int) -> Phrase {
    Phrase("조합원 \(count)명", count == 1 ? "1 partner" : "\(count) partners")
  }
  package static func companyCount(_ count: Int) -> Phrase {
    Phrase("투자업체 \(count)곳", count == 1 ? "1 company" : "\(count) companies")
  }
  package static func callCount(_ count: Int) -> Phrase {
    Phrase("\(count)건", count == 1 ? "1 call" : "\(count) calls")
  }
  package static func statedFundNote(_ amount: String, unit: Phrase) -> Phrase {
    // `7,200백만원`, but `USD 7,200.00`.
    let isCode = unit.ko == unit.en
    let ko = isCode ? "\(unit.ko) \(amount)를" : "\(amount)\(unit.ko)을"
    let en = isCode ? "\(unit.en) \(amount)" : "\(amount) (\(unit.en))"
    return Phrase(
      "납입 기록이 없어 기재된 납입액 \(ko) 표시합니다. 기준일을 바꿔도 달라지지 않습니다.",
      """
      No payment is recorded, so the stated paid-in of \(en) is shown. \
      It does not change with the reference date.
      """)
  }
  package static let nothingStatedNote = Phrase(
    "납입 기록도, 기재된 납입액도 없습니다.",
    "No payment is recorded and no paid-in is stated.")
  package static func notFormedFundNote(on date: CalendarDate) -> Phrase {
    Phrase(
      "\(date)에는 아직 결성되지 않은 조합입니다.", "The fund was not yet formed on \(date).")
  }
}

extension Phrase {
  /// Read out when the figures on a fund's page have changed.
  package static func announcement(
    on date: CalendarDate, paidIn: String, unit: Phrase
  ) -> Phrase {
    Phrase(
      "기준일 \(date). 납입총액 \(paidIn) \(unit.ko)",
      "As of \(date): paid-in \(paidIn) (\(unit.en))")
  }
}
