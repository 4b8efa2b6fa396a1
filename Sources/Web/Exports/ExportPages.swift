import Bookkeeping
import FundModel
import Hummingbird

/// What can be downloaded, and who asks for it.
extension Site {
  func exportedOverview(_ visit: Visit, _ kind: ExportFile.Kind) async -> Response? {
    await download(visit, PageFrame.exportPath("overview", kind)) { query, frame in
      let view = OverviewView(
        unit: try query.unit(), formedOnly: try query.formedOnly(), sort: try query.sort())
      let answer = try await books.answer(
        Both(
          OverviewAsOf(
            AsOf(frame.referenceDate, knownAt: query.knownAt), formedOnly: view.formedOnly,
            homeCurrency: books.settings.homeCurrency),
          TrailHead.Question(knownAt: query.knownAt)))
      return try .overview(
        answer.first, view, kind, asked(query, frame, view.unit, head: answer.second))
    }
  }

  /// What a partner may take home: its own funds.
  func exportedOwnOverview(
    _ visit: Visit, _ parties: [Party.ID], _ kind: ExportFile.Kind
  ) async -> Response? {
    await download(visit, PageFrame.exportPath("overview", kind)) { query, frame in
      let unit = try query.unit()
      let funds = try await books.answer(
        OwnFundsAsOf(parties, AsOf(frame.referenceDate, knownAt: query.knownAt)))
      return try .own(funds, kind, asked(query, frame, unit, head: nil))
    }
  }

  /// - Parameter file: `fund.xlsx`, or a table such as `ledger.csv`.
  func exportedFund(_ visit: Visit, _ id: String, _ file: String) async -> Response? {
    let table = file.hasSuffix(".csv") ? FundExport.Table(rawValue: String(file.dropLast(4))) : nil
    guard table != nil || file == "fund.xlsx" else { return nil }
    return await download(visit, "/export/funds/\(id)/\(file)") { query, frame in
      let unit = try query.unit()
      let none = PageRefusal(.fundNotFound(JSON.shortened(id)), 404)
      guard let fund = Fund.ID(id) else { throw none }
      do {
        let asOf = AsOf(frame.referenceDate, knownAt: query.knownAt)
        let export = FundExport(
          try await books.answer(FundExport.question(fund, asOf)), books.clock)
        return try .fund(
          export, table, table == nil ? .xlsx : .csv,
          asked(query, frame, unit, head: export.head))
      } catch Refusal.unknown { throw try await lacking(fund, query, frame, none) }
    }
  }

  /// - Parameter file: one kind of fact, such as `payments.csv`; the workbook of all when `nil`.
  func exportedBooks(_ visit: Visit, _ file: String? = nil) async -> Response? {
    await download(visit, "/export/books.xlsx") { _, frame in
      let files = try await books.answer(ExportBooks())
      let today = books.clock.today
      guard let file else { return .books(files, created: today, frame.language) }
      return files.first { $0.name == file }.map { .books($0, created: today) }
    }
  }

  private func asked(
    _ query: PageQuery, _ frame: PageFrame, _ unit: DisplayUnit, head: TrailHead?
  ) -> ExportAsked {
    ExportAsked(
      Wording(frame.language, unit), on: frame.referenceDate,
      knownAt: frame.knownMoment?.time.typed, head: head, books.clock)
  }
}

extension PageFrame {
  static func exportPath(_ name: String, _ kind: ExportFile.Kind) -> String {
    "/export/\(name).\(kind.rawValue)"
  }

  /// A file as of what the page shows: the address says the day and the language, which may be
  /// others when it is asked for again.
  fileprivate func fileLink(_ path: String, keeping own: [String] = []) -> String {
    address.other(path, keeping: PageAddress.shared + own)
      .with("reference_date", referenceDate.description).with("lang", language.rawValue).text
  }
}

/// Links to the overview as files, as it is filtered and sorted.
func overviewDownloads(_ frame: PageFrame) -> HTML {
  downloads(
    ExportFile.Kind.allCases.map { kind in
      (
        kind == .xlsx ? Phrase.excel : .csv,
        frame.fileLink(
          PageFrame.exportPath("overview", kind),
          keeping: PageFrame.ofOverview.filter { $0 != "page" })
      )
    } + (frame.keepsBooks ? [(.wholeBooks, frame.link("/export", nil))] : []), frame)
}

/// Links to the fund as a workbook, and to what the part of its page shows as CSV files.
func fundDownloads(_ fund: Fund.ID, _ tab: FundTab, _ frame: PageFrame) -> HTML {
  let tables: [(FundExport.Table, Phrase)] =
    switch tab {
    case .summary, .terms: []
    case .partners: [(.partners, .partnerName), (.calls, .callsTable), (.items, .callItems)]
    case .investments: [(.investments, .investmentsSide), (.investmentCalls, .callsTable)]
    case .ledger: [(.ledger, .entries)]
    }
  let csv = tables.map { table, words in
    (
      Phrase("\(words.ko) CSV", "\(words.en) CSV"),
      frame.fileLink("/export/funds/\(fund)/\(table.rawValue).csv")
    )
  }
  return downloads([(.excel, frame.fileLink("/export/funds/\(fund)/fund.xlsx"))] + csv, frame)
}

private func downloads(_ files: [(words: Phrase, address: String)], _ frame: PageFrame) -> HTML {
  let links = files.enumerated().map { index, file -> HTML in
    """
    <a id="download-\(index + 1)" href="\(file.address)">\(frame.language(file.words))</a>
    """
  }
  return """
    <nav class="downloads" aria-label="\(frame.language(.download))">\
    \(icon("download"))\(links)</nav>
    """
}

/// Every fact of the books as files, for those who keep them.
func booksExportPage(frame: PageFrame) -> HTML {
  let say = frame.language
  let files = BooksFormat.allCases.map { format -> HTML in
    """
    <li><a href="/export/books/\(format.fileName)">\(format.fileName)</a> \
    <small class="quiet">\(say(format.sheetName))</small></li>
    """
  }
  let main: HTML = """
    <div class="head"><h1>\(say(.wholeBooks))</h1></div>
    <section class="panel panel-body download-books">
    <p>\(say(.wholeBooksNote))</p>
    <p class="acts acts-start"><a class="button" id="books-xlsx" href="/export/books.xlsx?lang=\(say.rawValue)">\
    \(say(.wholeBooksFile))</a></p>
    <h2>\(say(.csvFiles))</h2>
    <p class="quiet" id="csv-note">\(say(.csvFilesNote))</p>
    <ul>\(files)</ul>
    </section>
    """
  return layout(title: say(.wholeBooks), main: main, frame: frame)
}
