package import FundModel

/// What to say of an amount, a date or a percentage that could not be read: shared by forms, the
/// API and imports. The English sentences live with the readers.
extension AmountProblem {
  package var sentence: Phrase {
    let korean =
      switch self {
      case .empty: "금액을 적어 주세요. 예: 1,250"
      case .tooLong(let limit): "금액은 \(limit)자까지 쓸 수 있습니다."
      case .unreadable(let text): "‘\(text)’은(는) 금액이 아닙니다. 1,250 또는 12억 3,400만처럼 쓰세요."
      case .badGroups(let text): "‘\(text)’: 쉼표는 세 자리마다 찍습니다. 예: 1,250,000"
      case .otherCurrency(let written, let expected):
        "‘\(written)’은(는) 이 금액의 통화 \(expected)와 다릅니다."
      case .unitWithoutNumber(let text): "‘\(text)’: 단위 앞에 숫자가 없습니다. 예: 1억"
      case .unitOrder(let text): "‘\(text)’: 큰 단위부터 씁니다. 예: 12억 3,400만"
      case .tooManyDecimals(let text, let currency):
        currency.decimals == 0
          ? "‘\(text)’: \(currency == .krw ? "원" : "\(currency)") 금액에는 소수가 없습니다."
          : "‘\(text)’: \(currency) 금액의 소수는 \(currency.decimals)자리까지입니다."
      case .tooLarge(let text, let most):
        "‘\(text)’은(는) 한 번에 적을 수 있는 금액 \(most.inKorean)보다 큽니다."
      }
    return Phrase(korean, description)
  }
}

extension DateProblem {
  package var sentence: Phrase {
    let korean =
      switch self {
      case .empty: "날짜를 적어 주세요. 예: 2026-02-14"
      case .tooLong(let limit): "날짜는 \(limit)자까지 쓸 수 있습니다."
      case .unreadable(let text): "‘\(text)’은(는) 날짜가 아닙니다. 2026-02-14처럼 쓰세요."
      case .twoDigitYear(let text): "‘\(text)’: 연도는 네 자리로 쓰세요. 예: 2026-02-14"
      case .yearOutOfRange(let year): "\(year)년: 연도는 1900~2199년만 쓸 수 있습니다."
      case .noSuchDay(let year, let month, let day):
        (1...12).contains(month)
          ? "\(year)년 \(month)월 \(day)일은 없는 날입니다. "
            + "\(month)월은 \(CalendarDate.days(inMonth: month, of: year))일까지입니다."
          : "\(month)월은 없는 달입니다. 1월부터 12월까지입니다."
      }
    return Phrase(korean, description)
  }
}

extension PercentProblem {
  package var sentence: Phrase {
    let korean =
      switch self {
      case .empty: "비율을 적어 주세요. 예: 2.5"
      case .tooLong(let limit): "비율은 \(limit)자까지 쓸 수 있습니다."
      case .unreadable(let text): "‘\(text)’은(는) 비율이 아닙니다. 2.5처럼 쓰세요."
      case .tooManyDecimals(let text, let most): "‘\(text)’: 비율의 소수는 \(most)자리까지입니다."
      case .outOfRange(let text, _, _): "‘\(text)’은(는) 비율로 쓸 수 있는 범위를 벗어납니다."
      }
    return Phrase(korean, description)
  }
}
