import FundModel
import Store

/// Changes of what was promised, and amounts of commitments that are there.
extension Importer {
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
      if lacksCommitments(of: side) {
        return try inTheBooks(row, side, sequence, fund: fund, partyColumn: partyColumn)
      }
      if !failedSequences.contains(sequence) {
        row.problem(
          "commitment",
          Phrase(
            "번호 \(sequence)의 약정이 가져오는 파일에 없습니다. 그 약정 줄의 번호를 쓰세요.",
            "No commitment in these files has the sequence \(sequence); write that of its line."))
      }
      return nil
    }
    guard side == .partners else {
      _ = row.needed("commitment")
      return nil
    }
    guard let name = row.needed(partyColumn) else { return nil }
    switch partyNames.find(name) {
    case .one(let party):
      if let found = fund.partner(party) { return found }
    case .several(let candidates):
      row.problem(partyColumn, severalNames(name, candidates))
      return nil
    case .none: break
    }
    if !failedPartners.contains(FailedPartner(fund: fund.id, party: name)) {
      row.problem(partyColumn, Self.noCommitment(of: name))
    }
    return nil
  }

  private static func noCommitment(of name: String) -> Phrase {
    Phrase(
      "‘\(name)’의 약정이 이 조합에 없습니다. 이 조합의 조합원 이름을 쓰거나 약정을 함께 가져오세요.",
      "“\(name)” has no commitment to this fund, in the books or in what is imported; write the "
        + "name of a partner of the fund, or import the commitment as well.")
  }

  // MARK: Files without commitments

  /// Whether the import says nothing of a side's commitments, so that its numbers for them are those of
  /// the books that it came from: nobody knows whether these are they.
  func lacksCommitments(of side: Side) -> Bool {
    !isMarked
      && (side == .partners
        ? reading(.partners) == nil
        : reading(.stagedInvestments) == nil && reading(.investments) == nil)
  }

  /// The commitment of the books that such a row means: the only one of its fund to its party. Where
  /// there are several, the number tells which, if it is that of one of them.
  private func inTheBooks(
    _ row: ImportRow, _ side: Side, _ sequence: Int64, fund: FundFacts, partyColumn: String
  ) throws -> CommitmentFacts? {
    guard partyColumn != "commitment" else {
      return try cancelledInTheBooks(row, side, sequence, fund: fund)
    }
    guard let name = row.needed(partyColumn) else { return nil }
    switch partyNames.find(name) {
    case .several(let candidates): row.problem(partyColumn, severalNames(name, candidates))
    case .none: row.problem(partyColumn, Self.noCommitment(of: name))
    case .one(let party):
      let meant = fund.commitments.filter { $0.side == side && $0.party == party }
      if let named = meant.first(where: { $0.id.rawValue == sequence }) ?? meant.first,
        meant.count == 1 || named.id.rawValue == sequence
      {
        return named
      }
      row.problem(
        meant.isEmpty ? partyColumn : "commitment",
        meant.isEmpty
          ? Self.noCommitment(of: name)
          : Phrase(
            "이 조합에는 ‘\(name)’의 약정이 여럿이고, 번호 \(sequence)은(는) 그 가운데 하나가 아닙니다. 약정을 함께 가져오세요.",
            "The fund has several commitments of “\(name)”, and none of them has the number "
              + "\(sequence); import the commitments as well."))
    }
    return nil
  }

  /// A cancellation names nobody: its number is believed where the books have cancelled that very call
  /// on that very day.
  private func cancelledInTheBooks(
    _ row: ImportRow, _ side: Side, _ sequence: Int64, fund: FundFacts
  ) throws -> CommitmentFacts? {
    if let known = fund.commitments.first(where: { $0.side == side && $0.id.rawValue == sequence }),
      let number = Int64(row.text("call_no")),
      let call = fund.calls[CallKey(investment: known.id, number: number)]?.call,
      let day = call.cancelledOn, row.date("cancelled_on") == day
    {
      return known
    }
    row.problem(
      "commitment",
      Phrase(
        "번호 \(sequence)만으로는 어느 투자인지 알 수 없습니다. 투자를 함께 가져오거나 장부에서 취소하세요.",
        "The number \(sequence) alone does not say which investment it is; import the investments as "
          + "well, or cancel the call in the books."))
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
        guard let fund = try fund(row) else { continue }
        let amount = row.countedAmount("amount", in: fund.currency)
        guard let side = row.side(),
          let commitment = try commitment(row, side, fund: fund, partyColumn: "party")
        else { continue }
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
        in: known.commitment.amount.currency, first: known.first,
        isTakenBack: known.commitment.isTakenBack,
        isDirect: known.commitment.isDirectInvestment, known: self.known)
      matching.match(&rows[known.id, default: []])
      matching.addMissing(to: &missing, of: name(of: known))
    }
    if isMarked { reading(.commitmentChanges)?.tellMissing(missing) }
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

  private func missingChanges(without named: Set<Commitment.ID>) throws -> MissingFacts {
    var missing = MissingFacts()
    guard let known, reading(.commitmentChanges) != nil else { return missing }
    for id in fundsThen.keys.sorted() {
      for commitment in try facts(of: id)?.commitments ?? [] where !named.contains(commitment.id) {
        let changes = commitment.changes.dropFirst(
          commitment.commitment.isDirectInvestment ? 1 : 0)
        for fact in changes where fact.audit <= known {
          missing.add(fact.named(of: name(of: commitment), commitment.commitment.amount.currency))
        }
      }
    }
    return missing
  }

  private func compareAmount(_ compared: ComparedAmount, _ rows: [AmountRow]) throws {
    let known = compared.commitment
    var outcome = compared.compared
    let saysFirst =
      compared.cell.minorUnits == known.first && !known.changes.isEmpty
      && isOwnList(compared.row, of: known.id.rawValue, without: .commitmentChanges)
    let delta = try attempt(compared.row) {
      try AmountMatching.delta(
        cell: compared.cell, first: known.first,
        firstThen: known.then != nil || saysFirst ? known.first : nil,
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
    let isGone = known.commitment.isTakenBack && known.total == 0
    if outcome.changes.isEmpty, isGone || saysFirst {
      return try compared.row.settle(.alreadyThere(isGone ? takenBackSince : firstAmountStays))
    }
    try compared.row.settle(outcome.outcome)
  }

  /// Whether a row is as our own list of commitments or funds has it, which came without the list of
  /// their changes: it bears the very number of the books, and says the first amount.
  func isOwnList(_ row: ImportRow, of id: Int64, without changes: BooksFormat) -> Bool {
    !isMarked && row.sequence == id && reading(changes) == nil
  }
}

/// Said of a row that repeats the first amount of what changed since.
let firstAmountStays = Phrase(
  "처음 약정액과 같아 그대로 둡니다. 그 뒤의 증감은 장부에 있습니다.",
  "It says the first amount and stays as it is; the books have its changes since.")
