package import Bookkeeping
package import FundModel
package import Sheets

/// A file that is handed out: what it is called, and what it holds.
package struct ExportFile: Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case xlsx, csv

    /// The kind of a file by the end of its name, capitals or not.
    package init?(of path: String) {
      guard
        let kind = Kind.allCases.first(where: { path.lowercased().hasSuffix("." + $0.rawValue) })
      else { return nil }
      self = kind
    }

    var mediaType: String {
      switch self {
      case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      case .csv: "text/csv; charset=utf-8"
      }
    }
  }

  package enum Content: Sendable {
    case workbook(OutBook)
    /// As it is to be in the file.
    case bytes([UInt8])
  }

  /// Such as `조합개요_2026-02-14.xlsx`; no character in it that a file system minds.
  package let name: String
  /// The same in letters that every program knows.
  let plainName: String
  package let kind: Kind
  package let content: Content

  init(_ name: String, plain: String, _ kind: Kind, _ content: Content) {
    self.name = Self.safe(name) + "." + kind.rawValue
    plainName = plain + "." + kind.rawValue
    self.kind = kind
    self.content = content
  }

  private static func safe(_ name: String) -> String {
    let scalars = name.unicodeScalars.map { scalar -> Character in
      let isMinded =
        scalar.value < 0x20 || scalar.value == 0x7F || "/\\:*?\"<>|".unicodeScalars.contains(scalar)
      return isMinded || scalar.properties.generalCategory == .format ? "_" : Character(scalar)
    }
    return String(String(scalars).prefix(80))
  }
}

extension ExportFile {
  /// The overview; a .csv holds all currencies as one table, with a column that says which.
  package static func overview(
    _ overview: Overview, _ view: OverviewView, _ kind: Kind, _ asked: ExportAsked
  ) throws -> ExportFile {
    let tables =
      kind == .csv
      ? [overview.exportTableOfAll(view, asked.wording)]
      : overview.exportTables(view, asked.wording)
    return try ExportFile(
      Phrase("조합개요", "fund-overview"), plain: "fund-overview", kind, tables, asked)
  }

  /// One fund: all its tables as a workbook, or one of them.
  ///
  /// - Parameter table: of a .csv, which holds one.
  package static func fund(
    _ fund: FundExport, _ table: FundExport.Table?, _ kind: Kind, _ asked: ExportAsked
  ) throws -> ExportFile {
    let tables = table.map { [fund.table($0, asked.wording)] } ?? fund.tables(asked.wording)
    let row = fund.standing.row
    let what = table.map { _ in tables[0].name }
    return try ExportFile(
      Phrase(
        [row.fund.terms.name, what?.ko].compactMap(\.self).joined(separator: "_"),
        [row.fund.terms.name, what?.en].compactMap(\.self).joined(separator: "_")),
      plain: ["fund-\(row.fund.id)", table?.rawValue].compactMap(\.self).joined(separator: "-"),
      kind, tables, asked)
  }

  /// A partner's own funds.
  static func own(_ funds: [OwnFund], _ kind: Kind, _ asked: ExportAsked) throws -> ExportFile {
    try ExportFile(
      Phrase("내조합", "own-funds"), plain: "own-funds", kind,
      try ownExportTables(funds, on: asked.referenceDate, asked.wording), asked)
  }

  /// The whole books as a workbook.
  package static func books(
    _ files: [CSVFile], created: CalendarDate, _ language: Language
  ) -> ExportFile {
    ExportFile(
      "\(language(Phrase("장부", "books")))_\(created)", plain: "books_\(created)", .xlsx,
      .workbook(BooksWorkbook.of(files, created: created) { language($0) }))
  }

  /// One kind of fact of the whole books.
  static func books(_ file: CSVFile, created: CalendarDate) -> ExportFile {
    let name = file.name.hasSuffix(".csv") ? String(file.name.dropLast(4)) : file.name
    return ExportFile(
      "\(name)_\(created)", plain: "\(name)_\(created)", .csv, .bytes(file.marked))
  }

  private init(
    _ name: Phrase, plain: String, _ kind: Kind, _ tables: [ExportTable], _ asked: ExportAsked
  ) throws {
    var setting = asked.setting
    // What is not formatted shows every digit.
    setting.showsAll = kind == .csv
    let sheets = tables.map { $0.sheet(setting) }
    let day = "_\(asked.referenceDate)"
    let known = asked.knownAt.map { "_known-\($0)" } ?? ""
    let content: Content
    switch kind {
    case .xlsx: content = .workbook(OutBook(created: asked.created, sheets: sheets))
    case .csv:
      var writer = CSVWriter()
      for (index, sheet) in sheets.enumerated() {
        if index > 0 { writer.add([]) }
        try writer.add(sheet)
      }
      content = .bytes(writer.bytes)
    }
    self.init(asked.wording(name) + day + known, plain: plain + day, kind, content)
  }
}

/// What a file is asked for with.
package struct ExportAsked: Sendable {
  let wording: Wording
  let referenceDate: CalendarDate
  /// The moment whose knowledge it shows, as it was typed.
  let knownAt: String?
  /// The day on which it is made.
  let created: CalendarDate
  /// As printed pages say it; `nil` for a partner.
  let head: Phrase?

  package init(
    _ wording: Wording, on referenceDate: CalendarDate, knownAt: String? = nil, head: TrailHead?,
    _ clock: BooksClock
  ) {
    self.wording = wording
    self.referenceDate = referenceDate
    self.knownAt = knownAt
    created = clock.today
    self.head = head.map { head in
      let words = Phrase.onPaperHead(
        head.stamp.sequence, clock.civilTime(of: head.stamp.recordedAt).toTheSecond, head.digest)
      // By the sign an import knows that it is no row.
      return Phrase("※ \(words.ko)", "※ \(words.en)")
    }
  }

  var setting: ExportSetting {
    var setting = ExportSetting(wording: wording, referenceDate: referenceDate, knownAt: knownAt)
    setting.trailHead = head.map { [wording($0)] } ?? []
    return setting
  }
}
