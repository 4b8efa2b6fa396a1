package import FundModel

/// The unit that amounts in won are shown in. Other currencies are shown in their major unit with
/// all their decimals.
package enum DisplayUnit: String, CaseIterable, Hashable, Sendable {
  case won, thousand, million
  /// A hundred million won (억원), with two decimals.
  case eok

  /// How many won make one unit, and how many decimals it is shown with.
  private var won: (each: Int128, decimals: Int) {
    switch self {
    case .won: (1, 0)
    case .thousand: (1_000, 0)
    case .million: (1_000_000, 0)
    case .eok: (100_000_000, 2)
    }
  }

  /// The amount as people read it, rounded half away from zero: `20,203`, `−161`, `1,250.50`.
  ///
  /// Rounding is for display only: give it the true total, not rounded parts.
  package func text(_ amount: Money) -> String {
    guard amount.currency == .krw else { return withMinusSign(groupedDigits(amount.fullDigits)) }
    var scaled = Int128(amount.minorUnits)
    for _ in 0..<won.decimals { scaled *= 10 }
    let units = dividedHalfAwayFromZero(scaled, by: won.each)
    return withMinusSign(groupedDigits(pointed(units, decimals: won.decimals)))
  }

  /// The change of an amount, with its sign: `+1,075`, `−2,150`; `0` where it rounds to nothing.
  package func change(_ amount: Money) -> String {
    let text = text(amount)
    return amount.isPositive && hasFigure(text) ? "+" + text : text
  }

  /// What the unit is called: `백만원`, `KRW million`; `USD` for another currency.
  package func name(for currency: Currency) -> Phrase {
    guard currency == .krw else { return Phrase(currency.code) }
    return switch self {
    case .won: Phrase("원", "KRW")
    case .thousand: Phrase("천원", "KRW thousand")
    case .million: Phrase("백만원", "KRW million")
    case .eok: Phrase("억원", "KRW 100 million")
    }
  }

  /// The unit beside a large figure and on the switch: `백만원`, `₩ m`.
  package func shortName(for currency: Currency) -> Phrase {
    guard currency == .krw else { return Phrase(currency.code) }
    return switch self {
    case .won: Phrase("원", "₩")
    case .thousand: Phrase("천원", "₩ k")
    case .million: Phrase("백만원", "₩ m")
    case .eok: Phrase("억원", "₩ 100m")
    }
  }
}

/// U+2212, which is as wide as a digit, instead of a hyphen.
package func withMinusSign(_ digits: String) -> String {
  digits.hasPrefix("-") ? "\u{2212}" + digits.dropFirst() : digits
}

/// Whether a shown number is other than zero: it has a digit from 1 to 9.
package func hasFigure(_ text: String) -> Bool {
  text.utf8.contains { (0x31...0x39).contains($0) }
}

/// Digits with a point before the last `decimals` of them: 15150 with 2 is `151.50`.
private func pointed(_ units: Int128, decimals: Int) -> String {
  guard decimals > 0 else { return String(units) }
  var digits = String(units.magnitude)
  while digits.utf8.count <= decimals { digits = "0" + digits }
  digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
  return units < 0 ? "-" + digits : digits
}
