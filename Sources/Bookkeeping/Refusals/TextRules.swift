/// How long a text in the books may be, in characters.
package enum TextLimit {
  package static let name = 200
  package static let word = 100
  package static let memo = 1_000
}

/// What is wrong with a text.
package enum TextProblem: Error, Hashable, Sendable {
  case missing
  case tooLong(Int, most: Int)
  /// A control character, such as a NUL or a line break, or a mark that turns the direction of
  /// writing: it would make a name look like another.
  case unprintable(String)

  /// - Returns: `nil` when `text` may stand in the books.
  package init?(in text: String, most: Int, required: Bool) {
    if required, text.allSatisfy(\.isWhitespace) {
      self = .missing
      return
    }
    guard text.count <= most, text.utf8.count <= most * 16 else {
      self = .tooLong(text.count, most: most)
      return
    }
    guard let scalar = text.unicodeScalars.first(where: Self.isUnprintable) else { return nil }
    let hex = String(scalar.value, radix: 16, uppercase: true)
    self = .unprintable("U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex)
  }

  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    case .format: scalar.value != 0x200D && scalar.value != 0x200C
    default: false
    }
  }
}

extension OpenBooks {
  /// Refuses a text that may not stand in the books.
  func check(_ text: String, _ field: String, most: Int, required: Bool = false) throws(Refusal) {
    if let problem = TextProblem(in: text, most: most, required: required) {
      throw .text(field, problem)
    }
  }
}
