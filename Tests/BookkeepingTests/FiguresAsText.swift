import Bookkeeping
import FundModel
import NaiveOracle

/// Every figure as a line of text, once as the books answer it and once as the oracle does: where
/// they differ, the failure shows the lines.
enum FiguresAsText {
  static func line(_ fields: [Any?]) -> String {
    fields.map { $0.map { "\($0)" } ?? "–" }.joined(separator: " | ")
  }

  // MARK: The overview

  static func overview(_ overview: Overview) -> [String] {
    overview.rows.enumerated().map { index, row in
      line([
        index + 1, row.fund.terms.name, row.fund.currency.code, row.status.rawValue, row.isFormed,
        row.commitmentTotal.minorUnits, row.paidIn.minorUnits, row.basis.rawValue,
        row.paidInRatio?.digits(decimals: 2), row.fund.terms.gpCommitment.minorUnits,
        row.gpPaidIn.minorUnits, row.invested.minorUnits, row.uninvested.minorUnits,
        row.investmentAssets.minorUnits, row.cash.minorUnits, row.companyCount,
        row.progress?.digits(decimals: 2), row.remaining.map(remaining),
      ])
    } + overview.totalsByCurrency.map(totals).sorted()
  }

  static func overview(_ overview: NaiveOverview) -> [String] {
    overview.rows.map { row in
      line([
        row.no, row.fund, row.currency, row.status, row.formed, row.commitmentTotal, row.paidIn,
        row.basis, row.ratio, row.gpCommitment, row.gpPaidIn, row.invested, row.uninvested,
        row.assets, row.cash, row.companies, row.progress, row.remaining.map(remaining),
      ])
    } + overview.totals.map(totals).sorted()
  }

  static func totals(_ totals: OverviewTotals) -> String {
    line([
      "totals", totals.currency.code, totals.fundCount, totals.commitmentTotal.minorUnits,
      totals.paidIn.minorUnits, totals.basis.rawValue, totals.paidInRatio?.digits(decimals: 2),
      totals.gpPaidIn.minorUnits, totals.invested.minorUnits, totals.uninvested.minorUnits,
      totals.investmentAssets.minorUnits, totals.companyCount, totals.distinctCompanyCount,
    ])
  }

  private static func totals(_ totals: NaiveTotals) -> String {
    line([
      "totals", totals.currency, totals.funds, totals.commitmentTotal, totals.paidIn,
      totals.basis, totals.ratio, totals.gpPaidIn, totals.invested, totals.uninvested,
      totals.assets, totals.companies, totals.distinctCompanies,
    ])
  }

  private static func remaining(_ term: RemainingTerm) -> String {
    switch term {
    case .running(let years, let months, let days): "running \(years) \(months) \(days)"
    case .maturesToday, .matured: "\(term.state) 0 0 0"
    }
  }

  private static func remaining(_ term: NaiveRemaining) -> String {
    "\(term.state) \(term.years) \(term.months) \(term.days)"
  }

  // MARK: Positions, and each side as a whole

  static func positions(_ funds: [FundStanding]) -> [String] {
    funds.flatMap { fund in
      fund.commitments.map { standing in
        position(
          [
            fund.row.fund.terms.name, standing.commitment.side.rawValue,
            standing.commitment.party.name, standing.commitment.id,
          ], standing.position)
      }
        + Side.allCases.map { side in
          position([fund.row.fund.terms.name, side.rawValue, "", 0], fund.position(of: side))
        }
    }.sorted()
  }

  static func positions(_ books: NaiveBooks, on day: String) -> [String] {
    let positions = books.positions(on: day)
    let sides = books.overview(on: day).rows.flatMap { row in
      ["partners", "investments"].map {
        books.position(of: row.fund, side: $0, among: positions)
      }
    }
    return (positions + sides).map { position in
      line([
        position.fund, position.side, position.party, position.commitment, position.committed,
        position.noticed, position.paid, position.outstanding, position.creditsDue,
        position.notYetCalled, position.uncalled, position.paidPercent,
      ])
    }.sorted()
  }

  private static func position(_ names: [Any?], _ position: Position) -> String {
    line(
      names + [
        position.committed.minorUnits, position.noticed.minorUnits, position.paid.minorUnits,
        position.outstanding.minorUnits, position.creditsDue.minorUnits,
        position.notYetCalled.minorUnits, position.uncalled.minorUnits,
        position.paidPercent?.digits(decimals: 2),
      ])
  }

  // MARK: Companies

  static func holdings(_ companies: [CompanyStanding]) -> [String] {
    companies.flatMap { company in
      company.holdings.map {
        line([company.party.name, $0.fundName, $0.commitment.id, $0.invested.minorUnits])
      }
    }.sorted()
  }

  static func holdings(_ books: NaiveBooks, on day: String) -> [String] {
    books.positions(on: day).filter { $0.side == "investments" }.map {
      line([$0.party, $0.fund, $0.commitment, $0.paid])
    }.sorted()
  }

  // MARK: Calls and items

  static func calls(_ funds: [FundStanding]) -> [String] {
    funds.flatMap { fund in
      fund.calls.map { call in
        line([
          fund.row.fund.terms.name, call.call.side.rawValue, call.call.number,
          call.call.callType, call.call.noticeDate, call.call.dueDate, call.status.rawValue,
          call.isNoticed, call.isCancelled, call.isOverdue,
          call.paidPercent?.digits(decimals: 2), call.lastPaidOn, call.amount.minorUnits,
          call.paid.minorUnits, call.outstanding.minorUnits, call.creditsDue.minorUnits,
        ]) + items(call)
      }
    }.sorted()
  }

  private static func items(_ call: CallStanding) -> String {
    call.items.map { item in
      "; "
        + line([
          item.item.commitment, item.item.amount.minorUnits, item.paid.minorUnits,
          item.status.rawValue, item.outstanding.minorUnits, item.creditDue.minorUnits,
          item.lastPaidOn,
        ])
    }.joined()
  }

  static func calls(_ books: NaiveBooks, on day: String) -> [String] {
    func date(_ text: String) -> String? { text.isEmpty ? nil : text }
    return books.calls(on: day).map { call in
      line([
        call.fund, call.side, call.number, call.callType, call.notice, call.due, call.status,
        call.isNoticed, call.isCancelled, call.isOverdue, call.percent, date(call.lastPaid),
        call.amount, call.paid, call.outstanding, call.creditsDue,
      ])
        + call.items.map { item in
          "; "
            + line([
              item.commitment, item.amount, item.paid, item.status, item.outstanding,
              item.creditDue, date(item.lastPaid),
            ])
        }.joined()
    }.sorted()
  }
}
