import Bookkeeping
import FundModel

/// What a story really told: counted from what the books accepted, not from what was tried.
package struct Census: Sendable {
  package private(set) var counts: [Feature: Int] = [:]

  package init() {}

  package enum Feature: String, CaseIterable, Sendable {
    case fundInKRW, fundInUSD, fundNotFormed, fundDissolved, fundWithGP, fundWithoutGP
    case amendedFund, amendedParty, amendedCommitment, amendedCall
    case commitmentChange, commitmentChangeFromTheBeginning, commitmentDecrease
    case totalChange, totalChangeFromTheBeginning, totalDecrease
    case statedPaidIn, statedFund, openingCall, firstCallOnStatedFund
    case callOfItems, callProRata, callByPercent, callOnInvestment, callInAdvance
    case credit, overcall, cancelledCall, cancelledAfterNotice
    case payment, partialPayment, paymentInUSD, refund, refundOfPayment, settledCredit
    case settlement, settlementOfSeveral, settlementOfTheRest, settlementWithCredit
    case namedParty, namedNewParty
    case reversal, reversedRefund, backDated, sameDay, monthEnd
    case directInvestment, undoneInvestment, stagedInvestment, fundOfFunds
    case refusal
  }

  package subscript(feature: Feature) -> Int { counts[feature] ?? 0 }

  package var missing: [Feature] { Feature.allCases.filter { self[$0] == 0 } }

  mutating func count(_ feature: Feature, _ number: Int = 1) {
    if number > 0 { counts[feature, default: 0] += number }
  }

  package mutating func add(_ other: Census) {
    for (feature, number) in other.counts { count(feature, number) }
  }
}

extension Census {
  /// Counts an accepted command, given the books as they were before it.
  mutating func count(_ command: any Command, before world: StoryWorld) {
    switch command {
    case let command as RegisterFund:
      count(command.commitmentTotal.currency == .krw ? .fundInKRW : .fundInUSD)
      if command.terms.formationDate == nil { count(.fundNotFormed) }
      if command.terms.dissolutionDate != nil { count(.fundDissolved) }
    case is AmendFund: count(.amendedFund)
    case is AmendParty: count(.amendedParty)
    case is AmendCommitment: count(.amendedCommitment)
    case is AmendCapitalCall: count(.amendedCall)
    case let command as Commit: count(command, before: world)
    case let command as ChangeCommitment:
      count(.commitmentChange)
      if command.effectiveOn == nil { count(.commitmentChangeFromTheBeginning) }
      if command.amount.isNegative { count(.commitmentDecrease) }
    case let command as ChangeCommitmentTotal:
      count(.totalChange)
      if command.effectiveOn == nil { count(.totalChangeFromTheBeginning) }
      if command.amount.isNegative { count(.totalDecrease) }
    case is StatePaidIn: count(.statedPaidIn)
    case is OpenFromStated: count(.openingCall)
    case let command as IssueCapitalCall: count(command, before: world)
    case let command as CancelCapitalCall:
      count(.cancelledCall)
      let call = world.calls.first { $0.call.id == command.call }?.call
      if let call, let day = command.cancelledOn, day > call.noticeDate {
        count(.cancelledAfterNotice)
      }
    case let command as RecordPayment: count(command.movement, isPayment: true, before: world)
    case let command as RecordRefund: count(command.movement, isPayment: false, before: world)
    case let command as SettleCall: count(command, before: world)
    case let command as ReverseEntry:
      count(.reversal)
      let line = world.ledger.first { $0.entry.id == command.entry }
      if line?.entry.kind == .refund { count(.reversedRefund) }
    case let command as RecordInvestment:
      count(.directInvestment)
      count(command.party, before: world)
      countMonthEnd(command.investedOn)
    case is UndoInvestment: count(.undoneInvestment)
    default: break
    }
  }

  private mutating func count(_ command: SettleCall, before world: StoryWorld) {
    let open = (world.calls.first { $0.call.id == command.call }?.items ?? []).filter { item in
      item.paid != item.item.amount && (command.items?.contains(item.item.id) ?? true)
    }
    count(.settlement)
    if open.count > 1 { count(.settlementOfSeveral) }
    if open.contains(where: { !$0.paid.isZero }) { count(.settlementOfTheRest) }
    if open.contains(where: \.item.isCredit) { count(.settlementWithCredit) }
    countMonthEnd(command.paidDate)
  }

  private mutating func count(_ party: Counterparty, before world: StoryWorld) {
    guard case .named(let name) = party else { return }
    count(world.parties.contains { $0.name == name } ? .namedParty : .namedNewParty)
  }

  private mutating func count(_ command: Commit, before world: StoryWorld) {
    count(command.party, before: world)
    guard command.side == .investments else {
      if command.partnerType == Commitment.generalPartnerType { count(.fundWithGP) }
      return
    }
    count(.stagedInvestment)
    let name = world.parties.first {
      command.party == .known($0.id) || command.party == .named($0.name)
    }?.name
    if world.funds.contains(where: { $0.fund.terms.name == name }) { count(.fundOfFunds) }
  }

  private mutating func count(_ command: IssueCapitalCall, before world: StoryWorld) {
    switch command.shares {
    case .explicit(let items):
      count(.callOfItems)
      count(.credit, items.filter(\.amount.isNegative).count)
    case .amount: count(.callProRata)
    case .percent: count(.callByPercent)
    }
    if command.investment != nil { count(.callOnInvestment) }
    // A reason is only ever given after the books have asked for one.
    if !command.overCommitmentReason.isEmpty { count(.overcall) }
    if command.noticeDate > world.today { count(.callInAdvance) }
    if command.investment == nil, let fund = world.fund(command.fund), fund.basis == .stated,
      fund.paidIn.isPositive
    {
      count(.firstCallOnStatedFund)
    }
  }

  private mutating func count(
    _ movement: ItemMovement, isPayment: Bool, before world: StoryWorld
  ) {
    guard let item = world.openItems.first(where: { $0.item.item.id == movement.item }) else {
      return
    }
    let earlier = world.standing(on: movement.item)
    if isPayment {
      count(.payment)
      if movement.amount.minorUnits < item.item.item.amount.minorUnits { count(.partialPayment) }
      if movement.amount.currency == .usd { count(.paymentInUSD) }
    } else {
      count(.refund)
      count(item.item.item.isCredit ? .settledCredit : .refundOfPayment)
    }
    if earlier.contains(where: { $0.entry.effectiveOn > movement.paidDate }) { count(.backDated) }
    if earlier.contains(where: { $0.entry.effectiveOn == movement.paidDate }) { count(.sameDay) }
    countMonthEnd(movement.paidDate)
  }

  private mutating func countMonthEnd(_ day: CalendarDate) {
    if day == day.monthEnd { count(.monthEnd) }
  }

  /// Counts what only the whole of the books shows.
  mutating func countAtTheEnd(_ world: StoryWorld) {
    for row in world.funds {
      if row.basis == .stated, row.paidIn.isPositive { count(.statedFund) }
      let partners = world.partners(of: row.fund.id)
      if !partners.isEmpty, !partners.contains(where: \.isGeneralPartner) { count(.fundWithoutGP) }
    }
  }
}
