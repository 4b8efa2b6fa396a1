extension Percent {
  /// The longest percentage that is read, in characters.
  package static let longestTyped = 32

  /// −1,000 % and 1,000,000 %: beyond these a percentage is a mistake.
  package static let lowestTyped = Percent(tenThousandths: -10_000_000)
  package static let highestTyped = Percent(tenThousandths: 10_000_000_000)

  /// Reads a percentage as people type it: `2.0`, `3.5%`, `-0.5 %`, `△0.5`, full-width forms too.
  ///
  /// Checked in this order: length, emptiness, the spelling, decimals (at most four, zeros
  /// included), the range.
  package init(typed text: String) throws(PercentProblem) {
    guard var typed = TypedText(text, limit: Self.longestTyped) else {
      throw .tooLong(limit: Self.longestTyped)
    }
    guard !typed.isEmpty else { throw .empty }
    let shown = typed.shown
    let sign = typed.takeSign()
    typed.skipSpaces()
    _ = typed.takeLast("%")
    typed.skipSpacesAtEnd()
    let number: TypedNumber
    do throws(NumberProblem) { number = try typed.takeNumber() } catch { throw .unreadable(shown) }
    guard typed.isEmpty else { throw .unreadable(shown) }
    guard number.decimals.count <= 4 else { throw .tooManyDecimals(shown, most: 4) }

    let outOfRange = PercentProblem.outOfRange(
      shown, lowest: Self.lowestTyped, highest: Self.highestTyped)
    guard let coefficient = number.coefficient, coefficient <= Int128(Int64.max) else {
      throw outOfRange
    }
    let magnitude = coefficient * powerOfTen(4 - number.decimals.count)
    guard let tenThousandths = Int64(exactly: sign == .minus ? -magnitude : magnitude),
      (Self.lowestTyped.tenThousandths...Self.highestTyped.tenThousandths)
        .contains(tenThousandths)
    else { throw outOfRange }
    self.init(tenThousandths: tenThousandths)
  }
}

/// Why what was typed is not a percentage. Each case holds what one sentence needs.
package enum PercentProblem: Error, Hashable, Sendable {
  case empty
  /// More than `limit` characters.
  case tooLong(limit: Int)
  case unreadable(String)
  case tooManyDecimals(String, most: Int)
  case outOfRange(String, lowest: Percent, highest: Percent)
}

extension PercentProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "A percentage is needed, such as 8.0."
    case .tooLong(let limit): "A percentage has at most \(limit) characters."
    case .unreadable(let text): "“\(text)” is not a percentage. Write it as 8.0 or 8.0%."
    case .tooManyDecimals(let text, let most):
      "“\(text)” is too fine: a percentage has at most \(most) decimals."
    case .outOfRange(let text, let lowest, let highest):
      """
      “\(text)” is outside \(groupedDigits(lowest.digits(decimals: 0))) % to \
      \(groupedDigits(highest.digits(decimals: 0))) %.
      """
    }
  }
}
