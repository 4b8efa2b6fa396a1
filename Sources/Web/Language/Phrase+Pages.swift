package import FundModel

/// The pages of a long table.
extension Phrase {
  /// What the ways to the other pages of a table are called.
  package static func pages(of table: String) -> Phrase {
    Phrase("\(table): 쪽", "\(table): pages")
  }
  /// Read out before the number of a page.
  package static let pageNumber = Phrase("쪽", "Page")
  package static let earlierPage = Phrase("이전", "Previous")
  package static let nextPage = Phrase("다음", "Next")
  package static let showAllRows = Phrase("모두 보기", "Show all")
  package static let inPages = Phrase("나누어 보기", "Show in pages")
  package static func rowsShown(from first: Int, to last: Int, of all: Int) -> Phrase {
    let (first, last, all) = (groupedCount(first), groupedCount(last), groupedCount(all))
    return Phrase("\(all)줄 가운데 \(first)–\(last)", "\(first)–\(last) of \(all)")
  }
}
