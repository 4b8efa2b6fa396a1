package import FundModel

extension OverviewAsOf: IndexedQuery {
  package var isIndexed: Bool { asOf.knownAt == nil }

  package func answer(from figures: borrowing IndexedFigures) throws -> Overview {
    let day = asOf.referenceDate
    let (funds, companies) = (figures.funds, figures.companies)
    guard formedOnly else {
      return try Overview(
        homeCurrency: homeCurrency,
        rows: OverviewRows(
          referenceDate: day, funds: funds, sums: try figures.sums(of: funds.indices, on: day)),
        distinctCompanies: { companies[$0]?.distinct(on: day, of: nil) ?? 0 })
    }
    let isFormed: (Int) -> Bool = { funds[$0].terms.dates.status(on: day) != .forming }
    let formed = funds.indices.filter(isFormed)
    return try Overview(
      homeCurrency: homeCurrency,
      rows: OverviewRows(
        referenceDate: day, funds: formed.map { funds[$0] },
        sums: try figures.sums(of: formed, on: day)),
      distinctCompanies: { companies[$0]?.distinct(on: day, of: isFormed) ?? 0 })
  }
}

extension IndexedFigures {
  /// - Parameter slots: of the funds that are asked about.
  fileprivate func sums(
    of slots: some Collection<Int>, on referenceDate: CalendarDate
  ) throws(MoneyError) -> [FundSums] {
    let sums = try sums(on: referenceDate)
    var found: [FundSums] = []
    found.reserveCapacity(slots.count)
    for slot in slots {
      let isOnCash = sums[.standingCalls, slot] > 0
      let stated = isOnCash ? nil : stated[slot].paidIn(of: funds[slot])
      found.append(
        try FundSums(
          currencies[slot], commitmentTotal: sums[.commitmentTotal, slot],
          paidIn: stated?.total.minorUnits ?? sums[.paidIn, slot],
          basis: stated?.basis ?? .cash,
          gpPaidIn: stated?.ofGeneralPartners.minorUnits ?? sums[.ofGeneralPartners, slot],
          invested: sums[.invested, slot], companyCount: Int(sums[.companies, slot])))
    }
    return found
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
  package var readsLedger: Bool { false }

  package func answer(from figures: borrowing IndexedFigures) throws -> Int64 { figures.sequence }
}

extension LifeOfFundsAsKnown: IndexedQuery {
  package var isIndexed: Bool { knownAt == nil }
  package var readsLedger: Bool { false }

  package func answer(from figures: borrowing IndexedFigures) throws -> LifeOfFunds {
    LifeOfFunds(of: figures.funds.map(\.terms), around: today)
  }
}
