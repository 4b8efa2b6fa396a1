package import FundModel

/// The parts of a fund's page and what is done there.
extension Phrase {
  package static let registerFund = Phrase("조합 등록", "Register a fund")
  package static let currency = Phrase("통화", "Currency")
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

  // The summary.
  package static let growth = Phrase("누적 납입과 투자", "Paid-in and invested over time")
  package static let asTable = Phrase("표로 보기", "As a table")
  package static let dueTitle = Phrase("납입기한", "Due")
  package static func dueSoon(until date: CalendarDate) -> Phrase {
    Phrase("\(date)까지 90일", "90 days, to \(date)")
  }
  package static let nothingDue = Phrase(
    "연체도, 90일 안의 납입기한도 없습니다.", "Nothing is overdue or due in the next 90 days.")

  // Terms.
  package static let amendFund = Phrase("규약 바꾸기", "Amend the terms")
  package static let fundName = Phrase("조합명", "Name")
  package static let gpCommitment = Phrase("GP 약정", "GP commitment")
  package static let gpPartner = Phrase("업무집행조합원", "General partner")
  package static let versions = Phrase("바뀐 내용", "What it was")
  package static let field = Phrase("항목", "Field")
  package static let before = Phrase("이전", "Before")
  package static let after = Phrase("이후", "After")
  package static let neverAmended = Phrase(
    "등록한 뒤 바뀐 것이 없습니다.", "Nothing was amended since the fund was registered.")
  package static let changeTotal = Phrase("약정총액 바꾸기", "Change the commitment total")
  package static let changeBy = Phrase("늘거나 준 금액", "Change by")
  package static let effectiveOn = Phrase("적용일", "Effective from")

  // A new call.
  package static let firstCallType = Phrase("최초납입", "Initial call")
  package static let laterCallType = Phrase("추가납입", "Drawdown")
  package static let newCallTitle = Phrase("새 출자요청", "New capital call")
  package static let number = Phrase("차수", "Number")
  package static let totalAsked = Phrase("청구 총액", "Amount to call")
  package static let percentAsked = Phrase("또는 약정의 %", "Or % of commitments")
  package static let shareBy = Phrase("나누는 기준", "Shared by")
  package static let byNotYetCalled = Phrase("미청구 약정 비율", "Not yet called")
  package static let byNotYetCalledNote = Phrase(
    "남은 약정이 있는 조합원에게만", "Only partners with something left to call")
  package static let byCommitment = Phrase("약정 비율", "Commitment")
  package static let byCommitmentNote = Phrase(
    "약정을 넘는 조합원이 있으면 사유가 필요합니다", "Beyond a commitment a reason is needed")
  package static let explicitly = Phrase("직접 입력", "Typed in")
  package static let explicitlyNote = Phrase(
    "아래 표에 조합원마다 금액을 적습니다. 빈칸은 빼고, 음수는 반환할 금액입니다",
    "An amount for each partner below; empty is left out, negative is a credit")
  package static let leaveOut = Phrase("제외", "Leave out")
  package static let issue = Phrase("출자요청 만들기", "Issue the call")
  package static let perPartner = Phrase("조합원별 청구", "By partner")
  package static let thisCall = Phrase("이번 청구", "This call")
  package static let leftAfter = Phrase("청구 뒤 미청구액", "Not yet called after")
  package static let note = Phrase("비고", "Note")
  package static let roundedUp = Phrase("끝수 +1", "+1 left-over unit")
  package static func aboveCommitment(on day: CalendarDate?) -> Phrase {
    guard let day else { return Phrase("약정 초과", "Above commitment") }
    return Phrase("\(day)에 약정 초과", "Above commitment on \(day)")
  }
  package static let creditReason = Phrase(
    "반환 사유 (음수 금액이 있을 때)", "Reason for a credit (a negative amount)")
  package static let overCommitmentReason = Phrase(
    "약정을 넘는 사유", "Reason for calling above the commitment")
  package static let wouldBe = Phrase("청구하면", "What changes")
  package static func fromNotice(_ date: CalendarDate) -> Phrase {
    Phrase("통지일 \(date)부터", "From the notice date \(date)")
  }
  package static let now = Phrase("청구 전", "Before")
  package static let then = Phrase("청구 뒤", "After")
  package static let difference = Phrase("차이", "Difference")
  package static let figure = Phrase("숫자", "Figure")
  package static func statedGivesWay(_ before: String, _ after: String) -> Phrase {
    Phrase(
      "이 조합의 납입액은 기재된 \(before)입니다. 첫 출자요청을 만들면 현금 기록만 세어 \(after)이 됩니다.",
      """
      Paid-in is now the stated \(before). With a first call only recorded cash counts: it becomes \
      \(after).
      """)
  }
  package static let openFromStated = Phrase(
    "기재된 납입액으로 최초 출자요청 만들기", "Make an opening call from the stated amounts")
  package static let openFromStatedNote = Phrase(
    "조합원마다 기재된 금액을 이 날짜에 청구하고 납입한 것으로 적습니다.",
    "Each partner's stated amount is called and paid on this date.")

  // Companies and deals.
  package static let companies = Phrase("투자업체", "Companies")
  package static let undoInvestment = Phrase("투자 취소", "Undo the investment")
  package static let undoInvestmentNote = Phrase(
    "잘못 적은 투자를 취소합니다. 기록, 출자요청, 약정이 모두 빠집니다.",
    "For an investment keyed in wrongly: its entry, call and commitment drop out.")
  package static let changeCommitment = Phrase("약정 바꾸기", "Change the commitment")
  package static let investmentNotFound = Phrase("없는 투자입니다", "There is no such investment")
  package static let companyNotFound = Phrase("없는 투자업체입니다", "There is no such company")
  package static func numberNotFoundNote(_ id: String) -> Phrase {
    Phrase("번호 \(id)이(가) 장부에 없습니다.", "The books have none with the number \(id).")
  }
  package static func investmentNotFoundNote(_ id: String) -> Phrase {
    Phrase(
      "이 기준일에는 번호 \(id)인 투자가 없습니다. 아직 하지 않았거나 취소한 투자일 수 있습니다.",
      "On this date there is no investment \(id): it was not yet made, or was undone.")
  }
  package static let noCompanies = Phrase("투자한 업체가 없습니다.", "No company was invested in.")
  package static let industry = Phrase("업종", "Industry")
}

extension Phrase {
  package static let hurdlePercent = Phrase("기준수익률 (%)", "Hurdle rate (%)")
}
