import FundModel
import Store

/// What was decided, written in the order of the sequences.
extension EntryPlan {
  /// Everything that was decided, in the order of the sequences.
  mutating func write() throws {
    for index in entries.indices {
      switch entries[index].fate {
      case .undecided, .refused: continue
      case .there:
        if !entries[index].isInvestment {
          try settle(index, .alreadyThere(remarks[index]))
        }
      case .reversed(let reversal):
        try settle(index, .alreadyThere(remarks[index] ?? reversed(by: reversal)))
      case .new where entries[index].kind == .reversal:
        try writeReversal(index)
      case .new:
        try record(index)
        try settle(index, .new)
      case .edited(let known):
        guard let item = try item(known.item) else { continue }
        _ = try reverse(known.id, known, item, because: changeReason(index))
        let changes = changes(index, known)
        try record(index)
        try settle(index, .changes(changes))
      }
    }
  }

  private mutating func writeReversal(_ index: Int) throws {
    guard let item = entries[index].item else { return }
    let memo = entries[index].memo
    if let target = entries[index].entry {
      guard let known = try entry(target.rawValue) else { return }
      entries[index].entry = try reverse(target, known, item, because: memo)
    } else if let place = places[entries[index].reverses], let target = entries[place].entry {
      let planned = entries[place]
      let kind: Entry.Kind = planned.kind == .refund ? .refundReversal : .paymentReversal
      entries[index].entry = try importer.books.appendEntry(
        kind, call: item.call.call, item: item.item, amount: planned.amount, on: planned.day,
        reverses: target, memo: memo)
    } else {
      entries[index].fate = .refused
      return
    }
    try settle(index, .new)
  }

  private func reverse(
    _ id: Entry.ID, _ known: KnownEntry, _ item: ItemFacts, because reason: String
  ) throws -> Entry.ID? {
    guard let kind = known.kind.reversal else { return nil }
    return try importer.books.appendEntry(
      kind, call: item.call.call, item: item.item,
      amount: Money(
        minorUnits: Int64(clamping: known.units.magnitude), item.item.amount.currency),
      on: known.day, reverses: id, memo: reason)
  }

  private mutating func record(_ index: Int) throws {
    let planned = entries[index]
    guard let item = planned.item else { return }
    var (memo, reference) = (planned.memo, planned.reference)
    if case .edited(let known) = planned.fate {
      if !has("memo", index) { memo = known.memo }
      if !has("reference", index) { reference = known.reference }
    }
    entries[index].entry = try importer.books.appendEntry(
      planned.entryKind, call: item.call.call, item: item.item, amount: planned.amount,
      on: planned.day, memo: memo, reference: reference)
  }

  private func changes(_ index: Int, _ known: KnownEntry) -> [FieldChange] {
    let planned = entries[index]
    let before = Money(
      minorUnits: Int64(clamping: known.units.magnitude), planned.amount.currency)
    var changes: [FieldChange] = []
    func add(_ column: String, _ from: String, _ to: String) {
      if from != to { changes.append(FieldChange(column, from: from, to: to)) }
    }
    add("paid_date", known.day.description, planned.day.description)
    add("kind", known.kind.rawValue, planned.entryKind.rawValue)
    add("amount", before.digits, planned.amount.digits)
    if has("memo", index) { add("memo", known.memo, planned.memo) }
    if has("reference", index) { add("reference", known.reference, planned.reference) }
    if let item = planned.item, item.item.id != known.item {
      add("call_no", "", String(item.call.call.number))
    }
    return changes
  }
}
