package import FundModel
import Store

/// Issues a capital call: on the partners' side of a fund, or on one of its investments.
package struct IssueCapitalCall: Command {
  package static let name = "issue-capital-call"

  package let fund: Fund.ID
  /// The commitment that an investments call asks; `nil` for a call on the fund's partners.
  package let investment: Commitment.ID?
  /// The next number when `nil`.
  package let number: Int64?
  package let callType: String
  package let noticeDate: CalendarDate
  package let dueDate: CalendarDate
  package let shares: CallShares
  /// Why more is called than committed; needed only then.
  package let overCommitmentReason: String
  /// Why capital is returned; needed where an item is a credit.
  package let creditReason: String

  package init(
    fund: Fund.ID, investment: Commitment.ID? = nil, number: Int64? = nil, callType: String = "",
    noticeDate: CalendarDate, dueDate: CalendarDate, shares: CallShares,
    overCommitmentReason: String = "", creditReason: String = ""
  ) {
    self.fund = fund
    self.investment = investment
    self.number = number
    self.callType = callType
    self.noticeDate = noticeDate
    self.dueDate = dueDate
    self.shares = shares
    self.overCommitmentReason = overCommitmentReason
    self.creditReason = creditReason
  }

  package var content: JSON {
    [
      "fund": JSON(fund), "commitment": JSON(investment),
      "number": number.map { JSON($0) } ?? .null, "call_type": JSON(callType),
      "notice_date": JSON(noticeDate), "due_date": JSON(dueDate), "shares": shares.content,
      "over_commitment_reason": JSON(overCommitmentReason),
      "credit_reason": JSON(creditReason),
    ]
  }

  package func execute(in books: OpenBooks) throws -> CapitalCall.ID {
    try issue(in: books, asHistory: false).call
  }

  /// - Parameter asHistory: an import takes what was called beyond a commitment, and credits, as
  ///   they are.
  func issue(
    in books: OpenBooks, asHistory: Bool
  ) throws -> (call: CapitalCall.ID, items: [CallItem.ID]) {
    let currency = try books.fund(fund).currency
    try books.check(callType, "call_type", most: TextLimit.word)
    try books.check(overCommitmentReason, "over_commitment_reason", most: TextLimit.memo)
    try books.check(creditReason, "credit_reason", most: TextLimit.memo)
    guard noticeDate <= dueDate else {
      throw Refusal.dueBeforeNotice(notice: noticeDate, due: dueDate)
    }
    let asked = try commitments(in: books)
    let items = try shares.items(of: asked, from: noticeDate, in: books, currency)
    guard !items.isEmpty else { throw Refusal.noItems }
    if !asHistory, creditReason.isEmpty, items.contains(where: \.amount.isNegative) {
      throw Refusal.creditWithoutReason
    }
    if !asHistory, overCommitmentReason.isEmpty {
      for (commitment, amount) in items where amount.isPositive {
        if let above = try books.history(of: commitment).firstAbove(
          calling: amount, from: noticeDate)
        {
          throw Refusal.aboveCommitment(
            party: commitment.party.name, commitment: above.committed, noticed: above.noticed,
            on: above.day)
        }
      }
    }
    if let number {
      guard (1...CapitalCall.highestNumber).contains(number),
        try !books.isNumberTaken(number, fund, investment)
      else {
        throw Refusal.numberTaken(number)
      }
    }
    return try books.appendCall(
      fund: fund, investment: investment,
      number: try number ?? books.nextCallNumber(fund, investment), callType: callType,
      noticeDate: noticeDate, dueDate: dueDate, overCommitmentReason: overCommitmentReason,
      creditReason: creditReason, items: items.map { ($0.commitment.id, $0.amount) })
  }

  /// The commitments that may be asked, with what they promise on the notice date.
  private func commitments(in books: OpenBooks) throws -> [Commitment] {
    let all = try CommitmentRecords.commitments(
      .ofFund(fund), on: noticeDate, knownThrough: .max, in: books.connection)
    guard let investment else { return all.filter { $0.side == .partners } }
    guard let found = all.first(where: { $0.id == investment }) else {
      _ = try books.commitment(investment)
      throw Refusal.commitmentElsewhere(investment.rawValue)
    }
    guard found.side == .investments else {
      throw Refusal.commitmentElsewhere(investment.rawValue)
    }
    guard !found.isDirectInvestment else { throw Refusal.directInvestment }
    return [found]
  }
}

/// What a call asks of each commitment.
package enum CallShares: Hashable, Sendable {
  case explicit([Item])
  /// An amount shared pro rata to the last minor unit; items of zero are left out.
  case amount(Money, by: ShareBasis, leavingOut: Set<Commitment.ID>)
  /// A percentage of what the commitments asked promise together, shared likewise.
  case percent(Percent, by: ShareBasis, leavingOut: Set<Commitment.ID>)

  /// What one commitment is asked. Negative is a credit.
  package struct Item: Hashable, Sendable {
    package let commitment: Commitment.ID
    package let amount: Money

    package init(commitment: Commitment.ID, amount: Money) {
      self.commitment = commitment
      self.amount = amount
    }
  }

  /// What the call is shared in proportion to, and who is left out; `nil` where nothing is shared.
  package var sharing: Sharing? {
    switch self {
    case .explicit: nil
    case .amount(_, let basis, let leftOut), .percent(_, let basis, let leftOut):
      Sharing(basis: basis, leavingOut: leftOut)
    }
  }

  package struct Sharing: Sendable {
    package let basis: ShareBasis
    package let leavingOut: Set<Commitment.ID>
  }

  fileprivate var content: JSON {
    func sorted(_ ids: Set<Commitment.ID>) -> JSON { .array(ids.sorted().map { JSON($0) }) }
    return switch self {
    case .explicit(let items):
      [
        "items": .array(
          items.map { ["commitment": JSON($0.commitment), "amount": JSON($0.amount)] })
      ]
    case .amount(let amount, let basis, let leftOut):
      [
        "amount": JSON(amount), "share_by": JSON(basis.rawValue), "leave_out": sorted(leftOut),
      ]
    case .percent(let percent, let basis, let leftOut):
      [
        "percent": JSON(percent), "share_by": JSON(basis.rawValue), "leave_out": sorted(leftOut),
      ]
    }
  }

  fileprivate func items(
    of asked: [Commitment], from day: CalendarDate, in books: OpenBooks, _ currency: Currency
  ) throws -> [(commitment: Commitment, amount: Money)] {
    switch self {
    case .explicit(let items):
      var seen: Set<Commitment.ID> = []
      let known = Dictionary(asked.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      return try items.map { item in
        guard seen.insert(item.commitment).inserted else {
          throw Refusal.itemTwice(item.commitment.rawValue)
        }
        guard let commitment = known[item.commitment] else {
          _ = try books.commitment(item.commitment)
          throw Refusal.commitmentElsewhere(item.commitment.rawValue)
        }
        try books.check(item.amount, "items", in: currency)
        guard !item.amount.isZero else { throw Refusal.zero(field: "items") }
        return (commitment, item.amount)
      }
    case .amount(let amount, let basis, let leftOut):
      try books.checkPositive(amount, "amount", in: currency)
      return try shared(
        amount, by: basis, from: day, among: try included(asked, leftOut, in: books), books)
    case .percent(let percent, let basis, let leftOut):
      guard percent.tenThousandths > 0, percent.tenThousandths <= 1_000_000 else {
        throw Refusal.percentOutOfRange(field: "percent")
      }
      let included = try included(asked, leftOut, in: books)
      let amount = try percent.of(Money.sum(included.map(\.amount), in: currency))
      return try shared(amount, by: basis, from: day, among: included, books)
    }
  }

  private func included(
    _ asked: [Commitment], _ leftOut: Set<Commitment.ID>, in books: OpenBooks
  ) throws -> [Commitment] {
    let known = Set(asked.map(\.id))
    for id in leftOut.sorted() where !known.contains(id) {
      _ = try books.commitment(id)
      throw Refusal.commitmentElsewhere(id.rawValue)
    }
    return asked.filter { !leftOut.contains($0.id) }
  }

  private func shared(
    _ amount: Money, by basis: ShareBasis, from day: CalendarDate, among included: [Commitment],
    _ books: OpenBooks
  ) throws -> [(commitment: Commitment, amount: Money)] {
    let weights = try included.map { commitment in
      try basis.weight(of: books.history(of: commitment), from: day).minorUnits
    }
    guard weights.contains(where: { $0 > 0 }) else { throw Refusal.nothingToShareBy }
    return zip(included, try amount.shared(in: weights)).filter { !$1.isZero }
      .map { (commitment: $0, amount: $1) }
  }
}

/// What a pro-rata call is shared in proportion to.
package enum ShareBasis: String, CaseIterable, Hashable, Sendable {
  case commitment
  /// What can be called from the notice date on without passing the commitment on any day: a
  /// general partner often pays its whole part first.
  case notYetCalled = "not_yet_called"

  /// What a commitment counts in a call noticed on `day`.
  ///
  /// - Parameter called: of what `history` counts, what is not to be counted: the item of that call.
  package func weight(
    of history: CommitmentHistory, from day: CalendarDate, without called: Money? = nil
  ) throws(MoneyError) -> Money {
    switch self {
    case .commitment: history.committed(on: day)
    case .notYetCalled: try history.notYetCalled(from: day, without: called)
    }
  }
}

extension OpenBooks {
  func appendCall(
    fund: Fund.ID, investment: Commitment.ID?, number: Int64, callType: String,
    noticeDate: CalendarDate, dueDate: CalendarDate, overCommitmentReason: String,
    creditReason: String = "",
    items: [(commitment: Commitment.ID, amount: Money)]
  ) throws -> (call: CapitalCall.ID, items: [CallItem.ID]) {
    let side: Side = investment == nil ? .partners : .investments
    let call = CapitalCall.ID(
      rawValue: try append(
        newCall,
        [
          .init(fund), .init(side), .init(investment), .integer(number), .init(noticeDate),
          .text(overCommitmentReason), .text(creditReason),
        ]))
    try appendCallVersion(of: call, callType: callType, dueDate: dueDate)
    let ids = try items.map { item in
      CallItem.ID(
        rawValue: try append(
          newItem, [.init(call), .init(item.commitment), .init(item.amount), .integer(1)]))
    }
    return (call, ids)
  }

  func appendCallVersion(
    of call: CapitalCall.ID, callType: String, dueDate: CalendarDate
  ) throws {
    _ = try append(newVersion, [.init(call), .text(callType), .init(dueDate)])
  }
}

private let newCall = FactInsert(
  into: "capital_call",
  """
  fund_id, side, commitment_id, number, notice_date, over_commitment_reason, credit_reason
  """)

private let newVersion = FactInsert(into: "call_version", "call_id, call_type, due_date")

/// Every item is inside the commitment for now; calls outside it are to come.
private let newItem = FactInsert(
  into: "call_item", "call_id, commitment_id, amount, inside_commitment")
