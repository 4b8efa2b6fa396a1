package import FundModel

/// What went wrong, and the way out.
extension Phrase {
  package static let pageNotFound = Phrase("없는 페이지입니다", "There is no such page")
  package static let pageNotFoundNote = Phrase(
    "주소를 다시 확인하거나 개요에서 찾아보세요.",
    "Check the address, or look for it from the overview.")
  package static let fundNotFound = Phrase("없는 조합입니다", "There is no such fund")
  package static func fundNotFoundNote(_ id: String) -> Phrase {
    Phrase(
      "번호 \(id)인 조합이 장부에 없습니다. 개요에서 골라 주세요.",
      "The books have no fund with the number \(id). Choose one from the overview.")
  }
  package static let badDate = Phrase("기준일을 읽을 수 없습니다", "The reference date cannot be read")
  package static let badParameter = Phrase(
    "주소의 값을 읽을 수 없습니다", "A value in the address cannot be read")
  package static func badParameterNote(
    _ name: String, _ value: String, allowed: [String]
  ) -> Phrase {
    let list = allowed.joined(separator: ", ")
    return Phrase(
      "\(name)에 쓸 수 없는 값입니다: “\(value)”. 쓸 수 있는 값: \(list)",
      "“\(value)” is not a value for \(name). Use one of: \(list)")
  }
  package static let toOverview = Phrase("조합 개요로", "To the fund overview")
  package static func showOn(_ date: CalendarDate) -> Phrase {
    Phrase("\(date) 보기", "Show \(date)")
  }
}
