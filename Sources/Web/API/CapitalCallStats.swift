import Bookkeeping
import FundModel

/// How much of one side of a fund is called and paid, as clients of the older system ask it.
struct CapitalCallStats: Sendable {
  let fund: FundStanding
  let side: Side

  var position: Position { fund.position(of: side) }
  var isInDollars: Bool { fund.row.fund.currency == .usd }
}

func stats(_ path: PathTemplate, _ id: String, isOlderPath: Bool) -> Route {
  .get(
    path, id, .funds,
    "Committed, noticed, paid and open on one side of a fund. *Called* means paid.",
    isOlderPath: isOlderPath, query: Clocks.both + [side], statsShape
  ) { input in
    let fund = try await input.books.answer(
      FundAsOf(try input.path(PathID.fund), try input.asOf()))
    return CapitalCallStats(fund: fund, side: try input.query(side) ?? .investments)
  }
}

private let side = Field.parameter(
  "side", .choice(Side.self), "investments where left out.", example: "partners")

private let statsShape = Shape<CapitalCallStats>(
  "CapitalCallStats",
  [
    .init("fund_id", .id) { JSON($0.fund.row.fund.id) },
    .init("side", .choice(Side.self)) { JSON($0.side.rawValue) },
    .init("currency", .currency) { JSON($0.fund.row.fund.currency.code) },
    .init("reference_date", .date) { JSON($0.fund.row.referenceDate) },
    .init("committed", .amount) { JSON($0.position.committed) },
    .init("noticed", .amount) { JSON($0.position.noticed) },
    .init("not_yet_called", .amount) { JSON($0.position.notYetCalled) },
    .init("outstanding", .amount) { JSON($0.position.outstanding) },
    .init("credits_due", .amount) { JSON($0.position.creditsDue) },
    .init("called", .amount) { JSON($0.position.paid) },
    .init("uncalled", .amount) { JSON($0.position.uncalled) },
    .init("called_pct", .percent.orNull) { JSON($0.position.paidPercent) },
    // Stated paid-in doesn't follow the reference date, so it is marked.
    .init(sometimes: "paid_in_basis", .choice(["stated"])) {
      if $0.side == .partners, $0.fund.row.basis == .stated { "stated" } else { JSON?.none }
    },
    .init(sometimes: "called_usd", .amount) {
      if $0.isInDollars { JSON($0.position.paid) } else { JSON?.none }
    },
    .init(sometimes: "uncalled_usd", .amount) {
      if $0.isInDollars { JSON($0.position.uncalled) } else { JSON?.none }
    },
  ])
