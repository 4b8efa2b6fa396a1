import ArgumentParser
import Bookkeeping
import FundModel
import Web

/// One fund as of a date: both sides, commitments, calls.
struct FundCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fund", abstract: "Show one fund as of a date: both sides, commitments, calls.",
    discussion: "Amounts are exact, in the fund's own currency.")

  @OptionGroup var books: BooksOption
  @OptionGroup var asOf: AsOfOptions

  @Option(help: "The fund's id, as in the address of its page; 1 is the first registered.")
  var fund: Int64

  @Flag(help: "Print the API's answer.")
  var json = false

  func run() async throws {
    try await books.withBooks { books in
      let asOf = try asOf.values(in: books)
      let standing = try await books.answer(FundAsOf(Fund.ID(rawValue: fund), asOf))
      print(json ? fundJSON(standing).text : text(of: standing))
    }
  }

  private func text(of standing: FundStanding) -> String {
    let row = standing.row
    let mark = mark(standing, .partners)
    return """
      \(row.fund.terms.name), \(row.fund.currency), as of \(row.referenceDate)
      paid-in \(mark)\(row.paidIn.grouped), GP \(mark)\(row.gpPaidIn.grouped), \
      ratio \(mark)\(ratio(row.paidInRatio)), invested \(row.invested.grouped), \
      uninvested \(row.uninvested.grouped), AUM \(row.investmentAssets.grouped), \
      cash \(mark)\(row.cash.grouped), companies \(row.companyCount)

      \(positions(of: standing))

      \(calls(of: standing))
      """
  }

  private func positions(of standing: FundStanding) -> String {
    var table = TextTable(
      columns: [
        ("Side", false), ("Party", false), ("Type", false), ("Committed", true),
        ("Noticed", true), ("Paid", true), ("Outstanding", true), ("Credits due", true),
        ("Not yet called", true), ("Uncalled", true), ("Paid %", true),
      ])
    func add(_ side: Side, _ party: String, _ type: String, _ position: Position) {
      table.add([
        side.rawValue, party, type, position.committed.grouped, position.noticed.grouped,
        mark(standing, side) + position.paid.grouped, position.outstanding.grouped,
        position.creditsDue.grouped, position.notYetCalled.grouped,
        mark(standing, side) + position.uncalled.grouped,
        mark(standing, side) + ratio(position.paidPercent),
      ])
    }
    for side in Side.allCases {
      for line in standing.commitments where line.commitment.side == side {
        let commitment = line.commitment
        add(
          side, commitment.party.name, commitment.partnerType + commitment.instrument,
          line.position)
      }
      add(side, "all", "", standing.position(of: side))
    }
    return table.text
  }

  private func calls(of standing: FundStanding) -> String {
    let names = Dictionary(
      standing.commitments.map { ($0.commitment.id, $0.commitment.party.name) },
      uniquingKeysWith: { first, _ in first })
    var table = TextTable(
      columns: [
        ("Side", false), ("Call", true), ("Of", false), ("Noticed", false), ("Due", false),
        ("Amount", true), ("Paid", true), ("Outstanding", true), ("Credits due", true),
        ("Paid %", true), ("Status", false), ("Last paid", false),
      ])
    for call in standing.calls {
      let investment = call.call.side == .investments ? call.items.first?.item.commitment : nil
      table.add([
        call.call.side.rawValue, String(call.call.number), investment.flatMap { names[$0] } ?? "",
        call.call.noticeDate.description, call.call.dueDate.description, call.amount.grouped,
        call.paid.grouped, call.outstanding.grouped, call.creditsDue.grouped,
        ratio(call.paidPercent), status(of: call), call.lastPaidOn?.description ?? "–",
      ])
    }
    return table.text
  }

  private func status(of call: CallStanding) -> String {
    if call.isCancelled { return "cancelled" }
    return [
      call.status.rawValue, call.isNoticed ? "" : "not yet noticed",
      call.isOverdue ? "overdue \(call.daysOverdue) d" : "",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// Figures that rest on stated paid-in follow no date, and say so.
  private func mark(_ standing: FundStanding, _ side: Side) -> String {
    side == .partners && standing.row.basis == .stated ? "stated " : ""
  }

  private func ratio(_ percent: Percent?) -> String {
    percent.map { $0.digits(decimals: 2) } ?? "–"
  }
}
