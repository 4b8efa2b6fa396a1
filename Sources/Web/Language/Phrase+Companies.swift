package import FundModel

/// Companies, and the deal page of an investment.
extension Phrase {
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
