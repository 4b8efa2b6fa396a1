package import FundModel

/// Finding, and the keys.
extension Phrase {
  package static let find = Phrase("찾기", "Find")
  package static let findWhat = Phrase(
    "조합, 조합원, 투자업체, 페이지 (초성도 됩니다)", "Funds, partners, companies, pages")
  package static let foundList = Phrase("찾은 것", "Found")
  package static let nothingFound = Phrase(
    "찾은 것이 없습니다. 이름의 일부나 초성으로 찾아보세요.",
    "Nothing was found. Try a part of the name.")
  package static func found(_ count: Int) -> Phrase {
    Phrase("\(count)건", count == 1 ? "1 found" : "\(count) found")
  }
  package static let fundKind = Phrase("조합", "Fund")
  package static let companyKind = Phrase("투자업체", "Company")
  package static let pageKind = Phrase("페이지", "Page")
  package static func partnerKind(of fund: String) -> Phrase {
    Phrase("조합원 · \(fund)", "Partner · \(fund)")
  }

  package static let keys = Phrase("단축키", "Keys")
  package static let close = Phrase("닫기", "Close")
  package static let keyMonthEnds = Phrase("이전, 다음 월말", "Previous, next month end")
  package static let keyFind = Phrase("찾기", "Find")
  package static let keyKeys = Phrase("단축키 보기", "Show the keys")
  package static let keyEscape = Phrase("닫기, 입력한 기준일 되돌리기", "Close, take back a typed date")
  package static let keyList = Phrase("찾은 것 사이를 옮겨 다니기", "Move through what was found")
  package static let keyOpen = Phrase("열기", "Open")
  package static let keyRail = Phrase("기준일 막대에서 월말", "On the date rail: month ends")
  package static let keyRailDays = Phrase("기준일 막대에서 하루", "On the date rail: days")
  package static let keyRailYears = Phrase("기준일 막대에서 1년", "On the date rail: years")
}
