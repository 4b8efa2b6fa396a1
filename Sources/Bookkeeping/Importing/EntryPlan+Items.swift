import FundModel
import Store

/// Said of a row that is there but for its memo or its reference: without a number it may as well be
/// another payment of the same day and amount.
private let otherWordsStay = Phrase(
  "같은 날 같은 금액이 이미 있습니다. 비고·참조가 다르지만 그대로 둡니다.",
  "The same amount on the same day is there; its memo or reference differs and stays as it is.")

/// Said of a refund that is written as less than nothing: its row says already that it was returned.
private func refundWithSign(_ amount: Money) -> Phrase {
  let positive = Money(minorUnits: Int64(clamping: amount.minorUnits.magnitude), amount.currency)
  let (read, right) = (groupedDigits(amount.digits), groupedDigits(positive.digits))
  return Phrase(
    "반환 줄의 금액은 빼기표 없이 적습니다. ‘\(read)’이(가) 아니라 \(right)(으)로 적으세요.",
    "The amount of a refund is written without a minus: not “\(read)” but \(right).")
}

/// Each item as a whole: what is there, what is new, what does not fit.
extension EntryPlan {
  /// Up to so many new rows on one item are held against each other one by one.
  private static let mostInOrder = 1_000

  mutating func decide() throws {
    var order: [(item: CallItem.ID, index: Int)] = []
    order.reserveCapacity(entries.count)
    for index in entries.indices {
      if let item = entries[index].item { order.append((item.item.id, index)) }
    }
    // The rows of one item in their order, the items in theirs: those of one call are neighbours.
    let isInOrder = zip(order, order.dropFirst()).allSatisfy { $0.item <= $1.item }
    if !isInOrder { order.sort { ($0.item, $0.index) < ($1.item, $1.index) } }
    var start = order.startIndex
    var seen: Set<CallItem.ID> = []
    while start < order.endIndex {
      let id = order[start].item
      var end = start
      while end < order.endIndex, order[end].item == id { end += 1 }
      if let item = entries[order[start].index].item {
        try decide(order[start..<end].map(\.index), of: item)
      }
      if removed[id] != nil { seen.insert(id) }
      start = end
    }
    // Items that something is only taken from.
    for (id, gone) in removed where !seen.contains(id) {
      guard let item = try item(id) else { continue }
      try check([], of: item, standing: standing(on: id, without: gone), removed: gone)
    }
  }

  private mutating func decide(_ rows: [Int], of item: ItemFacts) throws {
    let gone = removed[item.item.id] ?? []
    var left: [KnownEntry] = []
    if !item.call.isNew {
      left = try callEntries(of: item)
      try match(rows, with: left, of: item)
    } else {
      for index in rows where entries[index].kind != .reversal {
        if case .undecided = entries[index].fate { entries[index].fate = .new }
      }
    }
    var removedNow = gone
    for index in rows where entries[index].kind == .reversal {
      guard case .undecided = entries[index].fate,
        let place = places[entries[index].reverses]
      else { continue }
      switch entries[place].fate {
      case .new: entries[index].fate = .new
      case .there, .reversed:
        guard let target = left.first(where: { $0.id == entries[place].entry }) else { continue }
        if target.reversedBy != nil {
          entries[index].fate = .there
        } else {
          entries[index].fate = .new
          entries[index].entry = target.id
          removers[target.id] = index
          removedNow.append(target)
        }
      case .undecided, .edited, .refused: entries[index].fate = .refused
      }
    }
    try check(
      rows, of: item,
      standing: left.filter(\.stands).filter { entry in
        !removedNow.contains { $0.id == entry.id }
      }, removed: removedNow)
  }

  /// So many equal rows against so many equal entries of the books. What the file reverses is held
  /// against what the books have reversed first, the rest against what stands.
  private mutating func match(
    _ rows: [Int], with known: [KnownEntry], of item: ItemFacts
  ) throws {
    guard !known.isEmpty else {
      for index in rows where entries[index].kind != .reversal {
        if case .undecided = entries[index].fate { entries[index].fate = .new }
      }
      return
    }
    struct Key: Hashable {
      let units: Int64
      let day: CalendarDate
    }
    var queues: [Key: [KnownEntry]] = [:]
    // The first payment of a direct investment is its row's.
    let own = item.call.call.isDirectInvestment ? known.map(\.id).min() : nil
    for entry in known.reversed() where entry.reverses == nil && entry.id != own {
      guard entry.audit > self.known ?? 0 else { continue }
      queues[Key(units: entry.units, day: entry.day), default: []].append(entry)
    }
    func take(_ key: Key, _ isMeant: (KnownEntry) -> Bool) -> KnownEntry? {
      guard let place = queues[key]?.lastIndex(where: isMeant) else { return nil }
      return queues[key]?.remove(at: place)
    }
    for index in rows where entries[index].kind != .reversal {
      if entries[index].isInvestment, case .there = entries[index].fate {
        entries[index].entry = entries[index].entry ?? own
      }
      guard case .undecided = entries[index].fate else { continue }
      let planned = entries[index]
      let key = Key(units: planned.units, day: planned.day)
      let isReversedInFile =
        planned.sequence != .max && reversedInFile.contains(planned.sequence)
      let found: KnownEntry? =
        isReversedInFile
        ? take(key) { $0.reversedBy != nil && !$0.isAnswered } ?? take(key, \.isAnswered)
          ?? take(key) { $0.reversedBy == nil }
        : take(key) { $0.reversedBy == nil }
          ?? take(key) { $0.reversedBy != nil && !$0.isAnswered }
      guard let found else {
        entries[index].fate = .new
        continue
      }
      entries[index].entry = found.id
      entries[index].fate =
        isReversedInFile ? .there : found.reversedBy.map { .reversed(by: $0) } ?? .there
      let saysMore =
        (!planned.memo.isEmpty && planned.memo != found.memo)
        || (!planned.reference.isEmpty && planned.reference != found.reference)
      if saysMore { remarks[index] = otherWordsStay }
    }
  }

  /// Refuses what the item does not take: on every day the running total of all that stands in the
  /// end lies between zero and its amount.
  private mutating func check(
    _ rows: [Int], of item: ItemFacts, standing: [KnownEntry], removed: [KnownEntry]
  ) throws {
    let call = item.call.call
    let reversedNew =
      reversedInFile.isEmpty
      ? []
      : Set(
        rows.filter { entries[$0].kind == .reversal }.compactMap { places[entries[$0].reverses] })
    var added: [Int] = []
    for index in rows where entries[index].kind != .reversal {
      switch entries[index].fate {
      case .new, .edited: break
      case .undecided, .there, .reversed, .refused: continue
      }
      let planned = entries[index]
      do {
        try importer.books.check(planned.memo, "memo", most: TextLimit.memo)
        try importer.books.check(planned.reference, "reference", most: TextLimit.name)
        try EntryRules.checkItself(
          planned.entryKind, of: planned.amount, on: planned.day, itemAmount: item.item.amount,
          of: call, today: importer.books.today)
        if !reversedNew.contains(index) { added.append(index) }
      } catch let refusal as Refusal {
        refuse(index, refusal.field ?? "", refusal.sentence)
      } catch let refusal as EntryRules.Refusal {
        refuse(
          index, refusal.field ?? "",
          planned.kind == .refund && planned.amount.isNegative
            ? refundWithSign(planned.amount) : refusal.sentence)
      }
    }
    for index in rows where entries[index].kind == .reversal {
      guard case .new = entries[index].fate else { continue }
      if let problem = TextProblem(in: entries[index].memo, most: TextLimit.memo, required: true) {
        refuse(index, "memo", problem.sentence(of: "reason"))
      }
    }
    let base = standing.map { (day: $0.day, units: $0.units) }
    // One after the other, as if each were recorded by itself; but where something is taken away, it
    // is what stands in the end that has to fit.
    // So it is with very many rows on one item: to look at each after each would take for ever.
    let isNetted = !reversedNew.isEmpty || !removed.isEmpty || added.count > Self.mostInOrder
    if !isNetted, try fitInOrder(added, item, base) { return }
    let movements = Dictionary(
      uniqueKeysWithValues: added.map { ($0, (entries[$0].day, entries[$0].units)) })
    func history(_ indices: [Int]) throws(MoneyError) -> ItemHistory {
      try ItemHistory(
        amount: item.item.amount, movements: base + indices.compactMap { movements[$0] })
    }
    if isNetted, try history(added).breaches.isEmpty { return }
    try blame(added, of: item, history)
    if try !history(added.filter { !isRefused($0) }).breaches.isEmpty {
      blameReversals(item, removed)
    }
  }

  /// Whether each row fits when it comes, after those before it.
  private func fitInOrder(
    _ added: [Int], _ item: ItemFacts, _ base: [(day: CalendarDate, units: Int64)]
  ) throws -> Bool {
    let bounds = min(item.item.amount.minorUnits, 0)...max(item.item.amount.minorUnits, 0)
    guard !added.isEmpty else { return true }
    var movements = base
    var last = base.map(\.day).max() ?? .earliest
    var total = try ItemHistory(amount: item.item.amount, movements: base).paid(on: .latest)
      .minorUnits
    for index in added {
      let (day, units) = (entries[index].day, entries[index].units)
      let (sum, overflow) = total.addingReportingOverflow(units)
      guard !overflow else { return false }
      total = sum
      movements.append((day, units))
      if day >= last {
        guard bounds.contains(total) else { return false }
        last = day
      } else if try !ItemHistory(amount: item.item.amount, movements: movements).breaches.isEmpty {
        return false
      }
    }
    return true
  }

  /// Tells of the rows that do not fit: each is tried in its order, and once more after the others.
  private mutating func blame(
    _ added: [Int], of item: ItemFacts, _ history: ([Int]) throws(MoneyError) -> ItemHistory
  ) throws {
    // Where one item has so many rows, telling which of them fit would take for ever.
    guard added.count <= Self.mostInOrder else {
      for index in added {
        refuse(
          index, "amount",
          Phrase(
            "이 항목의 기록을 모두 더하면 항목의 금액을 넘거나 0보다 작아집니다.",
            "All entries on this item together pass its amount, or go below zero."))
      }
      return
    }
    var (taken, left): ([Int], [Int]) = ([], added)
    var isMoving = true
    while isMoving {
      isMoving = false
      for index in left where try history(taken + [index]).breaches.isEmpty {
        taken.append(index)
        left.removeAll { $0 == index }
        isMoving = true
      }
    }
    for index in left {
      let planned = entries[index]
      do {
        try EntryRules.check(
          planned.entryKind, of: planned.amount, on: planned.day, item: history(taken),
          of: item.call.call, today: importer.books.today)
      } catch let refusal as EntryRules.Refusal {
        refuse(index, refusal.field ?? "", refusal.sentence)
      }
    }
  }

  private mutating func blameReversals(_ item: ItemFacts, _ removed: [KnownEntry]) {
    for entry in removed {
      let sentence = EntryRules.Refusal.laterEntriesDepend(
        Money(minorUnits: entry.units, item.item.amount.currency),
        most: .zero(item.item.amount.currency), on: entry.day
      ).sentence
      if let index = removers[entry.id] {
        refuse(index, entries[index].kind == .reversal ? "reverses" : "", sentence)
      }
    }
  }
}
