/// Why what was typed is not an amount. Each case holds what one sentence needs: what was read,
/// and what would be right.
package enum AmountProblem: Error, Hashable, Sendable {
  case empty
  /// Longer than any amount: more than `limit` characters.
  case tooLong(limit: Int)
  /// Not an amount in any spelling known here.
  case unreadable(String)
  /// Commas (or spaces) that don't stand between groups of exactly three digits.
  case badGroups(String)
  /// The mark or code written belongs to another currency.
  case otherCurrency(written: String, expected: Currency)
  /// `백만원`, `억`: a unit that says of nothing how often it is meant. One of it is written 1억.
  case unitWithoutNumber(String)
  /// `3만 2억`, `2만 50000`: parts of an amount go from the largest unit to the smallest.
  case unitOrder(String)
  /// More decimals than the currency has, or less than one minor unit of it.
  case tooManyDecimals(String, Currency)
  /// Beyond ``Money/mostRecorded``, in either direction.
  case tooLarge(String, most: Money)
}

extension AmountProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "An amount is needed, such as 1,250."
    case .tooLong(let limit): "An amount has at most \(limit) characters."
    case .unreadable(let text):
      "“\(text)” is not an amount. Write it as 1,250 or 12억 3,400만."
    case .badGroups(let text):
      "“\(text)” is not an amount: commas stand between groups of three digits, as in 1,250,000."
    case .otherCurrency(let written, let expected):
      "“\(written)” is not \(expected), the currency of this amount."
    case .unitWithoutNumber(let text):
      "“\(text)” has a unit without a number. Write 1만 for one of it."
    case .unitOrder(let text):
      "“\(text)” is not an amount: larger units come first, as in 12억 3,400만."
    case .tooManyDecimals(let text, let currency):
      switch currency.decimals {
      case 0: "“\(text)” is too fine: \(currency) has no decimals."
      case 1: "“\(text)” is too fine: \(currency) has 1 decimal."
      default: "“\(text)” is too fine: \(currency) has \(currency.decimals) decimals."
      }
    case .tooLarge(let text, let most):
      "“\(text)” is more than the books take for one amount, \(most)."
    }
  }
}
