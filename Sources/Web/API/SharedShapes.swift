import Bookkeeping
import FundModel

let partyShape = Shape<Party>(
  "Party",
  [
    .init("id", .id) { JSON($0.id) },
    .init("name", .text) { JSON($0.name) },
    .init("industry", .text) { JSON($0.industry) },
  ])

let positionShape = Shape<Position>("Position", positionFigures)

private let positionFigures: [Shape<Position>.Member] = [
  .init("committed", .amount) { JSON($0.committed) },
  .init("noticed", .amount) { JSON($0.noticed) },
  .init("paid", .amount) { JSON($0.paid) },
  .init("outstanding", .amount) { JSON($0.outstanding) },
  .init("credits_due", .amount) { JSON($0.creditsDue) },
  .init("not_yet_called", .amount) { JSON($0.notYetCalled) },
  .init("uncalled", .amount) { JSON($0.uncalled) },
  .init("paid_pct", .percent.orNull) { JSON($0.paidPercent) },
  .init("uncalled_pct", .percent.orNull) { JSON($0.uncalledPercent) },
]

/// What was promised, without what became of it.
let commitmentTermsShape = Shape<Commitment>("CommitmentTerms", commitmentTerms + [committed])

private let committed = Shape<Commitment>.Member("committed", .amount) { JSON($0.amount) }

private let commitmentTerms: [Shape<Commitment>.Member] = [
  .init("id", .id) { JSON($0.id) },
  .init("fund", .id) { JSON($0.fund) },
  .init("side", .choice(Side.self)) { JSON($0.side.rawValue) },
  .init("party", partyShape.schema) { partyShape.json($0.party) },
  .init("partner_type", .text) { JSON($0.partnerType) },
  .init("instrument", .text) { JSON($0.instrument) },
  .init("is_direct_investment", .flag) { JSON($0.isDirectInvestment) },
  .init("currency", .currency) { JSON($0.amount.currency.code) },
]

let commitmentShape = Shape<CommitmentStanding>(
  "Commitment",
  commitmentTerms.map { $0.of(\.commitment) } + positionFigures.map { $0.of(\.position) } + [
    .init("stated_paid_in", .amount.orNull) { JSON($0.statedPaidIn) }
  ])

let callShape = Shape<CallStanding>("CapitalCall", callFigures)

let callFigures: [Shape<CallStanding>.Member] = [
  .init("id", .id) { JSON($0.call.id) },
  .init("fund", .id) { JSON($0.call.fund) },
  .init("side", .choice(Side.self)) { JSON($0.call.side.rawValue) },
  .init("number", .integer) { JSON($0.call.number) },
  .init("call_type", .text) { JSON($0.call.callType) },
  .init("notice_date", .date) { JSON($0.call.noticeDate) },
  .init("due_date", .date) { JSON($0.call.dueDate) },
  .init("cancelled_on", .date.orNull) { JSON($0.call.cancelledOn) },
  .init("currency", .currency) { JSON($0.amount.currency.code) },
  .init("amount", .amount) { JSON($0.amount) },
  .init("paid", .amount) { JSON($0.paid) },
  .init("outstanding", .amount) { JSON($0.outstanding) },
  .init("credits_due", .amount) { JSON($0.creditsDue) },
  .init("paid_pct", .percent.orNull) { JSON($0.paidPercent) },
  .init("status", .choice(LiveStatus.self)) { JSON($0.status.rawValue) },
  .init("noticed", .flag) { JSON($0.isNoticed) },
  .init("cancelled", .flag) { JSON($0.isCancelled) },
  .init("overdue", .flag) { JSON($0.isOverdue) },
  .init("days_overdue", .count) { JSON($0.daysOverdue) },
  .init("last_paid_on", .date.orNull) { JSON($0.lastPaidOn) },
]

let entryShape = Shape<LedgerLine>(
  "Entry",
  [
    .init("id", .id) { JSON($0.entry.id) },
    .init("kind", .choice(Entry.Kind.self)) { JSON($0.entry.kind.rawValue) },
    .init("fund", .id) { JSON($0.entry.fund) },
    .init("side", .choice(Side.self)) { JSON($0.entry.side.rawValue) },
    .init("commitment", .id) { JSON($0.entry.commitment) },
    .init("party", partyShape.schema) { partyShape.json($0.party) },
    .init("item", .id.orNull) { JSON($0.entry.item) },
    .init("call", .id.orNull) { JSON($0.call) },
    .init("call_number", .integer.orNull) { $0.callNumber.map { JSON($0) } ?? .null },
    .init("currency", .currency) { JSON($0.entry.amount.currency.code) },
    .init("amount", .amount) { JSON($0.entry.amount) },
    .init("effective_on", .date) { JSON($0.entry.effectiveOn) },
    .init("reverses", .id.orNull) { JSON($0.entry.reverses) },
    .init("reversed_by", .id.orNull) { JSON($0.reversedBy) },
    .init("memo", .text) { JSON($0.memo) },
    .init("reference", .text) { JSON($0.reference) },
    .init("audit", .id) { JSON($0.recorded.sequence) },
    .init("recorded_at", .instant) { JSON($0.recorded.recordedAt.description) },
  ])

let callSheetShape = Shape<CallSheet>(
  "CapitalCallInFull",
  callFigures.map { $0.of(\.standing) } + [
    .init("items", .array(of: itemShape.schema)) { itemShape.json($0.lines) }
  ])

private let itemShape = Shape<CallSheet.Line>(
  "CallItem",
  [
    .init("id", .id) { JSON($0.standing.item.id) },
    .init("commitment", .id) { JSON($0.commitment.id) },
    .init("party", partyShape.schema) { partyShape.json($0.commitment.party) },
    .init("amount", .amount) { JSON($0.standing.item.amount) },
    .init("paid", .amount) { JSON($0.standing.paid) },
    .init("outstanding", .amount) { JSON($0.standing.outstanding) },
    .init("credit_due", .amount) { JSON($0.standing.creditDue) },
    .init("status", .choice(LiveStatus.self)) { JSON($0.standing.status.rawValue) },
    .init("last_paid_on", .date.orNull) { JSON($0.standing.lastPaidOn) },
    .init("entries", .array(of: entryShape.schema)) { entryShape.json($0.entries) },
  ])
