import Bookkeeping
package import FundModel

/// The audit trail: its page, one entry of it, its head.
extension Phrase {
  static let ownParties = Phrase("본인 약정의 상대", "Parties")
  static let maySignIn = Phrase("로그인할 수 있음", "May sign in")

  package static let trail = Phrase("감사 추적", "Audit trail")
  package static let trailNote = Phrase(
    "장부를 바꾼 일은 하나도 빠짐없이 여기에 순서대로 남습니다. 고치거나 지울 수 없습니다.",
    "Every change of the books stands here in its order. None can be altered or taken out.")
  package static let trailHead = Phrase("마지막 봉인", "Head of the trail")
  package static let trailHeadNote = Phrase(
    "이 값을 보고서에 적어 두면, 그때까지의 기록이 그대로인지 나중에 확인할 수 있습니다.",
    "Kept in a report, it shows later whether anything recorded until then was changed.")
  package static let trailList = Phrase("감사 추적 표", "The trail, newest first")
  package static let trailNumber = Phrase("번호", "No.")
  package static let trailWhen = Phrase("기록시각", "Recorded at")
  package static let trailWho = Phrase("기록한 사람", "Person")
  /// Who recorded something: by name, or from a shell on the machine that holds the books.
  package static func recorder(_ name: String) -> Phrase {
    name == Keeper.nameAtTheMachine
      ? Phrase("서버 (명령줄)", "Server (command line)") : Phrase(name)
  }
  package static let trailWhat = Phrase("한 일", "What was done")
  package static let trailAbout = Phrase("대상", "About")
  package static let trailCash = Phrase("현금", "Cash")
  package static let trailCommand = Phrase("명령", "Command")
  package static let recordedFrom = Phrase("기록일부터", "Recorded from")
  package static let recordedTo = Phrase("기록일까지", "to")
  package static let older = Phrase("이전 기록", "Older entries")
  package static let newest = Phrase("처음으로", "Back to the newest")
  package static let emptyTrail = Phrase(
    "아직 아무것도 기록되지 않았습니다.", "Nothing has been recorded yet.")
  package static let nothingInTrail = Phrase(
    "조건에 맞는 기록이 없습니다.", "No entry of the trail fits.")
  package static let wholeTrail = Phrase("전체 보기", "Show the whole trail")
  package static func recordedBy(_ date: CalendarDate) -> Phrase {
    Phrase(
      "기준일 \(date)까지 장부에 기록된 것만 보입니다. 날짜가 그 전이라도 나중에 기록한 것은 빠집니다.",
      """
      Only what was recorded by the end of the reference date, \(date). What is dated earlier but \
      was keyed in later is left out.
      """)
  }
  package static func entryOfTrail(_ sequence: Int64, _ what: Phrase) -> Phrase {
    Phrase("\(sequence)번 · \(what.ko)", "No. \(sequence) · \(what.en)")
  }
  package static func recordedAs(_ sequence: Int64) -> Phrase {
    Phrase("감사 추적 \(sequence)번", "no. \(sequence) of the trail")
  }
  package static let trailEntryNotFound = Phrase(
    "없는 기록입니다", "There is no such entry of the trail")
  package static func trailEntryNotFoundNote(_ number: String) -> Phrase {
    Phrase(
      "감사 추적에 번호 \(number)인 기록이 없습니다.",
      "The audit trail has no entry with the number \(number).")
  }

  package static let yes = Phrase("예", "yes")
  package static let no = Phrase("아니요", "no")
  package static let askedFor = Phrase("요청한 내용", "What was asked")
  package static let askedForNothing = Phrase("덧붙인 내용이 없습니다.", "Nothing besides.")
  package static let rawContent = Phrase("원문(JSON)", "As it was sent (JSON)")
  package static let whatChanged = Phrase("바뀐 것", "What it changed")
  package static let nothingWritten = Phrase("쓴 행이 없습니다.", "It wrote no row.")
  package static let value = Phrase("내용", "Value")
  package static let rowsWritten = Phrase("쓴 행", "Rows written")
  package static let rowTable = Phrase("표", "Table")
  package static let rowIDs = Phrase("행 번호", "Row ids")
  package static let requestKey = Phrase("요청 키", "Request key")
  package static let keyGiven = Phrase("있음", "given")
  package static let keyLacking = Phrase("없음", "none")
  package static let sealDigest = Phrase("봉인(SHA-256)", "Seal (SHA-256)")
  package static let sealLacking = Phrase(
    "봉인이 없습니다. 장부를 점검하세요.", "It has no seal: have the books checked.")
  package static let outcome = Phrase("결과", "Outcome")
  package static let files = Phrase("파일", "Files")
  package static let fileName = Phrase("파일 이름", "File")
  package static let fileRows = Phrase("줄", "Rows")
  package static let fileBytes = Phrase("바이트", "Bytes")
  package static let previousEntry = Phrase("앞 기록", "Entry before")
  package static let nextEntry = Phrase("다음 기록", "Entry after")
  package static let booksAtThatMoment = Phrase("이때의 장부 보기", "The books at that moment")
  package static let changesAfterIt = Phrase("이후 변경 내역", "What changed since")
  package static let rowByRow = Phrase("한 행씩 보기", "Row by row")
  package static let moreRows = Phrase("다음 행", "Further rows")
  package static func rowCount(_ count: Int) -> Phrase {
    Phrase("\(count)행", count == 1 ? "1 row" : "\(count) rows")
  }
  package static func partyCount(_ count: Int) -> Phrase {
    Phrase("상대 \(count)명", count == 1 ? "1 party" : "\(count) parties")
  }
  package static func callsAbout(_ count: Int) -> Phrase {
    Phrase("출자요청 \(count)건", count == 1 ? "1 call" : "\(count) calls")
  }
  /// On paper, under a report.
  package static func onPaperHead(_ sequence: Int64, _ time: String, _ digest: String) -> Phrase {
    Phrase(
      "장부의 마지막 봉인 \(sequence)번 · \(time) · SHA-256 \(digest)",
      "Head of the books' trail: \(sequence) · \(time) · SHA-256 \(digest)")
  }
}

/// What a row of facts is.
extension Phrase {
  /// - Parameters:
  ///   - table: as the file calls it.
  ///   - isChange: it takes the place of an earlier version.
  static func fact(_ table: String, isChange: Bool) -> Phrase? {
    switch (table, isChange) {
    case ("fund", _), ("fund_version", false): Phrase("새 조합", "New fund")
    case ("fund_version", true): Phrase("조합 정보", "Fund's terms")
    case ("fund_total_change", _): Phrase("약정총액 증감", "Change of the commitment total")
    case ("party", _), ("party_version", false): Phrase("새 상대", "New party")
    case ("party_version", true): Phrase("상대 정보", "Party")
    case ("commitment", _), ("commitment_version", false): Phrase("새 약정", "New commitment")
    case ("commitment_version", true): Phrase("약정 구분", "Commitment's type")
    case ("commitment_change", _): Phrase("약정 증감", "Change of a commitment")
    case ("stated_paid_in", _): Phrase("기재 납입액", "Stated paid-in")
    case ("capital_call", _), ("call_version", false): Phrase("새 출자요청", "New capital call")
    case ("call_version", true): Phrase("출자요청의 구분과 기한", "Call's type and due date")
    case ("call_cancellation", _): Phrase("출자요청 취소", "Cancellation of a call")
    case ("call_item", _): Phrase("출자요청 항목", "Call item")
    case ("settlement", _): Phrase("한 번의 이체", "One wire")
    case ("entry", _): Phrase("현금 기록", "Cash entry")
    case ("feed", _): Phrase("캘린더 구독", "Calendar feed")
    case ("import_batch", _): Phrase("가져온 파일", "File imported")
    case ("import_undo", _): Phrase("가져오기 되돌리기", "Import undone")
    case ("fund_withdrawal", _): Phrase("조합 철회", "Fund withdrawn")
    case ("feed_end", _): Phrase("구독 끝", "End of a calendar feed")
    default: nil
    }
  }

  /// What people call a column of the facts, or a member of what was asked.
  static func recorded(_ name: String) -> Phrase? {
    switch name {
    case "name": Phrase("이름", "Name")
    case "fund_type": .fundType
    case "fund_manager": .manager
    case "gp_party_id", "general_partner": .generalPartner
    case "formation_date": .formation
    case "investment_period_end": .investmentPeriodEnd
    case "maturity_date": .maturity
    case "dissolution_date": .dissolution
    case "gp_commitment": .gpCommitment
    case "hurdle_rate": .hurdle
    case "currency": .currency
    case "commitment_total": .commitmentTotal
    case "fund_id", "fund": .fund
    case "party_id", "party": .partyName
    case "side": .side
    case "amount": .amount
    case "is_direct": Phrase("한 번에 한 투자", "Direct investment")
    case "partner_type": .partnerType
    case "instrument": .instrument
    case "commitment_id", "commitment": .commitment
    case "committed": .commitment
    case "effective_on": .date
    case "reason": .reason
    case "call_id", "call": Phrase("출자요청", "Capital call")
    case "call_type": .callType
    case "notice_date": .noticeDate
    case "due_date": .dueDate
    case "number": .number
    case "over_commitment_reason": .overCommitment
    case "credit_reason": .credit
    case "cancelled_on": .cancelledOn
    case "industry": Phrase("업종", "Industry")
    case "item_id", "item": Phrase("항목", "Item")
    case "items": .items
    case "shares": .shareBy
    case "share_by": .shareBy
    case "leave_out": .leaveOut
    case "percent": Phrase("약정의 %", "% of commitments")
    case "paid_date": .paidDate
    case "invested_on": .investedOn
    case "investment": Phrase("투자", "Investment")
    case "memo": .memo
    case "reference": .bankReference
    case "kind": .entryKindHeading
    case "settlement_id": Phrase("한 번의 이체", "One wire")
    case "reverses": Phrase("취소하는 기록", "Entry that it reverses")
    case "entry": Phrase("현금 기록", "Cash entry")
    case "feed_id", "feed": Phrase("구독", "Calendar feed")
    case "with_amounts": .amounts
    case "files": .files
    case "bytes": .fileBytes
    case "sha256": Phrase("SHA-256")
    case "file_name": .fileName
    case "row_count": .fileRows
    case "rows_new": Phrase("새로 적은 줄", "Rows that were new")
    case "rows_changed": Phrase("고친 줄", "Rows that changed something")
    case "import_audit", "import": Phrase("가져오기 번호", "Import")
    case "user": Phrase("사용자", "User")
    case "role": .role
    case "parties": Phrase("본인 약정의 상대", "Parties")
    default: nil
    }
  }
}
