import FundModel
import Store

/// Capital calls with their items, and cancellations.
extension Importer {
  /// What the rows of one call say, which all have to say the same.
  private struct CallRows {
    let fund: FundFacts
    let key: CallKey
    let first: ImportRow
    let callType: String
    let noticeDate: CalendarDate
    let dueDate: CalendarDate
    var items: [(row: ImportRow, commitment: CommitmentFacts, amount: Money)] = []

    var failed: FailedCall {
      FailedCall(fund: fund.id, investment: key.investment, number: key.number)
    }

    /// Said of a row that says something else of the call than the first one.
    func differs(from row: ImportRow) -> Phrase {
      let line =
        first.table === row.table ? "\(first.line)" : "\(first.line) (\(first.table.table.name))"
      let said = [callType, "\(noticeDate)", "\(dueDate)"].filter { !$0.isEmpty }
        .joined(separator: ", ")
      return Phrase(
        "같은 차수의 구분·통지일·납입기한이 \(line)번째 줄(\(said))과 다릅니다. 한 차수의 줄은 모두 같아야 합니다.",
        "The type, notice date and due date differ from line \(line), an item of the same call "
          + "(\(said)); all lines of a call have to say the same.")
    }
  }

  func takeCalls() throws {
    guard let table = reading(.capitalCallItems) else { return }
    var order: [FailedCall] = []
    var found: [FailedCall: CallRows] = [:]
    var takenBack: Set<Int64> = []
    for row in try table.sortedRows() {
      guard let fund = try fund(row) else { continue }
      let amount = row.countedAmount("amount", in: fund.currency)
      guard let side = row.side() else { continue }
      if let sequence = row.sequence, fund.itemsTakenBack.contains(sequence) {
        takenBack.insert(sequence)
        try row.settle(.alreadyThere(takenBackSince))
        continue
      }
      let commitment = try commitment(row, side, fund: fund, partyColumn: "partner")
      let number = row.number("call_no", most: CapitalCall.highestNumber)
      let notice = row.date("notice_date")
      let due = row.date("due_date")
      guard let number else { continue }
      if amount?.isZero == true { row.problem("amount", Refusal.zero(field: "amount").sentence) }
      let key = CallKey(investment: side == .investments ? commitment?.id : nil, number: number)
      let name = FailedCall(fund: fund.id, investment: key.investment, number: number)
      guard let commitment, let notice, let due, let amount, !amount.isZero else {
        failedCalls.insert(name)
        continue
      }
      var call =
        found[name]
        ?? CallRows(
          fund: fund, key: key, first: row, callType: row.text("call_type"), noticeDate: notice,
          dueDate: due)
      if found[name] == nil { order.append(name) }
      if (call.callType, call.noticeDate, call.dueDate) != (row.text("call_type"), notice, due) {
        row.problem("call_no", call.differs(from: row))
        failedCalls.insert(name)
      }
      call.items.append((row, commitment, amount))
      found[name] = call
    }
    for name in order where !failedCalls.contains(name) {
      guard let call = found[name] else { continue }
      if let known = call.fund.calls[call.key] {
        try compare(call, known)
      } else {
        try issue(call)
      }
    }
    if isMarked {
      let named = found.values.flatMap(\.items).compactMap { $0.row.sequence }
      let there = takenBack.union(named)
      let items = try books.connection.rows(knownItemsSQL, [.integer(known ?? 0)])
        .map { try $0.integer("id") }
      table.tellMissing(
        try MissingFacts(
          items.filter { !there.contains($0) }, MissingFacts.ofItems, in: books.connection))
    }
  }

  private func issue(_ call: CallRows) throws {
    let shares = call.items.map {
      CallShares.Item(commitment: $0.commitment.id, amount: $0.amount)
    }
    let taken = try attempt(call.first, ["number": "call_no", "items": "partner"]) {
      try IssueCapitalCall(
        fund: call.fund.id, investment: call.key.investment, number: call.key.number,
        callType: call.callType, noticeDate: call.noticeDate, dueDate: call.dueDate,
        shares: .explicit(shares), overCommitmentReason: call.first.text("over_commitment_reason"),
        creditReason: call.first.text("credit_reason")
      ).issue(in: books, asHistory: true)
    }
    guard let taken else {
      failedCalls.insert(call.failed)
      return
    }
    let facts = CallFacts(
      CapitalCall(
        id: taken.call, fund: call.fund.id,
        side: call.key.investment == nil ? .partners : .investments,
        number: call.key.number, callType: call.callType, noticeDate: call.noticeDate,
        dueDate: call.dueDate), isNew: true)
    for ((row, commitment, amount), id) in zip(call.items, taken.items) {
      facts.items[commitment.id] = ItemFacts(
        CallItem(id: id, call: taken.call, commitment: commitment.id, amount: amount), of: facts)
      try row.settle(.new)
    }
    call.fund.insert(facts, call.key)
  }

  // MARK: Calls that are there

  /// Its type and due date may differ, once for all its rows; nothing else can.
  private func compare(_ call: CallRows, _ known: CallFacts) throws {
    var seen: Set<Commitment.ID> = []
    var isSound = true
    for (row, commitment, amount) in call.items {
      guard seen.insert(commitment.id).inserted else {
        row.problem("partner", Refusal.itemTwice(commitment.id.rawValue).sentence)
        isSound = false
        continue
      }
      if let (column, sentence) = whatCannotChange(row, call, known, commitment, amount) {
        row.problem(column, sentence)
        isSound = false
      }
    }
    guard isSound else {
      failedCalls.insert(call.failed)
      return
    }
    let then = try versionThen(of: known.call.id)
    var rows = call.items.map { ComparedRow($0.row, isMarked: isMarked) }
    var (type, due): (Amendment<String>, CalendarDate?) = (.kept, nil)
    for index in rows.indices {
      type = rows[index].compare("call_type", now: known.call.callType, then: then?.type)
      let asked = rows[index].compare(
        "due_date", .some(call.dueDate), now: known.call.dueDate, then: then.map { $0.due },
        shown: \.description)
      if case .changed(let day) = asked { due = day }
    }
    if type.isChange || due != nil {
      let done = try attempt(call.first) {
        try AmendCapitalCall(
          call: known.call.id, callType: type.isChange ? type.applied(to: "") : nil, dueDate: due
        ).execute(in: books)
      }
      guard done != nil else {
        failedCalls.insert(call.failed)
        return
      }
    }
    for row in rows { try row.row.settle(row.outcome) }
  }

  private func whatCannotChange(
    _ row: ImportRow, _ call: CallRows, _ known: CallFacts, _ commitment: CommitmentFacts,
    _ amount: Money
  ) -> (column: String, Phrase)? {
    let anew = Phrase(
      "고치려면 출자요청을 취소하고 새로 내세요.", "To change it, cancel the call and issue it anew.")
    func differs(_ what: Phrase) -> Phrase {
      Phrase("\(what.ko) \(anew.ko)", "\(what.en) \(anew.en)")
    }
    let number = known.call.number
    guard call.noticeDate == known.call.noticeDate else {
      return (
        "notice_date",
        differs(
          Phrase(
            "\(number)차 출자요청의 통지일은 장부에 \(known.call.noticeDate)입니다.",
            "In the books call \(number) was noticed on \(known.call.noticeDate)."))
      )
    }
    guard let item = known.items[commitment.id]?.item else {
      return (
        "partner",
        differs(
          Phrase(
            "장부의 \(number)차 출자요청에는 이 항목이 없습니다.",
            "In the books call \(number) has no such item."))
      )
    }
    guard item.amount == amount else {
      return (
        "amount",
        differs(
          Phrase(
            "\(number)차 출자요청의 이 항목은 장부에 \(item.amount.inKorean)입니다.",
            "In the books this item of call \(number) is \(item.amount)."))
      )
    }
    if isMarked, let sequence = row.sequence, sequence != item.id.rawValue {
      return ("sequence", noSuchSequence(sequence))
    }
    for (column, reason) in [
      ("over_commitment_reason", known.call.overCommitmentReason),
      ("credit_reason", known.call.creditReason),
    ] where row.has(column) && row.text(column) != reason && (isMarked || !row.text(column).isEmpty)
    {
      return (
        column,
        Phrase("출자요청의 사유는 바꿀 수 없습니다.", "The reason of a call cannot be changed.")
      )
    }
    return nil
  }

  private func versionThen(
    of call: CapitalCall.ID
  ) throws -> (type: String, due: CalendarDate)? {
    guard let known else { return nil }
    return try books.connection.rows(versionSQL, [.init(call), .integer(known)]).first
      .map { (try $0.text("call_type"), try $0.date("due_date")) }
  }

  /// Whether a row is about a fact on a call that an undo took back since.
  func isTakenBack(_ row: ImportRow, _ fund: FundFacts, _ investment: Commitment.ID?) -> Bool {
    guard isMarked, row.sequence != nil, let number = Int64(row.text("call_no")) else {
      return false
    }
    let key = CallKey(investment: investment, number: number)
    return fund.calls[key] == nil && fund.callsTakenBack.contains(key)
  }

  /// The call that a row names; `nil` with a problem, or where that is told already: the call's rows
  /// failed, or it was taken back.
  func call(
    _ row: ImportRow, _ fund: FundFacts, _ investment: Commitment.ID?
  ) throws -> CallFacts? {
    guard let number = row.number("call_no", most: CapitalCall.highestNumber) else { return nil }
    if let found = fund.calls[CallKey(investment: investment, number: number)] { return found }
    guard !isTakenBack(row, fund, investment) else {
      try row.settle(.alreadyThere(takenBackSince))
      return nil
    }
    let name = FailedCall(fund: fund.id, investment: investment, number: number)
    if !failedCalls.contains(name) {
      row.problem(
        "call_no",
        Phrase(
          "이 조합에 \(number)차 출자요청이 없습니다. 차수를 확인하거나 출자요청을 함께 가져오세요.",
          "This fund has no call \(number), in the books or in what is imported; check the number, or "
            + "import the call as well."))
    }
    return nil
  }

  // MARK: Cancellations

  func takeCancellations() throws {
    guard let table = reading(.cancellations) else { return }
    var seen: Set<CapitalCall.ID> = []
    for row in try table.sortedRows() {
      guard let fund = try fund(row), let side = row.side() else { continue }
      let day = row.date("cancelled_on")
      var investment: CommitmentFacts?
      if side == .investments {
        investment = try commitment(row, side, fund: fund, partyColumn: "commitment")
        guard investment != nil else { continue }
      }
      guard let known = try call(row, fund, investment?.id), let day else { continue }
      seen.insert(known.call.id)
      if let cancelled = known.call.cancelledOn {
        guard cancelled == day, row.text("reason") == known.call.cancellationReason || !isMarked
        else {
          row.problem("cancelled_on", Refusal.callCancelled(cancelled).sentence)
          continue
        }
        try row.settle(.alreadyThere(nil))
        continue
      }
      let done = try attempt(row) {
        try CancelCapitalCall(call: known.call.id, cancelledOn: day, reason: row.text("reason"))
          .cancel(in: books, asHistory: true)
      }
      guard done != nil else { continue }
      known.call = known.call.cancelled(on: day, because: row.text("reason"))
      try row.settle(.new)
    }
    if isMarked {
      let calls = try books.connection.rows(knownCancellationsSQL, [.integer(known ?? 0)])
        .map { try $0.id("call_id", of: CapitalCall.self) }
      table.tellMissing(
        try MissingFacts(
          calls.filter { !seen.contains($0) }.map(\.rawValue), MissingFacts.ofCancellations,
          in: books.connection))
    }
  }
}

extension CapitalCall {
  fileprivate func cancelled(on day: CalendarDate, because reason: String) -> CapitalCall {
    CapitalCall(
      id: id, fund: fund, side: side, number: number, callType: callType, noticeDate: noticeDate,
      dueDate: dueDate, cancelledOn: day, isDirectInvestment: isDirectInvestment,
      overCommitmentReason: overCommitmentReason, creditReason: creditReason,
      cancellationReason: reason)
  }
}

private let versionSQL = """
  SELECT call_type, due_date FROM call_version
  WHERE call_id = $1 AND audit <= $2
  ORDER BY id DESC
  LIMIT 1
  """

/// What an export of then had in its table of items.
private let knownItemsSQL = """
  SELECT i.id
  FROM call_item i
  JOIN capital_call q ON q.id = i.call_id
  JOIN commitment c ON c.id = i.commitment_id
  WHERE i.audit <= $1 AND c.is_direct = 0
    AND \(FundRecords.isThere("q.fund_id", "$1")) AND \(CallRecords.stands("q.id", "$1"))
  """

private let knownCancellationsSQL = """
  SELECT x.call_id
  FROM call_cancellation x
  JOIN capital_call q ON q.id = x.call_id
  LEFT JOIN commitment c ON c.id = q.commitment_id
  WHERE x.audit <= $1 AND \(FundRecords.isThere("q.fund_id", "$1"))
    AND (coalesce(c.is_direct, 0) = 1 OR \(CallRecords.stands("q.id", "$1")))
  """
