import FundModel
import Store

/// What an import does with the cash ledger.
struct EntryPlan {
  let importer: Importer
  /// Through which entry of the trail the file knows the books; `nil` without a mark.
  let known: Int64?
  let answered: Set<Int64>
  let connection: any SQLConnection
  var entries: [PlannedEntry] = []
  /// Where the entry of a sequence stands among ``entries``.
  private(set) var places: [Int64: Int] = [:]
  /// Sequences that reversals of the file name.
  private(set) var reversedInFile: Set<Int64> = []
  /// What is to be said of rows that are there, where that is not the whole story.
  var remarks: [Int: Phrase] = [:]
  /// The rows that take an entry of the books away.
  var removers: [Entry.ID: Int] = [:]
  /// Entries of the books that stand for those that rows name.
  private var restoredSeen: Set<Entry.ID> = []
  /// Entries of the books that this import reverses, by item.
  private(set) var removed: [CallItem.ID: [KnownEntry]] = [:]
  /// Of the call that was asked for last.
  var callEntries: (call: CapitalCall.ID, ofItems: [CallItem.ID: [KnownEntry]])?

  init(
    importer: Importer, known: Int64?, answered: Set<Int64>, connection: any SQLConnection
  ) {
    self.importer = importer
    self.known = known
    self.answered = answered
    self.connection = connection
  }

  mutating func add(_ payment: Importer.DirectPayment) {
    let sequence = payment.sequence ?? .max
    switch payment.entry {
    case .new(let item):
      entries.append(
        PlannedEntry(
          table: payment.row.table.place, row: payment.row.index, isInvestment: true,
          sequence: sequence, kind: .payment, amount: item.item.amount,
          day: item.call.call.noticeDate, reverses: 0, memo: "", reference: "", item: item))
    case .there(let commitment):
      guard
        let item = commitment.fund.calls[CallKey(investment: commitment.id, number: 1)]?
          .items[commitment.id]
      else { return }
      entries.append(
        PlannedEntry(
          table: payment.row.table.place, row: payment.row.index, isInvestment: true,
          sequence: sequence, kind: .payment, amount: item.item.amount,
          day: item.call.call.noticeDate, reverses: 0, memo: "", reference: "", item: item,
          fate: .there))
    }
  }

  /// By sequence; those without one after the others, as they stand.
  mutating func sort() {
    let isAscending = zip(entries, entries.dropFirst()).allSatisfy { $0.sequence <= $1.sequence }
    guard !isAscending else { return }
    entries = entries.enumerated().sorted {
      ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset)
    }.map(\.element)
  }

  mutating func nameSequences() throws {
    for index in entries.indices {
      if entries[index].kind == .reversal { reversedInFile.insert(entries[index].reverses) }
      let sequence = entries[index].sequence
      guard sequence != .max else { continue }
      if places[sequence] != nil {
        refuse(index, "sequence", sequenceTwice(sequence))
      } else {
        places[sequence] = index
      }
    }
  }

  /// The entry that stands for one which an import reversed that was undone since: recorded again by
  /// the undo, alike in everything. Each stands for one row.
  private func restored(_ entry: KnownEntry) throws -> KnownEntry? {
    guard entry.reversedBy != nil, entry.isAnswered else { return nil }
    return try knownEntries(on: entry.item).first {
      $0.stands && $0.id > entry.id && answered.contains($0.audit) && $0.audit > known ?? 0
        && !restoredSeen.contains($0.id)
        && $0.kind == entry.kind && $0.units == entry.units && $0.day == entry.day
        && $0.memo == entry.memo && $0.reference == entry.reference
    }
  }

  // MARK: Rows that name an entry

  /// What is known by number: the entries that marked rows name, and the targets of reversals.
  mutating func resolve() throws {
    if known != nil {
      for index in entries.indices
      where entries[index].sequence != .max && !entries[index].isInvestment {
        if case .undecided = entries[index].fate { try compare(index) }
      }
    }
    for index in entries.indices where entries[index].kind == .reversal {
      guard case .undecided = entries[index].fate else { continue }
      try resolveReversal(index)
    }
  }

  private mutating func compare(_ index: Int) throws {
    let planned = entries[index]
    guard let named = try entry(planned.sequence) else {
      return refuse(index, "sequence", noSuchSequence(planned.sequence))
    }
    var found = named
    // A file that knows of the reversal speaks of the entry that was reversed.
    if !reversedInFile.contains(planned.sequence), let restored = try restored(named) {
      restoredSeen.insert(restored.id)
      found = restored
    }
    entries[index].entry = found.id
    if planned.kind == .reversal {
      guard found.reverses?.rawValue == planned.reverses,
        !has("memo", index) || found.memo == planned.memo
      else {
        let sentence = EntryRules.Refusal.reversalOfReversal.sentence
        return refuse(index, "reverses", sentence)
      }
      entries[index].fate = .there
      return
    }
    let isSame =
      found.item == planned.item?.item.id && found.kind == planned.entryKind
      && found.units == planned.units && found.day == planned.day
      && (!has("memo", index) || found.memo == planned.memo)
      && (!has("reference", index) || found.reference == planned.reference)
    if let reversal = found.reversedBy {
      let isKnown = isSame && reversedInFile.contains(planned.sequence)
      entries[index].fate = isKnown ? .there : .reversed(by: reversal)
      if !isKnown, found.isAnswered { remarks[index] = takenBackSince }
    } else if planned.item == nil {
      refuse(index, "sequence", noSuchSequence(planned.sequence))
    } else if found.reverses != nil {
      refuse(index, "kind", EntryRules.Refusal.reversalOfReversal.sentence)
    } else if isSame {
      entries[index].fate = .there
    } else if reversedInFile.contains(planned.sequence) {
      refuse(
        index, "sequence",
        Phrase(
          "같은 파일에서 고치면서 취소했습니다. 하나만 남기세요.",
          "It is edited and reversed in the same file; leave one of the two."))
    } else {
      entries[index].fate = .edited(found)
      removers[found.id] = index
      removed[found.item, default: []].append(found)
    }
  }

  private mutating func resolveReversal(_ index: Int) throws {
    let planned = entries[index]
    if let place = places[planned.reverses], place < index,
      entries[place].kind != .reversal
    {
      entries[index].item = entries[place].item
      return
    }
    if known != nil, let target = try entry(planned.reverses) {
      if target.reverses != nil {
        return refuse(index, "reverses", EntryRules.Refusal.reversalOfReversal.sentence)
      }
      if target.reversedBy != nil {
        entries[index].fate = .there
      } else if let item = try item(target.item) {
        entries[index].item = item
        entries[index].fate = .new
        entries[index].entry = target.id
        removers[target.id] = index
        removed[target.item, default: []].append(target)
      }
      return
    }
    if places[planned.reverses].map({ entries[$0].kind }) == .reversal {
      return refuse(index, "reverses", EntryRules.Refusal.reversalOfReversal.sentence)
    }
    guard !importer.failedEntries.contains(planned.reverses) else {
      entries[index].fate = .refused
      return
    }
    refuse(
      index, "reverses",
      Phrase(
        "번호 \(planned.reverses)의 기록이 앞줄에 없습니다. 취소할 기록의 번호를 쓰고, 그 기록을 먼저 두세요.",
        "No earlier entry in these files has the sequence \(planned.reverses); write that of the "
          + "entry to reverse, which comes first."))
  }
}
