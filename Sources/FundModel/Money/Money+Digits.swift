extension Money {
  /// The exact amount in major units without grouping: `1250.50`, `-161`, `400000`.
  ///
  /// Decimals are written in full or, where the amount is whole, not at all; so it is an exact
  /// JSON number as well.
  package var digits: String {
    let perMajor = Int64(currency.unitsPerMajor)
    guard minorUnits % perMajor != 0 else { return "\(minorUnits / perMajor)" }
    return fullDigits
  }

  /// The exact amount in major units with all its decimals: `400000.00`, `-161`.
  package var fullDigits: String {
    decimalText(minorUnits.magnitude, decimals: currency.decimals, negative: isNegative)
  }

  /// The amount as people read it, in the currency's major unit: `1,250.50`, `-161`.
  package var grouped: String { groupedDigits(fullDigits) }
}

extension Money {
  /// The amount in a Korean sentence: `535,000,000원`, `USD 1,250.50`.
  package var inKorean: String { currency == .krw ? "\(grouped)원" : description }
}

extension Money: CustomStringConvertible {
  /// `KRW 1,250` or `USD 1,250.50`: the form of sentences.
  package var description: String { "\(currency.code) \(grouped)" }
}

/// Digits with a point: `decimalText(1250, decimals: 2)` is `12.50`.
func decimalText(_ magnitude: UInt64, decimals: Int, negative: Bool) -> String {
  var digits = String(magnitude)
  if decimals > 0 {
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
  }
  return negative ? "-" + digits : digits
}

/// Commas between groups of three digits of the whole part: `1234567.5` is `1,234,567.5`.
package func groupedDigits(_ digits: String) -> String {
  let negative = digits.hasPrefix("-")
  let unsigned = negative ? digits.dropFirst() : digits[...]
  let whole = unsigned.prefix { $0 != "." }
  var grouped = ""
  for (offset, digit) in whole.enumerated() {
    if offset > 0, (whole.count - offset) % 3 == 0 { grouped.append(",") }
    grouped.append(digit)
  }
  return (negative ? "-" : "") + grouped + unsigned.dropFirst(whole.count)
}
