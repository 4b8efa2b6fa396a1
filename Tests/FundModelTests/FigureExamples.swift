import FundModel
import Testing

@Suite("Figures of positions, funds and totals")
struct FigureExamples {
  @Test("Case 1's table: not yet called and uncalled are two figures")
  func balerion() throws {
    for (noticed, paid, outstanding, notYetCalled, uncalled, percent) in [
      (0, 0, 0, 1_000_000, 1_000_000, "0.0"), (400_000, 0, 400_000, 600_000, 1_000_000, "0.0"),
      (400_000, 100_000, 300_000, 600_000, 900_000, "10.0"),
      (400_000, 400_000, 0, 600_000, 600_000, "40.0"),
      (600_000, 400_000, 200_000, 400_000, 600_000, "40.0"),
    ] as [(Int64, Int64, Int64, Int64, Int64, String)] {
      let position = try Position(
        committed: usd(100_000_000), noticed: usd(noticed * 100), paid: usd(paid * 100),
        outstanding: usd(outstanding * 100), creditsDue: usd(0))
      #expect(position.notYetCalled == usd(notYetCalled * 100))
      #expect(position.uncalled == usd(uncalled * 100))
      #expect(position.paidPercent?.digits == percent)
    }
  }

  @Test("Positions add up figure by figure; another currency or an overflow is no position")
  func sums() throws {
    func position(_ units: Int64) throws -> Position {
      try Position(
        committed: won(units * 16), noticed: won(units * 8), paid: won(units * 4),
        outstanding: won(units * 2), creditsDue: won(units))
    }
    let sum = try Position.sum([position(1), position(100)], in: .krw)
    #expect(sum == (try position(101)))
    #expect(try Position.sum([Position](), in: .krw).paidPercent == nil)
    #expect(throws: MoneyError.currenciesDiffer(.krw, .usd)) {
      try Position(
        committed: won(1), noticed: usd(1), paid: won(1), outstanding: won(0), creditsDue: won(0))
    }
    #expect(throws: MoneyError.overflow) {
      try Position(
        committed: won(.max), noticed: won(-1), paid: won(0), outstanding: won(0),
        creditsDue: won(0))
    }
  }

  @Test("Case 5: the GP part of stated paid-in, never above the whole")
  func statedPaidIn() {
    for (total, ofPartners, commitment, part) in [
      (600, 100, 100, 100), (500, nil, 100, 100), (0, nil, 100, 0), (50, nil, 100, 50),
      (600, 0, 100, 0),
    ] as [(Int64, Int64?, Int64, Int64)] {
      #expect(
        StatedPaidIn.gpPart(
          total: won(total), ofGeneralPartners: ofPartners.map { won($0) },
          gpCommitment: won(commitment)) == won(part))
    }
  }

  @Test("The basis of a total is what all its rows rest on, or mixed")
  func basis() {
    #expect(PaidInBasis(of: [.cash, .cash]) == .cash)
    #expect(PaidInBasis(of: [.stated]) == .stated)
    #expect(PaidInBasis(of: [.stated, .cash]) == .mixed)
    #expect(PaidInBasis(of: [.mixed, .cash]) == .mixed)
    #expect(PaidInBasis(of: []) == .cash)
  }

  @Test("Case 10: one set of totals for each currency, the home currency first")
  func twoCurrencies() throws {
    let overview = try Overview(
      referenceDate: day(1), homeCurrency: .krw,
      rows: [
        row(1, usd(1_000), paid: usd(250)), row(2, won(1_000), paid: won(400)),
        row(3, won(500), paid: won(500), basis: .stated),
      ],
      companies: [
        .init(rawValue: 2): [.init(rawValue: 1)], .init(rawValue: 3): [.init(rawValue: 1)],
      ])
    #expect(overview.totalsByCurrency.map(\.currency) == [.krw, .usd])
    let (krw, usd) = (overview.totalsByCurrency[0], overview.totalsByCurrency[1])
    #expect(overview.totals == krw)
    #expect(krw.paidIn == won(900))
    #expect(krw.paidInRatio?.digits(decimals: 2) == "60.00")
    #expect(krw.basis == .mixed)
    #expect(krw.companyCount == 2)
    #expect(krw.distinctCompanyCount == 1)
    #expect(usd.paidIn == Money(minorUnits: 250, .usd))
    #expect(usd.paidInRatio?.digits(decimals: 2) == "25.00")
    #expect(usd.fundCount == 1)
    // Funds of another currency are left out, never added.
    #expect(try OverviewTotals(overview.rows.sums, in: .krw, distinctCompanyCount: 1) == krw)
  }

  @Test("With no fund at all the home currency still has its totals, with dashes for ratios")
  func emptyBooks() throws {
    let overview = try Overview(referenceDate: day(1), homeCurrency: .krw, rows: [], companies: [:])
    #expect(overview.totals.paidIn == won(0))
    #expect(overview.totals.paidInRatio == nil)
    #expect(overview.totalsByCurrency.isEmpty)
  }

  @Test("Cash below zero and more invested than committed are figures, not errors")
  func overInvested() throws {
    let row = try row(1, won(1_000), paid: won(600), invested: won(1_300))
    #expect(row.uninvested == won(-300))
    #expect(row.cash == won(-700))
    #expect(row.investmentAssets == won(1_300))
    #expect(!row.isFormed)
  }

  private func row(
    _ id: Int64, _ total: Money, paid: Money, invested: Money? = nil, basis: PaidInBasis = .cash
  ) throws -> OverviewRow {
    let none = Money.zero(total.currency)
    return try OverviewRow(
      fund: Fund(
        id: .init(rawValue: id), currency: total.currency, firstCommitmentTotal: total,
        terms: FundTerms(name: "\(id)", gpCommitment: none)),
      referenceDate: day(1), commitmentTotal: total, paidIn: paid, basis: basis, gpPaidIn: none,
      invested: invested ?? none, companyCount: 1)
  }
}
