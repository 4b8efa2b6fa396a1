import FundModel
import Store

/// Carries out an import row by row, in the order in which facts rest on each other.
///
/// A row that cannot be taken is collected and passed over; so is, silently, what rests on it.
final class Importer {
  var rows: [BooksFormat: [ImportRow]] = [:]

  private let books: OpenBooks
  private let problems: ImportProblemList
  private var parties: [String: Party.ID] = [:]
  private var funds: [String: (id: Fund.ID, currency: Currency)] = [:]
  /// Commitments by fund and partner, and by the sequence that the files call them by.
  private var partnerCommitments: [PartnerKey: Commitment.ID] = [:]
  private var commitmentsBySequence: [Int64: Commitment.ID] = [:]
  private var calls: [CallKey: CapitalCall.ID] = [:]
  private var items: [ItemKey: CallItem.ID] = [:]
  private var entriesBySequence: [Int64: Entry.ID] = [:]
  /// What failed: whatever rests on it is not blamed again.
  private var failedFunds: Set<String> = []
  private var failedPartners: Set<PartnerKey> = []
  private var failedSequences: Set<Int64> = []
  private var failedCalls: Set<CallKey> = []
  private var failedEntries: Set<Int64> = []

  private struct PartnerKey: Hashable {
    let fund: Fund.ID
    let party: String
  }

  private struct CallKey: Hashable {
    let fund: Fund.ID
    /// `nil` on the partners' side.
    let investment: Commitment.ID?
    let number: Int64
  }

  private struct ItemKey: Hashable {
    let call: CapitalCall.ID
    let commitment: Commitment.ID
  }

  init(_ books: OpenBooks, _ problems: ImportProblemList) throws {
    self.books = books
    self.problems = problems
    for party in try PartyRecords.parties(knownThrough: .max, in: books.connection) {
      parties[party.name] = party.id
    }
    for fund in try FundRecords.funds(knownThrough: .max, in: books.connection) {
      funds[fund.terms.name] = (fund.id, fund.currency)
    }
    for commitment in try CommitmentRecords.commitments(
      .all, on: .latest, knownThrough: .max, in: books.connection)
    where commitment.side == .partners {
      partnerCommitments[PartnerKey(fund: commitment.fund, party: commitment.party.name)] =
        commitment.id
    }
    for call in try CallRecords.calls(.all, knownThrough: .max, in: books.connection) {
      let items = try CallRecords.items(.ofCall(call.id), knownThrough: .max, in: books.connection)
      let investment = call.side == .investments ? items.first?.commitment : nil
      calls[CallKey(fund: call.fund, investment: investment, number: call.number)] = call.id
      for item in items {
        self.items[ItemKey(call: call.id, commitment: item.commitment)] = item.id
      }
    }
  }

  /// - Throws: `Refusal.figureTooLarge` when the books could no longer be added up.
  func run() throws {
    try sorted(.parties).forEach(takeParty)
    try sorted(.companies).forEach(takeCompany)
    try sorted(.funds).forEach(takeFund)
    try sorted(.fundTotalChanges).forEach(takeFundTotalChange)
    try takeCommitments()
    try sorted(.commitmentChanges).forEach(takeCommitmentChange)
    try takeCalls()
    try takeEntries()
    try sorted(.cancellations).forEach(takeCancellation)
    do {
      _ = try OverviewAsOf(AsOf(.latest), homeCurrency: .krw).answer(from: books.connection)
    } catch MoneyError.overflow { throw Refusal.figureTooLarge } catch StoreError.overflow {
      throw Refusal.figureTooLarge
    }
  }

  /// The rows of a file by `sequence`; those without one after the others, as they stand.
  private func sorted(_ format: BooksFormat) -> [ImportRow] {
    inSequence((rows[format] ?? []).map { ($0, $0) }).map(\.value)
  }

  private func inSequence<Value>(
    _ rows: [(row: ImportRow, value: Value)], by column: String = "sequence"
  ) -> [(row: ImportRow, value: Value)] {
    let numbered = rows.map { row in
      (row: row, sequence: (row.row.optionalNumber(column) ?? nil) ?? .max)
    }
    return numbered.enumerated()
      .sorted { ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset) }
      .map(\.element.row)
  }

  /// Runs a command of one row; a refusal becomes a problem of that row.
  private func attempt<Outcome>(
    _ row: ImportRow, _ columns: [String: String] = [:], _ body: () throws -> Outcome
  ) throws -> Outcome? {
    do { return try body() } catch let refusal as Refusal {
      let field = refusal.field ?? ""
      row.problem(columns[field] ?? field, refusal.sentence)
      return nil
    } catch let error as MoneyError {
      row.problem("", Phrase("금액의 합이 너무 큽니다.", error.description))
      return nil
    }
  }

  // MARK: Parties and funds

  private func takeParty(_ row: ImportRow) throws {
    guard let name = row.needed("party") else { return }
    guard parties[name] == nil else {
      row.problem("party", Refusal.nameTaken(name, by: .party).sentence)
      return
    }
    parties[name] = try attempt(row, ["name": "party"]) {
      try RegisterParty(name: name, industry: row.text("industry")).execute(in: books)
    }
  }

  /// A company may be known already, as a partner or from `parties.csv`, with the same industry.
  private func takeCompany(_ row: ImportRow) throws {
    guard let name = row.needed("company") else { return }
    let industry = row.text("industry")
    try attempt(row, ["name": "company"]) {
      guard let known = parties[name] else {
        parties[name] = try RegisterParty(name: name, industry: industry).execute(in: books)
        return
      }
      if try books.party(known).industry != industry {
        _ = try AmendParty(party: known, industry: .changed(industry)).execute(in: books)
      }
    }
  }

  private func party(_ name: String, _ row: ImportRow, _ column: String) throws -> Party.ID? {
    if let known = parties[name] { return known }
    parties[name] = try attempt(row, ["name": column]) {
      try RegisterParty(name: name).execute(in: books)
    }
    return parties[name]
  }

  private func takeFund(_ row: ImportRow) throws {
    let name = row.text("name")
    if let fund = try registeredFund(row) {
      funds[name] = fund
    } else if funds[name] == nil {
      failedFunds.insert(name)
    }
  }

  private func registeredFund(_ row: ImportRow) throws -> (id: Fund.ID, currency: Currency)? {
    let name = row.needed("name")
    let code = row.text("currency")
    guard let currency = code.isEmpty ? .krw : Currency(code: code) else {
      row.problem(
        "currency",
        Phrase(
          "‘\(code)’은(는) 통화가 아닙니다. KRW, USD처럼 쓰세요.",
          "“\(code)” is not a currency; write its code, such as KRW or USD."))
      return nil
    }
    let total = row.amount("commitment_total", in: currency)
    let gpCommitment = row.optionalAmount("gp_commitment", in: currency)
    let formation = row.optionalDate("formation_date")
    let end = row.optionalDate("investment_period_end")
    let maturity = row.optionalDate("maturity_date")
    let dissolution = row.optionalDate("dissolution_date")
    let hurdle = row.optionalPercent("hurdle_rate")
    // The status is derived from dates; what the file says of it is only looked at.
    let status = row.choice(
      "status", ["forming": 0, "active": 0, "dissolved": 0], whenEmpty: 0)
    let gpName = row.text("gp")
    let gp = gpName.isEmpty ? nil : try party(gpName, row, "gp")
    guard let name, let total, let gpCommitment, let formation, let end, let maturity,
      let dissolution, let hurdle, status != nil
    else { return nil }
    return try attempt(row) {
      (
        id: try RegisterFund(
          terms: FundTerms(
            name: name, fundType: row.text("type"), fundManager: row.text("fund_manager"),
            generalPartner: gp, formationDate: formation, investmentPeriodEnd: end,
            maturityDate: maturity, dissolutionDate: dissolution,
            gpCommitment: gpCommitment ?? .zero(currency), hurdleRate: hurdle),
          commitmentTotal: total
        ).execute(in: books),
        currency: currency
      )
    }
  }

  /// The fund that a row names; `nil` with a problem, or silently when that fund's own row failed.
  private func fund(_ row: ImportRow) -> (id: Fund.ID, currency: Currency)? {
    let name = row.text("fund")
    if let fund = funds[name] { return fund }
    if !failedFunds.contains(name) {
      row.problem(
        "fund",
        Phrase(
          "‘\(name)’ 조합을 찾을 수 없습니다. funds.csv의 이름과 같아야 합니다.",
          "There is no fund “\(name)”; the name is that of funds.csv."))
    }
    return nil
  }

  private func takeFundTotalChange(_ row: ImportRow) throws {
    guard let fund = fund(row) else { return }
    let amount = row.amount("amount", in: fund.currency)
    let effectiveOn = row.optionalDate("effective_on")
    guard let amount, let effectiveOn else { return }
    _ = try attempt(row) {
      try ChangeCommitmentTotal(
        fund: fund.id, amount: amount, effectiveOn: effectiveOn, reason: row.text("reason")
      ).execute(in: books)
    }
  }

  // MARK: Commitments

  /// Both sides' commitments in the order of their sequences. A direct investment's sequence as a
  /// commitment is its column `commitment`.
  private func takeCommitments() throws {
    let all =
      inSequence((rows[.partners] ?? []).map { ($0, BooksFormat.partners) })
      + inSequence((rows[.stagedInvestments] ?? []).map { ($0, .stagedInvestments) })
      + inSequence((rows[.investments] ?? []).map { ($0, .investments) })
    let sequenced = all.map { row, format -> (row: ImportRow, format: BooksFormat, at: Int64) in
      let column = format == .investments ? "commitment" : "sequence"
      return (row, format, (row.optionalNumber(column) ?? nil) ?? .max)
    }
    for (_, line) in sequenced.enumerated().sorted(by: {
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
  }

  private func sequenceTwice(_ sequence: Int64) -> Phrase {
    Phrase(
      "번호 \(sequence)이(가) 두 번 쓰였습니다.", "The sequence \(sequence) is used twice.")
  }

  private func takePartner(_ row: ImportRow) throws -> Commitment.ID? {
    guard let fund = fund(row), let name = row.needed("partner") else { return nil }
    let key = PartnerKey(fund: fund.id, party: name)
    let amount = row.amount("commitment", in: fund.currency)
    let stated = row.optionalAmount("stated_paid_in", in: fund.currency)
    let type = row.needed("type")
    guard let amount, let stated, let type, let party = try party(name, row, "partner") else {
      failedPartners.insert(key)
      return nil
    }
    let taken = try attempt(row, ["party": "partner", "amount": "commitment"]) {
      try commit(fund.id, .partners, party, amount, partnerType: type)
    }
    if let taken, let stated {
      _ = try attempt(row, ["amount": "stated_paid_in"]) {
        try StatePaidIn(commitment: taken, amount: stated).execute(in: books)
      }
    }
    if let taken { partnerCommitments[key] = taken } else { failedPartners.insert(key) }
    return taken
  }

  private func takeStagedInvestment(_ row: ImportRow) throws -> Commitment.ID? {
    guard let fund = fund(row), let name = row.needed("company") else { return nil }
    let amount = row.amount("commitment", in: fund.currency)
    guard let amount, let party = try party(name, row, "company") else { return nil }
    return try attempt(row, ["party": "company", "amount": "commitment"]) {
      try commit(fund.id, .investments, party, amount, instrument: row.text("instrument"))
    }
  }

  private func commit(
    _ fund: Fund.ID, _ side: Side, _ party: Party.ID, _ amount: Money, partnerType: String = "",
    instrument: String = ""
  ) throws -> Commitment.ID {
    try Commit(
      fund: fund, side: side, party: party, amount: amount, partnerType: partnerType,
      instrument: instrument
    ).execute(in: books)
  }

  private func takeDirectInvestment(_ row: ImportRow) throws -> Commitment.ID? {
    guard let fund = fund(row), let name = row.needed("company") else { return nil }
    let amount = row.amount("amount", in: fund.currency)
    let day = row.date("investment_date")
    guard let amount, let day, let party = try party(name, row, "company") else { return nil }
    let investment = RecordInvestment(
      fund: fund.id, party: party, amount: amount, investedOn: day,
      instrument: row.text("instrument"))
    guard
      let taken = try attempt(
        row, ["party": "company", "invested_on": "investment_date"],
        { try investment.commitAndCall(in: books) })
    else { return nil }
    calls[CallKey(fund: fund.id, investment: taken.commitment, number: 1)] = taken.call
    items[ItemKey(call: taken.call, commitment: taken.commitment)] = taken.item
    directItems[row.line] = taken.item
    return taken.commitment
  }

  /// The item of each direct investment, by the line of `investments.csv`.
  private var directItems: [Int: CallItem.ID] = [:]

  /// The commitment that a row names: by its sequence, or on the partners' side by fund and party.
  private func commitment(
    _ row: ImportRow, _ side: Side, fund: Fund.ID, partyColumn: String
  ) -> Commitment.ID? {
    guard let sequence = row.optionalNumber("commitment") else { return nil }
    if let sequence {
      if let found = commitmentsBySequence[sequence] { return found }
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
    let key = PartnerKey(fund: fund, party: row.text(partyColumn))
    if let found = partnerCommitments[key] { return found }
    if !failedPartners.contains(key) {
      row.problem(
        partyColumn,
        Phrase(
          "‘\(key.party)’의 약정이 이 조합에 없습니다. partners.csv에 있어야 합니다.",
          "“\(key.party)” has no commitment to this fund; it has to be in partners.csv."))
    }
    return nil
  }

  private func takeCommitmentChange(_ row: ImportRow) throws {
    guard let fund = fund(row), let side = row.side(),
      let commitment = commitment(row, side, fund: fund.id, partyColumn: "party")
    else { return }
    let amount = row.amount("amount", in: fund.currency)
    let effectiveOn = row.optionalDate("effective_on")
    guard let amount, let effectiveOn else { return }
    _ = try attempt(row) {
      try ChangeCommitment(
        commitment: commitment, amount: amount, effectiveOn: effectiveOn,
        reason: row.text("reason")
      ).change(in: books, asHistory: true)
    }
  }

  // MARK: Calls

  /// What the rows of one call say, which all have to say the same.
  private struct CallRows {
    let key: CallKey
    let first: ImportRow
    let callType: String
    let noticeDate: CalendarDate
    let dueDate: CalendarDate
    let reason: String
    let creditReason: String
    var shares: [CallShares.Item] = []
    var rows: [ImportRow] = []
  }

  private func takeCalls() throws {
    var order: [CallKey] = []
    var found: [CallKey: CallRows] = [:]
    for row in sorted(.capitalCallItems) {
      guard let fund = fund(row), let side = row.side() else { continue }
      let commitment = commitment(row, side, fund: fund.id, partyColumn: "partner")
      let number = row.number("call_no", most: CapitalCall.highestNumber)
      let notice = row.date("notice_date")
      let due = row.date("due_date")
      let amount = row.amount("amount", in: fund.currency)
      guard let number else { continue }
      if amount?.isZero == true { row.problem("amount", Refusal.zero(field: "amount").sentence) }
      let key = CallKey(
        fund: fund.id, investment: side == .investments ? commitment : nil, number: number)
      guard let commitment, let notice, let due, let amount, !amount.isZero else {
        failedCalls.insert(key)
        continue
      }
      var call =
        found[key]
        ?? CallRows(
          key: key, first: row, callType: row.text("call_type"), noticeDate: notice, dueDate: due,
          reason: row.text("over_commitment_reason"), creditReason: row.text("credit_reason"))
      if found[key] == nil { order.append(key) }
      if (call.callType, call.noticeDate, call.dueDate) != (row.text("call_type"), notice, due) {
        row.problem(
          "call_no",
          Phrase(
            "같은 차수의 구분·통지일·납입기한이 \(call.first.line)번째 줄과 다릅니다.",
            "The type, notice date and due date differ from line \(call.first.line), "
              + "an item of the same call."))
        failedCalls.insert(key)
      }
      call.shares.append(CallShares.Item(commitment: commitment, amount: amount))
      call.rows.append(row)
      found[key] = call
    }
    for key in order where !failedCalls.contains(key) {
      if let call = found[key] { try takeCall(call) }
    }
  }

  private func takeCall(_ call: CallRows) throws {
    let taken = try attempt(call.first, ["number": "call_no", "items": "partner"]) {
      try IssueCapitalCall(
        fund: call.key.fund, investment: call.key.investment, number: call.key.number,
        callType: call.callType, noticeDate: call.noticeDate, dueDate: call.dueDate,
        shares: .explicit(call.shares), overCommitmentReason: call.reason,
        creditReason: call.creditReason
      ).issue(in: books, asHistory: true)
    }
    guard let taken else {
      failedCalls.insert(call.key)
      return
    }
    calls[call.key] = taken.call
    for (share, item) in zip(call.shares, taken.items) {
      items[ItemKey(call: taken.call, commitment: share.commitment)] = item
    }
  }

  // MARK: Entries

  /// Payments of direct investments and all other entries, in the order of their sequences.
  private func takeEntries() throws {
    let all =
      (rows[.payments] ?? []).map { (row: $0, value: BooksFormat.payments) }
      + (rows[.investments] ?? []).map { (row: $0, value: .investments) }
    for (row, format) in inSequence(all) {
      let sequence = row.optionalNumber("sequence") ?? nil
      let taken =
        format == .investments ? try takeDirectPayment(row) : try takeEntry(row)
      guard let sequence else { continue }
      if entriesBySequence[sequence] != nil { row.problem("sequence", sequenceTwice(sequence)) }
      entriesBySequence[sequence] = taken
      if taken == nil { failedEntries.insert(sequence) }
    }
  }

  private func takeDirectPayment(_ row: ImportRow) throws -> Entry.ID? {
    guard let id = directItems[row.line] else { return nil }
    return try attempt(row, ["paid_date": "investment_date"]) {
      let (item, call, _) = try books.item(id)
      return try RecordPayment(
        ItemMovement(item: id, amount: item.amount, paidDate: call.noticeDate)
      ).execute(in: books)
    }
  }

  private func takeEntry(_ row: ImportRow) throws -> Entry.ID? {
    enum Kind { case payment, refund, reversal }
    let kind: Kind? = row.choice(
      "kind", ["payment": .payment, "refund": .refund, "reversal": .reversal])
    guard let kind else { return nil }
    if kind == .reversal { return try takeReversal(row) }
    guard let fund = fund(row), let item = item(row, fund: fund.id) else { return nil }
    let amount = row.amount("amount", in: fund.currency)
    let day = row.date("paid_date")
    guard let amount, let day else { return nil }
    let movement = ItemMovement(
      item: item, amount: amount, paidDate: day, memo: row.text("memo"),
      reference: row.text("reference"))
    return try attempt(row) {
      kind == .payment
        ? try RecordPayment(movement).execute(in: books)
        : try RecordRefund(movement).execute(in: books)
    }
  }

  private func takeReversal(_ row: ImportRow) throws -> Entry.ID? {
    guard let sequence = row.number("reverses") else { return nil }
    guard let target = entriesBySequence[sequence] else {
      if !failedEntries.contains(sequence) {
        row.problem(
          "reverses",
          Phrase(
            "번호 \(sequence)의 기록이 앞에 없습니다.",
            "No earlier entry in these files has the sequence \(sequence)."))
      }
      return nil
    }
    return try attempt(row, ["reason": "memo"]) {
      try ReverseEntry(entry: target, reason: row.text("memo"))
        .reverse(in: books, asHistory: true)
    }
  }

  private func item(_ row: ImportRow, fund: Fund.ID) -> CallItem.ID? {
    guard let side = row.side(),
      let commitment = commitment(row, side, fund: fund, partyColumn: "partner"),
      let number = row.number("call_no", most: CapitalCall.highestNumber)
    else { return nil }
    let key = CallKey(
      fund: fund, investment: side == .investments ? commitment : nil, number: number)
    guard let call = calls[key] else {
      if !failedCalls.contains(key) { row.problem("call_no", noSuchCall(number)) }
      return nil
    }
    guard let item = items[ItemKey(call: call, commitment: commitment)] else {
      row.problem(
        "partner",
        Phrase(
          "\(number)차 출자요청에 이 조합원의 항목이 없습니다.",
          "Call \(number) has no item for this partner."))
      return nil
    }
    return item
  }

  private func noSuchCall(_ number: Int64) -> Phrase {
    Phrase(
      "\(number)차 출자요청이 없습니다. capital_call_items.csv에 있어야 합니다.",
      "There is no call \(number); it has to be in capital_call_items.csv.")
  }

  private func takeCancellation(_ row: ImportRow) throws {
    guard let fund = fund(row), let side = row.side() else { return }
    let day = row.date("cancelled_on")
    guard let number = row.number("call_no", most: CapitalCall.highestNumber), let day else {
      return
    }
    var investment: Commitment.ID?
    if side == .investments {
      guard let found = commitment(row, side, fund: fund.id, partyColumn: "commitment") else {
        return
      }
      investment = found
    }
    let key = CallKey(fund: fund.id, investment: investment, number: number)
    guard let call = calls[key] else {
      if !failedCalls.contains(key) { row.problem("call_no", noSuchCall(number)) }
      return
    }
    _ = try attempt(row) {
      try CancelCapitalCall(call: call, cancelledOn: day, reason: row.text("reason"))
        .cancel(in: books, asHistory: true)
    }
  }
}
