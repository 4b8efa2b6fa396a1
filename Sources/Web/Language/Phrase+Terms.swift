package import FundModel

/// A fund's terms: registering a fund, amending them, what they were.
extension Phrase {
  package static let registerFund = Phrase("조합 등록", "Register a fund")
  package static let currency = Phrase("통화", "Currency")
  package static let amendFund = Phrase("규약 바꾸기", "Amend the terms")
  package static let fundName = Phrase("조합명", "Name")
  package static let gpCommitment = Phrase("GP 약정", "GP commitment")
  package static let versions = Phrase("바뀐 내용", "What it was")
  package static let field = Phrase("항목", "Field")
  package static let before = Phrase("이전", "Before")
  package static let after = Phrase("이후", "After")
  package static let neverAmended = Phrase(
    "등록한 뒤 바뀐 것이 없습니다.", "Nothing was amended since the fund was registered.")
  package static let commitmentChanges = Phrase("약정 증감", "Changes of commitments")
  package static let noCommitmentChanged = Phrase(
    "약정이 늘거나 준 적이 없습니다.", "No commitment has changed.")
  package static let recordedBy = Phrase("기록", "Recorded")
  package static let changeTotal = Phrase("약정총액 바꾸기", "Change the commitment total")
  package static let changeBy = Phrase("증감액 (줄이면 −)", "Change by (− for a cut)")
  package static let effectiveOn = Phrase("적용일", "Effective from")
  package static let hurdlePercent = Phrase("기준수익률 (%)", "Hurdle rate (%)")
}
