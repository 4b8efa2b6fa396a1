import FundModel

/// What a scheduled backup is called: `firm.books.3fa9c1d2.20260214T030000Z.backup`, the books' file,
/// the mark that tells these books from all others, and the instant.
struct BackupName: Hashable, Comparable {
  let text: String
  /// To the second.
  let instant: Instant

  init(of file: String, mark: String, at instant: Instant) {
    let digits = String(instant.description.prefix(19)).filter { $0 != "-" && $0 != ":" }
    text = Self.beginning(file, mark) + digits + Self.end
    self.instant = Instant(microseconds: instant.microseconds / 1_000_000 * 1_000_000)
  }

  /// - Returns: `nil` for any name that no scheduled backup of these books has.
  init?(_ text: String, of file: String, mark: String) {
    let beginning = Self.beginning(file, mark)
    guard text.hasPrefix(beginning), text.hasSuffix(Self.end) else { return nil }
    let digits = Array(text.dropFirst(beginning.count).dropLast(Self.end.count))
    guard digits.count == 15, digits[8] == "T" else { return nil }
    func part(_ range: Range<Int>) -> String { String(digits[range]) }
    let date = [part(0..<4), part(4..<6), part(6..<8)].joined(separator: "-")
    let time = [part(9..<11), part(11..<13), part(13..<15)].joined(separator: ":")
    guard let instant = Instant("\(date)T\(time)Z") else { return nil }
    self.text = text
    self.instant = instant
  }

  static func < (a: BackupName, b: BackupName) -> Bool { a.instant < b.instant }

  private static func beginning(_ file: String, _ mark: String) -> String { "\(file).\(mark)." }
  private static let end = "Z.backup"
}
