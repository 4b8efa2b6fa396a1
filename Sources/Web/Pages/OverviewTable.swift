import FundModel

/// The table of funds in its box: 18 columns, one 합계 row for each currency.
///
/// Totals, numbers and the order are of all funds, the rows of one page of them.
func overviewTable(_ overview: Overview, _ view: OverviewView, _ frame: PageFrame) -> HTML {
  let wording = Wording(frame.language, view.unit)
  let units = overview.shownTotals.map { view.unit.name(for: $0.currency) }
  let onPaper = Phrase.onPaper(overview.referenceDate, unit: .unitLine(units))
  let caption = Phrase.caption(on: overview.referenceDate, unit: .unitLine(units))
  let columns = OverviewColumn.all.enumerated().map { index, column in
    TableColumn(
      column: column,
      style: style(
        column, opensGroup: index > 0 && OverviewColumn.all[index - 1].group != column.group))
  }
  let all = OverviewSort.lines(of: overview, by: view.sort)
  let pages = TablePages(view.page, of: all.count, as: "page")
  let alone = overview.shownTotals.count == 1
  let setting = OverviewSetting(frame: frame, isOneCurrency: alone)
  let totals = overview.shownTotals.map {
    totalRow(
      $0, of: .total($0.currency, formedOnly: view.formedOnly), columns, wording, setting)
  }
  return """
    <div class="box" id="fund-table" role="region" tabindex="0" \
    aria-label="\(wording(.tableRegion))">
    <table class="ledger"><caption>\(wording(caption))</caption>
    <thead>\(widestRow(of: all, overview, wording))\(groupRow(onPaper: wording(onPaper), wording))\
    <tr>\(columns.map { heading($0, view.sort, frame) })</tr></thead>
    <tbody>
    \(pages.shown(of: all).map { row($0, columns, wording, setting) })</tbody>
    <tfoot>\(totals)</tfoot>
    </table></div>
    \(tablePages(pages, of: "fund-table", wording(.fundOverview), frame))
    """
}

/// A column with the class attributes of its cells, which are the same in every row.
private struct TableColumn {
  let column: OverviewColumn
  let classes: HTML
  /// Of a cell that has nothing to say: zero, absent.
  let quietClasses: HTML

  init(column: OverviewColumn, style: [String]) {
    self.column = column
    classes = HTML.when(!style.isEmpty, " class=\"\(style.joined(separator: " "))\"")
    quietClasses = " class=\"\((style + ["dim"]).joined(separator: " "))\""
  }

  var isName: Bool { column.key == "name" }
}

/// `no` and `name` stand for themselves, `n` for numbers, `g` for the first of a group.
private func style(_ column: OverviewColumn, opensGroup: Bool) -> [String] {
  var style: [String] = []
  if column.key == "no" || column.key == "name" { style.append(column.key) }
  if column.isNumber, column.key != "no" { style.append("n") }
  if opensGroup { style.append("g") }
  if column.isKey { style.append("key") }
  return style
}

/// - Parameter onPaper: the date and the unit, which every printed page repeats.
private func groupRow(onPaper: String, _ wording: Wording) -> HTML {
  let groups = OverviewColumn.Group.allCases.map { group -> HTML in
    let columns = OverviewColumn.all.filter { $0.group == group }
    guard let heading = group.heading else {
      return """
        <td class="no"></td><td class="name"></td><td colspan="\(columns.count - 2)">\
        <span class="paper">\(onPaper)</span></td>
        """
    }
    return """
      <th class="g" scope="colgroup" colspan="\(columns.count)">\(wording(heading))</th>
      """
  }
  return "<tr class=\"groups\">\(groups)</tr>"
}

private func heading(_ column: TableColumn, _ sort: OverviewSort?, _ frame: PageFrame) -> HTML {
  let key = column.column.key
  let sorted: Bool? =
    if let sort { sort.column == key ? sort.descending : nil } else { key == "no" ? false : nil }
  let next = sorted.map { !$0 } ?? column.column.startsDescending
  let address = frame.address.with("page", nil)
    .with("sort", key).with("order", next ? "desc" : "asc")
  let state: HTML =
    sorted.map { $0 ? " aria-sort=\"descending\"" : " aria-sort=\"ascending\"" } ?? .none
  return """
    <th scope="col"\(column.classes) data-column="\(key)"\(state)>\
    <a class="sort" id="sort-\(key)" data-live\(frame.href(address.text))>\
    \(column.column.headingMarkup(frame.language))</a></th>
    """
}

private func row(
  _ line: OverviewLine, _ columns: [TableColumn], _ wording: Wording, _ setting: OverviewSetting
) -> HTML {
  let cells = columns.map { cell($0, line, wording, setting) }
  return "<tr data-fund=\"\(line.row.fund.id)\">\(cells)</tr>\n"
}

private func cell(
  _ column: TableColumn, _ line: OverviewLine, _ wording: Wording, _ setting: OverviewSetting
) -> HTML {
  let text = column.column.text(line, wording)
  let mark = statedMark(wording.mark(column.column.basis?(line.row)))
  let figure = linked(text, column.column.figure, of: .fund(line.row.fund.id), setting.frame)
  let plain: HTML = "\(mark)\(figure)"
  let content = column.column.decoration?(plain, line, setting) ?? plain
  if column.isName { return "<th scope=\"row\"\(column.classes)>\(content)</th>" }
  let quiet = text == Wording.absent || (column.column.isNumber && !hasFigure(text))
  return "<td\(quiet ? column.quietClasses : column.classes)>\(content)</td>"
}

/// A figure as a link to what makes it up; other words as they are.
private func linked(
  _ text: String, _ figure: Figure?, of scope: FigureScope, _ frame: PageFrame
) -> HTML {
  figure.map { why($0, of: scope, text, frame) } ?? "\(text)"
}

private func totalRow(
  _ totals: OverviewTotals, of scope: FigureScope, _ columns: [TableColumn], _ wording: Wording,
  _ setting: OverviewSetting
) -> HTML {
  let alone = setting.isOneCurrency
  // The name stays in view when the table scrolls sideways, the currency's own cell does not.
  let currency = HTML.when(!alone, " <small>\(totals.currency.code)</small>")
  let cells = columns.map { column -> HTML in
    let figure = column.column.total(totals, wording)
    // `합계 KRW` is not followed by another `KRW`.
    let text = !alone && figure == totals.currency.code ? "" : figure
    let mark = statedMark(wording.mark(column.column.basis.map { _ in totals.basis }))
    let content: HTML = "\(mark)\(linked(text, column.column.figure, of: scope, setting.frame))"
    return column.isName
      ? "<th scope=\"row\"\(column.classes)>\(content)\(currency)</th>"
      : "<td\(column.classes)>\(content)</td>"
  }
  return "<tr data-currency=\"\(totals.currency.code)\">\(cells)</tr>"
}
