import FundModel

/// Files to download, and what stands in them besides figures.
extension Phrase {
  static let download = Phrase("내려받기", "Download")
  static let excel = Phrase("엑셀", "Excel")
  static let csv = Phrase("CSV")
  static let remarks = Phrase("비고", "Remarks")
  static let callItems = Phrase("출자요청 항목", "Call items")
  static let callsTable = Phrase("출자요청", "Capital calls")
  static let wholeBooks = Phrase("장부 전체", "Whole books")
  static let wholeBooksFile = Phrase("엑셀 파일 내려받기", "Download the Excel file")
  static let csvFiles = Phrase("CSV 파일", "CSV files")
  static let countedNote = Phrase(
    "청구액은 기준일까지 통지되고 취소되지 않은 요청만 더합니다.",
    "Noticed adds only calls noticed by the reference date and not cancelled.")
  static let reversedNote = Phrase(
    "취소된 기록과 그 취소는 서로 지워져 합계에 남지 않습니다.",
    "An entry that was reversed and its reversal take each other out of the total.")
  static let wholeBooksNote = Phrase(
    "장부의 모든 사실이 들어 있습니다. 고쳐서 다시 가져오면 고친 칸만 새 기록으로 적힙니다.",
    "Every fact of the books. Imported again, only the cells that were edited are written, as new facts."
  )
  static let csvFilesNote = Phrase(
    """
    CSV 파일은 어느 장부의 것인지 말하지 않습니다. 하나씩 다시 가져오면 조합과 상대의 이름, 날짜와 금액으로 \
    장부의 기록을 찾으므로, 고친 줄은 고침이 아니라 새 줄로 읽을 수 있습니다. 고쳐서 가져올 때는 엑셀 파일을 \
    쓰세요. CSV 파일 모두를 한꺼번에는 명령줄(jangbu import 폴더)로 가져옵니다.
    """,
    """
    A CSV file does not say whose books it is from. Imported by itself, its rows are found by the names \
    of fund and party, dates and amounts, so that an edited row may be read as a new one; to edit and \
    import, take the Excel file. All CSV files together are imported on the command line \
    (jangbu import FOLDER).
    """)
  static let formedOnlyNote = Phrase("결성된 조합만", "Only funds formed")

  /// What amounts are shown in. Cells hold all digits, so what reads `백만원` elsewhere says here
  /// what is in the cells too: whoever takes the figures from them, an import of ours also, must not
  /// multiply.
  static func units(_ currencies: [Currency], _ unit: DisplayUnit, showsAll: Bool) -> Phrase? {
    guard !currencies.isEmpty else { return nil }
    let isScaled = currencies.contains(.krw) && unit != .won && !showsAll
    guard isScaled else {
      return .unitLine(currencies.map { DisplayUnit.won.name(for: $0) })
    }
    let shown: Phrase =
      switch unit {
      case .won: Phrase("원", "KRW")
      case .thousand: Phrase("천(원)", "KRW k")
      case .million: Phrase("백만(원)", "KRW m")
      case .eok: Phrase("억(원)", "KRW 100m")
      }
    let others = currencies.filter { $0 != .krw }.map(\.code)
    let ko = ([shown.ko] + others).joined(separator: ", ")
    let en = ([shown.en] + others).joined(separator: ", ")
    return Phrase("표시 단위 \(ko), 칸에는 원 단위까지", "Shown in \(en); cells hold every won")
  }
}
