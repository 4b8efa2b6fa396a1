import Bookkeeping
import FundModel

/// What a story may propose next.
extension RandomStory {
  mutating func propose(_ world: StoryWorld) -> any Command {
    if let beginning = proposeBeginning(world) { return beginning }
    if let call = takeCallAwaitingReason() { return call }
    // A story always finds something to tell: a new party at the least.
    for _ in 0..<20 {
      if let command = proposeAnything(world) { return command }
    }
    return registerParty(world)
  }

  /// Two funds with partners and a few companies come first, or there is nothing to tell of.
  private mutating func proposeBeginning(_ world: StoryWorld) -> (any Command)? {
    if world.parties.count < 4 { return registerParty(world) }
    if world.funds.isEmpty { return registerFund(world, .krw) }
    if world.funds.count == 1 { return registerFund(world, .usd) }
    for fund in world.funds.prefix(2)
    where world.partners(of: fund.fund.id).count < 2 && random.chance(60) {
      return commit(world, .partners, fund.fund)
    }
    return nil
  }

  private mutating func proposeAnything(_ world: StoryWorld) -> (any Command)? {
    let fund = random.pick(world.funds)?.fund
    switch random.below(100) {
    case 0..<3: return registerParty(world)
    case 3..<5:
      guard world.funds.count < 6 else { return nil }
      return registerFund(world, random.chance(50) ? .krw : .usd)
    case 5..<7: return fund.map { amend($0, world) }
    case 7: return random.pick(world.parties).map { amend($0, world) }
    case 8..<13: return fund.flatMap { commit(world, .partners, $0) }
    case 13..<16: return fund.flatMap { commit(world, .investments, $0) }
    case 16: return random.pick(world.commitments).map { amend($0) }
    case 17..<21: return random.pick(world.commitments).map { change($0, world) }
    case 21..<24: return fund.map { changeTotal($0, world) }
    case 24..<28: return statePaidIn(world)
    case 28..<36: return fund.flatMap { callPartners($0, world) }
    case 36..<42: return callInvestment(world)
    case 42..<44: return random.pick(world.calls).map { amend($0.call, world) }
    case 44..<47: return cancel(world)
    case 47..<68: return pay(world)
    case 68..<72: return settle(world)
    case 72..<81: return refund(world)
    case 81..<87: return reverse(world)
    case 87..<93: return fund.flatMap { invest($0, world) }
    case 93..<96: return undo(world)
    case 96..<98: return fund.map { openFromStated($0, world) }
    default: return nonsense(world)
    }
  }

  // MARK: Parties and funds

  private mutating func registerParty(_ world: StoryWorld) -> RegisterParty {
    // A fund may be what another fund invests in.
    let funds = world.funds.map(\.fund.terms.name)
      .filter { name in !world.parties.contains { $0.name == name } }
    if let fund = random.pick(funds), random.chance(60) { return RegisterParty(name: fund) }
    return RegisterParty(
      name: name(random.chance(50) ? "조합원" : "Company"),
      industry: random.pick(["", "바이오", "SaaS, 클라우드"]) ?? "")
  }

  private mutating func amend(_ party: Party, _ world: StoryWorld) -> AmendParty {
    AmendParty(
      party: party.id,
      name: .changed(
        random.chance(20) ? random.pick(world.parties)?.name ?? "" : name("새 이름")),
      industry: .changed("핀테크"))
  }

  private mutating func terms(_ world: StoryWorld, named name: String, _ currency: Currency)
    -> FundTerms
  {
    var terms = FundTerms(
      name: name, fundType: "벤처투자조합", fundManager: "김00",
      generalPartner: random.chance(30) ? random.pick(world.parties)?.id : nil,
      gpCommitment: random.chance(60) ? amount(currency, upTo: 900_000) : .zero(currency),
      hurdleRate: random.chance(70) ? Percent(tenThousandths: 80_000) : nil)
    if random.chance(10) { terms.dissolutionDate = day(world) }
    guard random.chance(80) else { return terms }
    let formation = day(world).adding(days: random.chance(15) ? 800 : 0)
    terms.formationDate = formation
    if random.chance(85) {
      terms.investmentPeriodEnd = formation.adding(days: random.number(in: 0...1_600))
    }
    if random.chance(85) {
      let start = terms.investmentPeriodEnd ?? formation
      terms.maturityDate = start.adding(days: random.number(in: 0...2_000))
    }
    if random.chance(20) {
      terms.dissolutionDate = formation.adding(days: random.number(in: -20...700))
    }
    return terms
  }

  private mutating func registerFund(_ world: StoryWorld, _ currency: Currency) -> RegisterFund {
    RegisterFund(
      terms: terms(world, named: name("조합"), currency),
      commitmentTotal: random.chance(10) ? .zero(currency) : worth(currency))
  }

  private mutating func amend(_ fund: Fund, _ world: StoryWorld) -> AmendFund {
    AmendFund(
      fund: fund.id,
      changes: AmendFund.Changes(
        to: terms(
          world, named: random.chance(70) ? fund.terms.name : name("개칭조합"), fund.currency)))
  }

  private mutating func changeTotal(_ fund: Fund, _ world: StoryWorld) -> ChangeCommitmentTotal {
    let amount = amount(fund.currency, upTo: max(fund.firstCommitmentTotal.minorUnits / 2, 10))
    return ChangeCommitmentTotal(
      fund: fund.id, amount: random.chance(30) ? amount.negated : amount,
      effectiveOn: random.chance(25) ? nil : day(world).adding(days: random.below(90)),
      reason: reason())
  }

  // MARK: Commitments

  private mutating func commit(_ world: StoryWorld, _ side: Side, _ fund: Fund) -> Commit? {
    guard let party = random.pick(world.parties) else { return nil }
    // Two of three funds have a general partner.
    let mayBeGP = fund.id.rawValue % 3 != 0
    return Commit(
      fund: fund.id, side: side, party: counterparty(party), amount: worth(fund.currency),
      partnerType: side == .investments
        ? "" : mayBeGP && random.chance(35) ? "GP" : random.pick(["정책기관", "개인"]) ?? "개인",
      instrument: side == .investments ? random.pick(["", "보통주", "전환사채"]) ?? "" : "")
  }

  private mutating func amend(_ commitment: Commitment) -> AmendCommitment {
    commitment.side == .partners
      ? AmendCommitment(
        commitment: commitment.id,
        partnerType: .changed(
          random.chance(30) && commitment.fund.rawValue % 3 != 0 ? "GP" : "금융기관"))
      : AmendCommitment(commitment: commitment.id, instrument: .changed("상환전환우선주"))
  }

  private mutating func change(_ commitment: Commitment, _ world: StoryWorld) -> ChangeCommitment {
    let scale = max(commitment.amount.minorUnits / 2, 10)
    let amount = amount(commitment.amount.currency, upTo: scale)
    return ChangeCommitment(
      commitment: commitment.id, amount: random.chance(35) ? amount.negated : amount,
      effectiveOn: random.chance(25) ? nil : day(world).adding(days: random.below(60)),
      reason: reason())
  }

  private mutating func statePaidIn(_ world: StoryWorld) -> StatePaidIn? {
    let stated = world.commitments.filter {
      $0.side == .partners && (quietFunds.contains($0.fund) || random.chance(20))
    }
    guard let commitment = random.pick(stated) else { return nil }
    return StatePaidIn(
      commitment: commitment.id,
      amount: random.chance(10)
        ? .zero(commitment.amount.currency)
        : amount(commitment.amount.currency, upTo: commitment.amount.minorUnits))
  }

  // MARK: Nonsense

  /// What no book should take.
  private mutating func nonsense(_ world: StoryWorld) -> (any Command)? {
    switch random.below(6) {
    case 0: return RegisterParty(name: random.pick(world.parties)?.name ?? "")
    case 1: return RegisterParty(name: "줄\n바꿈")
    case 2: return CancelCapitalCall(call: CapitalCall.ID(rawValue: 9_999), reason: "없음")
    case 3: return ReverseEntry(entry: Entry.ID(rawValue: 9_999), reason: "없음")
    case 4:
      guard let fund = random.pick(world.funds)?.fund else { return nil }
      let other: Currency = fund.currency == .krw ? .usd : .krw
      return ChangeCommitmentTotal(
        fund: fund.id, amount: Money(minorUnits: 5, other), effectiveOn: nil)
    default:
      guard let fund = random.pick(world.funds)?.fund, let party = random.pick(world.parties)
      else { return nil }
      return RecordInvestment(
        fund: fund.id, party: party.id, amount: Money(minorUnits: 5, fund.currency),
        investedOn: world.today.adding(days: 1))
    }
  }
}
