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
  private var places: [Int64: Int] = [:]
  /// Sequences that reversals of the file name.
  private var reversedInFile: Set<Int64> = []
  /// The rows that take an entry of the books away.
  private var removers: [Entry.ID: Int] = [:]
  /// Entries of the books that this import reverses, by item.
  private var removed: [CallItem.ID: [KnownEntry]] = [:]

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
          row: payment.row.index, isInvestment: true, sequence: sequence, kind: .payment,
          amount: item.item.amount, day: item.call.call.noticeDate, reverses: 0, memo: "",
          reference: "", item: item))
    case .there(let commitment):
      guard
        let item = commitment.fund.calls[CallKey(investment: commitment.id, number: 1)]?
          .items[commitment.id]
      else { return }
      entries.append(
        PlannedEntry(
          row: payment.row.index, isInvestment: true, sequence: sequence, kind: .payment,
          amount: item.item.amount, day: item.call.call.noticeDate, reverses: 0, memo: "",
          reference: "", item: item, fate: .there))
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

  // MARK: Rows that name an entry

  /// What is known by number: the entries that marked rows name, and the targets of reversals.
  mutating func resolve() throws {
    if known != nil {
      for index in entries.indices where entries[index].sequence != .max {
        if entries[index].isInvestment {
          if case .there = entries[index].fate {
            entries[index].entry = Entry.ID(rawValue: entries[index].sequence)
          }
        } else if case .undecided = entries[index].fate {
          try compare(index)
        }
      }
    }
    for index in entries.indices where entries[index].kind == .reversal {
      guard case .undecided = entries[index].fate else { continue }
      try resolveReversal(index)
    }
  }

  private mutating func compare(_ index: Int) throws {
    let planned = entries[index]
    guard let found = try entry(planned.sequence) else {
      return refuse(index, "sequence", noSuchSequence(planned.sequence))
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
      entries[index].fate =
        isSame && reversedInFile.contains(planned.sequence) ? .there : .reversed(by: reversal)
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
        "번호 \(planned.reverses)의 기록이 앞에 없습니다.",
        "No earlier entry in these files has the sequence \(planned.reverses)."))
  }

  // MARK: Each item as a whole

  /// Up to so many new rows on one item are held against each other one by one.
  private static let mostInOrder = 1_000

  mutating func decide() throws {
    var order = entries.indices.filter { entries[$0].item != nil }
    order.sort { a, b in
      let (one, other) = (entries[a].item?.item.id, entries[b].item?.item.id)
      guard let one, let other, one != other else { return a < b }
      return one < other
    }
    var start = order.startIndex
    while start < order.endIndex {
      let item = entries[order[start]].item
      let end =
        order[start...].firstIndex { entries[$0].item?.item.id != item?.item.id } ?? order.endIndex
      if let item { try decide(Array(order[start..<end]), of: item) }
      start = end
    }
    // Items that something is only taken from.
    let seen = Set(order.compactMap { entries[$0].item?.item.id })
    for (id, gone) in removed where !seen.contains(id) {
      guard let item = try item(id) else { continue }
      try check([], of: item, standing: standing(on: id, without: gone), removed: gone)
    }
  }

  private mutating func decide(_ rows: [Int], of item: ItemFacts) throws {
    let gone = removed[item.item.id] ?? []
    var left: [KnownEntry] = []
    if !item.call.isNew {
      left = try knownEntries(on: item.item.id)
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
    }
  }

  /// Refuses what the item does not take: on every day the running total of all that stands in the
  /// end lies between zero and its amount.
  private mutating func check(
    _ rows: [Int], of item: ItemFacts, standing: [KnownEntry], removed: [KnownEntry]
  ) throws {
    let call = item.call.call
    let reversedNew = Set(
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
        refuse(index, refusal.field ?? "", refusal.sentence)
      }
    }
    for index in rows where entries[index].kind == .reversal {
      guard case .new = entries[index].fate else { continue }
      if let problem = TextProblem(in: entries[index].memo, most: TextLimit.memo, required: true) {
        refuse(index, "memo", problem.sentence(of: "reason"))
      }
    }
    let base = standing.map { (day: $0.day, units: $0.units) }
    let movements = Dictionary(
      uniqueKeysWithValues: added.map { ($0, (entries[$0].day, entries[$0].units)) })
    func history(_ indices: [Int]) throws(MoneyError) -> ItemHistory {
      try ItemHistory(
        amount: item.item.amount, movements: base + indices.compactMap { movements[$0] })
    }
    // One after the other, as if each were recorded by itself; but where something is taken away, it
    // is what stands in the end that has to fit.
    // So it is with very many rows on one item: to look at each after each would take for ever.
    let isNetted = !reversedNew.isEmpty || !removed.isEmpty || added.count > Self.mostInOrder
    guard try !(isNetted ? history(added).breaches.isEmpty : fitInOrder(added, item, base)) else {
      return
    }
    try blame(added, history)
    if try !history(added.filter { !isRefused($0) }).breaches.isEmpty {
      blameReversals(item, removed)
    }
  }

  /// Whether each row fits when it comes, after those before it.
  private func fitInOrder(
    _ added: [Int], _ item: ItemFacts, _ base: [(day: CalendarDate, units: Int64)]
  ) throws -> Bool {
    let bounds = min(item.item.amount.minorUnits, 0)...max(item.item.amount.minorUnits, 0)
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
    _ added: [Int], _ history: ([Int]) throws(MoneyError) -> ItemHistory
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
      let most = try history(taken).most(planned.entryKind, on: planned.day)
      let sentence = EntryRules.Refusal.tooMuch(
        planned.entryKind, planned.amount, most: most, on: planned.day
      ).sentence
      refuse(index, "amount", sentence)
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

  // MARK: Writing

  /// Everything that was decided, in the order of the sequences.
  mutating func write() throws {
    for index in entries.indices {
      switch entries[index].fate {
      case .undecided, .refused: continue
      case .there:
        if !entries[index].isInvestment { try settle(index, .alreadyThere(nil)) }
      case .reversed(let reversal):
        try settle(index, .alreadyThere(reversed(by: reversal)))
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

  // MARK: Rows and entries

  private func table(_ index: Int) -> TableReading? {
    importer.reading(entries[index].isInvestment ? .investments : .payments)
  }

  private func has(_ column: String, _ index: Int) -> Bool { table(index)?.has(column) ?? false }

  private func settle(_ index: Int, _ outcome: RowOutcome) throws {
    try table(index)?.settle(entries[index].row, outcome)
  }

  private mutating func refuse(_ index: Int, _ column: String, _ sentence: Phrase) {
    entries[index].fate = .refused
    let column = entries[index].isInvestment && column == "paid_date" ? "investment_date" : column
    table(index)?.problem(entries[index].row, column, sentence)
  }

  private func isRefused(_ index: Int) -> Bool {
    if case .refused = entries[index].fate { true } else { false }
  }

  private func changeReason(_ index: Int) -> String {
    guard let table = table(index) else { return "" }
    return "\(table.table.name) \(table.outcomes.lines[entries[index].row])행"
  }

  private func reversed(by id: Entry.ID) -> Phrase {
    Phrase("기록 \(id)번으로 취소한 기록입니다.", "Reversed as entry \(id).")
  }

  private func standing(on item: CallItem.ID, without gone: [KnownEntry]) throws -> [KnownEntry] {
    try knownEntries(on: item).filter { entry in
      entry.stands && !gone.contains { $0.id == entry.id }
    }
  }

  private func knownEntries(on item: CallItem.ID) throws -> [KnownEntry] {
    try connection.rows(entriesOfItemSQL, [.init(item)]).map { try known($0) }
  }

  private func entry(_ id: Int64) throws -> KnownEntry? {
    try connection.rows(entrySQL, [.integer(id)]).first.map { try known($0) }
  }

  private func known(_ row: SQLRow) throws -> KnownEntry {
    guard let kind = Entry.Kind(rawValue: try row.text("kind")) else {
      throw StoreError.malformed(column: "kind")
    }
    let reversedIn = try row.optionalInteger("reversed_in")
    return KnownEntry(
      id: try row.id("id"), item: try row.id("item_id"), kind: kind,
      units: kind.sign * (try row.integer("amount")), day: try row.date("effective_on"),
      memo: try row.text("memo"), reference: try row.text("reference"),
      audit: try row.integer("audit"), reverses: try row.optionalID("reverses"),
      reversedBy: try row.optionalID("reversed_by"),
      isAnswered: reversedIn.map(answered.contains) ?? false)
  }

  /// An item by its id alone: of an entry that a row names.
  private func item(_ id: CallItem.ID) throws -> ItemFacts? {
    guard let row = try connection.rows(placeOfItemSQL, [.init(id)]).first,
      let fund = try importer.facts(of: row.id("fund_id"))
    else { return nil }
    let commitment: Commitment.ID = try row.id("commitment_id")
    let isInvestment = try row.side() == .investments
    let key = CallKey(
      investment: isInvestment ? commitment : nil, number: try row.integer("number"))
    return fund.calls[key]?.items[commitment]
  }

  /// Entries that an export of then had in its table of payments, and no row names.
  func missing(knownThrough known: Int64) throws -> Int {
    try connection.rows(knownPaymentsSQL, [.integer(known)]).count {
      try places[$0.integer("id")] == nil
    }
  }
}

private let entryColumns = """
  e.id, e.item_id, e.kind, e.amount, e.effective_on, e.memo, e.reference, e.audit, e.reverses,
  r.id AS reversed_by, r.audit AS reversed_in
  """

private let entriesOfItemSQL = """
  SELECT \(entryColumns)
  FROM entry e
  LEFT JOIN entry r ON r.reverses = e.id
  WHERE e.item_id = $1
  ORDER BY e.id
  """

private let entrySQL = """
  SELECT \(entryColumns)
  FROM entry e
  LEFT JOIN entry r ON r.reverses = e.id
  WHERE e.id = $1 AND e.item_id IS NOT NULL
  """

private let placeOfItemSQL = """
  SELECT q.fund_id, q.side, q.number, i.commitment_id
  FROM call_item i
  JOIN capital_call q ON q.id = i.call_id
  WHERE i.id = $1
  """

private let knownPaymentsSQL = """
  SELECT e.id
  FROM entry e
  JOIN commitment c ON c.id = e.commitment_id
  JOIN call_item i ON i.id = e.item_id
  WHERE e.audit <= $1 AND \(FundRecords.isThere("e.fund_id", "$1"))
    AND (c.is_direct = 1 OR \(CallRecords.stands("i.call_id", "$1")))
    AND (c.is_direct = 0 OR e.id > (SELECT min(id) FROM entry WHERE commitment_id = c.id))
  """
