import FundModel
import Store

/// What the books hold of one fund, as far as rows of an import are compared with it. Read once,
/// when the first row names the fund; kept up to date by what the import adds.
final class FundFacts {
  let id: Fund.ID
  let currency: Currency
  /// This import registered it.
  let isNew: Bool
  /// In order of registration.
  private(set) var commitments: [CommitmentFacts] = []
  private var partners: [Party.ID: CommitmentFacts] = [:]
  private(set) var calls: [CallKey: CallFacts] = [:]
  /// Calls, and their items by id, that a marked file knows and that an undo took back since.
  private(set) var callsTakenBack: Set<CallKey> = []
  private(set) var itemsTakenBack: Set<Int64> = []

  init(new id: Fund.ID, _ currency: Currency) {
    (self.id, self.currency, isNew) = (id, currency, true)
  }

  /// - Parameters:
  ///   - known: through which entry of the trail the file knows the books; `nil` without a mark.
  ///   - answered: entries of the trail that an undo answers, and the undos.
  init(_ fund: Fund, known: Int64?, answered: Set<Int64>, in connection: any SQLConnection) throws {
    (id, currency, isNew) = (fund.id, fund.currency, false)
    let now = try CommitmentRecords.commitments(
      .ofFund(id), on: .latest, knownThrough: .max, in: connection)
    let then = try known.map { known in
      Dictionary(
        uniqueKeysWithValues: try CommitmentRecords.commitments(
          .ofFund(id), on: .latest, knownThrough: known, in: connection
        ).map { ($0.id, $0) })
    }
    let rows = Dictionary(
      uniqueKeysWithValues: try connection.rows(firstsSQL, [.init(id)]).map {
        (try $0.id("id", of: Commitment.self), $0)
      })
    let changes = Dictionary(grouping: try connection.rows(changesSQL, [.init(id)])) {
      (try? $0.integer("commitment_id")) ?? 0
    }
    for commitment in now {
      guard let row = rows[commitment.id] else { continue }
      let ofCommitment = try (changes[commitment.id.rawValue] ?? []).map {
        try AmountChangeFact($0, answered: answered)
      }
      insert(
        CommitmentFacts(
          commitment, fund: self, then: then?[commitment.id], first: try row.integer("amount"),
          changes: ofCommitment, audit: try row.integer("audit"),
          undoneOn: try row.optionalInteger("undone_on"), answered: answered))
    }
    for call in try CallRecords.calls(.ofFund(id), knownThrough: .max, in: connection) {
      let commitment = call.side == .investments
      calls[CallKey(investment: nil, number: call.number, id: commitment ? call.id : nil)] =
        CallFacts(call, isNew: false)
    }
    try placeItems(connection)
    guard let known else { return }
    for row in try connection.rows(takenBackSQL, [.init(id), .integer(known)]) {
      let isInvestment = try row.side() == .investments
      itemsTakenBack.insert(try row.integer("id"))
      callsTakenBack.insert(
        CallKey(
          investment: isInvestment ? try row.id("commitment_id") : nil,
          number: try row.integer("number")))
    }
  }

  /// Calls on investments are known by the commitment that they ask, which their items say.
  private func placeItems(_ connection: any SQLConnection) throws {
    var byID: [CapitalCall.ID: CallFacts] = [:]
    for facts in calls.values { byID[facts.call.id] = facts }
    for item in try CallRecords.items(.ofFund(id), knownThrough: .max, in: connection) {
      guard let facts = byID[item.call] else { continue }
      facts.items[item.commitment] = ItemFacts(item, of: facts)
      if facts.call.side == .investments {
        calls[CallKey(investment: nil, number: facts.call.number, id: facts.call.id)] = nil
        calls[CallKey(investment: item.commitment, number: facts.call.number)] = facts
      }
    }
  }

  func insert(_ commitment: CommitmentFacts) {
    commitments.append(commitment)
    if commitment.side == .partners { partners[commitment.party] = commitment }
  }

  func insert(_ call: CallFacts, _ key: CallKey) { calls[key] = call }

  func partner(_ party: Party.ID) -> CommitmentFacts? { partners[party] }
}

/// What names a call within its fund.
struct CallKey: Hashable {
  /// `nil` on the partners' side.
  let investment: Commitment.ID?
  let number: Int64
  /// Only until it is known which investment a call asks.
  var id: CapitalCall.ID?
}

/// A call that rows may name.
final class CallFacts {
  var call: CapitalCall
  let isNew: Bool
  var items: [Commitment.ID: ItemFacts] = [:]

  init(_ call: CapitalCall, isNew: Bool) { (self.call, self.isNew) = (call, isNew) }
}

/// An item that entries may be recorded on.
final class ItemFacts {
  let item: CallItem
  unowned let call: CallFacts

  init(_ item: CallItem, of call: CallFacts) { (self.item, self.call) = (item, call) }
}

/// A change of a commitment or of a fund's total.
struct AmountChangeFact {
  let id: Int64
  /// `nil` from the beginning.
  let day: CalendarDate?
  let units: Int64
  let reason: String
  let audit: Int64
  /// Of an undone import, or of its undo: together they are nothing.
  let isAnswered: Bool

  init(_ row: SQLRow, answered: Set<Int64>) throws {
    id = try row.integer("id")
    day = try row.optionalDate("effective_on")
    units = try row.integer("amount")
    reason = try row.text("reason")
    audit = try row.integer("audit")
    isAnswered = answered.contains(audit)
  }

  /// - Parameter owner: whose amount it changes.
  func named(of owner: Phrase, _ currency: Currency) -> Phrase {
    let amount = groupedDigits(Money(minorUnits: units, currency).digits)
    let rest = [day?.description ?? "", amount].filter { !$0.isEmpty }.joined(separator: " ")
    return Phrase("\(owner.ko) \(rest)", "\(owner.en) \(rest)")
  }
}

/// A commitment that rows may name.
final class CommitmentFacts {
  let commitment: Commitment
  unowned let fund: FundFacts
  /// As the file knows it; `nil` without a mark, or where it is younger.
  let then: Commitment?
  let isNew: Bool
  /// Its first amount, in minor units.
  let first: Int64
  let changes: [AmountChangeFact]
  /// A direct investment that was undone: by an undo of an import, or for good.
  let undone: Undone?
  /// A direct investment that the undo of an import recorded again, and that stands.
  let isRestored: Bool
  /// A row of this import is about it.
  var isClaimed = false

  enum Undone { case forGood, withItsImport }

  var id: Commitment.ID { commitment.id }
  var side: Side { commitment.side }
  var party: Party.ID { commitment.party.id }

  /// What it promises at the end of all days, in minor units.
  var total: Int64 { commitment.amount.minorUnits }

  init(
    _ commitment: Commitment, fund: FundFacts, then: Commitment?, first: Int64,
    changes: [AmountChangeFact], audit: Int64, undoneOn: Int64?, answered: Set<Int64>
  ) {
    self.commitment = commitment
    self.fund = fund
    self.then = then
    self.first = first
    self.changes = changes
    isNew = false
    undone =
      commitment.isDirectInvestment
      ? undoneOn.map { answered.contains($0) ? .withItsImport : .forGood } : nil
    isRestored = commitment.isDirectInvestment && undoneOn == nil && answered.contains(audit)
  }

  init(new commitment: Commitment, fund: FundFacts) {
    self.commitment = commitment
    self.fund = fund
    then = nil
    first = commitment.amount.minorUnits
    changes = []
    isNew = true
    undone = nil
    isRestored = false
    isClaimed = true
  }
}

/// A direct investment is undone by the cancellation of its only call.
private let firstsSQL = """
  SELECT c.id, c.amount, c.audit,
         CASE WHEN c.is_direct = 1 THEN (
           SELECT x.audit FROM capital_call q JOIN call_cancellation x ON x.call_id = q.id
           WHERE q.commitment_id = c.id) END AS undone_on
  FROM commitment c
  WHERE c.fund_id = $1
  """

private let takenBackSQL = """
  SELECT i.id, q.side, q.number, i.commitment_id
  FROM call_item i
  JOIN capital_call q ON q.id = i.call_id
  JOIN commitment c ON c.id = i.commitment_id
  WHERE q.fund_id = $1 AND i.audit <= $2 AND c.is_direct = 0
    AND \(CallRecords.stands("q.id", "$2")) AND NOT (\(CallRecords.stands("q.id")))
  """

private let changesSQL = """
  SELECT x.id, x.commitment_id, x.effective_on, x.amount, x.reason, x.audit
  FROM commitment_change x
  JOIN commitment c ON c.id = x.commitment_id
  WHERE c.fund_id = $1
  ORDER BY x.id
  """
