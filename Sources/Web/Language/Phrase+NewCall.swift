package import FundModel

/// A new capital call and what it would do.
extension Phrase {
  package static let firstCallType = Phrase("최초납입", "Initial call")
  package static let laterCallType = Phrase("추가납입", "Drawdown")
  package static let newCallTitle = Phrase("새 출자요청", "New capital call")
  package static let number = Phrase("회차", "Number")
  package static let totalAsked = Phrase("요청 총액", "Amount to call")
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
  package static let shareByNotYetCalled = Phrase(
    "약정을 넘지 않게 미청구 약정 비율로 나누기", "Share by what is not yet called, within each commitment")
  package static let perCompany = Phrase("투자업체별 청구", "By company")
  package static let returnsMoreThanCalled = Phrase("청구한 것보다 많이 반환", "More returned than called")
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
  package static let beforeCall = Phrase("청구 전", "Before")
  package static let afterCall = Phrase("청구 뒤", "After")
  package static let difference = Phrase("차이", "Difference")
  package static let figure = Phrase("항목", "Figure")
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
}
