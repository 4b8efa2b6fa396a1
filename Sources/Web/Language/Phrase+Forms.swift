import Bookkeeping
package import FundModel

/// Forms: their fields, their buttons, what they say when it is done.
extension Phrase {
  package static let useWhole = Phrase("전액", "Use all")
  package static func useMost(_ amount: String) -> Phrase {
    Phrase("\(amount) 적기", "Use \(amount)")
  }
  package static let oneAmount = Phrase(
    "요청 총액, 약정의 %, 조합원별 금액 가운데 하나를 적으세요.",
    "Give one of these: an amount, a percentage of commitments, or an amount for each partner.")
  package static let amount = Phrase("금액", "Amount")
  package static let paidDate = Phrase("납입일", "Paid date")
  package static let refundDate = Phrase("반환일", "Refund date")
  package static let memo = Phrase("메모", "Memo")
  package static let bankReference = Phrase("이체 번호", "Reference")
  package static let reason = Phrase("사유", "Reason")
  package static let cancel = Phrase("닫기", "Close")
  package static let preview = Phrase("미리보기", "Preview")
  package static let readOnly = Phrase(
    "기록시점을 고른 페이지에서는 적을 수 없습니다.",
    "Nothing can be recorded on a page of what the books knew earlier.")
  package static let toToday = Phrase("오늘로", "Go to today")
  package static func writingOnPastDate(
    _ date: CalendarDate, today: CalendarDate
  ) -> Phrase {
    let distance = distance(from: today, to: date) ?? .today
    return Phrase(
      "기준일이 \(date)(\(distance.ko))입니다. 그 뒤 날짜로 적은 것은 이 화면의 숫자에 들어가지 않습니다.",
      """
      The reference date is \(date), \(distance.en). What is dated later does not show in the \
      figures here.
      """)
  }

  /// What a typed date means: `화요일 · 45일 뒤`.
  package static func reading(of date: CalendarDate, today: CalendarDate) -> Phrase {
    let day = weekday(of: date)
    let distance = distance(from: today, to: date) ?? .today
    return Phrase("\(date) \(day.ko) · \(distance.ko)", "\(day.en) \(date) · \(distance.en)")
  }

  package static func weekday(of date: CalendarDate) -> Phrase {
    switch date.weekday {
    case 0: Phrase("일요일", "Sunday")
    case 1: Phrase("월요일", "Monday")
    case 2: Phrase("화요일", "Tuesday")
    case 3: Phrase("수요일", "Wednesday")
    case 4: Phrase("목요일", "Thursday")
    case 5: Phrase("금요일", "Friday")
    default: Phrase("토요일", "Saturday")
    }
  }
}

/// The work on a capital call.
extension Phrase {
  package static let items = Phrase("항목", "Items")
  package static let entries = Phrase("현금 기록", "Entries")
  package static func noEntries(on date: CalendarDate) -> Phrase {
    Phrase("\(date)까지 기록이 없습니다.", "Nothing is recorded up to \(date).")
  }
  package static let overCommitment = Phrase("약정 초과 사유", "Called above the commitment")
  package static let credit = Phrase("반환 사유", "Reason for the credit")
  package static let date = Phrase("날짜", "Date")
  package static let actions = Phrase("처리", "Actions")
  package static let entryKindHeading = Phrase("종류", "Kind")
  package static let reversed = Phrase("취소됨", "reversed")
  package static let paidOfCommitment = Phrase("약정 대비 납입", "Paid, of commitments")

  package static let refund = Phrase("반환", "Refund")
  package static let reverse = Phrase("취소", "Reverse")
  package static let recordRefund = Phrase("반환 기록", "Record refund")
  package static let reverseEntry = Phrase("기록 취소", "Reverse entry")
  package static let reversalNote = Phrase(
    "잘못 적은 기록을 취소합니다. 취소한 기록은 모든 기준일에서 빠집니다. 실제로 돌려준 돈은 반환으로 적습니다.",
    """
    Says that the entry was keyed in wrongly; it then counts at no reference date. Money that went \
    back is a refund.
    """)
  package static let settle = Phrase("여러 항목 한 번에", "Settle several")
  package static let settleItems = Phrase(
    "이 날짜에 전액 납입(반환)된 항목", "Settled in full on this date")
  package static let settleButton = Phrase("모두 기록", "Record all")
  package static let amendCall = Phrase("구분·기한 바꾸기", "Amend type or due date")
  package static let cancelCall = Phrase("출자요청 취소", "Cancel the call")
  package static let cancelCallNote = Phrase(
    "취소일부터 이 출자요청은 계산에서 빠집니다. 그 전의 숫자는 그대로입니다.",
    "From that date on the call no longer counts; before it figures stay as they were.")
  package static let cancelledOn = Phrase("취소일", "Cancelled on")
  package static let callType = Phrase("구분", "Type")
  package static let save = Phrase("저장", "Save")

  /// What is paid into a fund is a payment; what it pays out for an investment is an investment.
  package static func entryKind(_ kind: Entry.Kind, on side: Side) -> Phrase {
    switch (kind, side) {
    case (.payment, .partners): Phrase("납입", "Payment")
    case (.payment, .investments): Phrase("투자", "Investment")
    case (.refund, _): Phrase("반환", "Refund")
    case (.paymentReversal, .partners): Phrase("납입 취소", "Reversal of payment")
    case (.paymentReversal, .investments): Phrase("투자 취소", "Reversal of investment")
    case (.refundReversal, _): Phrase("반환 취소", "Reversal of refund")
    }
  }

  /// Over signed amounts of the ledger: seen from the fund, whichever side they are of.
  package static let cashMoved = Phrase("입금 +, 출금 \u{2212}", "Cash in +, out \u{2212}")

  package static let callNotFound = Phrase("없는 출자요청입니다", "There is no such call")
  package static func callNotFoundNote(_ id: String) -> Phrase {
    Phrase(
      "번호 \(id)인 출자요청이 장부에 없습니다.", "The books have no capital call with the number \(id).")
  }
}

/// What is wrong with a form.
extension Phrase {
  /// What is wrong in the words of who fills a form in, where the API's own are for programs.
  static func inForm(_ code: String) -> Phrase? {
    switch code {
    case "request-key-reused":
      Phrase(
        "이 양식은 다른 내용으로 이미 보냈습니다. 지금 내용도 적으려면 다시 보내 주세요.",
        "This form was sent before with something else in it. To record this as well, send it again."
      )
    case "bad-request-key":
      Phrase(
        "양식의 보이지 않는 값이 달라져서 받지 않았습니다. 다시 보내 주세요.",
        "A hidden value of the form was changed, so it was not taken. Send it again.")
    case "too-many-marks":
      Phrase(
        "한 글자에 부호가 30개 넘게 붙어 있어 30개만 남겼습니다. 확인하고 다시 보내 주세요.",
        "A letter had more than 30 marks upon it; 30 are left. Look at it and send it again.")
    default: nil
    }
  }

  /// What people call a field, or its own name where only programs know it.
  static func fieldName(_ name: String) -> Phrase {
    switch name {
    case "amount": .amount
    case "paid_date": .paidDate
    case "notice_date": .noticeDate
    case "due_date": .dueDate
    case "call_type": .callType
    case "memo": .memo
    case "reference": .bankReference
    case "reason": .reason
    case "items": .items
    case "item": Phrase("항목", "Item")
    case "entry": Phrase("기록", "Entry")
    case "call": Phrase("출자요청", "Capital call")
    case "commitment": .commitment
    case "fund": .fund
    default: Phrase(JSON.shortened(name))
    }
  }
}

/// What was done.
extension Phrase {
  package static let undo = Phrase("되돌리기", "Undo")
  package static let undoOneByOne = Phrase("하나씩 되돌리기", "Undo them one by one")

  package static func recorded(
    _ kind: Entry.Kind, on side: Side, _ date: CalendarDate, amount: String
  ) -> Phrase {
    let kind = entryKind(kind, on: side)
    return Phrase(
      "\(date) \(kind.ko) \(amount)\(amount.hasSuffix("원") ? "을" : "를") 기록했습니다.",
      "\(kind.en) of \(amount) on \(date) recorded.")
  }
  package static func recordedSeveral(_ count: Int) -> Phrase {
    Phrase("\(count)건을 기록했습니다.", "\(count) entries recorded.")
  }

  /// - Parameter command: as the audit trail calls it.
  package static func done(_ command: String) -> Phrase {
    switch command {
    case "issue-capital-call", "open-from-stated":
      Phrase("출자요청을 만들었습니다.", "The capital call was issued.")
    case "amend-capital-call": Phrase("출자요청을 바꿨습니다.", "The capital call was amended.")
    case "cancel-capital-call": Phrase("출자요청을 취소했습니다.", "The capital call was cancelled.")
    case "reverse-entry": Phrase("기록을 취소했습니다.", "The entry was reversed.")
    case "amend-fund": Phrase("조합 정보를 바꿨습니다.", "The fund's terms were amended.")
    case "register-fund": Phrase("조합을 등록했습니다.", "The fund was registered.")
    case "commit": Phrase("약정을 등록했습니다.", "The commitment was recorded.")
    case "change-commitment", "change-commitment-total":
      Phrase("약정을 바꿨습니다.", "The commitment was changed.")
    case "end-calendar-feed": Phrase("구독을 끝냈습니다.", "The calendar feed was ended.")
    case "change-user":
      Phrase("권한을 바꿨습니다. 그 사람의 로그인은 끝났습니다.", "The role was changed, and their sessions ended.")
    case "end-user": Phrase("사용을 끝냈습니다.", "The user was ended.")
    case "record-investment": Phrase("투자를 기록했습니다.", "The investment was recorded.")
    case "undo-investment": Phrase("투자를 취소했습니다.", "The investment was undone.")
    default: Phrase("기록했습니다.", "Recorded.")
    }
  }
}
