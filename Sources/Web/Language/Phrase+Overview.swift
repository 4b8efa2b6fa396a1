package import FundModel

/// The overview of all funds.
extension Phrase {
  package static let fundOverview = Phrase("조합 개요", "Fund overview")
  package static let unit = Phrase("단위", "Unit")
  package static let scope = Phrase("범위", "Scope")
  package static let allFunds = Phrase("전체", "All funds")
  package static let formedOnly = Phrase("결성된 조합만", "Formed only")
  package static let tableRegion = Phrase(
    "조합 현황 표. 스크롤할 수 있습니다", "Table of funds. Scrolls both ways")

  package static let groupTerm = Phrase("기간", "Term")
  package static let groupCapitalIn = Phrase("출자", "Capital in")
  package static let groupCapitalOut = Phrase("투자", "Capital out")
  package static let groupConditions = Phrase("규약·만기", "Terms")

  package static let total = Phrase("합계", "Total")
  package static let stated = Phrase("기재", "stated")
  package static let partlyStated = Phrase("일부 기재", "part stated")
  package static let notFormed = Phrase("결성 전", "Not formed")
  package static let dissolved = Phrase("해산", "Dissolved")

  package static let notFormedNote = Phrase(
    "기준일에 결성되지 않은 조합. 약정은 합계에 포함",
    "fund not yet formed on the reference date; its commitment is in the totals")
  package static let dissolvedNote = Phrase(
    "기준일에 해산된 조합", "fund dissolved by the reference date")
  package static let statedNote = Phrase(
    "납입 기록 없이 기재된 값. 기준일을 바꿔도 달라지지 않음",
    "stated without any payment recorded; does not change with the reference date")
  package static let partlyStatedNote = Phrase(
    "기재된 값이 들어 있는 합계", "total that contains stated amounts")

  package static let noFunds = Phrase("아직 조합이 없습니다.", "There are no funds yet.")
  /// At an instant before the first entry; as it stands in the address.
  package static func nothingKnown(at instant: String) -> Phrase {
    Phrase(
      "기록시점 \(instant)에는 장부에 기록된 조합이 없었습니다.",
      "At \(instant) no fund had been recorded in the books yet.")
  }
  package static let noFormedFunds = Phrase(
    "기준일에 결성된 조합이 없습니다.", "No fund was formed by the reference date.")
  package static let showAllFunds = Phrase("모든 조합 보기", "Show all funds")

  package static let cardFunds = Phrase("조합 수", "Funds")
  package static let cardCommitments = Phrase("약정총액", "Commitments")
  package static let cardPaidIn = Phrase("납입총액", "Paid-in")
  package static let cardGPPaidIn = Phrase("GP출자금", "GP paid-in")
  package static let cardInvested = Phrase("투자총액", "Invested")
  package static let cardUninvested = Phrase("미투자액", "Uninvested")
  package static let cardCompanies = Phrase("투자업체수", "Companies")
  package static let fundsUnit = Phrase("개", "")
  package static let companiesUnit = Phrase("곳", "")

  package static func summary(of currency: Currency) -> Phrase {
    let name = Phrase(nameOf: currency)
    return Phrase("\(name.ko) 합계", "\(name.en) totals")
  }

  package static func fundCount(_ count: Int) -> Phrase {
    let shown = groupedCount(count)
    return Phrase("조합 \(shown)개", count == 1 ? "1 fund" : "\(shown) funds")
  }

  // The notes of cards: a line may break at `|` only.

  /// `결성 7 · 결성 전 1`: the states that occur, in the order of a fund's life.
  package static func states(formed: Int, forming: Int, dissolved: Int) -> Phrase {
    let all = (
      formed: groupedCount(formed), forming: groupedCount(forming),
      dissolved: groupedCount(dissolved)
    )
    let states =
      [Phrase("결성 \(all.formed)", "\(all.formed) formed")]
      + (forming > 0 ? [Phrase("결성 전 \(all.forming)", "\(all.forming) not yet")] : [])
      + (dissolved > 0 ? [Phrase("해산 \(all.dissolved)", "\(all.dissolved) dissolved")] : [])
    return Phrase(
      states.map(\.ko).joined(separator: " ·| "), states.map(\.en).joined(separator: " ·| "))
  }

  package static func ofCommitments(_ ratio: String) -> Phrase {
    Phrase("약정의| \(ratio)", "\(ratio)| of commitments")
  }
  package static func ofCommitmentsPaid(_ ratio: String) -> Phrase {
    Phrase("약정의| \(ratio)", "\(ratio)| paid")
  }
  package static func ofPaidIn(_ ratio: String) -> Phrase {
    Phrase("납입의| \(ratio)", "\(ratio)| of paid-in")
  }
  /// The change since a day; `nil` where there is none.
  package static func since(_ date: CalendarDate, _ change: String?) -> Phrase {
    guard let change else { return Phrase("\(date)과| 같음", "same| as \(date)") }
    return Phrase("\(date)보다| \(change)", "\(change)| since \(date)")
  }
  package static func distinctCompanies(_ count: String) -> Phrase {
    Phrase("서로 다른 업체| \(count)", "\(count)| distinct")
  }

  /// - Parameters:
  ///   - distinct: a count, or one for each currency: `KRW 3, USD 1`.
  ///   - sum: the 합계, where there is one only.
  package static func companiesNote(distinct: String, byCurrency: Bool, sum: String?) -> Phrase {
    let companies =
      byCurrency
      ? Phrase("서로 다른 업체: \(distinct)", "distinct companies: \(distinct)")
      : Phrase("서로 다른 업체 \(distinct)곳", "\(distinct) distinct companies")
    return Phrase(
      "\(companies.ko) · 합계\(sum.map { "(\($0))" } ?? "")는 조합별 업체수를 더한 값",
      "\(companies.en); the total\(sum.map { " " + $0 } ?? "") adds the column")
  }
  package static func caption(on date: CalendarDate, unit: Phrase) -> Phrase {
    Phrase("조합 현황, 기준일 \(date), \(unit.ko)", "Funds as of \(date). \(unit.en)")
  }
  package static func onPaper(_ date: CalendarDate, unit: Phrase) -> Phrase {
    let asOf = Phrase.asOf(date)
    return Phrase("\(asOf.ko) · \(unit.ko)", "\(asOf.en) · \(unit.en)")
  }
  package static func asOf(_ date: CalendarDate) -> Phrase {
    Phrase("기준일 \(date)", "As of \(date)")
  }
  /// Read out when the figures on the screen have changed.
  package static func announcement(
    on date: CalendarDate, funds: Int, paidIn: String, unit: Phrase
  ) -> Phrase {
    let funds = groupedCount(funds)
    return Phrase(
      "기준일 \(date). 조합 \(funds)개, 납입총액 \(paidIn) \(unit.ko)",
      "As of \(date): \(funds) funds, paid-in \(paidIn) \(unit.en)")
  }
}
