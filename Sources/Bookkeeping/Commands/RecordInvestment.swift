package import FundModel
import Store

/// Records a direct investment: a commitment on the investments side, made, noticed, due and paid in
/// full on its date. One command, one audit entry.
///
/// Nobody promised anything before that day, so the commitment's first amount, which would count at
/// every reference date, is zero, and the whole is a change dated that day.
package struct RecordInvestment: Command {
  package static let name = "record-investment"

  package let fund: Fund.ID
  package let party: Counterparty
  /// More than zero.
  package let amount: Money
  /// The day on which the money went out; not after today.
  package let investedOn: CalendarDate
  /// 보통주, 전환사채 …; may be empty.
  package let instrument: String

  package init(
    fund: Fund.ID, party: Counterparty, amount: Money, investedOn: CalendarDate,
    instrument: String = ""
  ) {
    self.fund = fund
    self.party = party
    self.amount = amount
    self.investedOn = investedOn
    self.instrument = instrument
  }

  package init(
    fund: Fund.ID, party: Party.ID, amount: Money, investedOn: CalendarDate,
    instrument: String = ""
  ) {
    self.init(
      fund: fund, party: .known(party), amount: amount, investedOn: investedOn,
      instrument: instrument)
  }

  package var content: JSON {
    [
      "fund": JSON(fund), "party": party.content, "amount": JSON(amount),
      "invested_on": JSON(investedOn), "instrument": JSON(instrument),
    ]
  }

  package func execute(in books: OpenBooks) throws -> Commitment.ID {
    let made = try commitAndCall(in: books)
    _ = try RecordPayment(ItemMovement(item: made.item, amount: amount, paidDate: investedOn))
      .execute(in: books)
    return made.commitment
  }

  /// All but the payment, which an import records in its own order.
  func commitAndCall(
    in books: OpenBooks
  ) throws -> (commitment: Commitment.ID, call: CapitalCall.ID, item: CallItem.ID) {
    let currency = try books.fund(fund).currency
    let party = try books.party(party)
    try books.checkPositive(amount, "amount", in: currency)
    guard investedOn <= books.today else {
      throw Refusal.investedAfterToday(investedOn, today: books.today)
    }
    let commitment = try books.appendCommitment(
      fund: fund, side: .investments, party: party.id, amount: .zero(currency), isDirect: true,
      partnerType: "", instrument: instrument)
    try books.appendChange(of: commitment, by: amount, from: investedOn, "")
    let issued = try books.appendCall(
      fund: fund, investment: commitment, number: 1, callType: "", noticeDate: investedOn,
      dueDate: investedOn, overCommitmentReason: "", items: [(commitment, amount)])
    guard let item = issued.items.first else { throw Refusal.noItems }
    return (commitment, issued.call, item)
  }
}

/// Undoes a direct investment: its entry is reversed, its call cancelled from the notice date, its
/// commitment released. Nothing of it stays outstanding, counted or on the calendar.
package struct UndoInvestment: Command {
  package static let name = "undo-investment"

  package let investment: Commitment.ID
  package let reason: String

  package init(investment: Commitment.ID, reason: String) {
    self.investment = investment
    self.reason = reason
  }

  package var content: JSON { ["investment": JSON(investment), "reason": JSON(reason)] }

  package func execute(in books: OpenBooks) throws -> Commitment.ID {
    let found = try books.commitment(investment)
    guard found.isDirectInvestment else { throw Refusal.notDirectInvestment }
    guard !found.amount.isZero else { throw Refusal.undoneAlready }
    try books.check(reason, "reason", most: TextLimit.memo, required: true)
    try books.reverseTogether(
      books.connection.rows(standingEntriesSQL, [.init(investment)]).map { try $0.id("id") },
      because: reason)
    for row in try books.connection.rows(callsSQL, [.init(investment)]) {
      let call = try books.call(try row.id("id"))
      try books.appendCancellation(of: call.id, on: call.noticeDate, reason)
      try books.appendChange(
        of: investment, by: found.amount.negated, from: call.noticeDate, reason)
    }
    return investment
  }
}

private let standingEntriesSQL = """
  SELECT e.id
  FROM entry e
  WHERE e.commitment_id = $1 AND e.kind IN ('payment', 'refund')
    AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id)
  ORDER BY CASE e.kind WHEN 'refund' THEN 0 ELSE 1 END, e.id
  """

/// A direct investment has one call.
private let callsSQL = "SELECT id FROM capital_call WHERE commitment_id = $1"
