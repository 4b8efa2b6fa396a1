/// Text that a spreadsheet would run as a formula when it opens a CSV file, and how it is kept from
/// doing so.
///
/// Such a text begins with `= + - @`, their full-width forms, a tab or a CR, perhaps after
/// apostrophes. It is written with one apostrophe more, and read with one less, so that every text
/// comes back as it was: `=1+1` is written `'=1+1`, and `'=1+1` is written `''=1+1`.
package enum CSVText {
  /// - Returns: the text as it is written.
  package static func writing(_ text: String) -> String {
    runs(text.utf8[...].drop { $0 == apostrophe }) ? "'" + text : text
  }

  /// - Returns: what was written; `nil` where it is the text as it stands.
  package static func reading(_ text: String) -> String? {
    guard text.utf8.first == apostrophe, runs(text.utf8.drop { $0 == apostrophe }) else {
      return nil
    }
    return String(Substring(text.utf8.dropFirst()))
  }

  private static let apostrophe = UInt8(ascii: "'")

  /// Whether what is left after the apostrophes is run.
  private static func runs(_ text: Substring.UTF8View) -> Bool {
    switch text.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      true
    case 0xEF: ["＝", "＋", "－", "＠"].contains { text.starts(with: $0.utf8) }
    default: false
    }
  }
}
