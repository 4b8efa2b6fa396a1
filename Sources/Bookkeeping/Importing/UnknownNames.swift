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

/// The names of funds and parties in an import that neither the books know nor a list of the import
/// itself introduces, so that a person can say whom they mean.
package struct UnknownNames: Query {
  package let tables: [ImportTable]

  package init(in tables: [ImportTable]) { self.tables = tables }

  /// How many are told of.
  package static let most = 200

  /// - Returns: funds first, in the order in which the tables name them.
  package func answer(from connection: any SQLConnection) throws -> [UnknownName] {
    let funds = try FundRecords.funds(knownThrough: .max, in: connection)
    let parties = try PartyRecords.parties(knownThrough: .max, in: connection)
    var finders: [UnknownName.Kind: NameFinder] = [
      .fund: NameFinder(
        funds.map(\.terms.name), Set(try NameAliases.funds(in: connection).keys)),
      .party: NameFinder(parties.map(\.name), Set(try NameAliases.parties(in: connection).keys)),
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
    return UnknownName.Kind.allCases.flatMap { kind in
      (finders[kind]?.unknown ?? []).map {
        UnknownName(kind: kind, spelling: $0, likely: finders[kind]?.likely($0))
      }
    }
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
      if case .row(_, let texts) = line, texts.indices.contains(place), !texts[place].isEmpty {
        body(texts[place])
      }
    }
  }
}

/// Tells known names from unknown ones.
private struct NameFinder {
  private let names: [(name: String, bare: String)]
  private var known: Set<String>
  private(set) var unknown: [String] = []
  private var told: Set<String> = []

  init(_ names: [String], _ aliases: Set<String>) {
    self.names = names.map { ($0, Self.bare($0)) }.filter { $0.1.count > 1 }
    known = aliases.union(names.map(\.foldedName))
  }

  mutating func introduce(_ name: String) {
    let folded = name.foldedName
    guard !known.contains(folded) else { return }
    // A list of new names is no question, but one that nearly is a name of the books may be.
    if likely(name) == nil { known.insert(folded) }
  }

  mutating func look(_ name: String) {
    guard told.insert(name).inserted, !known.contains(name.foldedName),
      unknown.count < UnknownNames.most
    else { return }
    unknown.append(name)
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
