import Bookkeeping
import FundModel

/// A partner's own funds as tables, one for each currency, as its overview shows them: nothing of
/// anybody else, and no sum over a fund.
func ownExportTables(
  _ funds: [OwnFund], on day: CalendarDate, _ wording: Wording
) throws -> [ExportTable] {
  let currencies = Set(funds.map(\.currency)).sorted { $0.code < $1.code }
  // Without a commitment there is an empty table, in which nobody is.
  guard !currencies.isEmpty else { return [ownTable([], total: nil, on: day, wording)] }
  return try currencies.map { currency in
    let own = funds.filter { $0.currency == currency }
    let sum = try Position.sum(own.map(\.position), in: currency)
    var table = ownTable(own, total: sum, on: day, wording)
    if currencies.count > 1 {
      table.name = Phrase("\(table.name.ko) \(currency.code)", "\(table.name.en) \(currency.code)")
    }
    return table
  }
}

private func ownTable(
  _ funds: [OwnFund], total: Position?, on day: CalendarDate, _ wording: Wording
) -> ExportTable {
  let headings: [Phrase] = [
    .fund, .commitment, .paid, .paidRatio, .noticed, .outstanding, .creditsDue, .notYetCalled,
    .remarks,
  ]
  let sums = total.map(ownFigures)?.enumerated().map { index, value in
    if case .ratio(let percent) = value {
      ExportTable.Total.ratio(index, by: index - 1, percent)
    } else {
      ExportTable.Total.sum(value)
    }
  }
  let rows = funds.map { fund in
    let state: Phrase? =
      switch fund.terms.dates.status(on: day) {
      case .active: nil
      case .forming: .notFormed
      case .dissolved: .dissolved
      }
    let remarks = [state, fund.isStated ? .stated : nil].compactMap(\.self).map { wording($0) }
    return [ShownValue.text(fund.terms.name)] + ownFigures(fund.position)
      + [.text(remarks.joined(separator: " · "))]
  }
  let totals: [ExportTable.Total] =
    sums.map { [.value(.words(.total))] + $0 + [.nothing] }
    ?? headings.map { _ in .nothing }
  return ExportTable(
    name: .ownFunds, title: wording(.ownFunds),
    columns: zip(headings, totals).map { .init(heading: $0, total: $1) }, rows: rows,
    notes: funds.contains(where: \.isStated)
      ? [
        Phrase(
          "\(Phrase.stated.ko): \(Phrase.statedNote.ko)",
          "\(Phrase.stated.en): \(Phrase.statedNote.en)")
      ] : [])
}

/// As a partner's page has them: all but what is uncalled.
private func ownFigures(_ position: Position) -> [ShownValue] {
  FundExport.figures(position).dropLast()
}
