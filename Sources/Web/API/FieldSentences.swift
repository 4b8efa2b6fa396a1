import Bookkeeping
import FundModel

/// Stable codes of what is wrong with a value that was read as an amount, a date or a percentage.
extension AmountProblem {
  var code: String {
    switch self {
    case .empty: "missing"
    case .tooLong: "text-too-long"
    case .unreadable, .badGroups, .unitWithoutNumber, .unitOrder: "amount-unreadable"
    case .otherCurrency: "wrong-currency"
    case .tooManyDecimals: "too-many-decimals"
    case .tooLarge: "amount-too-large"
    }
  }
}

extension DateProblem {
  var code: String {
    switch self {
    case .empty: "missing"
    case .tooLong: "text-too-long"
    case .unreadable, .twoDigitYear: "date-unreadable"
    case .yearOutOfRange: "year-out-of-range"
    case .noSuchDay: "no-such-day"
    }
  }
}

extension PercentProblem {
  var code: String {
    switch self {
    case .empty: "missing"
    case .tooLong: "text-too-long"
    case .unreadable: "percent-unreadable"
    case .tooManyDecimals: "too-many-decimals"
    case .outOfRange: "percent-out-of-range"
    }
  }
}

/// What JSON a field wants.
enum WantedType {
  case text, date, instant, id, integer, number, flag, list, object

  fileprivate var words: Phrase {
    switch self {
    case .text: Phrase("문자열", "a text")
    case .date: Phrase("\"2026-02-14\" 같은 날짜 문자열", "a date as text, such as \"2026-02-14\"")
    case .instant:
      Phrase(
        "\"2026-04-10T18:00:00+09:00\" 같은 시점 문자열",
        "a moment as text, such as \"2026-04-10T18:00:00+09:00\"")
    case .id: Phrase("1 이상의 정수", "a whole number from 1 up")
    case .integer: Phrase("정수", "a whole number")
    case .number: Phrase("숫자(또는 숫자 문자열)", "a number, or the text of one")
    case .flag: Phrase("true 또는 false", "true or false")
    case .list: Phrase("배열", "a list")
    case .object: Phrase("객체", "an object")
    }
  }
}

extension FieldProblems {
  static func wrongType(_ wanted: WantedType, _ found: JSON) -> FieldProblems {
    let words = wanted.words
    return FieldProblems(
      "wrong-type",
      Phrase(
        "‘\(found.shown)’ 대신 \(words.ko)이(가) 있어야 합니다.",
        "“\(found.shown)” was sent where \(words.en) is wanted."))
  }
}

extension Phrase {
  static func writeDateAs(_ date: CalendarDate, not text: String) -> Phrase {
    Phrase(
      "‘\(text)’ 대신 \(date)처럼 적어 주세요.",
      "“\(text)” is to be written as \(date).")
  }

  static func notAnInstant(_ text: String) -> Phrase {
    let shown = JSON.shortened(text)
    return Phrase(
      "‘\(shown)’은(는) 시점이 아닙니다. 2026-04-10T18:00:00+09:00 또는 2026-04-10처럼 적으세요.",
      "“\(shown)” is not a moment. Write it as 2026-04-10T18:00:00+09:00, or a day as 2026-04-10.")
  }

  static func notAnID(_ text: String) -> Phrase {
    Phrase(
      "‘\(text)’은(는) 번호가 아닙니다. 번호는 1 이상의 정수입니다.",
      "“\(text)” is not an id. Ids are whole numbers from 1 up.")
  }

  static func notAChoice(_ text: String, of choices: [String]) -> Phrase {
    let shown = JSON.shortened(text)
    let list = choices.joined(separator: ", ")
    return Phrase(
      "‘\(shown)’은(는) 쓸 수 없습니다. 쓸 수 있는 값: \(list)",
      "“\(shown)” cannot be used. Use one of: \(list).")
  }

  static func outOfRange(_ digits: String, _ range: ClosedRange<Int64>) -> Phrase {
    let shown = JSON.shortened(digits)
    return Phrase(
      "‘\(shown)’은(는) 쓸 수 없습니다. \(range.lowerBound)부터 \(range.upperBound)까지의 정수여야 합니다.",
      "“\(shown)” cannot be used: a whole number from \(range.lowerBound) to \(range.upperBound) is "
        + "wanted.")
  }

  static func notACurrency(_ text: String) -> Phrase {
    let shown = JSON.shortened(text)
    return Phrase(
      "‘\(shown)’은(는) 통화 코드가 아닙니다. KRW, USD처럼 적으세요.",
      "“\(shown)” is not a currency of ISO 4217. Write it as KRW or USD.")
  }

  static func tooMany(_ count: Int, most: Int) -> Phrase {
    Phrase("\(count)개는 너무 많습니다. \(most)개까지입니다.", "There are \(count); at most \(most) are taken.")
  }

  static func unknownField(_ name: String, _ known: [String]) -> Phrase {
    let shown = JSON.shortened(name)
    guard !known.isEmpty else {
      return Phrase("‘\(shown)’: 여기에는 값을 보내지 않습니다.", "“\(shown)” is not known here; nothing is.")
    }
    let list = known.joined(separator: ", ")
    return Phrase(
      "‘\(shown)’은(는) 없는 이름입니다. 쓸 수 있는 이름: \(list)",
      "“\(shown)” is not known here. Known are: \(list).")
  }

  static let givenTwice = Phrase("두 번 이상 보낸 값입니다. 한 번만 보내세요.", "This was sent more than once.")

  static let oneOfShares = Phrase(
    "items, amount, percent 가운데 하나만 보내세요. items에는 합계를 맞춰 볼 amount를 함께 보낼 수 있습니다.",
    "Exactly one of items, amount and percent says what is called; beside items an amount is their total."
  )

  static let leftOutAndAsked = Phrase(
    "leave_out에도 있는 약정입니다. 한쪽에서 빼세요.", "This commitment is in leave_out, too; take it out of one.")

  static func itemsDoNotAdd(_ sum: Money, total: Money, difference: Money) -> Phrase {
    Phrase(
      "조합원별 금액의 합계 \(sum.inKorean)이 요청 총액 \(total.inKorean)과 \(difference.inKorean) 다릅니다. 금액을 고치거나 총액을 맞추세요.",
      "The amounts for each partner add up to \(sum), not to \(total): a difference of \(difference)."
    )
  }

  static let badRequestKey = Phrase(
    "Idempotency-Key는 1~255자의 인쇄 가능한 ASCII 문자여야 합니다.",
    "An Idempotency-Key has 1 to 255 printable ASCII characters.")

  static let nothingAmended = Phrase("바꿀 값이 하나도 없습니다.", "Nothing to be changed was sent.")

  static let notDecodable = Phrase(
    "UTF-8로 읽을 수 없는 글자가 있습니다.", "This is not UTF-8 text.")

  static let tooManyMarks = Phrase(
    "한 글자에 부호가 30개 넘게 붙어 있습니다.", "A letter has more than 30 marks upon it.")
}
