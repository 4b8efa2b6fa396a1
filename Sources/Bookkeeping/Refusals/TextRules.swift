/// How long a text in the books may be, in characters.
package enum TextLimit {
  package static let name = 200
  package static let word = 100
  package static let memo = 1_000
}

extension StringProtocol {
  /// Whether no more than 30 marks follow each other: Unicode's Stream-Safe Text Format (UAX #15).
  ///
  /// No language needs more. Comparing or composing longer runs takes time that grows with their
  /// square, so text from outside is looked at before anything else is done with it.
  package var isStreamSafe: Bool {
    var marks = 0
    return unicodeScalars.allSatisfy { $0.isSafe(after: &marks) }
  }

  /// The same without the marks that are too many.
  package var streamSafe: String {
    guard !isStreamSafe else { return String(self) }
    var marks = 0
    return String(String.UnicodeScalarView(unicodeScalars.filter { $0.isSafe(after: &marks) }))
  }
}

extension Unicode.Scalar {
  /// Whether it may follow so many marks in a row.
  fileprivate func isSafe(after marks: inout Int) -> Bool {
    guard value >= 0x300, properties.canonicalCombiningClass != .notReordered else {
      marks = 0
      return true
    }
    marks += 1
    return marks <= 30
  }
}

/// What is wrong with a text.
package enum TextProblem: Error, Hashable, Sendable {
  case missing
  case tooLong(Int, most: Int)
  /// A control character, such as a NUL or a line break, or a mark that turns the direction of
  /// writing; in all but memos also a letter or a mark that shows nothing, and a space other than
  /// the plain one: it would make a name look like another.
  case unprintable(String)

  /// - Returns: `nil` when `text` may stand in the books.
  package init?(in text: String, most: Int, required: Bool) {
    let count = text.unicodeScalars.count
    guard count <= most else {
      self = .tooLong(count, most: most)
      return
    }
    if required, text.unicodeScalars.allSatisfy(Self.isInvisible) {
      self = .missing
      return
    }
    let isMemo = most >= TextLimit.memo
    let unprintable = text.unicodeScalars.first {
      Self.isUnprintable($0) || (!isMemo && Self.isLookalike($0))
    }
    guard let scalar = unprintable else { return nil }
    let hex = String(scalar.value, radix: 16, uppercase: true)
    self = .unprintable("U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex)
  }

  /// White space, and letters that look like none: a name of them could not be seen.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
      || scalar.value == 0x2800
  }

  /// What looks like nothing, or like a plain space, without being it.
  private static func isLookalike(_ scalar: Unicode.Scalar) -> Bool {
    isInvisible(scalar) && scalar != " "
  }

  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned,
      .format:
      true
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
