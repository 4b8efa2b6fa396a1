package import FundModel
package import Store

/// One capital call with whom it asks and every entry on it.
package struct CallSheet: Hashable, Sendable {
  package let standing: CallStanding
  package let lines: [Line]

  /// One item with its commitment and its entries up to the reference date, in the ledger's order.
  package struct Line: Hashable, Sendable {
    package let standing: ItemStanding
    package let commitment: Commitment
    package let entries: [LedgerLine]
  }
}

/// Capital calls in full, of one fund or one alone: items, whom they ask, entries.
package struct CallSheetsAsOf: Query {
  package enum Selection: Hashable, Sendable {
    case ofFund(Fund.ID)
    case one(CapitalCall.ID)
  }

  package let selection: Selection
  package let asOf: AsOf

  package init(_ selection: Selection, _ asOf: AsOf) {
    self.selection = selection
    self.asOf = asOf
  }

  package func answer(from connection: any SQLConnection) throws -> [CallSheet] {
    let calls: [CallStanding]
    let ledger: [LedgerLine]
    switch selection {
    case .ofFund(let fund):
      // First, because it refuses a fund that is not in the books.
      ledger = try LedgerAsOf(fund: fund, asOf).answer(from: connection)
      calls = try CallsAsOf(.ofFund(fund), asOf).answer(from: connection)
    case .one(let call):
      ledger = try LedgerAsOf(call: call, asOf).answer(from: connection)
      calls = try CallsAsOf(.one(call), asOf).answer(from: connection)
    }
    let entries = Dictionary(grouping: ledger, by: \.entry.item)
    let commitments = try commitments(of: Set(calls.map(\.call.fund)), in: connection)
    return calls.map { call in
      CallSheet(
        standing: call,
        lines: call.items.compactMap { item in
          guard let commitment = commitments[item.item.commitment] else { return nil }
          return CallSheet.Line(
            standing: item, commitment: commitment, entries: entries[item.item.id] ?? [])
        })
    }
  }

  private func commitments(
    of funds: Set<Fund.ID>, in connection: any SQLConnection
  ) throws -> [Commitment.ID: Commitment] {
    let known = try asOf.knownThrough(in: connection)
    var commitments: [Commitment.ID: Commitment] = [:]
    for fund in funds {
      for commitment in try CommitmentRecords.commitments(
        .ofFund(fund), on: asOf.referenceDate, knownThrough: known, in: connection)
      {
        commitments[commitment.id] = commitment
      }
    }
    return commitments
  }
}
