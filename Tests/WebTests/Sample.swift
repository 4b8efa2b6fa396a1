import Bookkeeping
import FundModel

@testable import Web

/// Small made-up figures for pages that need no books.
enum Sample {
  static let day = CalendarDate("2026-02-14")!
  static let timeline = CashTimeline(
    steps: [.init(day: CalendarDate("2024-07-15")!, paidIn: Money(minorUnits: 5, .krw))],
    dueDays: [CalendarDate("2026-03-20")!])

  static let terms = FundTerms(
    name: "미래투자조합", fundType: "벤처투자조합", fundManager: "Kim",
    formationDate: CalendarDate("2024-07-02"), investmentPeriodEnd: CalendarDate("2028-07-01"),
    maturityDate: CalendarDate("2032-07-01"), gpCommitment: Money(minorUnits: 1, .krw),
    hurdleRate: Percent(tenThousandths: 20_000))

  static func row(
    _ id: Int64, on day: CalendarDate = day, currency: Currency = .krw, terms: FundTerms = terms,
    paidIn: Int64 = 14_142_000_000, basis: PaidInBasis = .cash
  ) throws -> OverviewRow {
    func money(_ units: Int64) -> Money { Money(minorUnits: units, currency) }
    let total = money(20_203_000_000)
    let fund = Fund(
      id: Fund.ID(rawValue: id), currency: currency, firstCommitmentTotal: total, terms: terms)
    return try OverviewRow(
      fund: fund, referenceDate: day, commitmentTotal: total, paidIn: money(paidIn), basis: basis,
      gpPaidIn: money(2_203_000_000), invested: money(13_500_000_000), companyCount: 0)
  }

  static func overview(
    _ rows: [OverviewRow]? = nil, on day: CalendarDate = day
  ) throws -> Overview {
    let rows = try rows ?? (1...3).map { try row($0) }
    return try Overview(referenceDate: day, homeCurrency: .krw, rows: rows, companies: [:])
  }

  /// One partner, one call of 100 due on 2026-01-31, of which 40 was paid.
  static func standing(row: OverviewRow? = nil, creditsDue: Int64 = 0) throws -> FundStanding {
    func money(_ units: Int64) -> Money { Money(minorUnits: units * 1_000_000, .krw) }
    let row = try row ?? Self.row(1)
    let commitment = Commitment(
      id: Commitment.ID(rawValue: 1), fund: row.fund.id, side: .partners,
      party: Party(id: Party.ID(rawValue: 1), name: "개인투자자"), partnerType: "개인",
      instrument: "", amount: money(1_000))
    let call = CapitalCall(
      id: CapitalCall.ID(rawValue: 1), fund: row.fund.id, side: .partners, number: 1,
      callType: "최초납입", noticeDate: CalendarDate("2026-01-15")!,
      dueDate: CalendarDate("2026-01-31")!)
    let item = CallItem(
      id: CallItem.ID(rawValue: 1), call: call.id, commitment: commitment.id, amount: money(100))
    let standing = try ItemStanding(
      item: item, of: call, on: day, paid: money(40), standingEntries: 1,
      lastPaidOn: CalendarDate("2026-01-30"))
    let position = try Position(
      committed: money(1_000), noticed: money(100), paid: money(40), outstanding: money(60),
      creditsDue: money(creditsDue))
    return try FundStanding(
      row: row, generalPartner: nil,
      commitments: [
        CommitmentStanding(commitment: commitment, position: position, statedPaidIn: nil)
      ],
      calls: [CallStanding(call: call, items: [standing], currency: .krw, on: day)])
  }
}

extension PageFrame {
  static func sample(_ language: Language = .ko, on day: CalendarDate = Sample.day) -> PageFrame {
    var frame = PageFrame(
      language: language, address: PageAddress(PageFrame.overviewPath), referenceDate: day,
      today: Sample.day)
    frame.signedIn = .sample
    return frame
  }
}

extension SignedIn {
  /// An owner at a browser.
  static let sample = SignedIn(
    user: User(
      id: User.ID(rawValue: 1), name: "tester", role: .owner, madeAt: Instant(microseconds: 0)),
    way: .token(
      APIToken(
        id: APIToken.ID(rawValue: 1), user: User.ID(rawValue: 1), name: "test", scope: .write,
        madeAt: Instant(microseconds: 0), endsAt: Instant(microseconds: 0), endedAt: nil)))
}
