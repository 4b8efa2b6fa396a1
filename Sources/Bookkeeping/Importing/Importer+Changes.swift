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
      row.problem(
        partyColumn,
        Phrase(
          "‘\(name)’의 약정이 이 조합에 없습니다. 이 조합의 조합원 이름을 쓰거나 약정을 함께 가져오세요.",
          "“\(name)” has no commitment to this fund, in the books or in what is imported; write the "
            + "name of a partner of the fund, or import the commitment as well."))
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
    let isGone = known.commitment.isTakenBack && known.total == 0
    try compared.row.settle(
      outcome.changes.isEmpty && isGone ? .alreadyThere(takenBackSince) : outcome.outcome)
  }
}
