package import FundModel
import Sheets

/// A value of a table before it is worded for a page or written into a cell, so that both say the
/// same.
package enum ShownValue: Hashable, Sendable {
  /// As it was keyed in; empty where there is nothing.
  case text(String)
  case words(Phrase)
  case count(Int)
  case amount(Money)
  /// A ratio, always with its two decimals.
  case ratio(Percent?)
  case percentage(Percent?, decimals: Int)
  /// Exactly as agreed.
  case rate(Percent?)
  case date(CalendarDate?)
  case remaining(RemainingTerm?)

  /// As people read it, a dash where there is nothing.
  package func text(_ wording: Wording) -> String {
    switch self {
    case .text(let text): text.isEmpty ? Wording.absent : text
    case .words(let words): wording(words)
    case .count(let count): wording.count(count)
    case .amount(let amount): wording.amount(amount)
    case .ratio(let percent): wording.ratio(percent)
    case .percentage(let percent, let decimals):
      wording.percentage(percent, decimals: decimals)
    case .rate(let percent): wording.rate(percent)
    case .date(let date): wording.date(date)
    case .remaining(let term): wording.remaining(term)
    }
  }

  /// As it stands in a cell: exact, whatever unit amounts are shown in; empty where there is nothing.
  func cell(_ wording: Wording) -> OutCell {
    switch self {
    case .text(let text): text.isEmpty ? .empty : .text(text)
    case .words(let words): .text(wording(words))
    case .count(let count): .number(String(count))
    case .amount(let amount): .number(amount.digits)
    case .ratio, .percentage, .rate:
      fraction.map { .number($0.value.fraction(decimals: $0.decimals)) } ?? .empty
    case .date(let date): date.map { .date($0) } ?? .empty
    case .remaining(let term): term.map { .text(wording(Phrase(remaining: $0))) } ?? .empty
    }
  }

  /// A percentage with the decimals that it is shown with.
  private var fraction: (value: Percent, decimals: Int)? {
    switch self {
    case .ratio(let percent): percent.map { ($0, 2) }
    case .percentage(let percent, let decimals): percent.map { ($0, decimals) }
    case .rate(let percent):
      percent.map { ($0, $0.digits.reversed().prefix { $0 != "." }.count) }
    case .text, .words, .count, .amount, .date, .remaining: nil
    }
  }

  /// What a column holds that holds this value.
  func kind(_ unit: DisplayUnit) -> OutColumn.Kind {
    switch self {
    case .text, .words, .remaining: .text
    case .count: .integer
    case .amount(let amount):
      .amount(
        decimals: amount.currency.decimals,
        shownIn: amount.currency == .krw ? OutUnit(unit) : .one)
    case .ratio: .percent(decimals: 2)
    case .percentage(_, let decimals): .percent(decimals: decimals)
    case .rate: .percent(decimals: fraction?.decimals ?? 1)
    case .date: .date
    }
  }
}

extension OutUnit {
  fileprivate init(_ unit: DisplayUnit) {
    self =
      switch unit {
      case .won: .one
      case .thousand: .thousand
      case .million: .million
      case .eok: .hundredMillion
      }
  }
}
