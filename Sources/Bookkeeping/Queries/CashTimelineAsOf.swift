package import FundModel
package import Store

/// How paid-in grew, of all funds of a currency or of one fund, and which due dates are ahead: the
/// time rail.
package struct CashTimelineAsOf: Query {
  package enum Subject: Hashable, Sendable {
    case currency(Currency)
    case fund(Fund.ID)
  }

  package let subject: Subject
  package let knownAt: Instant?

  package init(of subject: Subject, knownAt: Instant? = nil) {
    self.subject = subject
    self.knownAt = knownAt
  }

  package func answer(from connection: any SQLConnection) throws -> CashTimeline {
    let known = try connection.lastKnown(at: knownAt)
    let currency: Currency
    let rows: [SQLRow]
    let calls: CallsAsOf.Selection
    switch subject {
    case .currency(let asked):
      currency = asked
      rows = try connection.rows(
        stepsSQL("f.currency = $1"), [.text(asked.code), .integer(known)])
      calls = .all
    case .fund(let fund):
      currency = try CurrencyOf(.fund(fund)).answer(from: connection)
      rows = try connection.rows(stepsSQL("f.id = $1"), [.init(fund), .integer(known)])
      calls = .ofFund(fund)
    }
    var paidIn = Money.zero(currency)
    var steps: [CashTimeline.Step] = []
    for row in rows {
      let moved = try row.money("units", in: currency)
      guard !moved.isZero else { continue }
      paidIn = try paidIn + moved
      steps.append(CashTimeline.Step(day: try row.date("effective_on"), paidIn: paidIn))
    }
    let open = try CallsAsOf(calls, AsOf(.latest, knownAt: knownAt)).answer(from: connection)
      .filter { call in
        call.call.side == .partners && !call.isCancelled && call.status != .complete
          && call.amount.currency == currency
      }
    return CashTimeline(steps: steps, dueDays: Set(open.map(\.call.dueDate)).sorted())
  }
}

private func stepsSQL(_ condition: String) -> String {
  """
  SELECT e.effective_on, CAST(sum(e.fund_amount * k.sign) AS BIGINT) AS units
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind AND k.counts_paid_in = 1
  JOIN fund f ON f.id = e.fund_id AND \(condition)
  WHERE e.side = 'partners' AND e.audit <= $2
  GROUP BY e.effective_on
  ORDER BY e.effective_on
  """
}
