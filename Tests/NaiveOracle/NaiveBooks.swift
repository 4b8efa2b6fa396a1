private import Foundation

/// The books as plain lists, read from exported CSV. Every figure is found by looping over them.
///
/// Shares no line with the program: two ways to a figure that agree are worth more than one.
package struct NaiveBooks: Sendable {
  var funds: [NaiveFund] = []
  var commitments: [NaiveCommitment] = []
  var calls: [NaiveCall] = []
  var entries: [NaiveEntry] = []

  /// - Parameter files: texts by file name, such as `funds.csv`. Files may be missing.
  package init(files: [String: String]) {
    func records(_ name: String) -> [NaiveRecord] { NaiveTable(files[name] ?? "").records }
    for record in records("funds.csv") { addFund(record) }
    funds.sort { $0.sequence < $1.sequence }
    for record in records("partners.csv") { addPartner(record) }
    for record in records("staged_investments.csv") { addStaged(record) }
    for record in records("investments.csv") { addDirect(record) }
    commitments.sort { $0.sequence < $1.sequence }
    for record in records("commitment_changes.csv") { addCommitmentChange(record) }
    for record in records("fund_total_changes.csv") { addTotalChange(record) }
    for record in records("capital_call_items.csv") { addItem(record) }
    for record in records("payments.csv") { addEntry(record) }
    for record in records("cancellations.csv") { addCancellation(record) }
  }

  /// - Parameter folder: the path of a folder with the files.
  package init(folder: String) throws {
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(".csv") {
      files[name] = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }
    self.init(files: files)
  }
}

struct NaiveFund: Sendable {
  var name: String
  var currency: String
  var formation: String
  var periodEnd: String
  var maturity: String
  var dissolution: String
  var total: Int
  var gpCommitment: Int
  var hurdleRate: String
  /// Changes of the total; an empty day counts from the beginning.
  var changes: [(day: String, units: Int)]
  var sequence: Int
}

struct NaiveCommitment: Sendable {
  var fund: String
  var currency: String
  var side: String
  var party: String
  var type: String
  var first: Int
  var stated: Int
  var isDirect: Bool
  var changes: [(day: String, units: Int)]
  var sequence: Int
}

struct NaiveCall: Sendable {
  var fund: String
  var side: String
  var number: Int
  /// Only on the investments side: the sequence of the commitment that it asks.
  var commitment: Int?
  var type: String
  var notice: String
  var due: String
  var cancelledOn: String
  /// The commitment's sequence and the amount.
  var items: [(commitment: Int, units: Int)]
  var isDirect = false
}

struct NaiveEntry: Sendable {
  var fund: String
  var side: String
  var callNumber: Int
  var commitment: Int
  var kind: String
  var day: String
  var units: Int
  var reverses: Int?
  var sequence: Int
}

extension NaiveBooks {
  private mutating func addFund(_ record: NaiveRecord) {
    let currency = record.text("currency")
    funds.append(
      NaiveFund(
        name: record.text("name"), currency: currency, formation: record.text("formation_date"),
        periodEnd: record.text("investment_period_end"), maturity: record.text("maturity_date"),
        dissolution: record.text("dissolution_date"),
        total: naiveUnits(record.text("commitment_total"), currency),
        gpCommitment: naiveUnits(record.text("gp_commitment"), currency),
        hurdleRate: record.text("hurdle_rate"), changes: [],
        sequence: record.number("sequence") ?? record.line))
  }

  private func currency(of fund: String) -> String {
    for candidate in funds where candidate.name == fund { return candidate.currency }
    fatalError("There is no fund “\(fund)”.")
  }

  private mutating func addCommitment(
    _ record: NaiveRecord, side: String, party: String, amount: String, isDirect: Bool,
    sequence: Int?
  ) -> NaiveCommitment {
    let fund = record.text("fund")
    let currency = currency(of: fund)
    let commitment = NaiveCommitment(
      fund: fund, currency: currency, side: side, party: record.text(party),
      type: side == "partners" ? record.text("type") : "",
      first: naiveUnits(record.text(amount), currency),
      stated: naiveUnits(record.text("stated_paid_in"), currency), isDirect: isDirect, changes: [],
      // Files without sequences are told apart by the order in which they are read.
      sequence: sequence ?? 1_000_000 + commitments.count)
    commitments.append(commitment)
    return commitment
  }

  private mutating func addPartner(_ record: NaiveRecord) {
    _ = addCommitment(
      record, side: "partners", party: "partner", amount: "commitment", isDirect: false,
      sequence: record.number("sequence"))
  }

  private mutating func addStaged(_ record: NaiveRecord) {
    _ = addCommitment(
      record, side: "investments", party: "company", amount: "commitment", isDirect: false,
      sequence: record.number("sequence"))
  }

  /// A direct investment stands for a commitment, its call, one item and one payment. Nothing was
  /// promised before its day, so the commitment grows from zero on that day.
  private mutating func addDirect(_ record: NaiveRecord) {
    let commitment = addCommitment(
      record, side: "investments", party: "company", amount: "nothing", isDirect: true,
      sequence: record.number("commitment"))
    let day = record.text("investment_date")
    let units = naiveUnits(record.text("amount"), commitment.currency)
    commitments[commitments.count - 1].changes.append((day, units))
    calls.append(
      NaiveCall(
        fund: commitment.fund, side: "investments", number: 1, commitment: commitment.sequence,
        type: "", notice: day, due: day, cancelledOn: "",
        items: [(commitment.sequence, units)], isDirect: true))
    entries.append(
      NaiveEntry(
        fund: commitment.fund, side: "investments", callNumber: 1,
        commitment: commitment.sequence, kind: "payment", day: day, units: units,
        reverses: nil, sequence: record.number("sequence") ?? 1_000_000 + entries.count))
  }

  private mutating func addCommitmentChange(_ record: NaiveRecord) {
    for index in commitments.indices
    where commitments[index].sequence == record.number("commitment") {
      let units = naiveUnits(record.text("amount"), commitments[index].currency)
      commitments[index].changes.append((record.text("effective_on"), units))
    }
  }

  private mutating func addTotalChange(_ record: NaiveRecord) {
    for index in funds.indices where funds[index].name == record.text("fund") {
      let units = naiveUnits(record.text("amount"), funds[index].currency)
      funds[index].changes.append((record.text("effective_on"), units))
    }
  }

  /// Which commitment a line of calls or payments is about: named by its sequence, or as the one
  /// that a partner has in the fund.
  private func commitment(of record: NaiveRecord) -> Int {
    if let sequence = record.number("commitment") { return sequence }
    for candidate in commitments
    where candidate.fund == record.text("fund") && candidate.side == "partners"
      && candidate.party == record.text("partner")
    {
      return candidate.sequence
    }
    fatalError("Line \(record.line): there is no such commitment: \(record.fields).")
  }

  private func side(of record: NaiveRecord) -> String {
    record.text("side").isEmpty ? "partners" : record.text("side")
  }

  private func call(_ fund: String, _ side: String, _ number: Int, _ commitment: Int?) -> Int? {
    for (index, call) in calls.enumerated()
    where call.fund == fund && call.side == side && call.number == number
      && (side == "partners" || call.commitment == commitment)
    {
      return index
    }
    return nil
  }

  private mutating func addItem(_ record: NaiveRecord) {
    let (fund, side) = (record.text("fund"), side(of: record))
    let (commitment, number) = (commitment(of: record), record.number("call_no") ?? 0)
    let units = naiveUnits(record.text("amount"), currency(of: fund))
    if let index = call(fund, side, number, commitment) {
      calls[index].items.append((commitment, units))
      return
    }
    calls.append(
      NaiveCall(
        fund: fund, side: side, number: number,
        commitment: side == "investments" ? commitment : nil, type: record.text("call_type"),
        notice: record.text("notice_date"), due: record.text("due_date"), cancelledOn: "",
        items: [(commitment, units)]))
  }

  private mutating func addEntry(_ record: NaiveRecord) {
    let fund = record.text("fund")
    entries.append(
      NaiveEntry(
        fund: fund, side: side(of: record), callNumber: record.number("call_no") ?? 0,
        commitment: commitment(of: record), kind: record.text("kind"),
        day: record.text("paid_date"),
        units: naiveUnits(record.text("amount"), currency(of: fund)),
        reverses: record.number("reverses"),
        sequence: record.number("sequence") ?? 1_000_000 + entries.count))
  }

  private mutating func addCancellation(_ record: NaiveRecord) {
    let found = call(
      record.text("fund"), side(of: record), record.number("call_no") ?? 0,
      record.number("commitment"))
    guard let found else { fatalError("Line \(record.line): there is no such call.") }
    calls[found].cancelledOn = record.text("cancelled_on")
  }
}
