extension Money {
  /// The amount as Koreans say it, to be read back under a field: `12억 3,400만 원`, `1,234원`, `0원`,
  /// `−12억 원`. Other currencies than KRW: as in sentences, `USD 1,250.50`.
  ///
  /// Exact; ``init(typed:in:)`` reads it back to the same amount.
  package var spelled: String {
    guard currency == .krw else { return description }
    var rest = minorUnits.magnitude
    var parts: [String] = []
    for (name, unit) in Self.koreanUnits where rest >= unit {
      parts.append(groupedDigits(String(rest / unit)) + name)
      rest %= unit
    }
    parts.append(
      rest > 0 || parts.isEmpty ? groupedDigits(String(rest)) + "원" : "원")
    return (isNegative ? "−" : "") + parts.joined(separator: " ")
  }

  private static let koreanUnits: [(name: String, unit: UInt64)] = [
    ("조", 1_000_000_000_000), ("억", 100_000_000), ("만", 10_000),
  ]
}
