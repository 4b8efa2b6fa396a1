import FundModel

/// What a figure is, in words, and what makes it up.
extension Phrase {
  static let investmentAssets = Phrase("투자자산(AUM)", "AUM")
  static let uncalledRatio = Phrase("미납입 비율", "Uncalled ratio")

  /// What a figure is called on the side that it is of.
  static func name(of figure: Figure, on side: Side?) -> Phrase {
    let words = side.map { SideWords($0) }
    return switch figure {
    case .commitmentTotal: .commitmentTotal
    case .paidIn: .cardPaidIn
    case .paidInRatio: .paidRatio
    case .gpPaidIn: .cardGPPaidIn
    case .invested: .cardInvested
    case .uninvested: .cardUninvested
    case .investmentAssets: .investmentAssets
    case .cash: .cash
    case .committed: .commitment
    case .noticed: .noticed
    case .paid: words?.paid ?? .paid
    case .paidPercent: words?.ratio ?? .paidRatio
    case .outstanding: .outstanding
    case .creditsDue: .creditsDue
    case .notYetCalled: .notYetCalled
    case .uncalled: .uncalled
    case .uncalledPercent: .uncalledRatio
    case .amount: .callAmount
    }
  }

  /// The rule behind a figure, in one sentence.
  static func rule(of figure: Figure, on side: Side?) -> Phrase {
    let paid = side.map { SideWords($0).paid } ?? .paid
    return switch figure {
    case .commitmentTotal:
      Phrase(
        "등록한 약정총액에 기준일까지의 증감을 더한 금액입니다.",
        "The registered total with its changes up to the reference date.")
    case .committed:
      Phrase(
        "처음 약정에 기준일까지의 증감을 더한 금액입니다.",
        "The first amount with its changes up to the reference date.")
    case .paidIn, .gpPaidIn, .paid, .invested:
      Phrase(
        "기준일까지의 납입에서 반환을 뺀 금액입니다. 취소된 기록은 어느 기준일에도 들지 않습니다.",
        """
        Payments less refunds up to the reference date. Reversed entries count on no date.
        """)
    case .investmentAssets:
      Phrase(
        "보유한 투자의 원가입니다. 회수가 없는 동안은 투자총액과 같습니다.",
        "Cost still held: equal to invested as long as nothing is exited.")
    case .paidInRatio: Phrase("납입총액 ÷ 약정총액입니다.", "Paid-in over the commitment total.")
    case .paidPercent:
      Phrase("\(paid.ko) ÷ 약정입니다.", "\(paid.en) over committed.")
    case .uncalledPercent:
      Phrase("미납입 약정액 ÷ 약정입니다.", "Uncalled over committed.")
    case .uninvested:
      Phrase("약정총액에서 투자총액을 뺀 금액입니다.", "The commitment total less what was invested.")
    case .cash: Phrase("납입총액에서 투자총액을 뺀 금액입니다.", "Paid-in less invested.")
    case .noticed:
      Phrase(
        "기준일까지 통지된 출자요청의 금액입니다. 반환할 항목은 뺍니다.",
        "What calls noticed by the reference date ask, credits taken off.")
    case .amount:
      Phrase(
        "출자요청 항목의 금액입니다. 반환할 항목은 뺍니다.", "What the items ask, credits taken off.")
    case .outstanding:
      Phrase(
        "기준일까지 통지된 항목의 요청액에서 \(paid.ko)을 뺀 금액입니다. 반환할 항목은 들지 않습니다.",
        "Asked less paid, of each item noticed by the reference date; credits are left aside.")
    case .creditsDue:
      Phrase(
        "기준일까지 통지된 반환 항목에서 아직 반환하지 않은 금액입니다.",
        "What is still to be returned on credits noticed by the reference date.")
    case .notYetCalled: Phrase("약정에서 청구액을 뺀 금액입니다.", "Committed less noticed.")
    case .uncalled:
      Phrase(
        "약정에서 \(paid.ko)을 뺀 금액입니다.", "Committed less \(paid.en.lowercased()).")
    }
  }

  static func changeSince(_ day: CalendarDate) -> Phrase {
    Phrase("\(day) 이후 증감", "change since \(day)")
  }
  static func ruleOfChange(since day: CalendarDate) -> Phrase {
    Phrase(
      "기준일의 금액에서 \(day)의 금액을 뺀 것입니다.",
      "The figure on the reference date less that of \(day).")
  }

  /// The percentage of a call looks at what it asks for, not at what it gives back.
  static let ruleOfCallPercent = Phrase(
    "돌려주는 항목을 뺀 나머지 항목의 납입액 ÷ 요청액입니다.",
    "Paid over asked, of the items that ask for capital.")

  static let statedExplained = Phrase(
    "납입 기록이 없어 기재된 납입액을 씁니다. 기준일을 바꿔도 달라지지 않습니다.",
    "No payment is recorded, so stated paid-in is used. It does not change with the reference date."
  )
  static let partlyStatedExplained = Phrase(
    "납입 기록이 없는 조합은 기재된 납입액을 씁니다.",
    "For funds without any payment recorded, stated paid-in is used.")
  static let gpPartRule = Phrase(
    "GP 조합원이 없으면 등록된 GP 약정을 쓰되, 기재된 납입액을 넘지 않습니다.",
    "Without a partner of type GP, the registered GP commitment is used, never above the stated "
      + "paid-in.")

  static let allFundsTotal = Phrase("전체 조합", "All funds")
  static let formedFundsTotal = Phrase("결성된 조합", "Formed funds")

  static let lineKind = Phrase("내용", "Entry")
  static let lineDate = Phrase("날짜", "Date")
  static let lineMemo = Phrase("메모", "Memo")
  static let fromTheBeginning = Phrase("처음부터", "From the start")
  static let part = Phrase("구성", "Part")
  static let sign = Phrase("부호", "Sign")
  static let asked = Phrase("요청액", "Asked")
  static let linesTitle = Phrase("내역", "Lines")
  static let formulaTitle = Phrase("계산", "Formula")
  static let nothingListed = Phrase(
    "기준일까지 해당하는 기록이 없습니다. 합계는 0입니다.",
    "Nothing is recorded by the reference date. The sum is 0.")

  static func name(of kind: Explanation.Line.Kind, on side: Side?) -> Phrase {
    switch kind {
    case .payment: side == .investments ? Phrase("투자", "Investment") : Phrase("납입", "Payment")
    case .refund: Phrase("반환", "Refund")
    case .item: Phrase("출자요청", "Call")
    case .firstAmount: Phrase("처음 약정", "First amount")
    case .change: Phrase("약정 변경", "Change")
    case .stated: Phrase("기재 납입액", "Stated paid-in")
    case .gpCommitment: Phrase("등록된 GP 약정", "Registered GP commitment")
    case .aboveStated: Phrase("기재 납입액을 넘는 부분", "Above the stated paid-in")
    }
  }

  static func lineCount(_ count: Int) -> Phrase {
    Phrase("\(count)건", count == 1 ? "1 line" : "\(count) lines")
  }

  /// Read out when the figure has changed with the date.
  static func explainedAnnouncement(
    on date: CalendarDate, _ title: String, _ figure: String, unit: Phrase
  ) -> Phrase {
    Phrase(
      "기준일 \(date). \(title) \(figure) \(unit.ko)", "As of \(date): \(title) \(figure) \(unit.en)")
  }

  // What is asked, where it can't be understood.
  static let oneOfScopes = Phrase(
    "fund, commitment, call, item, currency 가운데 하나만 보내세요.",
    "Exactly one of fund, commitment, call, item and currency says what the figure is of.")
  static let sideNeeded = Phrase(
    "이 숫자에는 side(partners 또는 investments)가 필요합니다.",
    "This figure is one of a side: say side=partners or side=investments.")
  static let noSideNeeded = Phrase(
    "이 숫자는 조합 전체의 것입니다. side를 빼세요.",
    "This figure is one of the whole fund: leave out side.")
  static let onlyWithFund = Phrase("side는 fund와 함께만 씁니다.", "side goes with fund only.")
  static let onlyWithCurrency = Phrase(
    "formed_only는 currency와 함께만 씁니다.", "formed_only goes with currency only.")
  static let noChangeOfRatios = Phrase(
    "비율에는 since를 쓸 수 없습니다.", "since goes with amounts, not with ratios.")
  static let notInBooks = Phrase("장부에 없는 번호입니다", "There is no such number in the books")
}
