import FundModel

/// What the names in rows about entries came to: by then nothing is registered any more, and each
/// name stands in many rows.
struct EntryNames {
  private var funds: [Spelling: FundFacts] = [:]
  private var partners: [PartnerName: CommitmentFacts] = [:]

  private struct PartnerName: Hashable {
    let fund: Fund.ID
    let name: Spelling
  }

  mutating func fund(
    _ row: ImportRow, _ find: (ImportRow) throws -> FundFacts?
  ) throws -> FundFacts? {
    let name = Spelling(row.text("fund"))
    if let known = funds[name] { return known }
    let found = try find(row)
    if let found { funds[name] = found }
    return found
  }

  /// - Parameter find: is asked for whatever is not known by the name of a partner alone.
  mutating func commitment(
    _ row: ImportRow, _ side: Side, _ fund: FundFacts, _ find: () throws -> CommitmentFacts?
  ) throws -> CommitmentFacts? {
    guard side == .partners, row.text("commitment").isEmpty else { return try find() }
    let name = PartnerName(fund: fund.id, name: Spelling(row.text("partner")))
    if let known = partners[name] { return known }
    let found = try find()
    if let found { partners[name] = found }
    return found
  }
}

/// A text compared byte by byte: several times as fast as one whose letters may be composed in
/// different ways.
private struct Spelling: Hashable {
  private let text: String

  init(_ text: String) { self.text = text }

  static func == (a: Spelling, b: Spelling) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

  func hash(into hasher: inout Hasher) {
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
  }
}
