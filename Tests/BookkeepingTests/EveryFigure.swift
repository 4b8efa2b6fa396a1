import Bookkeeping
import FundModel
import Store

/// Every fund in full, in one snapshot.
struct EveryFund: Query {
  let asOf: AsOf

  func answer(from connection: any SQLConnection) throws -> [FundStanding] {
    try OverviewAsOf(asOf, homeCurrency: .krw).answer(from: connection).rows.map {
      try FundAsOf($0.fund.id, asOf).answer(from: connection)
    }
  }
}

/// Everything that the books can say as of two clocks, as text.
struct EveryFigure: Query {
  let asOf: AsOf

  func answer(from connection: any SQLConnection) throws -> [String] {
    let funds = try EveryFund(asOf: asOf).answer(from: connection)
    var lines: [String] = []
    for formedOnly in [false, true] {
      let overview = try OverviewAsOf(asOf, formedOnly: formedOnly, homeCurrency: .krw)
        .answer(from: connection)
      lines += FiguresAsText.overview(overview)
      lines.append(FiguresAsText.totals(overview.totals))
    }
    lines += FiguresAsText.positions(funds) + FiguresAsText.calls(funds)
    lines += funds.map { "\($0.row.fund) \(String(describing: $0.generalPartner))" }
    lines += funds.flatMap(\.commitments).map { "\($0)" }
    for fund in funds {
      let timeline = CashTimelineAsOf(of: .fund(fund.row.fund.id), knownAt: asOf.knownAt)
      lines.append("\(try timeline.answer(from: connection))")
      lines += try FundHistory(fund.row.fund.id, asOf).answer(from: connection).map { "\($0)" }
      lines += try FundVersions(fund.row.fund.id, knownAt: asOf.knownAt).answer(from: connection)
        .map { "\($0)" }
      lines += try CallSheetsAsOf(.ofFund(fund.row.fund.id), asOf).answer(from: connection)
        .map { "\($0)" }
    }
    lines += try LedgerAsOf(asOf).answer(from: connection).map { "\($0)" }
    lines += try PartiesAsOf(asOf).answer(from: connection).map { "\($0)" }
    lines += try CompaniesAsOf(asOf).answer(from: connection).map { "\($0)" }
    for currency in [Currency.krw, .usd] {
      lines.append(
        "\(try CashTimelineAsOf(of: .currency(currency), knownAt: asOf.knownAt).answer(from: connection))"
      )
    }
    return lines
  }
}
