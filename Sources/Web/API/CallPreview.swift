import Bookkeeping
import FundModel

/// What a call would ask and what it would change, before anything is written.
struct CallPreview: Sendable {
  let before: FundStanding
  let after: FundStanding
  let call: CallStanding

  fileprivate struct Item: Sendable {
    let item: ItemStanding
    let commitment: CommitmentStanding
  }

  fileprivate var items: [Item] {
    call.items.compactMap { item in
      after.commitments.first { $0.commitment.id == item.item.commitment }.map {
        Item(item: item, commitment: $0)
      }
    }
  }
}

/// Carries out `command`, looks at the fund and takes everything back.
func preview<C: Command>(
  _ command: C, of fund: Fund.ID, _ input: Input
) async throws -> CallPreview where C.Outcome == CapitalCall.ID {
  let day = try input.query(Clocks.referenceDate) ?? input.books.clock.today
  let question = FundAsOf(fund, AsOf(day))
  let before = try await input.books.answer(question)
  let after = try await input.books.rehearse(command) { _ in question }
  // Ids count up, so the call that would come to be has the last.
  guard let call = after.calls.max(by: { $0.call.id < $1.call.id }) else {
    throw Refusal.noItems
  }
  return CallPreview(before: before, after: after, call: call)
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
    .init("paid_in_before", paidInShape.schema) { paidInShape.json($0.before.row) },
    .init("paid_in_after", paidInShape.schema) { paidInShape.json($0.after.row) },
  ])

private let previewItemShape = Shape<CallPreview.Item>(
  "CapitalCallPreviewItem",
  [
    .init("commitment", .id) { JSON($0.commitment.commitment.id) },
    .init("party", partyShape.schema) { partyShape.json($0.commitment.commitment.party) },
    .init("committed", .amount) { JSON($0.commitment.commitment.amount) },
    .init("amount", .amount) { JSON($0.item.item.amount) },
  ])

/// The first item on a fund whose paid-in is stated makes it cash: that is to be seen beforehand.
private let paidInShape = Shape<OverviewRow>(
  "PaidIn",
  fundFigures.filter { ["total_paid_in", "paid_in_basis"].contains($0.name) })
