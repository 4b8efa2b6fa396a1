import Bookkeeping
import FundModel

let fundRoutes: [Route] = [
  .get(
    "/api/funds/overview", "overview", .funds,
    "Every fund on one page, with totals for each currency.",
    query: Clocks.both + [formedOnly], overviewShape
  ) { input in
    try await input.books.answer(
      OverviewAsOf(
        try input.asOf(), formedOnly: try input.query(formedOnly) ?? false,
        homeCurrency: input.books.settings.homeCurrency))
  }
]

private let formedOnly = Field.parameter(
  "formed_only", .flag, "Leaves out funds not formed on the reference date.", example: true)
