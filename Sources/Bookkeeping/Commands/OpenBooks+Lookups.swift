import FundModel
import Store

/// What commands need to know of the books before they decide: always the last version known.
extension OpenBooks {
  func fund(_ id: Fund.ID) throws -> Fund {
    guard let fund = try FundRecords.fund(id, knownThrough: .max, in: connection) else {
      throw Refusal.unknown(.fund, id.rawValue)
    }
    return fund
  }

  func party(_ id: Party.ID) throws -> Party {
    guard let party = try PartyRecords.party(id, knownThrough: .max, in: connection) else {
      throw Refusal.unknown(.party, id.rawValue)
    }
    return party
  }

  /// The commitment with what was promised at the end of all changes.
  func commitment(_ id: Commitment.ID) throws -> Commitment {
    let found = try CommitmentRecords.commitments(
      .one(id), on: .latest, knownThrough: .max, in: connection)
    guard let commitment = found.first else { throw Refusal.unknown(.commitment, id.rawValue) }
    return commitment
  }

  func call(_ id: CapitalCall.ID) throws -> CapitalCall {
    guard let call = try CallRecords.calls(.one(id), knownThrough: .max, in: connection).first
    else {
      throw Refusal.unknown(.call, id.rawValue)
    }
    return call
  }

  /// One item with its call and all that stands on it.
  func item(_ id: CallItem.ID) throws -> (item: CallItem, call: CapitalCall, history: ItemHistory) {
    guard let item = try CallRecords.items(.item(id), knownThrough: .max, in: connection).first
    else { throw Refusal.unknown(.item, id.rawValue) }
    let movements = try connection.rows(itemMovementsSQL, [.init(id)]).map {
      (day: try $0.date("effective_on"), units: try $0.integer("units"))
    }
    return (
      item, try call(item.call), try ItemHistory(amount: item.amount, movements: movements)
    )
  }

  func history(of commitment: Commitment) throws -> CommitmentHistory {
    try CommitmentRecords.history(of: commitment, in: connection)
  }

  /// How many payments and refunds stand on a call.
  func standingEntries(of call: CapitalCall.ID) throws -> Int {
    Int(try connection.rows(standingEntriesSQL, [.init(call)]).first?.integer("count") ?? 0)
  }

  /// Whether the fund has an item on its partners' side that stands today.
  func hasHistory(_ fund: Fund.ID) throws -> Bool {
    try !connection.rows(hasHistorySQL, [.init(fund), .init(today)]).isEmpty
  }

  func nextCallNumber(_ fund: Fund.ID, _ commitment: Commitment.ID?) throws -> Int64 {
    let rows =
      if let commitment {
        try connection.rows(nextNumberPerCommitmentSQL, [.init(commitment)])
      } else {
        try connection.rows(nextNumberPerFundSQL, [.init(fund)])
      }
    return try rows.first?.integer("number") ?? 1
  }

  func isNumberTaken(_ number: Int64, _ fund: Fund.ID, _ commitment: Commitment.ID?) throws -> Bool
  {
    let rows =
      if let commitment {
        try connection.rows(numberPerCommitmentSQL, [.init(commitment), .integer(number)])
      } else {
        try connection.rows(numberPerFundSQL, [.init(fund), .integer(number)])
      }
    return !rows.isEmpty
  }
}

extension OpenBooks {
  /// Refuses an amount that is not in `currency`, or above what one amount may be.
  func check(_ amount: Money, _ field: String, in currency: Currency) throws(Refusal) {
    guard amount.currency == currency else {
      throw .currency(field: field, given: amount.currency, expected: currency)
    }
    guard amount.minorUnits.magnitude <= Money.mostRecorded.magnitude else {
      throw .tooLarge(field: field)
    }
  }

  func checkPositive(_ amount: Money, _ field: String, in currency: Currency) throws(Refusal) {
    try check(amount, field, in: currency)
    guard amount.isPositive else { throw .notPositive(field: field) }
  }

  func checkNotNegative(_ amount: Money, _ field: String, in currency: Currency) throws(Refusal) {
    try check(amount, field, in: currency)
    guard !amount.isNegative else { throw .negative(field: field) }
  }

  /// What a first amount and its changes come to, on each day from which one counts.
  ///
  /// - Returns: the first time that it would be below zero; `nil` day means from the beginning.
  func firstBelowZero(
    first: Money, changes: [(day: CalendarDate?, units: Int64)]
  ) throws(MoneyError) -> (amount: Money, day: CalendarDate?)? {
    var amount = first
    for change in changes.filter({ $0.day == nil }) {
      amount = try amount + Money(minorUnits: change.units, amount.currency)
    }
    if amount.isNegative { return (amount, nil) }
    var byDay: [CalendarDate: Money] = [:]
    for change in changes {
      guard let day = change.day else { continue }
      byDay[day] =
        try (byDay[day] ?? .zero(amount.currency))
        + Money(minorUnits: change.units, amount.currency)
    }
    for (day, changed) in byDay.sorted(by: { $0.key < $1.key }) {
      amount = try amount + changed
      if amount.isNegative { return (amount, day) }
    }
    return nil
  }
}

private let itemMovementsSQL = """
  SELECT e.effective_on, e.amount * k.sign AS units
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind
  WHERE e.item_id = $1
  """

/// A payment or refund stands unless a reversal names it.
private let standingEntriesSQL = """
  SELECT count(*) AS count
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind AND k.reverses IS NULL
  JOIN call_item i ON i.id = e.item_id
  WHERE i.call_id = $1
    AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id)
  """

private let hasHistorySQL = """
  SELECT 1 AS found
  FROM capital_call c
  JOIN call_item i ON i.call_id = c.id
  WHERE c.fund_id = $1 AND c.side = 'partners'
    AND NOT EXISTS (
      SELECT 1 FROM call_cancellation x
      WHERE x.call_id = c.id
        AND (x.cancelled_on <= $2 OR x.cancelled_on <= c.notice_date))
  LIMIT 1
  """

private let nextNumberPerFundSQL = """
  SELECT coalesce(max(number), 0) + 1 AS number
  FROM capital_call
  WHERE fund_id = $1 AND side = 'partners' AND \(CallRecords.stands("capital_call.id"))
  """

private let nextNumberPerCommitmentSQL = """
  SELECT coalesce(max(number), 0) + 1 AS number
  FROM capital_call
  WHERE commitment_id = $1 AND \(CallRecords.stands("capital_call.id"))
  """

private let numberPerFundSQL = """
  SELECT 1 AS found
  FROM capital_call
  WHERE fund_id = $1 AND side = 'partners' AND number = $2
    AND \(CallRecords.stands("capital_call.id"))
  """

private let numberPerCommitmentSQL = """
  SELECT 1 AS found
  FROM capital_call
  WHERE commitment_id = $1 AND number = $2 AND \(CallRecords.stands("capital_call.id"))
  """
