/// What a cell's format shows its number as.
package enum NumberFormat: Hashable, Sendable {
  case number
  case percent
  case day

  /// One of the formats that every spreadsheet knows by number, in the Korean numbering, where 27
  /// to 36 and 50 to 58 are days, such as `yyyy"년" mm"월" dd"일"` (ECMA-376, 18.8.30).
  package init(builtIn id: Int) {
    self =
      switch id {
      case 9, 10: .percent
      case 14...17, 22, 27...31, 34...36, 50...58: .day
      default: .number
      }
  }

  /// A format as it is written in the workbook, such as `#,##0;[Red]-#,##0`, `0.0%`,
  /// `yyyy"년" m"월" d"일"`, `[$-412]yyyy-mm-dd`. What shows a time only, is a number.
  package init(code: String) {
    let shown = Self.unquoted(code.unicodeScalars)
    let clock = shown.contains { "hs".unicodeScalars.contains($0) }
    let calendar = shown.contains { "ydagbe".unicodeScalars.contains($0) }
    if calendar || (!clock && shown.contains("m")) {
      self = .day
    } else {
      self = shown.contains("%") ? .percent : .number
    }
  }

  /// The letters of the first section that stand for something, in lower case: without quoted
  /// text, what follows a backslash, what stands in brackets, and words such as `General`.
  private static func unquoted(_ code: String.UnicodeScalarView) -> [Unicode.Scalar] {
    var shown: [Unicode.Scalar] = []
    var rest = code[...]
    scan: while let scalar = rest.popFirst() {
      switch scalar {
      case ";": break scan
      case "\"":
        rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inside.count + 1)
        // `[h]:mm` is a length of time.
        if ["h", "hh", "m", "mm", "s", "ss"].contains(String(inside).lowercased()) {
          shown.append("h")
        }
      default: shown.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return without(words, in: shown)
  }

  private static let words = ["general", "g/표준", "am/pm", "a/p", "오전/오후", "e+", "e-"].map {
    Array($0.unicodeScalars)
  }

  private static func without(
    _ words: [[Unicode.Scalar]], in shown: [Unicode.Scalar]
  ) -> [Unicode.Scalar] {
    var left: [Unicode.Scalar] = []
    var rest = shown[...]
    while let first = rest.first {
      if let word = words.first(where: { rest.starts(with: $0) }) {
        rest = rest.dropFirst(word.count)
      } else {
        left.append(first)
        rest = rest.dropFirst()
      }
    }
    return left
  }
}
