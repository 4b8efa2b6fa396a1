import Bookkeeping
import FundModel

/// What a call would ask and what it would change, before anything is written.
struct CallPreview: Sendable {
  let before: FundStanding
  let after: FundStanding
  let call: CallStanding
  /// More would be called than committed: wants a reason, which was not given yet.
  let needsReason: Bool

  struct Item: Sendable {
    let item: ItemStanding
    let commitment: Commitment
    /// The commitment at the close of the reference date, with this call.
    let position: Position
    /// With this call: on its notice date, or on the first day after it when more is called than
    /// committed.
    let against: CommitmentHistory.Day
    /// Got one of the units left over when every share had been rounded down.
    let isRoundedUp: Bool
  }

  let items: [Item]

  fileprivate init(
    before: FundStanding, after: FundStanding, call: CallStanding,
    histories: [Commitment.ID: CommitmentHistory], sharing: CallShares.Sharing?, needsReason: Bool
  ) throws {
    self.before = before
    self.after = after
    self.call = call
    self.needsReason = needsReason
    let day = call.call.noticeDate
    let roundedUp = try call.roundedUp(sharing, histories)
    let standings = after.commitments
    let byID = Dictionary(
      standings.map { ($0.commitment.id, $0) }, uniquingKeysWith: { first, _ in first })
    items = call.items.compactMap { item in
      let id = item.item.commitment
      guard let standing = byID[id], let against = histories[id]?.tightest(from: day) else {
        return nil
      }
      return Item(
        item: item, commitment: standing.commitment, position: standing.position,
        against: against, isRoundedUp: roundedUp.contains(id))
    }
  }
}

extension CallStanding {
  /// The commitments that got one of the units left over when every share had been rounded down.
  fileprivate func roundedUp(
    _ sharing: CallShares.Sharing?, _ histories: [Commitment.ID: CommitmentHistory]
  ) throws -> Set<Commitment.ID> {
    guard let sharing else { return [] }
    let amounts = Dictionary(
      items.map { ($0.item.commitment, $0.item.amount) }, uniquingKeysWith: { first, _ in first })
    let weights = try histories.filter { !sharing.leavingOut.contains($0.key) }.map {
      let weight = try sharing.basis.weight(
        of: $0.value, from: call.noticeDate, without: amounts[$0.key])
      return (commitment: $0.key, weight: Int128(weight.minorUnits))
    }
    let total = weights.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return [] }
    return Set(
      weights.filter { commitment, weight in
        let roundedDown = Int128(amount.minorUnits) * weight / total
        return Int128(amounts[commitment]?.minorUnits ?? 0) > roundedDown
      }.map(\.commitment))
  }
}

extension CallPreview {
  /// Where an opening call can be made from the stated amounts, when this call would take their
  /// place; `nil` when nothing stated is lost.
  fileprivate var openingCall: String? {
    guard before.row.basis == .stated, after.row.basis == .cash, before.row.paidIn.isPositive,
      call.call.callType != OpenFromStated.callType
    else { return nil }
    return "/api/funds/\(before.row.fund.id)/opening-call"
  }
}

/// A command that makes one capital call of a fund, and may want a reason for asking so much.
protocol CallMaking: Command where Outcome == CapitalCall.ID {
  var fund: Fund.ID { get }
  var sharing: CallShares.Sharing? { get }
  /// The same with a reason, so that it can be looked at before there is one.
  var withSomeReason: Self { get }
}

extension IssueCapitalCall: CallMaking {
  var sharing: CallShares.Sharing? { shares.sharing }
  var withSomeReason: IssueCapitalCall {
    IssueCapitalCall(
      fund: fund, investment: investment, number: number, callType: callType,
      noticeDate: noticeDate, dueDate: dueDate, shares: shares, overCommitmentReason: "–",
      creditReason: creditReason)
  }
}

extension OpenFromStated: CallMaking {
  var sharing: CallShares.Sharing? { nil }
  var withSomeReason: OpenFromStated {
    OpenFromStated(fund: fund, paidDate: paidDate, overCommitmentReason: "–")
  }
}

/// Carries out `command`, looks at the fund and takes everything back.
func preview(_ command: some CallMaking, _ input: Input) async throws -> CallPreview {
  let day = try input.query(Clocks.referenceDate) ?? input.books.clock.today
  let question = FundAsOf(command.fund, AsOf(day))
  let before = try await input.books.answer(question)
  var needsReason = false
  let rehearsed: Both<FundAsOf, CalledAgainstCommitted>.Answer
  do {
    rehearsed = try await input.books.rehearse(command) {
      Both(question, CalledAgainstCommitted($0))
    }
  } catch Refusal.aboveCommitment {
    needsReason = true
    rehearsed = try await input.books.rehearse(command.withSomeReason) {
      Both(question, CalledAgainstCommitted($0))
    }
  }
  // Ids count up, so the call that would come to be has the last.
  guard let call = rehearsed.first.calls.max(by: { $0.call.id < $1.call.id }) else {
    throw Refusal.noItems
  }
  return try CallPreview(
    before: before, after: rehearsed.first, call: call, histories: rehearsed.second,
    sharing: command.sharing, needsReason: needsReason)
}

let callPreviewShape = Shape<CallPreview>(
  "CapitalCallPreview",
  [
    .init("reference_date", .date) { JSON($0.after.row.referenceDate) },
    .init("side", .choice(Side.self)) { JSON($0.call.call.side.rawValue) },
    .init("number", .integer) { JSON($0.call.call.number) },
    .init("call_type", .text) { JSON($0.call.call.callType) },
    .init("notice_date", .date) { JSON($0.call.call.noticeDate) },
    .init("due_date", .date) { JSON($0.call.call.dueDate) },
    .init("currency", .currency) { JSON($0.call.amount.currency.code) },
    .init("amount", .amount) { JSON($0.call.amount) },
    .init("items", .array(of: previewItemShape.schema)) { previewItemShape.json($0.items) },
    .init("needs_over_commitment_reason", .flag) { JSON($0.needsReason) },
    .init("paid_in_before", paidInShape.schema) { paidInShape.json($0.before.row) },
    .init("paid_in_after", paidInShape.schema) { paidInShape.json($0.after.row) },
    .init(sometimes: "opening_call", .text) { $0.openingCall.map { JSON($0) } },
  ])

private let previewItemShape = Shape<CallPreview.Item>(
  "CapitalCallPreviewItem",
  [
    .init("commitment", .id) { JSON($0.commitment.id) },
    .init("party", partyShape.schema) { partyShape.json($0.commitment.party) },
    .init("amount", .amount) { JSON($0.item.item.amount) },
    .init("on", .date) { JSON($0.against.day) },
    .init("committed", .amount) { JSON($0.against.committed) },
    .init("noticed", .amount) { JSON($0.against.noticed) },
    .init("above_commitment", .flag) { JSON($0.against.isAbove) },
    .init("rounded_up", .flag) { JSON($0.isRoundedUp) },
  ])

/// The first item on a fund whose paid-in is stated makes it cash: that is to be seen beforehand.
private let paidInShape = Shape<OverviewRow>(
  "PaidIn",
  fundFigures.filter { ["total_paid_in", "paid_in_basis", "gp_paid_in"].contains($0.name) }
    .map(\.member))
