import Bookkeeping
package import FundModel

/// What changed in the figures since the books stood at an earlier moment.
extension Phrase {
  package static let changesTitle = Phrase("이후 변경 내역", "What changed since")
  package static let sinceMoment = Phrase("비교 시점", "Since")
  package static let sinceNeeded = Phrase(
    "어느 시점과 비교할지 적어 주세요. 보고서를 낸 날이나 감사 추적의 한 기록이면 됩니다.",
    "Say since when: the day of a report, or a moment of the audit trail.")
  package static func comparing(_ day: CalendarDate, _ from: String, _ to: Phrase) -> Phrase {
    Phrase(
      "기준일 \(day)의 숫자를 장부가 \(from)에 알던 것과 \(to.ko) 아는 것으로 비교합니다.",
      "The figures of \(day): as the books knew them at \(from), and \(to.en).")
  }
  package static let asKnownNow = Phrase("지금", "as they know them now")
  package static func asKnownAt(_ moment: String) -> Phrase {
    Phrase("\(moment)에", "at \(moment)")
  }
  package static let nothingMoved = Phrase(
    "그 뒤에 이 기준일의 숫자를 바꾼 기록이 없습니다.",
    "Nothing that was recorded since moved a figure of this reference date.")
  package static let backDated = Phrase(
    "지난 날짜로 나중에 기록한 것", "Counts on days before, recorded after")
  package static func backDatedNote(_ day: CalendarDate) -> Phrase {
    Phrase(
      "\(day)까지의 날짜로 적었거나 처음부터 적용되지만, 그때의 장부에는 없던 것입니다. 먼저 살펴보세요.",
      "Dated \(day) or earlier, or from the beginning, and not in the books as they stood then. "
        + "Look at these first.")
  }
  package static let dated = Phrase("날짜", "Dated")
  package static let through = Phrase("바꾼 기록", "Through")
  package static let figureThen = Phrase("그때", "Then")
  package static let figureNow = Phrase("이제", "Now")
  package static let changedFund = Phrase("조합별", "By fund")
  package static let newFundSince = Phrase("그 뒤에 등록한 조합", "registered since")
  package static let termsChanged = Phrase("바뀐 항목", "Terms")
  package static let exactAmounts = Phrase("금액은 원 단위 그대로입니다.", "Amounts are exact.")
  package static func entriesTogether(_ count: Int) -> Phrase {
    Phrase("기록 \(count)건 합쳐서", "\(count) entries together")
  }
  package static let sinceAfterKnown = Phrase(
    "비교 시점이 기록시점이나 오늘보다 늦습니다.",
    "That moment is later than the one to compare with, or still to come.")

  package static let paidInBasis = Phrase("납입액의 근거", "Paid-in rests on")
  package static func basis(_ basis: PaidInBasis) -> Phrase {
    switch basis {
    case .cash: Phrase("현금 기록", "cash entries")
    case .stated: Phrase("기재한 금액", "stated amounts")
    case .mixed: Phrase("일부 기재한 금액", "partly stated amounts")
    }
  }

  static func what(_ what: BackDated.What) -> Phrase {
    switch what {
    case .entry(let kind, let side): entryKind(kind, on: side)
    case .call: Phrase("출자요청 통지", "Call noticed")
    case .cancellation: Phrase("출자요청 취소", "Call cancelled")
    case .commitmentChange: Phrase("약정 증감", "Change of a commitment")
    case .totalChange: Phrase("약정총액 증감", "Change of the commitment total")
    case .fund: Phrase("조합 등록", "Fund registered")
    case .commitment(let side):
      side == .partners
        ? Phrase("조합원 약정", "Commitment of a partner")
        : Phrase("투자 약정", "Commitment to an investment")
    case .statedPaidIn: Phrase("기재한 납입액", "Stated paid-in")
    case .fundTerms: Phrase("조합 정보 변경", "Terms of the fund")
    case .commitmentTerms(let side):
      side == .partners
        ? Phrase("조합원 구분 변경", "Terms of a partner") : Phrase("투자 조건 변경", "Terms of an investment")
    }
  }

  static func name(of figure: MovedFigure.Name, on side: Side?) -> Phrase {
    switch figure {
    case .figure(let figure): name(of: figure, on: side)
    case .companies: .cardCompanies
    }
  }
}
