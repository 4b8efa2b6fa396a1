import FundModel

/// What people write above the columns of their sheets, in Korean and English, for each column that
/// an import reads. The first is what our own sheets write.
enum Headings {
  /// The words for a column, as our own sheets write them and as lists to choose from show them.
  static func name(of column: String, in format: BooksFormat) -> Phrase {
    let known = spellings(of: column, in: format)
    return Phrase(known.ko.first ?? column, known.en.first ?? column)
  }

  /// - Returns: every column that the heading may stand for, the likeliest first.
  static func columns(meantBy heading: Heading, in format: BooksFormat) -> [String] {
    meanings[format]?[heading.folded] ?? []
  }

  /// The columns of each format by what their headings come to.
  private static let meanings: [BooksFormat: [String: [String]]] = Dictionary(
    uniqueKeysWithValues: BooksFormat.allCases.map { format in
      var columns: [String: [String]] = [:]
      for column in format.columns {
        let known = spellings(of: column, in: format)
        for folded in Set((known.ko + known.en + [column]).map { Heading($0).folded })
        where !folded.isEmpty {
          columns[folded, default: []].append(column)
        }
      }
      return (format, columns)
    })

  private static func spellings(
    of column: String, in format: BooksFormat
  ) -> (ko: [String], en: [String]) {
    special[format]?[column] ?? usual[column] ?? ([], [])
  }

  /// Where a word means something else than in other tables.
  private static let special: [BooksFormat: [String: (ko: [String], en: [String])]] = [
    .funds: [
      "name": (["조합명", "조합", "펀드명", "펀드", "조합 이름"], ["Fund", "Fund name", "Name"]),
      "type": (
        ["조합 종류", "조합종류", "조합유형", "종류", "유형", "구분", "펀드유형", "조합구분"], ["Fund type", "Type"]
      ),
      "gp": (["업무집행조합원", "GP", "운용사", "업무집행사원"], ["General partner", "GP"]),
      "commitment_total": (
        ["약정총액", "결성총액", "약정 총액", "결성금액", "약정액", "총약정액", "출자약정총액"],
        ["Commitment total", "Total commitment", "Fund size", "Commitments", "Commitment"]
      ),
    ],
    .partners: [
      "commitment": (
        ["약정액", "출자약정액", "약정금액", "출자약정금액", "약정"],
        ["Commitment", "Committed", "Commitment amount", "Capital commitment", "Amount committed"]
      )
    ],
    .stagedInvestments: [
      "commitment": (["약정액", "투자약정액", "투자약정"], ["Commitment", "Committed"])
    ],
    .investments: [
      "amount": (
        ["투자액", "투자금액", "투자원금", "금액", "취득금액"], ["Amount", "Invested", "Cost", "Investment amount"]
      ),
      "commitment": (["약정번호"], ["Commitment number"]),
    ],
    .capitalCallItems: [
      "amount": (
        ["요청액", "출자요청액", "청구액", "요청금액", "납입요청액", "금액", "출자금액", "출자금"],
        ["Amount", "Called", "Call amount", "Amount called"]
      ),
      "commitment": (["약정번호"], ["Commitment number"]),
    ],
    .payments: [
      "amount": (
        ["납입액", "납입금액", "출자금액", "입금액", "납입금", "금액"],
        ["Amount", "Paid", "Paid amount", "Payment", "Amount paid", "Amount received"]
      ),
      "commitment": (["약정번호"], ["Commitment number"]),
    ],
    .commitmentChanges: [
      "amount": (["증감액", "변경액", "금액"], ["Change", "Amount"]),
      "commitment": (["약정번호"], ["Commitment number"]),
    ],
    .fundTotalChanges: ["amount": (["증감액", "증액", "금액"], ["Change", "Amount"])],
    .cancellations: ["commitment": (["약정번호"], ["Commitment number"])],
  ]

  private static let usual: [String: (ko: [String], en: [String])] = [
    "fund": (["조합명", "조합", "펀드명", "펀드"], ["Fund", "Fund name"]),
    "party": (["상대", "이름", "상호", "거래처", "명칭"], ["Party", "Name", "Counterparty"]),
    "partner": (
      ["조합원", "조합원명", "출자자", "출자자명", "LP", "LP명", "출자기관"],
      ["Partner", "Investor", "Limited partner", "LP", "Partner name", "Investor name", "LP name"]
    ),
    "company": (
      ["투자업체", "투자기업", "업체명", "투자업체명", "피투자기업", "기업명", "회사명", "투자처"],
      ["Company", "Portfolio company", "Investee", "Company name"]
    ),
    "industry": (["업종", "산업", "산업분류"], ["Industry", "Sector"]),
    "type": (
      ["조합원 구분", "구분", "조합원구분", "조합원유형", "출자자구분", "유형"],
      ["Partner type", "Type", "Role", "Investor type", "LP type", "Category"]
    ),
    "status": (["상태", "운용상태", "현황"], ["Status"]),
    "fund_manager": (
      ["대표펀드매니저", "대표 펀드매니저", "펀드매니저", "운용역", "담당자"], ["Fund manager", "Manager", "Lead manager"]
    ),
    "currency": (["통화"], ["Currency"]),
    "formation_date": (
      ["결성일", "결성일자", "설립일", "등록일"], ["Formation date", "Formed", "Formation", "Inception"]
    ),
    "investment_period_end": (
      ["투자기간 만료일", "투자기간종료일", "투자만료일", "투자기간만료", "투자기간"],
      ["Investment period end", "End of investment period"]
    ),
    "maturity_date": (
      ["만기일", "존속기간 만료일", "만료일", "조합만기", "만기", "존속만기일", "청산시기"],
      ["Maturity date", "Maturity", "Term end"]
    ),
    "dissolution_date": (["해산일", "청산일"], ["Dissolution date", "Dissolved"]),
    "gp_commitment": (["GP약정액", "GP 약정액", "GP출자약정액", "운용사 약정액"], ["GP commitment"]),
    "hurdle_rate": (
      ["기준수익률", "허들", "허들레이트", "기준 수익률"], ["Hurdle rate", "Hurdle", "Preferred return"]
    ),
    "stated_paid_in": (
      ["기재 납입액", "기재납입액", "누적납입액", "기납입액"], ["Stated paid-in", "Paid-in to date"]
    ),
    "instrument": (["투자유형", "투자방식", "투자 형태", "투자형태", "증권종류", "투자수단"], ["Instrument", "Security"]),
    "investment_date": (
      ["투자일", "투자일자", "투자집행일", "취득일"], ["Investment date", "Invested on", "Date"]
    ),
    "call_no": (
      ["차수", "회차", "출자차수", "출자요청 차수", "납입차수", "캐피탈콜차수"],
      ["Call", "Call no", "Call number", "Call No."]
    ),
    "call_type": (["요청 구분", "출자구분", "납입구분", "구분", "출자요청구분"], ["Call type", "Type"]),
    "notice_date": (
      ["통지일", "요청일", "출자요청일", "통지일자"],
      ["Notice date", "Notice", "Noticed", "Call date", "Date of notice"]
    ),
    "due_date": (["납입기한", "납입기일", "기한", "납기일", "납입 기한"], ["Due date", "Due", "Date due"]),
    "paid_date": (
      ["납입일", "납입일자", "입금일", "입금일자", "일자", "거래일"],
      ["Paid date", "Payment date", "Paid on", "Date", "Date paid", "Value date"]
    ),
    "kind": (["종류", "기록 종류", "거래구분", "구분"], ["Kind", "Entry", "Transaction"]),
    "side": (["쪽", "조합원·투자"], ["Side"]),
    "reverses": (["취소하는 기록"], ["Reverses"]),
    "memo": (["비고", "메모", "적요"], ["Memo", "Note", "Notes", "Remarks"]),
    "reference": (["이체 참조", "참조", "거래번호", "이체번호"], ["Reference", "Bank reference", "Ref"]),
    "effective_on": (["적용일", "변경일", "변경일자", "효력일"], ["Effective date", "Effective", "From"]),
    "reason": (["사유", "변경사유"], ["Reason"]),
    "cancelled_on": (["취소일", "취소일자"], ["Cancelled on", "Cancellation date"]),
    "over_commitment_reason": (["약정 초과 사유"], ["Over-commitment reason"]),
    "credit_reason": (["반환 사유"], ["Credit reason"]),
    "sequence": (["기록번호"], ["Record number", "Sequence"]),
  ]
}

/// A heading as it stands in a sheet: `납입액 (백만원)` is `납입액` in millions of won.
struct Heading: Hashable, Sendable {
  let text: String
  /// In small letters, without spaces, signs and what stands in brackets.
  let folded: String
  /// What the amounts below are counted in, where it says so.
  let unit: SheetUnit?

  init(_ text: String) {
    self.text = text
    unit = SheetUnit(in: text)
    var depth = 0
    var kept = ""
    for character in text {
      if "([（［".contains(character) { depth += 1 }
      if depth == 0, character.isLetter || character.isNumber { kept.append(character) }
      if ")]）］".contains(character) { depth = max(0, depth - 1) }
    }
    folded = kept.foldedName
  }
}
