import Bookkeeping
import FundModel
import Hummingbird

/// What a partner sees in the place of pages that show all of the books: by the page's path.
let ownPages: [String: @Sendable (Site, Visit, PageRoute.Parts, [Party.ID]) async -> Response?] = [
  "/fund-overview": { site, visit, _, parties in
    await site.page(visit, PageFrame.overviewPath) { query, frame in
      let view = FundView(unit: try query.unit())
      let funds = try await site.books.answer(OwnFundsAsOf(parties, frame.asOf(query)))
      return { ownOverviewPage(funds, view: view, frame: $0) }
    }
  },
  "/export/overview.xlsx": { site, visit, _, parties in
    await site.exportedOwnOverview(visit, parties, .xlsx)
  },
  "/export/overview.csv": { site, visit, _, parties in
    await site.exportedOwnOverview(visit, parties, .csv)
  },
  "/funds/{fund}": { site, visit, parts, parties in
    let id = parts["fund"] ?? ""
    return await site.page(visit, "/funds/" + id) { query, frame in
      let view = FundView(unit: try query.unit())
      // Someone else's fund is like one that is not there.
      let none = PageRefusal(.fundNotFound(JSON.shortened(id)), 404)
      guard let fund = Fund.ID(id),
        let own = try await site.books.answer(
          OwnFundsAsOf(parties, fund: fund, frame.asOf(query))
        ).first
      else { throw none }
      return { ownFundPage(own, view: view, frame: $0) }
    }
  },
  "/calls/{call}": { site, visit, parts, parties in
    let id = parts["call"] ?? ""
    return await site.page(visit, "/calls/" + id) { query, frame in
      let none = PageRefusal(.callNotFound(JSON.shortened(id)), 404)
      guard let call = CapitalCall.ID(id) else { throw none }
      let funds = try await site.books.answer(OwnFundsAsOf(parties, frame.asOf(query)))
      for fund in funds {
        guard let sheet = fund.calls.first(where: { $0.standing.call.id == call }) else {
          continue
        }
        return { ownCallPage(sheet, of: fund, frame: $0) }
      }
      throw none
    }
  },
]

extension PageFrame {
  fileprivate func asOf(_ query: PageQuery) -> AsOf {
    AsOf(referenceDate, knownAt: query.knownAt)
  }
}

/// How much a partner had paid, day by day, in one currency: its time rail.
func ownTimeline(_ funds: [OwnFund], in currency: Currency) -> CashTimeline {
  var paid = Money.zero(currency)
  var steps: [CashTimeline.Step] = []
  let funds = funds.filter { $0.currency == currency }
  let entries = funds.flatMap(\.entries).sorted { $0.entry.effectiveOn < $1.entry.effectiveOn }
  for line in entries {
    guard let next = try? paid + line.entry.cashMoved else { break }
    paid = next
    if steps.last?.day == line.entry.effectiveOn { steps.removeLast() }
    steps.append(.init(day: line.entry.effectiveOn, paidIn: paid))
  }
  let open = funds.flatMap(\.calls).map(\.standing)
    .filter { !$0.isCancelled && $0.status != .complete }
  return CashTimeline(steps: steps, dueDays: Set(open.map(\.call.dueDate)).sorted())
}
