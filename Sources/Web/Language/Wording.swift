package import FundModel

/// How figures are worded for one reader: in which language and which unit.
package struct Wording: Hashable, Sendable {
  package let language: Language
  package let unit: DisplayUnit

  package init(_ language: Language, _ unit: DisplayUnit) {
    self.language = language
    self.unit = unit
  }

  package func callAsFunction(_ phrase: Phrase) -> String { language(phrase) }

  /// What stands where a figure does not exist, such as a ratio over zero.
  package static let absent = "–"

  /// The amount in the unit, without the unit's name: `20,203`, `−161`.
  package func amount(_ amount: Money) -> String { unit.text(amount) }

  /// A signed amount: `+1,075`, `−2,150`.
  package func change(_ amount: Money) -> String { unit.change(amount) }

  /// A ratio, always with its two decimals: `70.00%`.
  package func ratio(_ percent: Percent?) -> String { percentage(percent, decimals: 2) }

  /// A percentage with that many decimals: `41%`.
  package func percentage(_ percent: Percent?, decimals: Int) -> String {
    guard let percent else { return Self.absent }
    return withMinusSign(percent.digits(decimals: decimals)) + "%"
  }

  /// A rate exactly as agreed: `2.0%`, `3.5%`.
  package func rate(_ percent: Percent?) -> String {
    percent.map { withMinusSign($0.digits) + "%" } ?? Self.absent
  }

  package func date(_ date: CalendarDate?) -> String { date?.description ?? Self.absent }

  package func count(_ count: Int) -> String { groupedDigits(String(count)) }

  /// `6년 4개월`, `만기일`, `만기 경과`; `6 y 4 m` in English.
  package func remaining(_ term: RemainingTerm?) -> String {
    term.map { language(Phrase(remaining: $0)) } ?? Self.absent
  }

  /// The mark of a figure that rests on stated amounts; `nil` on cash.
  package func mark(_ basis: PaidInBasis?) -> String? {
    switch basis {
    case nil, .cash: nil
    case .stated: language(.stated)
    case .mixed: language(.partlyStated)
    }
  }
}

extension Phrase {
  /// Years and months; days only where there is no whole month left.
  package init(remaining term: RemainingTerm) {
    switch term {
    case .running(let years, let months, let days):
      switch (years, months) {
      case (0, 0): self.init("\(days)일", "\(days) d")
      case (0, _): self.init("\(months)개월", "\(months) m")
      case (_, 0): self.init("\(years)년", "\(years) y")
      default: self.init("\(years)년 \(months)개월", "\(years) y \(months) m")
      }
    case .maturesToday: self.init("만기일", "Matures today")
    case .matured: self.init("만기 경과", "Matured")
    }
  }

  /// What a fund's amounts are in, beside 합계.
  package init(nameOf currency: Currency) {
    switch currency.code {
    case "KRW": self.init("원화", "KRW")
    case "USD": self.init("미국 달러", "USD")
    case "EUR": self.init("유로", "EUR")
    case "JPY": self.init("일본 엔", "JPY")
    default: self.init(currency.code)
    }
  }

  /// `1월`, `Jan`: short, for the steps to month ends.
  package init(monthOf date: CalendarDate) {
    let english = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    self.init("\(date.month)월", english[date.month - 1])
  }
}
