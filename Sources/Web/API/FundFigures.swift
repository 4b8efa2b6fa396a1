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
  static let mostBytes = max(96, RemainingWords.ready.longest)

  func value(of row: OverviewRow) -> JSON {
    switch self {
    // What is compared as a value.
    case .status: return JSON(row.status.rawValue)
    case .basis: return JSON(row.basis.rawValue)
    default:
      let day = FundDay(row.fund.terms.dates, on: row.referenceDate)
      var text: [UInt8] = []
      text.append(atMost: Self.mostBytes) { $0.write(self, of: row.sums, day, .ready) }
      return .written(text)
    }
  }
}

/// What follows from a fund's dates on a reference date.
struct FundDay {
  let status: FundStatus
  let progress: Percent?
  let remaining: RemainingTerm?

  init(_ dates: FundDates, on referenceDate: CalendarDate) {
    status = dates.status(on: referenceDate)
    progress = dates.investmentPeriodProgress(on: referenceDate)
    remaining = dates.remainingTerm(on: referenceDate)
  }
}

extension TextWriter {
  /// Writes a figure's JSON text, ``DayFigure/mostBytes`` at most.
  @inline(__always)
  mutating func write(
    _ figure: DayFigure, of sums: FundSums, _ day: FundDay, _ words: RemainingWords
  ) {
    switch figure {
    case .status: write(day.status)
    case .formed: if day.status != .forming { write("true") } else { write("false") }
    case .progress: write(day.progress)
    case .commitmentTotal: write(sums.commitmentTotal)
    case .paidIn: write(sums.paidIn)
    case .basis: write(sums.basis)
    case .paidInRatio: write(sums.paidInRatio)
    case .gpPaidIn: write(sums.gpPaidIn)
    case .invested: write(sums.invested)
    case .uninvested: write(sums.uninvested)
    case .investmentAssets: write(sums.investmentAssets)
    case .companyCount: write(UInt64(sums.companyCount.magnitude))
    case .remainingWords:
      guard let remaining = day.remaining else { return write("null") }
      words.write(remaining, to: &self)
    case .remaining:
      guard let remaining = day.remaining else { return write("null") }
      words.writeParts(of: remaining, to: &self)
    }
  }

  /// With two decimals; `null` where there is none.
  @inline(__always)
  mutating func write(_ percent: Percent?) {
    if let percent { write(percent) } else { write("null") }
  }

  @inline(__always)
  private mutating func write(_ status: FundStatus) {
    switch status {
    case .forming: write(#""forming""#)
    case .active: write(#""active""#)
    case .dissolved: write(#""dissolved""#)
    }
  }

  @inline(__always)
  private mutating func write(_ basis: PaidInBasis) {
    switch basis {
    case .cash: write(#""cash""#)
    case .stated: write(#""stated""#)
    case .mixed: write(#""mixed""#)
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

/// How long a fund still runs, in words and in parts, for every number of whole months, of days, and for
/// an end that has come: it is said so often that all of it stands ready.
struct RemainingWords: Sendable {
  static let ready = RemainingWords()

  /// At the same places; in the parts of a running term the days and the end are left to be written.
  private let words: PaddedTexts
  private let parts: PaddedTexts
  /// How many bytes either takes at most.
  let longest: Int

  /// The calendar has 300 years.
  private static let months = 3_600
  private static let days = 31

  private init() {
    var terms = (0...Self.months).map {
      RemainingTerm.running(years: $0 / 12, months: $0 % 12, days: 0)
    }
    terms += (1...Self.days).map { .running(years: 0, months: 0, days: $0) }
    terms += [.maturesToday, .matured]
    words = PaddedTexts(terms.map { JSON(Language.ko(Phrase(remaining: $0))).bytes })
    parts = PaddedTexts(terms.map { Array(Self.parts(of: $0).utf8) })
    longest = max(words.longest, parts.longest + "31}".utf8.count)
  }

  private static func place(of term: RemainingTerm) -> Int {
    switch term {
    case .running(0, 0, let days): months + days
    case .running(let years, let months, _): years * 12 + months
    case .maturesToday: months + days + 1
    case .matured: months + days + 2
    }
  }

  @inline(__always)
  func write(_ term: RemainingTerm, to writer: inout TextWriter) {
    words.write(Self.place(of: term), to: &writer)
  }

  /// Writes ``parts(of:)`` in full.
  @inline(__always)
  func writeParts(of term: RemainingTerm, to writer: inout TextWriter) {
    parts.write(Self.place(of: term), to: &writer)
    guard case .running(_, _, let days) = term else { return }
    writer.write(UInt64(days.magnitude))
    writer.write(UInt8(ascii: "}"))
  }

  /// As ``remainingSchema`` says, up to the days of a running term. Nothing is left on the day of
  /// maturity and after it.
  private static func parts(of term: RemainingTerm) -> String {
    switch term {
    case .running(let years, let months, _):
      #"{"state":"running","years":\#(years),"months":\#(months),"days":"#
    case .maturesToday, .matured:
      #"{"state":"\#(term.state)","years":0,"months":0,"days":0}"#
    }
  }
}

/// Texts that stand one after the other, each in as much room, and behind them ``TextWriter/slack``.
private struct PaddedTexts: Sendable {
  private let bytes: [UInt8]
  private let counts: [Int]
  let longest: Int

  init(_ texts: [[UInt8]]) {
    counts = texts.map(\.count)
    let longest = counts.max() ?? 0
    self.longest = longest
    bytes =
      texts.flatMap { $0 + [UInt8](repeating: 0, count: longest - $0.count) }
      + [UInt8](repeating: 0, count: TextWriter.slack)
  }

  @inline(__always)
  func write(_ place: Int, to writer: inout TextWriter) {
    let count = counts[place]
    bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      writer.write(start + place * longest, count: count)
    }
  }
}
