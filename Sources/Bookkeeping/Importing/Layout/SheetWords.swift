package import FundModel

/// Words that stand in cells for what the books know by one name, such as `납입` for `payment`: those
/// that people write, and those that our own sheets do.
package enum SheetWords {
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

  /// What our own sheets and pages write for it, which an import understands in either language.
  ///
  /// - Returns: `nil` for a text that stands as it is.
  package static func word(for value: String, in column: String) -> Phrase? {
    written[column]?[value]
  }

  private static let written: [String: [String: Phrase]] = [
    "kind": [
      "payment": Phrase("납입", "Payment"), "refund": Phrase("반환", "Refund"),
      "reversal": Phrase("취소", "Reversal"),
    ],
    "side": [
      "partners": Phrase("조합원", "Partners"), "investments": Phrase("투자", "Investments"),
    ],
    "status": [
      "forming": Phrase("결성 전", "Not formed"), "active": Phrase("운용 중", "Active"),
      "dissolved": Phrase("해산", "Dissolved"),
    ],
  ]

  private static let meanings: [String: [String: String]] = Dictionary(
    uniqueKeysWithValues: words.map { column, pairs in
      let people = pairs.flatMap { [($0.key, $0.value), ($0.value, $0.value)] }
      let own = (written[column] ?? [:]).flatMap { value, word in
        [(Heading(word.ko).folded, value), (Heading(word.en).folded, value)]
      }
      return (column, Dictionary(people + own, uniquingKeysWith: { first, _ in first }))
    })

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
