package import FundModel
package import Store

/// The currency that an amount for this fund has to be in.
package struct CurrencyOf: Query {
  package enum Subject: Hashable, Sendable {
    case fund(Fund.ID)
    case commitment(Commitment.ID)
    case item(CallItem.ID)
  }

  package let subject: Subject

  package init(_ subject: Subject) { self.subject = subject }

  package func answer(from connection: any SQLConnection) throws -> Currency {
    let (sql, id, noun): (String, Int64, Refusal.Noun) =
      switch subject {
      case .fund(let id): ("SELECT currency FROM fund WHERE id = $1", id.rawValue, .fund)
      case .commitment(let id):
        ("SELECT currency FROM commitment WHERE id = $1", id.rawValue, .commitment)
      case .item(let id): (currencyOfItemSQL, id.rawValue, .item)
      }
    guard let row = try connection.rows(sql, [.integer(id)]).first else {
      throw Refusal.unknown(noun, id)
    }
    return try row.currency()
  }
}

private let currencyOfItemSQL = """
  SELECT c.currency
  FROM call_item i
  JOIN commitment c ON c.id = i.commitment_id
  WHERE i.id = $1
  """

/// How paid-in of one currency grew, and which due dates are ahead: the time rail.
package struct CashTimelineAsOf: Query {
  package let currency: Currency
  package let knownAt: Instant?

  package init(in currency: Currency, knownAt: Instant? = nil) {
    self.currency = currency
    self.knownAt = knownAt
  }

  package func answer(from connection: any SQLConnection) throws -> CashTimeline {
    let known = try connection.lastKnown(at: knownAt)
    var paidIn = Money.zero(currency)
    var steps: [CashTimeline.Step] = []
    for row in try connection.rows(stepsSQL, [.text(currency.code), .integer(known)]) {
      let moved = try row.money("units", in: currency)
      guard !moved.isZero else { continue }
      paidIn = try paidIn + moved
      steps.append(CashTimeline.Step(day: try row.date("effective_on"), paidIn: paidIn))
    }
    let open = try CallsAsOf(.all, AsOf(.latest, knownAt: knownAt)).answer(from: connection)
      .filter { call in
        call.call.side == .partners && !call.isCancelled && call.status != .complete
          && call.amount.currency == currency
      }
    return CashTimeline(steps: steps, dueDays: Set(open.map(\.call.dueDate)).sorted())
  }
}

private let stepsSQL = """
  SELECT e.effective_on, CAST(sum(e.fund_amount * k.sign) AS BIGINT) AS units
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind AND k.counts_paid_in = 1
  JOIN fund f ON f.id = e.fund_id AND f.currency = $1
  WHERE e.side = 'partners' AND e.audit <= $2
  GROUP BY e.effective_on
  ORDER BY e.effective_on
  """
