extension Language {
  /// The language that `Accept-Language` prefers; Korean where it prefers none that there is.
  init(accepted header: String?) {
    var best: (language: Language, weight: Int)?
    for range in (header ?? "").split(separator: ",").prefix(20) {
      let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
      guard let tag = parts.first?.split(separator: "-").first,
        let language = Language(rawValue: String(tag))
      else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map {
        Self.weight($0.dropFirst(2))
      }
      guard (weight ?? 1_000) > (best?.weight ?? 0) else { continue }
      best = (language, weight ?? 1_000)
    }
    self = best?.language ?? .ko
  }

  /// Thousandths: `0.8` is 800.
  private static func weight(_ text: Substring) -> Int {
    let digits = text.filter(\.isNumber).prefix(4)
    guard digits.count == text.count - (text.contains(".") ? 1 : 0),
      let value = Int(digits + String(repeating: "0", count: 4 - digits.count))
    else { return 0 }
    return min(value, 1_000)
  }
}
