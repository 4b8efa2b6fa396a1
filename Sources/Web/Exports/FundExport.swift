package import Bookkeeping
package import FundModel

/// What is exported of one fund, asked of one snapshot.
package struct FundExport: Sendable {
  let standing: FundStanding
  let calls: [CallSheet]
  let ledger: [LedgerLine]
  let head: TrailHead?
  private let clock: BooksClock

  /// The tables that can be had alone, by what the address and the command line call them.
  package enum Table: String, CaseIterable, Hashable, Sendable {
    case partners, calls, items, investments
    case investmentCalls = "investment-calls"
    case ledger
  }

  package typealias Question = Both<
    Both<FundAsOf, CallSheetsAsOf>, Both<LedgerAsOf, TrailHead.Question>
  >

  package static func question(_ fund: Fund.ID, _ asOf: AsOf) -> Question {
    Both(
      Both(FundAsOf(fund, asOf), CallSheetsAsOf(.ofFund(fund), asOf)),
      Both(LedgerAsOf(fund: fund, asOf), TrailHead.Question(knownAt: asOf.knownAt)))
  }

  package init(_ answer: Question.Answer, _ clock: BooksClock) {
    self.clock = clock
    standing = answer.first.first
    calls = answer.first.second
    ledger = answer.second.first
    head = answer.second.second
  }

  func table(_ table: Table, _ wording: Wording) -> ExportTable {
    var made =
      switch table {
      case .partners: commitments(.partners, wording)
      case .investments: commitments(.investments, wording)
      case .calls: callsTable(.partners, wording)
      case .investmentCalls: callsTable(.investments, wording)
      case .items: items(wording)
      case .ledger: ledgerTable(wording)
      }
    made.title = "\(fund.terms.name) · \(wording(made.name))"
    return made
  }

  /// Those of a workbook: calls of investments only where there are some, as on the page.
  func tables(_ wording: Wording) -> [ExportTable] {
    Table.allCases.filter { table in
      table != .investmentCalls || !listedCalls(.investments, standing).isEmpty
    }.map { self.table($0, wording) }
  }

  private var fund: Fund { standing.row.fund }

  /// As `commitmentsPanel` shows them.
  private func commitments(_ side: Side, _ wording: Wording) -> ExportTable {
    let words = SideWords(side)
    let total = standing.position(of: side)
    let stated = side == .partners && standing.row.basis == .stated ? wording(.stated) : ""
    let paidOn = lastPaidDates(standing.calls)
    let rows = standing.commitments.filter { $0.commitment.side == side }.map { line in
      let commitment = line.commitment
      let kind = side == .partners ? commitment.partnerType : commitment.instrument
      return [
        .text(commitment.party.name), .text(kind), .date(paidOn[commitment.id]),
      ] + Self.figures(line.position) + [.text(stated)]
    }
    let sums = Self.figures(total).enumerated().map { index, value -> ExportTable.Total in
      // What was paid, of what was committed: two columns left, one column left.
      if case .ratio(let percent) = value {
        .ratio(index + 2, by: index + 1, percent)
      } else {
        .sum(value)
      }
    }
    let headings: [Phrase] = [
      words.party, side == .partners ? .partnerType : .instrument, words.lastPaid, .commitment,
      words.paid, words.ratio, .noticed, .outstanding, .creditsDue, .notYetCalled, .uncalled,
      .remarks,
    ]
    let totals = [.value(.words(.total)), .nothing, .nothing] + sums + [.value(.text(stated))]
    var table = ExportTable(
      name: words.table, title: "",
      columns: zip(headings, totals).map { .init(heading: $0, total: $1) }, rows: rows,
      notes: stated.isEmpty
        ? []
        : [
          Phrase(
            "\(Phrase.stated.ko): \(Phrase.statedNote.ko)",
            "\(Phrase.stated.en): \(Phrase.statedNote.en)")
        ])
    if stated.isEmpty { table.drop(column: headings.count - 1) }
    return table
  }

  /// Of one commitment, or of a side.
  static func figures(_ position: Position) -> [ShownValue] {
    [
      .amount(position.committed), .amount(position.paid), .ratio(position.paidPercent),
      .amount(position.noticed), .amount(position.outstanding), .amount(position.creditsDue),
      .amount(position.notYetCalled), .amount(position.uncalled),
    ]
  }

  /// As `callsPanel` shows them, and beside the amount what of it counts.
  private func callsTable(_ side: Side, _ wording: Wording) -> ExportTable {
    let words = SideWords(side)
    let calls = listedCalls(side, standing)
    let rows = calls.map { standing in
      let call = standing.call
      let counted = standing.isNoticed && !standing.isCancelled ? standing.amount : zero
      return [
        .count(Int(clamping: call.number)), .text(call.callType), .text(party(of: standing)),
        .text(statusText(standing, wording)), .date(call.noticeDate), .date(call.dueDate),
        .date(standing.lastPaidOn), .amount(standing.amount), .amount(counted),
        .amount(standing.paid), .ratio(standing.paidPercent), .amount(standing.outstanding),
        .amount(standing.creditsDue),
      ] as [ShownValue]
    }
    let headings: [Phrase] = [
      .callName, .callType, side == .partners ? .partnerName : .companyName, .status, .noticeDate,
      .dueDate, words.lastPaid, .callAmount, .noticed, words.paid, words.ratio, .outstanding,
      .creditsDue,
    ]
    var table = table(
      side == .partners ? .callsTable : .callsOut, headings, rows, summed: [8, 9, 11, 12])
    // Calls to partners ask many of them at once.
    if side == .partners { table.drop(column: 2) }
    table.notes = [.countedNote]
    return table
  }

  /// What each call asks of each partner, in the order of the calls.
  private func items(_ wording: Wording) -> ExportTable {
    let sheets = Dictionary(
      calls.map { ($0.standing.call.id, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = listedCalls(.partners, standing).compactMap { sheets[$0.call.id] }
      .flatMap { sheet in
        sheet.lines.map { line -> [ShownValue] in
          let (call, item) = (sheet.standing, line.standing)
          let counted = call.isNoticed && !call.isCancelled ? item.item.amount : zero
          return [
            .count(Int(clamping: call.call.number)), .text(call.call.callType),
            .text(line.commitment.party.name), .text(line.commitment.partnerType),
            .text(statusText(item, of: call, wording)), .date(call.call.noticeDate),
            .date(call.call.dueDate), .date(item.lastPaidOn), .amount(item.item.amount),
            .amount(counted), .amount(item.paid), .amount(item.outstanding),
            .amount(item.creditDue),
          ]
        }
      }
    var table = table(
      .callItems,
      [
        .callName, .callType, .partnerName, .partnerType, .status, .noticeDate, .dueDate,
        .lastPaid, .callAmount, .noticed, .paid, .outstanding, .creditsDue,
      ], rows, summed: [9, 10, 11, 12])
    table.frozenColumns = 3
    table.notes = [.countedNote]
    return table
  }

  /// As `ledgerTable` shows it.
  private func ledgerTable(_ wording: Wording) -> ExportTable {
    let rows = ledger.map { line -> [ShownValue] in
      let entry = line.entry
      return [
        .date(entry.effectiveOn), .text(line.party.name), .words(SideWords(entry.side).title),
        line.callNumber.map { .count(Int(clamping: $0)) } ?? .text(""),
        .words(.entryKind(entry.kind, on: entry.side)), .amount(entry.cashMoved),
        line.reversedBy == nil ? .text("") : .words(.reversed), .text(line.reference),
        .text(line.memo), .date(clock.civilDate(of: line.recorded.recordedAt)),
      ]
    }
    var table = table(
      .entries,
      [
        .date, .partyName, .side, .callName, .entryKindHeading, .cashMoved, .status,
        .bankReference, .memo, .recordedAt,
      ], rows, summed: [5])
    if rows.contains(where: { $0[6] != .text("") }) { table.notes = [.reversedNote] }
    table.frozenColumns = 2
    return table
  }

  /// A table with the sums of some columns, which the books have added up.
  private func table(
    _ name: Phrase, _ headings: [Phrase], _ rows: [[ShownValue]], summed: Set<Int>
  ) -> ExportTable {
    let columns = headings.enumerated().map { index, heading -> ExportTable.Column in
      if index == 0 { return .init(heading: heading, total: .value(.words(.total))) }
      guard summed.contains(index) else { return .init(heading: heading) }
      let amounts = rows.compactMap { row -> Money? in
        if case .amount(let amount) = row[index] { amount } else { nil }
      }
      let sum = try? Money.sum(amounts, in: fund.currency)
      return .init(heading: heading, total: sum.map { .sum(.amount($0)) } ?? .nothing)
    }
    return ExportTable(name: name, title: "", columns: columns, rows: rows)
  }

  private var zero: Money { .zero(fund.currency) }

  /// Whom a call is for, where it asks one alone.
  private func party(of call: CallStanding) -> String {
    guard call.call.side == .investments, let item = call.items.first else { return "" }
    return standing.commitments.first { $0.commitment.id == item.item.commitment }?.commitment
      .party.name ?? ""
  }
}

extension ExportTable {
  fileprivate mutating func drop(column: Int) {
    columns.remove(at: column)
    for index in rows.indices { rows[index].remove(at: column) }
  }
}
