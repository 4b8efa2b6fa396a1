import Bookkeeping
import FundModel

/// What the API says of a fund wherever it stands in an answer.
///
/// A further figure is one more line here, with one more case of ``DayFigure`` where it follows the
/// reference date.
let fundFigures: [FundFigure] = [
  .init("id", .id) { JSON($0.id) },
  .init("name", .text) { JSON($0.terms.name) },
  .init("fund_type", .text) { JSON($0.terms.fundType) },
  .init("status", .choice(FundStatus.self), .status),
  .init("fund_manager", .text) { JSON($0.terms.fundManager) },
  .init("currency", .currency) { JSON($0.currency.code) },
  .init("formation_date", .date.orNull) { JSON($0.terms.formationDate) },
  .init("formed", .flag, .formed),
  .init("investment_period_end", .date.orNull) { JSON($0.terms.investmentPeriodEnd) },
  .init("investment_period_progress", .percent.orNull, .progress),
  .init("maturity_date", .date.orNull) { JSON($0.terms.maturityDate) },
  .init("commitment_total", .amount, .commitmentTotal),
  .init("total_paid_in", .amount, .paidIn),
  .init("paid_in_basis", .choice(["cash", "stated"]), .basis),
  .init("paid_in_ratio", .percent.orNull, .paidInRatio),
  .init("gp_commitment", .amount) { JSON($0.terms.gpCommitment) },
  .init("gp_paid_in", .amount, .gpPaidIn),
  .init("total_invested", .amount, .invested),
  .init("uninvested", .amount, .uninvested),
  .init("investment_assets", .amount, .investmentAssets),
  .init("company_count", .count, .companyCount),
  .init("hurdle_rate", .percent.orNull) { JSON($0.terms.hurdleRate) },
  // Part of a fixed shape: Korean, whoever asks.
  .init("remaining_period", .text.orNull, .remainingWords),
  .init("remaining", remainingSchema.orNull, .remaining),
]

/// One thing that is said of a fund.
struct FundFigure: Sendable {
  let name: String
  let schema: Schema
  let source: Source

  enum Source: Sendable {
    /// Says the same whatever day is asked about.
    case fund(@Sendable (Fund) -> JSON)
    case day(DayFigure)
  }

  init(_ name: String, _ schema: Schema, _ value: @escaping @Sendable (Fund) -> JSON) {
    self.name = name
    self.schema = schema
    source = .fund(value)
  }

  init(_ name: String, _ schema: Schema, _ figure: DayFigure) {
    self.name = name
    self.schema = schema
    source = .day(figure)
  }

  func value(of row: OverviewRow) -> JSON {
    switch source {
    case .fund(let value): value(row.fund)
    case .day(let figure): figure.value(of: row)
    }
  }

  /// The member of an answer that says it.
  var member: Shape<OverviewRow>.Member { .init(name, schema) { value(of: $0) } }
}

/// What of a fund follows the reference date. A list of cases rather than of closures: an overview
/// writes them by the ten thousand.
enum DayFigure: Sendable {
  case status, formed, progress, commitmentTotal, paidIn, basis, paidInRatio, gpPaidIn, invested
  case uninvested, investmentAssets, companyCount, remainingWords, remaining

  /// How many bytes any of them takes at most.
  static let mostBytes = max(128, RemainingWords.longest)

  func value(of row: OverviewRow) -> JSON {
    switch self {
    // What is compared as a value.
    case .status: JSON(row.status.rawValue)
    case .basis: JSON(row.basis.rawValue)
    default:
      .written(
        [UInt8](capacity: Self.mostBytes) { write(of: row, row.remaining, to: &$0) })
    }
  }

  /// Appends its JSON text, ``mostBytes`` at most.
  ///
  /// - Parameter remaining: the row's, which two of them say.
  func write(
    of row: borrowing OverviewRow, _ remaining: RemainingTerm?, to text: inout OutputSpan<UInt8>
  ) {
    switch self {
    case .status: text.append(copying: row.status.quoted)
    case .formed: text.append(copying: row.isFormed ? "true" : "false")
    case .progress: text.append(row.progress)
    case .commitmentTotal: row.commitmentTotal.appendDigits(to: &text)
    case .paidIn: row.paidIn.appendDigits(to: &text)
    case .basis: text.append(copying: row.basis.quoted)
    case .paidInRatio: text.append(row.paidInRatio)
    case .gpPaidIn: row.gpPaidIn.appendDigits(to: &text)
    case .invested: row.invested.appendDigits(to: &text)
    case .uninvested: row.uninvested.appendDigits(to: &text)
    case .investmentAssets: row.investmentAssets.appendDigits(to: &text)
    case .companyCount: text.append(decimal: UInt64(row.companyCount.magnitude))
    case .remainingWords:
      guard let remaining else { return text.append(copying: "null") }
      RemainingWords.write(remaining, to: &text)
    case .remaining:
      guard let remaining else { return text.append(copying: "null") }
      text.append(remaining)
    }
  }
}

extension OutputSpan<UInt8> {
  /// With two decimals; `null` where there is none.
  mutating func append(_ percent: Percent?) {
    if let percent { percent.appendHundredths(to: &self) } else { append(copying: "null") }
  }

  /// As ``remainingSchema`` says. Nothing is left on the day of maturity and after it.
  fileprivate mutating func append(_ remaining: RemainingTerm) {
    let parts: (years: Int, months: Int, days: Int)
    switch remaining {
    case .running(let years, let months, let days):
      append(copying: #"{"state":"running","years":"#)
      parts = (years, months, days)
    case .maturesToday:
      append(copying: #"{"state":"matures_today","years":"#)
      parts = (0, 0, 0)
    case .matured:
      append(copying: #"{"state":"matured","years":"#)
      parts = (0, 0, 0)
    }
    append(decimal: UInt64(parts.years.magnitude))
    append(copying: #","months":"#)
    append(decimal: UInt64(parts.months.magnitude))
    append(copying: #","days":"#)
    append(decimal: UInt64(parts.days.magnitude))
    append(UInt8(ascii: "}"))
  }
}

extension FundStatus {
  fileprivate var quoted: StaticString {
    switch self {
    case .forming: #""forming""#
    case .active: #""active""#
    case .dissolved: #""dissolved""#
    }
  }
}

extension PaidInBasis {
  fileprivate var quoted: StaticString {
    switch self {
    case .cash: #""cash""#
    case .stated: #""stated""#
    case .mixed: #""mixed""#
    }
  }
}

/// How what ``DayFigure/remaining`` writes is described.
private let remainingSchema = Schema(
  named: "RemainingTerm",
  .object(
    [
      ("state", .choice(["running", "matures_today", "matured"])), ("years", .count),
      ("months", .count), ("days", .count),
    ], required: ["state", "years", "months", "days"], isOpen: true))

/// The words for every number of whole months, of days, and for an end that has come: they are said
/// so often that they stand ready.
private enum RemainingWords {
  static func write(_ term: RemainingTerm, to text: inout OutputSpan<UInt8>) {
    switch term {
    case .running(let years, let months, let days):
      let whole = years * 12 + months
      copy(whole == 0 ? ofDays[days] : ofMonths[whole], to: &text)
    case .maturesToday: copy(today, to: &text)
    case .matured: copy(over, to: &text)
    }
  }

  static let longest = (ofMonths + ofDays + [today, over]).map(\.count).max() ?? 0

  private static func copy(_ words: [UInt8], to text: inout OutputSpan<UInt8>) {
    words.withUnsafeBufferPointer { text.append(copying: $0) }
  }

  /// The calendar has 300 years.
  private static let ofMonths = (0...3_600).map { whole in
    said(.running(years: whole / 12, months: whole % 12, days: 0))
  }
  private static let ofDays = (0...31).map { said(.running(years: 0, months: 0, days: $0)) }
  private static let today = said(.maturesToday)
  private static let over = said(.matured)

  private static func said(_ term: RemainingTerm) -> [UInt8] {
    JSON(Language.ko(Phrase(remaining: term))).bytes
  }
}
