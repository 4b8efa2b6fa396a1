package import FundModel

/// What was done, for every command of the books: the one place where the trail gets its words.
extension Phrase {
  /// - Parameter name: as the audit trail calls the command.
  /// - Returns: `nil` for a command that has no words yet.
  package static func command(_ name: String) -> Phrase? {
    switch name {
    case "register-fund": Phrase("조합 등록", "Fund registered")
    case "amend-fund": Phrase("조합 정보 변경", "Fund's terms amended")
    case "register-party": Phrase("상대 등록", "Party registered")
    case "amend-party": Phrase("상대 정보 변경", "Party amended")
    case "commit": Phrase("약정 등록", "Commitment recorded")
    case "amend-commitment": Phrase("약정 구분 변경", "Commitment's type amended")
    case "change-commitment": Phrase("약정 증감", "Commitment changed")
    case "change-commitment-total": Phrase("약정총액 증감", "Commitment total changed")
    case "state-paid-in": Phrase("납입액 기재", "Paid-in stated")
    case "open-from-stated": Phrase("기재액으로 첫 출자요청", "Opening call from stated amounts")
    case "issue-capital-call": Phrase("출자요청", "Capital call issued")
    case "amend-capital-call": Phrase("출자요청 변경", "Capital call amended")
    case "cancel-capital-call": Phrase("출자요청 취소", "Capital call cancelled")
    case "record-payment": Phrase("납입 기록", "Payment recorded")
    case "record-refund": Phrase("반환 기록", "Refund recorded")
    case "settle-call": Phrase("여러 항목 한 번에 기록", "Several items settled")
    case "reverse-entry": Phrase("기록 취소", "Entry reversed")
    case "record-investment": Phrase("투자 기록", "Investment recorded")
    case "undo-investment": Phrase("투자 되돌리기", "Investment undone")
    case "import-books": Phrase("파일 가져오기", "Files imported")
    case "undo-import": Phrase("가져오기 되돌리기", "Import undone")
    case "make-calendar-feed": Phrase("캘린더 구독 만들기", "Calendar feed made")
    case "end-calendar-feed": Phrase("캘린더 구독 끝내기", "Calendar feed ended")
    case "add-user": Phrase("사용자 추가", "User added")
    case "let-choose-password": Phrase("비밀번호 링크 만듦", "Password link made")
    case "change-user": Phrase("사용자 권한 변경", "User's role changed")
    case "end-user": Phrase("사용 종료", "User ended")
    default: nil
    }
  }

  /// The same, or the name itself where there are no words.
  static func done(byCommand name: String) -> Phrase { command(name) ?? Phrase(name) }
}
