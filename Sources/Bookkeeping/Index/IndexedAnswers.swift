package import FundModel

extension OverviewAsOf: IndexedQuery {
  package var isIndexed: Bool { asOf.knownAt == nil }

  package func answer(from figures: borrowing IndexedFigures) throws -> Overview {
    let sums = try figures.sums(on: asOf.referenceDate)
    var rows: [OverviewRow] = []
    rows.reserveCapacity(figures.funds.count)
    for slot in figures.funds.indices {
      let fund = figures.funds[slot]
      if formedOnly, fund.terms.status(on: asOf.referenceDate) == .forming { continue }
      func money(_ column: IndexedFigures.Column) -> Money {
        Money(minorUnits: sums[column, slot], fund.currency)
      }
      rows.append(
        try OverviewRow(
          fund: fund, referenceDate: asOf.referenceDate, commitmentTotal: money(.commitmentTotal),
          paidIn: sums[.standingCalls, slot] > 0
            ? .cash(total: money(.paidIn), money(.ofGeneralPartners))
            : figures.stated[slot].paidIn(of: fund),
          invested: money(.invested), companyCount: Int(sums[.companies, slot])))
    }
    let (funds, companies) = (figures.funds, figures.companies)
    let isFormed: (Int) -> Bool = {
      funds[$0].terms.status(on: asOf.referenceDate) != .forming
    }
    return try Overview(
      referenceDate: asOf.referenceDate, homeCurrency: homeCurrency, rows: rows,
      distinctCompanies: { currency in
        companies[currency]?.distinct(on: asOf.referenceDate, of: formedOnly ? isFormed : nil) ?? 0
      })
  }
}

extension CashTimelineAsOf: IndexedQuery {
  package var isIndexed: Bool {
    if case .currency = subject { knownAt == nil } else { false }
  }

  package func answer(from figures: borrowing IndexedFigures) throws -> CashTimeline {
    guard case .currency(let currency) = subject else {
      return CashTimeline(steps: [], dueDays: [])
    }
    return CashTimeline(
      steps: try figures.paidInSteps(in: currency), dueDays: figures.dueDays(in: currency))
  }
}

extension TrailEnd: IndexedQuery {
  package var isIndexed: Bool { true }

  package func answer(from figures: borrowing IndexedFigures) throws -> Int64 { figures.sequence }
}

extension LifeOfFundsAsKnown: IndexedQuery {
  package var isIndexed: Bool { knownAt == nil }

  package func answer(from figures: borrowing IndexedFigures) throws -> LifeOfFunds {
    LifeOfFunds(of: figures.funds.map(\.terms), around: today)
  }
}
