package import FundModel

/// Why a file of sheets is not read: what was found and what would be right, and where.
///
/// Nothing of such a file is used.
package struct SheetProblem: Error, Hashable, Sendable {
  /// For programs; people read the sentence.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// There is no such file, or it is no file, or it cannot be read.
    case unreadable
    case empty
    /// Another kind of file, such as .xls, .ods, PDF or a web page.
    case otherFormat = "other-format"
    /// Wants a password.
    case encrypted
    /// Beyond one of ``SheetLimits``.
    case tooLarge = "too-large"
    /// What is inside contradicts itself or the format.
    case damaged
    /// A cell that cannot be understood.
    case cell
    /// A formula whose value was never calculated.
    case notCalculated = "not-calculated"
    /// The letters are in no encoding that is known here.
    case encoding
    /// Quotes of a CSV file that do not fit.
    case quotes
    /// The process that reads ended before it was done.
    case readerEnded = "reader-ended"
  }

  package let kind: Kind
  /// As on its tab.
  package var sheet: String?
  /// From 1; in CSV the line.
  package var row: Int?
  /// From 0, so that ``columnLetters(_:)`` names it.
  package var column: Int?
  package let sentence: Phrase

  package init(
    _ kind: Kind, sheet: String? = nil, row: Int? = nil, column: Int? = nil, _ sentence: Phrase
  ) {
    self.kind = kind
    self.sheet = sheet
    self.row = row
    self.column = column
    self.sentence = sentence
  }

  /// The same, told of a place in a sheet where none was known yet.
  func at(sheet: String?, row: Int? = nil, column: Int? = nil) -> SheetProblem {
    var problem = self
    problem.sheet = problem.sheet ?? sheet
    problem.row = problem.row ?? row
    problem.column = problem.column ?? column
    return problem
  }
}

extension SheetProblem {
  /// The place and the sentence in one line, such as `시트 "납입", C12: …`.
  package var told: Phrase {
    var korean: [String] = []
    var english: [String] = []
    if let sheet {
      korean.append("시트 \"\(sheet)\"")
      english.append("sheet \"\(sheet)\"")
    }
    if let row, let column {
      korean.append("\(columnLetters(column))\(row)")
      english.append("\(columnLetters(column))\(row)")
    } else if let row {
      korean.append("\(row)행")
      english.append("row \(row)")
    }
    guard !korean.isEmpty else { return sentence }
    return Phrase(
      korean.joined(separator: ", ") + ": " + sentence.ko,
      english.joined(separator: ", ") + ": " + sentence.en)
  }
}
