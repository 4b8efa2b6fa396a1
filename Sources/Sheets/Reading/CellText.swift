private import Foundation
import FundModel

/// A text of a cell as it is handed on: composed (NFC), without spaces and line breaks around it.
///
/// - Returns: `nil` for a text of which nothing stays.
/// - Throws: where the bytes are not UTF-8, or a letter has more marks than any language needs:
///   composing long runs takes time that grows with their square.
func cellText(_ bytes: UnsafeBufferPointer<UInt8>) throws(SheetProblem) -> String? {
  guard let text = String(validating: bytes, as: UTF8.self) else { throw .noEncoding }
  return try cellText(text)
}

func cellText(_ text: String) throws(SheetProblem) -> String? {
  // Nearly all texts are composed already, and say so by the range of their letters alone.
  guard !text.unicodeScalars.allSatisfy(isSurelyComposed) else { return trimmed(text) }
  var marks = 0
  for scalar in text.unicodeScalars {
    let isMark = scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
    marks = isMark ? marks + 1 : 0
    guard marks <= 30 else { throw .tooManyMarks }
  }
  return trimmed(text.precomposedStringWithCanonicalMapping)
}

/// Latin, most signs, Hangul syllables and Chinese characters: none joins the one before it.
private func isSurelyComposed(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0...0x2FF, 0x2010...0x2027, 0x2460...0x24FF, 0x3000...0x3029, 0x3131...0x33FF,
    0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF5E:
    true
  default: false
  }
}

private func trimmed(_ text: String) -> String? {
  guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
    return nil
  }
  if !first.properties.isWhitespace, !last.properties.isWhitespace { return text }
  let inner = text.unicodeScalars.drop { $0.properties.isWhitespace }
  let end = inner.lastIndex { !$0.properties.isWhitespace }
  return end.map { String(String.UnicodeScalarView(inner[...$0])) }
}
