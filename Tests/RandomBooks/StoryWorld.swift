package import Bookkeeping
package import FundModel
import Store

/// What a story knows of the books before it goes on: everything recorded, whatever its date.
package struct StoryWorld: Sendable {
  package let funds: [OverviewRow]
  package let parties: [Party]
  package let commitments: [Commitment]
  package let calls: [CallStanding]
  package let ledger: [LedgerLine]
  /// What day it is in the books' zone.
  package let today: CalendarDate

  struct Question: Query {
    let today: CalendarDate

    func answer(from connection: any SQLConnection) throws -> StoryWorld {
      let asOf = AsOf(.latest)
      let parties = try PartiesAsOf(asOf).answer(from: connection)
      return StoryWorld(
        funds: Array(try OverviewAsOf(asOf, homeCurrency: .krw).answer(from: connection).rows),
        parties: parties.map(\.party),
        commitments: parties.flatMap(\.commitments).sorted { $0.id < $1.id },
        calls: try CallsAsOf(.all, asOf).answer(from: connection),
        ledger: try LedgerAsOf(asOf).answer(from: connection), today: today)
    }
  }

  func fund(_ id: Fund.ID) -> OverviewRow? { funds.first { $0.fund.id == id } }

  func currency(_ id: Fund.ID) -> Currency { fund(id)?.fund.currency ?? .krw }

  func partners(of fund: Fund.ID) -> [Commitment] {
    commitments.filter { $0.fund == fund && $0.side == .partners }
  }

  /// Items that stand, each with its call.
  var openItems: [(call: CapitalCall, item: ItemStanding)] {
    calls.filter { $0.call.cancelledOn == nil }
      .flatMap { call in call.items.map { (call.call, $0) } }
  }

  func standing(on item: CallItem.ID) -> [LedgerLine] {
    ledger.filter {
      $0.entry.item == item && !$0.entry.kind.isReversal && $0.reversedBy == nil
    }
  }
}
