import FundModel
package import Store

/// A name in a file that the books do not know.
package struct UnknownName: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable { case fund, party }

  package let kind: Kind
  /// As the file writes it.
  package let spelling: String
  /// The name of the books that it may stand for: the one that holds it, or that it holds.
  package let likely: String?
}

/// A name in a file that is read as another one of the books: taught, or spelt a little differently.
package struct ReadName: Hashable, Sendable {
  package let kind: UnknownName.Kind
  package let spelling: String
  /// As the books have it.
  package let name: String
}

/// The names of funds and parties in an import: those that neither the books know nor a list of the
/// import itself introduces, so that a person can say whom they mean; and those that are read as others.
package struct NamesInImport: Query {
  package let tables: [ImportTable]

  package init(_ tables: [ImportTable]) { self.tables = tables }

  package struct Answer: Hashable, Sendable {
    /// Funds first, in the order in which the tables name them.
    package let unknown: [UnknownName]
    package let readAs: [ReadName]
  }

  /// How many of each are told.
  package static let most = 200

  package func answer(from connection: any SQLConnection) throws -> Answer {
    let funds = try FundRecords.funds(knownThrough: .max, in: connection)
    let parties = try PartyRecords.parties(knownThrough: .max, in: connection)
    let fundNames = Dictionary(
      funds.map { ($0.id, $0.terms.name) }, uniquingKeysWith: { first, _ in first })
    let partyNames = Dictionary(
      parties.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    var finders: [UnknownName.Kind: NameFinder] = [
      .fund: NameFinder(
        funds.map(\.terms.name),
        try NameAliases.funds(in: connection).compactMapValues { fundNames[$0] }),
      .party: NameFinder(
        parties.map(\.name),
        try NameAliases.parties(in: connection).compactMapValues { partyNames[$0] }),
    ]
    for table in tables {
      for (place, column) in table.columns.enumerated() {
        guard let (kind, introduces) = table.format.names(in: column), introduces else { continue }
        try table.texts(at: place) { finders[kind]?.introduce($0) }
      }
    }
    for table in tables {
      for (place, column) in table.columns.enumerated() {
        guard let (kind, _) = table.format.names(in: column) else { continue }
        try table.texts(at: place) { finders[kind]?.look($0) }
      }
    }
    return Answer(
      unknown: UnknownName.Kind.allCases.flatMap { kind in
        (finders[kind]?.unknown ?? []).map {
          UnknownName(kind: kind, spelling: $0, likely: finders[kind]?.likely($0))
        }
      },
      readAs: UnknownName.Kind.allCases.flatMap { kind in
        (finders[kind]?.readAs ?? []).map {
          ReadName(kind: kind, spelling: $0.spelling, name: $0.name)
        }
      })
  }
}

extension BooksFormat {
  /// Whose names stand in a column, and whether the table is the list that introduces them.
  fileprivate func names(in column: String) -> (kind: UnknownName.Kind, introduces: Bool)? {
    switch (self, column) {
    case (.funds, "name"): (.fund, true)
    case (_, "fund"): (.fund, false)
    case (.parties, "party"), (.companies, "company"), (.partners, "partner"),
      (.investments, "company"), (.stagedInvestments, "company"), (.funds, "gp"):
      (.party, true)
    case (_, "partner"), (_, "company"), (_, "party"): (.party, false)
    default: nil
    }
  }
}

extension ImportTable {
  fileprivate func texts(at place: Int, _ body: (String) -> Void) throws {
    try lines { line in
      if case .row(_, let texts, _) = line, texts.indices.contains(place), !texts[place].isEmpty {
        body(texts[place])
      }
    }
  }
}

/// Tells known names from unknown ones.
private struct NameFinder {
  private let names: [(name: String, bare: String)]
  private var known: Set<String>
  private let bareNames: Set<String>
  private(set) var unknown: [String] = []
  private(set) var readAs: [(spelling: String, name: String)] = []
  private let exact: Set<String>
  /// What a folded spelling is read as.
  private let meant: [String: String]
  private var told: Set<String> = []

  /// - Parameter aliases: the names that taught spellings, folded, stand for.
  init(_ names: [String], _ aliases: [String: String]) {
    exact = Set(names)
    meant = Dictionary(names.map { ($0.foldedName, $0) }, uniquingKeysWith: { first, _ in first })
      .merging(aliases) { _, taught in taught }
    self.names = names.map { ($0, Self.bare($0)) }.filter { $0.1.count > 1 }
    known = Set(meant.keys)
    bareNames = Set(self.names.map(\.bare))
  }

  mutating func introduce(_ name: String) {
    let folded = name.foldedName
    guard !known.contains(folded) else { return }
    // A list of new names is no question, but one that nearly is a name of the books may be.
    if !bareNames.contains(Self.bare(name)) { known.insert(folded) }
  }

  mutating func look(_ name: String) {
    guard told.insert(name).inserted, !exact.contains(name) else { return }
    let folded = name.foldedName
    if let meant = meant[folded] {
      if readAs.count < NamesInImport.most { readAs.append((name, meant)) }
    } else if !known.contains(folded), unknown.count < NamesInImport.most {
      unknown.append(name)
    }
  }

  func likely(_ spelling: String) -> String? {
    let bare = Self.bare(spelling)
    guard bare.count > 1 else { return nil }
    let close = names.filter { $0.bare.contains(bare) || bare.contains($0.bare) }
    return close.count == 1 ? close.first?.name : nil
  }

  /// Without what people leave out of a name: its legal form, spaces and signs.
  private static func bare(_ name: String) -> String {
    var folded = name.foldedName.filter { $0.isLetter || $0.isNumber }
    for word in ["투자조합", "주식회사", "조합", "펀드", "fund", "lp", "inc", "ltd", "주"]
    where folded.count > word.count + 1 {
      if folded.hasSuffix(word) { folded.removeLast(word.count) }
      if folded.hasPrefix(word) { folded.removeFirst(word.count) }
    }
    return folded
  }
}
