import Bookkeeping
import FundModel

/// Calls and the money that moves on them.
extension RandomStory {
  mutating func callPartners(_ fund: Fund, _ world: StoryWorld) -> IssueCapitalCall? {
    guard !quietFunds.contains(fund.id) || random.chance(5) else { return nil }
    let partners = world.partners(of: fund.id)
    guard !partners.isEmpty else { return nil }
    return issue(fund, on: nil, partners, world)
  }

  mutating func callInvestment(_ world: StoryWorld) -> IssueCapitalCall? {
    let investments = world.commitments.filter {
      $0.side == .investments && (!$0.isDirectInvestment || random.chance(3))
    }
    guard let commitment = random.pick(investments), let fund = world.fund(commitment.fund)
    else { return nil }
    return issue(fund.fund, on: commitment.id, [commitment], world)
  }

  private mutating func issue(
    _ fund: Fund, on investment: Commitment.ID?, _ asked: [Commitment], _ world: StoryWorld
  ) -> IssueCapitalCall {
    let notice = day(world).adding(days: random.chance(10) ? random.below(120) : 0)
    let due = notice.adding(days: random.chance(3) ? -1 : random.below(45))
    return IssueCapitalCall(
      fund: fund.id, investment: investment,
      number: random.chance(15) ? Int64(random.number(in: 1...9)) : nil,
      callType: random.pick(["최초납입", "추가납입", "수시납입", ""]) ?? "", noticeDate: notice,
      dueDate: random.chance(20) ? due.monthEnd : due, shares: shares(fund.currency, asked),
      creditReason: "초과 납입분 반환")
  }

  private mutating func shares(_ currency: Currency, _ asked: [Commitment]) -> CallShares {
    let scale = max(asked.map(\.amount.minorUnits).max() ?? 1, 1)
    let basis: ShareBasis = random.chance(50) ? .commitment : .notYetCalled
    let leftOut = asked.count > 2 && random.chance(25) ? Set([asked[0].id]) : []
    switch random.below(10) {
    case 0...5:
      return .explicit(
        asked.compactMap { commitment in
          guard asked.count == 1 || random.chance(80) else { return nil }
          let amount = amount(currency, upTo: max(commitment.amount.minorUnits / 3, 1))
          let isCredit = random.chance(15)
          return CallShares.Item(
            commitment: commitment.id, amount: isCredit ? amount.negated : amount)
        })
    case 6...7:
      return .amount(amount(currency, upTo: scale), by: basis, leavingOut: leftOut)
    default:
      return .percent(
        Percent(tenThousandths: Int64(random.number(in: 1...400_000))), by: basis,
        leavingOut: leftOut)
    }
  }

  mutating func amend(_ call: CapitalCall, _ world: StoryWorld) -> AmendCapitalCall {
    AmendCapitalCall(
      call: call.id, callType: random.chance(40) ? "추가납입" : nil,
      dueDate: random.chance(75) ? call.noticeDate.adding(days: random.number(in: -5...60)) : nil)
  }

  mutating func cancel(_ world: StoryWorld) -> CancelCapitalCall? {
    let unpaid = world.calls.filter { $0.call.cancelledOn == nil && $0.status == .scheduled }
    let calls = random.chance(80) ? unpaid : world.calls
    guard let call = random.pick(calls)?.call else { return nil }
    let someDay = call.noticeDate.adding(days: random.number(in: -3...90))
    let latest = max(call.noticeDate, world.today)
    return CancelCapitalCall(
      call: call.id,
      cancelledOn: random.chance(25) ? nil : random.chance(90) ? min(someDay, latest) : someDay,
      reason: reason())
  }

  // MARK: Money

  mutating func pay(_ world: StoryWorld) -> RecordPayment? {
    let items = world.openItems
    let open = items.filter { !$0.item.item.isCredit && $0.item.paid != $0.item.item.amount }
    guard let (call, item) = random.pick(random.chance(90) ? open : items) else { return nil }
    let left = item.item.amount.minorUnits - item.paid.minorUnits
    return RecordPayment(movement(on: item.item, of: call, left, world))
  }

  mutating func refund(_ world: StoryWorld) -> RecordRefund? {
    let items = world.openItems
    let credits = items.filter { $0.item.item.isCredit && $0.item.paid != $0.item.item.amount }
    let paid = items.filter { $0.item.paid.isPositive }
    let chosen = random.chance(45) && !credits.isEmpty ? credits : paid
    guard let (call, item) = random.pick(chosen) else { return nil }
    let left =
      item.item.isCredit
      ? item.paid.minorUnits - item.item.amount.minorUnits : item.paid.minorUnits
    return RecordRefund(movement(on: item.item, of: call, left, world))
  }

  private mutating func movement(
    on item: CallItem, of call: CapitalCall, _ left: Int64, _ world: StoryWorld
  ) -> ItemMovement {
    let currency = item.amount.currency
    let units: Int64 =
      switch random.below(10) {
      case 0...3: left
      case 4: left + Int64(random.number(in: 1...3))
      case 5: left / 2
      default: 1 + Int64(random.next() % UInt64(max(left, 1)))
      }
    let earlier = world.standing(on: item.id).map(\.entry.effectiveOn)
    let length = max(world.today.days(since: call.noticeDate), 0)
    let someDay = call.noticeDate.adding(days: random.number(in: 0...max(length, 1)))
    let day: CalendarDate =
      switch random.below(12) {
      case 0, 1: min(call.dueDate, world.today)
      case 2, 3: random.pick(earlier) ?? someDay
      case 4: (random.pick(earlier) ?? someDay).adding(days: -random.number(in: 1...10))
      case 5, 6: min(someDay.monthEnd, world.today)
      case 7: call.noticeDate
      case 8: random.chance(20) ? world.today.adding(days: 1) : world.today
      default: someDay
      }
    return ItemMovement(
      item: item.id, amount: Money(minorUnits: units, currency), paidDate: day,
      memo: random.chance(20) ? "입금, \"확인\"" : "", reference: random.chance(10) ? "W-17" : "")
  }

  /// All that is open on a call in one go, or some of its items.
  mutating func settle(_ world: StoryWorld) -> SettleCall? {
    let open = world.calls.filter { $0.call.cancelledOn == nil && $0.status != .complete }
    guard let call = random.pick(random.chance(90) ? open : world.calls) else { return nil }
    let items = call.items.map(\.item.id)
    let someDay = call.call.noticeDate.adding(days: random.number(in: -2...60))
    return SettleCall(
      call: call.call.id,
      items: random.chance(70) ? nil : items.filter { _ in random.chance(60) },
      paidDate: random.chance(75) ? min(someDay, world.today) : world.today,
      memo: random.chance(20) ? "일괄, \"확인\"" : "", reference: random.chance(30) ? "W-18" : "")
  }

  mutating func reverse(_ world: StoryWorld) -> ReverseEntry? {
    let standing = world.ledger.filter { !$0.entry.kind.isReversal && $0.reversedBy == nil }
    // Payments of direct investments are undone as a whole.
    let direct = Set(world.calls.filter(\.call.isDirectInvestment).flatMap(\.items).map(\.item.id))
    let own = standing.filter { line in
      line.entry.kind != .payment || line.entry.item.map { !direct.contains($0) } ?? true
    }
    let lines = random.chance(85) ? own : world.ledger
    guard let line = random.pick(lines) else { return nil }
    return ReverseEntry(entry: line.entry.id, reason: random.chance(95) ? reason() : " ")
  }

  // MARK: Investments

  mutating func invest(_ fund: Fund, _ world: StoryWorld) -> RecordInvestment? {
    guard let party = random.pick(world.parties) else { return nil }
    return RecordInvestment(
      fund: fund.id, party: counterparty(party), amount: worth(fund.currency),
      investedOn: day(world),
      instrument: random.pick(["", "보통주", "전환사채"]) ?? "")
  }

  /// A party by its id, now and then by its name, or one that the books have not.
  mutating func counterparty(_ party: Party) -> Counterparty {
    switch random.below(10) {
    case 0, 1: .named(party.name)
    case 2: .named(name("새 업체"))
    default: .known(party.id)
    }
  }

  mutating func undo(_ world: StoryWorld) -> UndoInvestment? {
    let direct = world.commitments.filter(\.isDirectInvestment)
    let chosen = random.chance(90) ? direct : world.commitments
    guard let commitment = random.pick(chosen) else { return nil }
    return UndoInvestment(investment: commitment.id, reason: reason())
  }

  mutating func openFromStated(_ fund: Fund, _ world: StoryWorld) -> OpenFromStated {
    OpenFromStated(
      fund: fund.id, paidDate: day(world),
      overCommitmentReason: random.chance(50) ? "기초 자료가 약정을 넘음" : "")
  }
}
