import FundModel
import Store

/// Partners, staged investments and direct ones, and the changes of what was promised.
extension Importer {
  /// A row about a commitment that is there, whose amount is still to be compared.
  struct ComparedAmount {
    let row: ImportRow
    let commitment: CommitmentFacts
    let cell: Money
    var compared: ComparedRow
  }

  /// The payment of a direct investment that this import records.
  struct DirectPayment {
    let row: ImportRow
    /// Where it stands among entries; after all that have a place where it is `nil`.
    let sequence: Int64?
    let entry: Recorded

    enum Recorded {
      case new(ItemFacts)
      /// The commitment whose payment it is.
      case there(CommitmentFacts)
    }
  }

  /// Both sides' commitments in the order of their sequences. A direct investment's sequence as a
  /// commitment is its column `commitment`.
  func takeCommitments() throws {
    let formats: [BooksFormat] = [.partners, .stagedInvestments, .investments]
    var all: [(row: ImportRow, format: BooksFormat, at: Int64)] = []
    for format in formats {
      guard let table = reading(format) else { continue }
      let column = format == .investments ? "commitment" : "sequence"
      if format == .investments { investmentRows = try InvestmentRows(reading(.cancellations)) }
      all += try table.sortedRows().map { row in
        (row, format, (row.optionalNumber(column) ?? nil) ?? .max)
      }
    }
    for (_, line) in all.enumerated().sorted(by: {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }) {
      let taken =
        switch line.format {
        case .partners: try takePartner(line.row)
        case .stagedInvestments: try takeStagedInvestment(line.row)
        default: try takeDirectInvestment(line.row)
        }
      guard line.at != .max else { continue }
      if commitmentsBySequence[line.at] != nil {
        line.row.problem(
          line.format == .investments ? "commitment" : "sequence", sequenceTwice(line.at))
      }
      commitmentsBySequence[line.at] = taken
      if taken == nil { failedSequences.insert(line.at) }
    }
    if isMarked {
      try countMissing(.partners) { $0.side == .partners }
      try countMissing(.stagedInvestments) {
        $0.side == .investments && !$0.commitment.isDirectInvestment
      }
      try countMissing(.investments) { $0.commitment.isDirectInvestment }
    }
  }

  private func countMissing(
    _ format: BooksFormat, _ isOfTable: (CommitmentFacts) -> Bool
  ) throws {
    guard let table = reading(format) else { return }
    table.notInFile = try fundsThen.keys.reduce(0) { count, id in
      count
        + (try facts(of: id)?.commitments.count {
          isOfTable($0) && $0.then != nil && !$0.isClaimed
        } ?? 0)
    }
  }

  /// The commitment of the books that a marked row names; `nil` where it names none, or with a
  /// problem.
  private func named(
    _ row: ImportRow, _ column: String, in fund: FundFacts, _ partyColumn: String
  ) throws -> (facts: CommitmentFacts?, isSound: Bool) {
    guard isMarked, let sequence = row.optionalNumber(column) ?? nil else { return (nil, true) }
    guard let facts = fund.commitments.first(where: { $0.id.rawValue == sequence }) else {
      row.problem(column, noSuchSequence(sequence))
      return (nil, false)
    }
    guard !facts.isClaimed else { return (facts, true) }
    if !facts.commitment.isDirectInvestment {
      guard case .one(facts.party) = partyNames.find(row.text(partyColumn)) else {
        row.problem(partyColumn, mustNotChange)
        return (nil, false)
      }
    }
    return (facts, true)
  }

  // MARK: Partners

  private func takePartner(_ row: ImportRow) throws -> CommitmentFacts? {
    guard let fund = try fund(row), let name = row.needed("partner") else { return nil }
    let key = FailedPartner(fund: fund.id, party: name)
    let amount = row.countedAmount("commitment", in: fund.currency)
    let stated = row.optionalAmount("stated_paid_in", in: fund.currency)
    if case .some(.some(let stated)) = stated { row.table.count(stated, in: "stated_paid_in") }
    let type = row.needed("type")
    let (named, isSound) = try named(row, "sequence", in: fund, "partner")
    guard let amount, let stated, let type, isSound,
      let party = try named?.party ?? party(name, row, "partner")
    else {
      failedPartners.insert(key)
      return nil
    }
    if let known = named ?? fund.partner(party), !known.isNew {
      guard !known.isClaimed else {
        row.problem("partner", Refusal.alreadyCommitted(party: name).sentence)
        return nil
      }
      known.isClaimed = true
      return try compare(row, known, amount, stated: stated) ? known : nil
    }
    let id = try attempt(row, ["party": "partner", "amount": "commitment"]) {
      try Commit(
        fund: fund.id, side: .partners, party: party, amount: amount, partnerType: type
      ).execute(in: books)
    }
    guard let id else {
      failedPartners.insert(key)
      return nil
    }
    if let stated {
      _ = try attempt(row, ["amount": "stated_paid_in"]) {
        try StatePaidIn(commitment: id, amount: stated).execute(in: books)
      }
    }
    try row.settle(.new)
    return insert(id, .partners, party, amount, in: fund)
  }

  /// What a row about a commitment of the books changes of it, but for its amount.
  ///
  /// - Returns: whether it could be read.
  private func compare(
    _ row: ImportRow, _ known: CommitmentFacts, _ amount: Money, stated: Money??
  ) throws -> Bool {
    var compared = ComparedRow(row, isMarked: isMarked)
    let (now, then) = (known.commitment, known.then)
    let type = compared.compare(
      "type", now: now.partnerType, then: then?.partnerType,
      meaning: Commitment.partnerType(meantBy:))
    let instrument = compared.compare(
      "instrument", now: now.instrument, then: then?.instrument)
    // Nothing stated is as good as zero.
    let statement = compared.compare(
      "stated_paid_in", stated.map { $0.flatMap(\.ifNotZero) },
      now: try statedNow(known.id, amount.currency)?.ifNotZero,
      then: try then.map { _ in try statedThen(known.id, amount.currency)?.ifNotZero },
      shown: \.digits)
    guard !compared.isBad else { return false }
    let done: Void? = try attempt(row, ["partner_type": "type", "amount": "stated_paid_in"]) {
      if type.isChange || instrument.isChange {
        _ = try AmendCommitment(
          commitment: known.id, partnerType: type, instrument: instrument
        ).execute(in: books)
      }
      if case .changed(let amount) = statement {
        _ = try StatePaidIn(
          commitment: known.id, amount: amount ?? .zero(now.amount.currency)
        ).execute(in: books)
      }
    }
    guard done != nil else { return false }
    comparedAmounts.append(
      ComparedAmount(row: row, commitment: known, cell: amount, compared: compared))
    return true
  }

  private func statedNow(_ id: Commitment.ID, _ currency: Currency) throws -> Money? {
    try stated(id, .max, currency)
  }

  private func statedThen(_ id: Commitment.ID, _ currency: Currency) throws -> Money? {
    try stated(id, known ?? .max, currency)
  }

  private func stated(_ id: Commitment.ID, _ known: Int64, _ currency: Currency) throws -> Money? {
    try books.connection.rows(statedSQL, [.init(id), .integer(known)]).first
      .map { try $0.money("amount", in: currency) }
  }

  private func insert(
    _ id: Commitment.ID, _ side: Side, _ party: Party.ID, _ amount: Money, in fund: FundFacts,
    isDirect: Bool = false
  ) -> CommitmentFacts {
    let facts = CommitmentFacts(
      new: Commitment(
        id: id, fund: fund.id, side: side,
        party: Party(id: party, name: partyNames.name(of: party)), partnerType: "",
        instrument: "", amount: amount, isDirectInvestment: isDirect), fund: fund)
    fund.insert(facts)
    return facts
  }

  // MARK: Staged investments

  private func takeStagedInvestment(_ row: ImportRow) throws -> CommitmentFacts? {
    guard let fund = try fund(row), let name = row.needed("company") else { return nil }
    let amount = row.countedAmount("commitment", in: fund.currency)
    let (named, isSound) = try named(row, "sequence", in: fund, "company")
    guard let amount, isSound, let party = try named?.party ?? party(name, row, "company") else {
      return nil
    }
    if let known = named ?? similar(fund, party, amount, row) {
      guard !known.isClaimed else {
        row.problem("sequence", sequenceTwice(known.id.rawValue))
        return nil
      }
      known.isClaimed = true
      return try compare(row, known, amount, stated: .some(nil)) ? known : nil
    }
    let id = try attempt(row, ["party": "company", "amount": "commitment"]) {
      try Commit(
        fund: fund.id, side: .investments, party: party, amount: amount,
        instrument: row.text("instrument")
      ).execute(in: books)
    }
    guard let id else { return nil }
    try row.settle(.new)
    return insert(id, .investments, party, amount, in: fund)
  }

  /// A fund may have several commitments to one company: the one that says the same, or the only one
  /// that is left.
  private func similar(
    _ fund: FundFacts, _ party: Party.ID, _ amount: Money, _ row: ImportRow
  ) -> CommitmentFacts? {
    let left = fund.commitments.filter { known in
      known.side == .investments && !known.commitment.isDirectInvestment && known.party == party
        && !known.isClaimed && !known.isNew && known.commitment.isAbsent == false
        && (!isMarked || known.then == nil)
    }
    let instrument = row.text("instrument")
    let same = left.filter { $0.first == amount.minorUnits || $0.total == amount.minorUnits }
    return same.first { $0.commitment.instrument == instrument } ?? same.first
      ?? (left.count == 1 && !isMarked ? left.first : nil)
  }

  // MARK: Direct investments

  private func takeDirectInvestment(_ row: ImportRow) throws -> CommitmentFacts? {
    guard let fund = try fund(row), let name = row.needed("company") else { return nil }
    let amount = row.countedAmount("amount", in: fund.currency)
    let day = row.date("investment_date")
    let (named, isSound) = try named(row, "commitment", in: fund, "company")
    guard let amount, let day, isSound, let party = try party(name, row, "company") else {
      return nil
    }
    let sequence = row.optionalNumber("sequence") ?? nil
    if let known = named {
      guard !known.isClaimed, known.commitment.isDirectInvestment else {
        row.problem("commitment", sequenceTwice(known.id.rawValue))
        return nil
      }
      known.isClaimed = true
      return try compareInvestment(row, known, party, amount, day, in: fund)
    }
    if let known = equal(fund, party, amount, day, row) {
      known.isClaimed = true
      guard try amendInstrument(row, known) else { return nil }
      directPayments.append(DirectPayment(row: row, sequence: sequence, entry: .there(known)))
      return known
    }
    return try recordInvestment(row, fund, party, amount, day, sequence)
  }

  private func recordInvestment(
    _ row: ImportRow, _ fund: FundFacts, _ party: Party.ID, _ amount: Money, _ day: CalendarDate,
    _ sequence: Int64?, instrument: String? = nil
  ) throws -> CommitmentFacts? {
    let investment = RecordInvestment(
      fund: fund.id, party: party, amount: amount, investedOn: day,
      instrument: instrument ?? row.text("instrument"))
    guard
      let taken = try attempt(
        row, ["party": "company", "invested_on": "investment_date"],
        { try investment.commitAndCall(in: books) })
    else { return nil }
    let facts = insert(
      taken.commitment, .investments, party, amount, in: fund, isDirect: true)
    let call = CallFacts(
      CapitalCall(
        id: taken.call, fund: fund.id, side: .investments, number: 1, callType: "",
        noticeDate: day, dueDate: day, isDirectInvestment: true), isNew: true)
    let item = ItemFacts(
      CallItem(id: taken.item, call: taken.call, commitment: taken.commitment, amount: amount),
      of: call)
    call.items[taken.commitment] = item
    fund.insert(call, CallKey(investment: taken.commitment, number: 1))
    directPayments.append(DirectPayment(row: row, sequence: sequence, entry: .new(item)))
    return facts
  }

  /// So many equal rows against so many equal investments: what the file undoes against what the
  /// books have undone first, the rest against what stands.
  private func equal(
    _ fund: FundFacts, _ party: Party.ID, _ amount: Money, _ day: CalendarDate, _ row: ImportRow
  ) -> CommitmentFacts? {
    let found = fund.commitments.filter { known in
      guard known.commitment.isDirectInvestment, !known.isNew, !known.isClaimed,
        known.party == party, !isMarked || known.then == nil,
        let call = fund.calls[CallKey(investment: known.id, number: 1)]?.call,
        let item = fund.calls[CallKey(investment: known.id, number: 1)]?.items[known.id]
      else { return false }
      return call.noticeDate == day && item.item.amount == amount
    }
    let standing = found.first { $0.undone == nil }
    let undone = found.first { $0.undone == .forGood }
    if investmentRows?.isUndone(row) == true {
      return undone ?? found.first { $0.undone == .withItsImport } ?? standing
    }
    return standing ?? undone
  }

  private func amendInstrument(_ row: ImportRow, _ known: CommitmentFacts) throws -> Bool {
    var compared = ComparedRow(row, isMarked: isMarked)
    let instrument = compared.compare(
      "instrument", now: known.commitment.instrument, then: known.then?.instrument)
    if instrument.isChange {
      let done = try attempt(row) {
        try AmendCommitment(commitment: known.id, instrument: instrument).execute(in: books)
      }
      guard done != nil else { return false }
    }
    let isUndone = known.undone != nil && investmentRows?.isUndone(row) != true
    try row.settle(
      compared.changes.isEmpty && isUndone
        ? .alreadyThere(Phrase("취소한 투자입니다.", "The investment was undone.")) : compared.outcome)
    return true
  }

  /// A marked row about an investment of the books: what is not as it was is undone and recorded anew.
  private func compareInvestment(
    _ row: ImportRow, _ known: CommitmentFacts, _ party: Party.ID, _ amount: Money,
    _ day: CalendarDate, in fund: FundFacts
  ) throws -> CommitmentFacts? {
    let sequence = row.optionalNumber("sequence") ?? nil
    guard let call = fund.calls[CallKey(investment: known.id, number: 1)],
      let item = call.items[known.id]
    else { return nil }
    var changes: [FieldChange] = []
    if party != known.party {
      changes.append(
        FieldChange(
          "company", from: partyNames.name(of: known.party), to: partyNames.name(of: party)))
    }
    if amount != item.item.amount {
      changes.append(FieldChange("amount", from: item.item.amount.digits, to: amount.digits))
    }
    if day != call.call.noticeDate {
      changes.append(
        FieldChange(
          "investment_date", from: call.call.noticeDate.description, to: day.description))
    }
    guard !changes.isEmpty, known.undone == nil else {
      guard try amendInstrument(row, known) else { return nil }
      directPayments.append(DirectPayment(row: row, sequence: sequence, entry: .there(known)))
      return known
    }
    var compared = ComparedRow(row, isMarked: true)
    let instrument = compared.compare(
      "instrument", now: known.commitment.instrument, then: known.then?.instrument
    ).applied(to: known.commitment.instrument)
    let standing = try books.standingEntries(of: call.call.id)
    guard standing == 1 else {
      row.problem(
        "",
        Phrase(
          "이 투자에는 반환이 있어 고쳐 적을 수 없습니다. 반환을 먼저 취소하세요.",
          "Money of this investment was refunded, so it cannot be recorded anew; reverse that first."
        ))
      return nil
    }
    let undone = try attempt(row) {
      try UndoInvestment(investment: known.id, reason: changeReason(row)).execute(in: books)
    }
    guard undone != nil,
      let new = try recordInvestment(
        row, fund, party, amount, day, sequence, instrument: instrument)
    else { return nil }
    try row.settle(.changes(changes + compared.changes))
    return new
  }

  // MARK: Changes of what was promised

  /// The commitment that a row names: by its sequence, or on the partners' side by fund and party.
  func commitment(
    _ row: ImportRow, _ side: Side, fund: FundFacts, partyColumn: String
  ) throws -> CommitmentFacts? {
    guard let sequence = row.optionalNumber("commitment") else { return nil }
    if let sequence {
      let known =
        commitmentsBySequence[sequence]
        ?? (isMarked ? fund.commitments.first { $0.id.rawValue == sequence } : nil)
      if let known {
        guard isSame(known, row.text(partyColumn), partyColumn) else {
          row.problem(partyColumn, mustNotChange)
          return nil
        }
        return known
      }
      if !failedSequences.contains(sequence) {
        row.problem(
          "commitment",
          Phrase(
            "번호 \(sequence)의 약정이 파일에 없습니다.",
            "No commitment in these files has the sequence \(sequence)."))
      }
      return nil
    }
    guard side == .partners else {
      row.problem("commitment", TextProblem.missing.sentence(of: "commitment"))
      return nil
    }
    let name = row.text(partyColumn)
    switch partyNames.find(name) {
    case .one(let party):
      if let found = fund.partner(party) { return found }
    case .several(let candidates):
      row.problem(partyColumn, severalNames(name, candidates))
      return nil
    case .none: break
    }
    if !failedPartners.contains(FailedPartner(fund: fund.id, party: name)) {
      row.problem(
        partyColumn,
        Phrase(
          "‘\(name)’의 약정이 이 조합에 없습니다. partners.csv에 있어야 합니다.",
          "“\(name)” has no commitment to this fund; it has to be in partners.csv."))
    }
    return nil
  }

  /// Whether a row that names a commitment by its sequence also names its party, where it names one.
  private func isSame(_ known: CommitmentFacts, _ name: String, _ partyColumn: String) -> Bool {
    guard partyColumn != "commitment", !name.isEmpty, isMarked, !known.isNew,
      !known.commitment.isDirectInvestment
    else { return true }
    if case .one(let party) = partyNames.find(name) { return party == known.party }
    return false
  }

  func takeCommitmentChanges() throws {
    var order: [CommitmentFacts] = []
    var rows: [Commitment.ID: [AmountRow]] = [:]
    if let table = reading(.commitmentChanges) {
      for row in try table.sortedRows() {
        guard let fund = try fund(row), let side = row.side(),
          let commitment = try commitment(row, side, fund: fund, partyColumn: "party")
        else { continue }
        let amount = row.countedAmount("amount", in: fund.currency)
        let day = row.optionalDate("effective_on")
        guard let amount, let day else { continue }
        if rows[commitment.id] == nil { order.append(commitment) }
        rows[commitment.id, default: []].append(AmountRow(row: row, day: day, amount: amount))
      }
    }
    var missing = try missingChanges(without: Set(order.map(\.id)))
    for known in order {
      // The first change of a direct investment is the investment itself.
      let matching = AmountMatching(
        known.commitment.isDirectInvestment ? Array(known.changes.dropFirst()) : known.changes,
        first: known.first, isTakenBack: known.commitment.isTakenBack,
        isDirect: known.commitment.isDirectInvestment, known: self.known)
      matching.match(&rows[known.id, default: []])
      missing += matching.missing
    }
    if isMarked { reading(.commitmentChanges)?.notInFile = missing }
    for compared in comparedAmounts {
      try compareAmount(compared, rows[compared.commitment.id] ?? [])
    }
    for known in order {
      for change in rows[known.id] ?? [] {
        try write(change) { amount, day, reason in
          _ = try ChangeCommitment(
            commitment: known.id, amount: amount, effectiveOn: day, reason: reason
          ).change(in: books, asHistory: true)
        }
      }
    }
  }

  private func missingChanges(without named: Set<Commitment.ID>) throws -> Int {
    guard let known, reading(.commitmentChanges) != nil else { return 0 }
    return try fundsThen.keys.reduce(0) { count, id in
      let left = try facts(of: id)?.commitments.filter { !named.contains($0.id) } ?? []
      return left.reduce(count) { count, commitment in
        let changes = commitment.changes.dropFirst(
          commitment.commitment.isDirectInvestment ? 1 : 0)
        return count + changes.count { $0.audit <= known }
      }
    }
  }

  private func compareAmount(_ compared: ComparedAmount, _ rows: [AmountRow]) throws {
    let known = compared.commitment
    var outcome = compared.compared
    let delta = try attempt(compared.row) {
      try AmountMatching.delta(
        cell: compared.cell, first: known.first, firstThen: known.then == nil ? nil : known.first,
        facts: known.changes, rows: rows)
    }
    guard let delta else { return }
    if let delta {
      // What was promised by nobody until now was promised from the beginning.
      let isReleased = known.commitment.isTakenBack && known.total == 0
      let done = try attempt(compared.row, ["amount": "commitment"]) {
        try ChangeCommitment(
          commitment: known.id, amount: delta.amount,
          effectiveOn: isReleased ? nil : changesFrom, reason: changeReason(compared.row)
        ).change(in: books, asHistory: true)
      }
      guard done != nil else { return }
      outcome.add(FieldChange("commitment", from: delta.from.digits, to: delta.to.digits))
    }
    try compared.row.settle(outcome.outcome)
  }
}

/// What of the rows about direct investments the same import says was undone.
struct InvestmentRows {
  private let undone: Set<Int64>

  /// - Parameter cancellations: a direct investment's call is cancelled with it.
  init(_ cancellations: TableReading?) throws {
    var undone: Set<Int64> = []
    try cancellations?.table.lines { line in
      guard case .row(_, let texts) = line else { return }
      let columns = cancellations?.table.columns ?? []
      if let place = columns.firstIndex(of: "commitment"), texts.indices.contains(place),
        let commitment = Int64(texts[place])
      {
        undone.insert(commitment)
      }
    }
    self.undone = undone
  }

  func isUndone(_ row: ImportRow) -> Bool {
    Int64(row.text("commitment")).map(undone.contains) ?? false
  }
}

extension Money {
  fileprivate var ifNotZero: Money? { isZero ? nil : self }
}

/// Said of what names a fact of the books and cannot be another.
let mustNotChange = Phrase(
  "장부의 이 줄과 다른 상대입니다. 상대는 바꿀 수 없으니, 새로 적을 줄이면 번호를 비우세요.",
  "This is not whom the books have in this line, and that cannot change; for a new line, leave the "
    + "sequence empty.")

private let statedSQL = """
  SELECT amount FROM stated_paid_in WHERE commitment_id = $1 AND audit <= $2 ORDER BY id DESC LIMIT 1
  """
