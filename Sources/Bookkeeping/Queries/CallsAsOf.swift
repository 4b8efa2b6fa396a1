package import FundModel
package import Store

/// Capital calls with their items as they stand on a reference date, not yet noticed and cancelled
/// ones too: by side, then notice date, then number. A direct investment is there while it counts.
package struct CallsAsOf: Query {
  package enum Selection: Hashable, Sendable {
    case all
    case ofFund(Fund.ID)
    case one(CapitalCall.ID)
  }

  package let selection: Selection
  package let asOf: AsOf

  package init(_ selection: Selection, _ asOf: AsOf) {
    self.selection = selection
    self.asOf = asOf
  }

  package func answer(from connection: any SQLConnection) throws -> [CallStanding] {
    let known = try asOf.knownThrough(in: connection)
    let calls: [CapitalCall]
    let items: [CallItem]
    switch selection {
    case .all:
      calls = try CallRecords.calls(.all, knownThrough: known, in: connection)
      items = try CallRecords.items(.all, knownThrough: known, in: connection)
    case .ofFund(let fund):
      calls = try CallRecords.calls(.ofFund(fund), knownThrough: known, in: connection)
      items = try CallRecords.items(.ofFund(fund), knownThrough: known, in: connection)
    case .one(let call):
      calls = try CallRecords.calls(.one(call), knownThrough: known, in: connection)
      items = try CallRecords.items(.ofCall(call), knownThrough: known, in: connection)
      guard !calls.isEmpty else { throw Refusal.unknown(.call, call.rawValue) }
    }
    let sums = try itemSums(known: known, in: connection)
    let itemsByCall = Dictionary(grouping: items, by: \.call)
    return try calls.compactMap { call in
      guard let items = itemsByCall[call.id], let first = items.first,
        selection == .one(call.id) || !call.isAbsent(on: asOf.referenceDate)
      else { return nil }
      return try CallStanding(
        call: call,
        items: items.map { item in
          let sum = sums[item.id]
          return try ItemStanding(
            item: item, of: call, on: asOf.referenceDate,
            paid: Money(minorUnits: sum?.units ?? 0, item.amount.currency),
            standingEntries: sum?.standing ?? 0, lastPaidOn: sum?.lastPaidOn)
        },
        currency: first.amount.currency, on: asOf.referenceDate)
    }
  }

  private struct ItemSum {
    let units: Int64
    let standing: Int
    let lastPaidOn: CalendarDate?
  }

  private func itemSums(
    known: Int64, in connection: any SQLConnection
  ) throws -> [CallItem.ID: ItemSum] {
    let shared: [SQLValue] = [.init(asOf.referenceDate), .integer(known)]
    let rows =
      switch selection {
      case .all: try connection.rows(itemSumsSQL(""), shared)
      case .ofFund(let fund):
        try connection.rows(itemSumsSQL("AND \(isEntry(ofFund: "$3"))"), shared + [.init(fund)])
      case .one(let call):
        try connection.rows(
          itemSumsSQL("AND e.item_id IN (SELECT id FROM call_item WHERE call_id = $3)"),
          shared + [.init(call)])
      }
    var sums: [CallItem.ID: ItemSum] = [:]
    for row in rows {
      sums[try row.id("item_id")] = ItemSum(
        units: try row.integer("units"), standing: Int(try row.integer("standing")),
        lastPaidOn: try row.optionalDate("last_paid_on"))
    }
    return sums
  }
}

/// What stands on each item: an entry stands when it is no reversal and none names it.
private func itemSumsSQL(_ condition: String) -> String {
  """
  SELECT e.item_id, CAST(sum(e.amount * k.sign) AS BIGINT) AS units,
         count(CASE WHEN k.reverses IS NULL AND r.id IS NULL THEN 1 END) AS standing,
         max(CASE WHEN k.reverses IS NULL AND r.id IS NULL THEN e.effective_on END)
           AS last_paid_on
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind
  LEFT JOIN entry r ON r.reverses = e.id AND r.audit <= $2
  WHERE e.item_id IS NOT NULL AND e.effective_on <= $1 AND e.audit <= $2 \(condition)
  GROUP BY e.item_id
  """
}
