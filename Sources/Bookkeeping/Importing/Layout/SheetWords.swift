/// Words that people write in cells for what an import knows by one name, such as `납입` for `payment`.
enum SheetWords {
  static func hasMeanings(_ column: String) -> Bool { words[column] != nil }

  /// - Returns: what the import calls it; `nil` for a word of another column, or an unknown one.
  static func meaning(of text: String, _ column: String) -> String? {
    guard let known = meanings[column] else { return nil }
    return known[text] ?? known[Heading(text).folded]
  }

  /// The first word for it, beside what the import calls it: for sentences.
  static func korean(_ value: String, _ column: String) -> String? {
    words[column]?.first { $0.value == value }.map { "\($0.key)(\(value))" }
  }

  private static let meanings: [String: [String: String]] = words.mapValues { pairs in
    let known = pairs.flatMap { [($0.key, $0.value), ($0.value, $0.value)] }
    return Dictionary(known, uniquingKeysWith: { first, _ in first })
  }

  private static let words: [String: KeyValuePairs<String, String>] = [
    "kind": [
      "납입": "payment", "투자": "payment", "입금": "payment", "반환": "refund", "환급": "refund",
      "취소": "reversal",
    ],
    "side": ["조합원": "partners", "출자": "partners", "투자": "investments"],
    "status": [
      "결성전": "forming", "결성예정": "forming", "운용중": "active", "운용": "active", "투자중": "active",
      "해산": "dissolved", "청산": "dissolved",
    ],
  ]
}
