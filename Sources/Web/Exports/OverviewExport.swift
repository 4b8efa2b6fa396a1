import FundModel
import Sheets

extension Overview {
  /// The overview as sheets, one for each currency, with the rows and the order of the page.
  func exportTables(_ view: OverviewView, _ wording: Wording) -> [ExportTable] {
    let lines = OverviewSort.lines(of: self, by: view.sort)
    return shownTotals.map { totals in
      let own = lines.filter { $0.row.fund.currency == totals.currency }
      var table = overviewTable(own, wording)
      for (index, column) in OverviewColumn.all.enumerated() {
        table.columns[index].total = total(of: column, totals)
      }
      table.columns[OverviewColumn.all.count].total = .value(
        .text(wording.mark(totals.basis).map { "\(wording(.cardPaidIn)) \($0)" } ?? ""))
      table.title = title(view, wording)
      if shownTotals.count > 1 {
        table.name = Phrase(
          "\(table.name.ko) \(totals.currency.code)", "\(table.name.en) \(totals.currency.code)")
      }
      table.notes = notes(own, [totals], wording)
      return table
    }
  }

  /// The overview as one table with a column for the currency, and the totals as rows of it.
  func exportTableOfAll(_ view: OverviewView, _ wording: Wording) -> ExportTable {
    var table = overviewTable(OverviewSort.lines(of: self, by: view.sort), wording)
    table.columns.append(.init(heading: .currency))
    for (index, line) in OverviewSort.lines(of: self, by: view.sort).enumerated() {
      table.rows[index].append(.text(line.row.fund.currency.code))
    }
    for totals in shownTotals {
      let sums = OverviewColumn.all.map { $0.totalValue?(totals) ?? .text("") }
      let mark = wording.mark(totals.basis).map { "\(wording(.cardPaidIn)) \($0)" } ?? ""
      table.rows.append(sums + [.text(mark), .text(totals.currency.code)])
    }
    table.title = title(view, wording)
    table.notes = notes(rows.map { OverviewLine(number: 0, row: $0) }, shownTotals, wording)
    return table
  }

  private func overviewTable(_ lines: [OverviewLine], _ wording: Wording) -> ExportTable {
    ExportTable(
      name: .fundOverview, title: "",
      columns: OverviewColumn.all.map { .init(heading: $0.heading) } + [.init(heading: .remarks)],
      rows: lines.map { line in
        OverviewColumn.all.map { $0.value(line) } + [.text(remark(on: line, wording))]
      }, frozenColumns: 2)
  }

  /// What the page marks beside figures, in a column of its own: numbers stay numbers.
  private func remark(on line: OverviewLine, _ wording: Wording) -> String {
    let state: Phrase? =
      switch line.row.status {
      case .active: nil
      case .forming: .notFormed
      case .dissolved: .dissolved
      }
    let stated = wording.mark(line.row.basis).map { "\(wording(.cardPaidIn)) \($0)" }
    return [state.map { wording($0) }, stated].compactMap(\.self).joined(separator: " · ")
  }

  private func total(of column: OverviewColumn, _ totals: OverviewTotals) -> ExportTable.Total {
    guard let value = column.totalValue?(totals) else { return .nothing }
    switch value {
    case .amount, .count: return .sum(value)
    case .ratio(let percent):
      // Recomputed from the sums; percentages are never added.
      let places = [Figure.paidIn, .commitmentTotal].compactMap { figure in
        OverviewColumn.all.firstIndex { $0.figure == figure }
      }
      guard let top = places.first, let bottom = places.last else { return .value(value) }
      return .ratio(top, by: bottom, percent)
    default: return .value(value)
    }
  }

  private func title(_ view: OverviewView, _ wording: Wording) -> String {
    wording(.fundOverview) + (view.formedOnly ? " (\(wording(.formedOnlyNote)))" : "")
  }

  /// Explains the marks that occur, and no others, as below the page's table.
  private func notes(
    _ lines: [OverviewLine], _ totals: [OverviewTotals], _ wording: Wording
  ) -> [Phrase] {
    func said(_ mark: Phrase, _ note: Phrase) -> Phrase {
      Phrase("\(mark.ko): \(note.ko)", "\(mark.en): \(note.en)")
    }
    var notes: [Phrase] = []
    let statuses = Set(lines.map(\.row.status))
    if statuses.contains(.forming) { notes.append(said(.notFormed, .notFormedNote)) }
    if statuses.contains(.dissolved) { notes.append(said(.dissolved, .dissolvedNote)) }
    if lines.contains(where: { $0.row.basis != .cash }) {
      notes.append(said(.stated, .statedNote))
    }
    if totals.contains(where: { $0.basis == .mixed }) {
      notes.append(said(.partlyStated, .partlyStatedNote))
    }
    for totals in totals where totals.companyCount != totals.distinctCompanyCount {
      let note = Phrase.companiesNote(
        distinct: wording.count(totals.distinctCompanyCount), byCurrency: false,
        sum: wording.count(totals.companyCount))
      notes.append(shownTotals.count == 1 ? note : said(Phrase(totals.currency.code), note))
    }
    return notes
  }
}
