import FundModel
import Sheets
package import Store

/// The whole books as files that ``ImportBooks`` takes: equal figures, an equal ledger. Terms are
/// those last known; instants of recording are not kept, as an import has its own, nor which entries
/// were recorded in one go: nothing is asked of that, and each keeps its date, memo and reference.
/// Texts that a spreadsheet would run are kept from it (`CSVText`).
package struct ExportBooks: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> [CSVFile] {
    let records = try ExportRecords(from: connection)
    let mark = try BooksMark.Question().answer(from: connection)
    return BooksFormat.allCases.map { format in
      let isText = format.columns.map { format.kind(of: $0) == .text }
      let lines = records.lines(of: format).map { line in
        zip(line, isText).map { $1 ? CSVText.writing($0) : $0 }
      }
      return CSVFile(name: format.fileName, records: [format.columns] + lines)
    } + [
      CSVFile(
        name: BooksMark.fileName, records: [BooksMark.columns] + [mark?.texts].compactMap(\.self))
    ]
  }
}

/// Everything that an export writes, read once.
private struct ExportRecords {
  private let parties: [Party]
  private let funds: [Fund]
  private let rows: [BooksFormat: [SQLRow]]
  private let currencies: [Int64: Currency]

  init(from connection: any SQLConnection) throws {
    parties = try PartyRecords.parties(knownThrough: .max, in: connection)
    funds = try FundRecords.funds(knownThrough: .max, in: connection)
    currencies = Dictionary(
      funds.map { ($0.id.rawValue, $0.currency) }, uniquingKeysWith: { first, _ in first })
    var rows: [BooksFormat: [SQLRow]] = [:]
    for (format, sql) in exportSQL { rows[format] = try connection.rows(sql) }
    self.rows = rows
  }

  func lines(of format: BooksFormat) -> [[String]] {
    switch format {
    case .parties: parties.map { [$0.name, $0.industry, $0.id.description] }
    case .companies:
      parties.filter { !$0.industry.isEmpty || isCompany.contains($0.id.rawValue) }
        .map { [$0.name, $0.industry] }
    case .funds: funds.map(line(of:))
    default: (rows[format] ?? []).map { line(of: $0, format) }
    }
  }

  private var isCompany: Set<Int64> {
    Set((rows[.companies] ?? []).compactMap { try? $0.integer("party_id") })
  }

  private func line(of fund: Fund) -> [String] {
    let terms = fund.terms
    func text(_ date: CalendarDate?) -> String { date?.description ?? "" }
    let status: FundStatus =
      if terms.dissolutionDate != nil {
        .dissolved
      } else {
        terms.formationDate == nil ? .forming : .active
      }
    return [
      terms.name, terms.fundType, status.rawValue, terms.fundManager,
      terms.generalPartner.flatMap { id in parties.first { $0.id == id }?.name } ?? "",
      fund.currency.code, text(terms.formationDate), text(terms.investmentPeriodEnd),
      text(terms.maturityDate), fund.firstCommitmentTotal.digits, terms.gpCommitment.digits,
      terms.hurdleRate?.digits ?? "", text(terms.dissolutionDate), fund.id.description,
    ]
  }

  /// A row's columns by name; amounts are kept in minor units and written in the major unit.
  private func line(of row: SQLRow, _ format: BooksFormat) -> [String] {
    let currency = (try? row.integer("fund_id")).flatMap { currencies[$0] } ?? .krw
    let amounts: Set<String> =
      switch format {
      case .partners: ["commitment", "stated_paid_in"]
      case .stagedInvestments: ["commitment"]
      default: ["amount"]
      }
    return format.columns.map { column in
      switch try? row.value(column) {
      case .integer(let units) where amounts.contains(column):
        Money(minorUnits: units, currency).digits
      case .integer(let number): String(number)
      case .text(let text): text
      default: ""
      }
    }
  }
}

private let fundName = """
  (SELECT name FROM fund_version WHERE fund_id = f.id ORDER BY id DESC LIMIT 1) AS fund
  """

private func partyName(_ column: String) -> String {
  "(SELECT name FROM party_version WHERE party_id = c.party_id ORDER BY id DESC LIMIT 1) AS \(column)"
}

/// What was not withdrawn.
private let ofThisFund = FundRecords.isThere("f.id", "9223372036854775807")

/// The rows of each file, in the order of recording; `fund_id` tells the currency of amounts. What an
/// undone import took back, funds and calls with all that is on them, is left out.
private let exportSQL: [BooksFormat: String] = [
  .companies: """
  SELECT DISTINCT party_id FROM commitment WHERE side = 'investments'
  """,
  .fundTotalChanges: """
  SELECT f.id AS fund_id, \(fundName), x.amount, x.effective_on, x.reason, x.id AS sequence
  FROM fund_total_change x
  JOIN fund f ON f.id = x.fund_id
  WHERE \(ofThisFund)
  ORDER BY x.id
  """,
  .partners: """
  SELECT f.id AS fund_id, \(fundName), \(partyName("partner")), t.partner_type AS type,
         c.amount AS commitment, s.amount AS stated_paid_in, c.id AS sequence
  FROM commitment c
  JOIN fund f ON f.id = c.fund_id
  JOIN commitment_version t
    ON t.id = (SELECT max(id) FROM commitment_version WHERE commitment_id = c.id)
  LEFT JOIN stated_paid_in s
    ON s.id = (SELECT max(id) FROM stated_paid_in WHERE commitment_id = c.id)
  WHERE c.side = 'partners' AND \(ofThisFund)
  ORDER BY c.id
  """,
  .stagedInvestments: """
  SELECT f.id AS fund_id, \(fundName), \(partyName("company")), c.amount AS commitment,
         t.instrument, c.id AS sequence
  FROM commitment c
  JOIN fund f ON f.id = c.fund_id
  JOIN commitment_version t
    ON t.id = (SELECT max(id) FROM commitment_version WHERE commitment_id = c.id)
  WHERE c.side = 'investments' AND c.is_direct = 0 AND \(ofThisFund)
  ORDER BY c.id
  """,
  .investments: """
  SELECT f.id AS fund_id, \(fundName), \(partyName("company")), i.amount, t.instrument,
         q.notice_date AS investment_date, c.id AS commitment, min(e.id) AS sequence
  FROM commitment c
  JOIN fund f ON f.id = c.fund_id
  JOIN commitment_version t
    ON t.id = (SELECT max(id) FROM commitment_version WHERE commitment_id = c.id)
  JOIN capital_call q ON q.commitment_id = c.id
  JOIN call_item i ON i.call_id = q.id
  JOIN entry e ON e.commitment_id = c.id
  WHERE c.is_direct = 1 AND \(ofThisFund)
  GROUP BY c.id, f.id, i.amount, t.instrument, q.notice_date, c.party_id
  ORDER BY min(e.id)
  """,
  .commitmentChanges: """
  SELECT f.id AS fund_id, \(fundName), c.side, \(partyName("party")), c.id AS commitment,
         x.amount, x.effective_on, x.reason, x.id AS sequence
  FROM commitment_change x
  JOIN commitment c ON c.id = x.commitment_id
  JOIN fund f ON f.id = c.fund_id
  WHERE (c.is_direct = 0
     OR x.id > (SELECT min(id) FROM commitment_change WHERE commitment_id = c.id))
    AND \(ofThisFund)
  ORDER BY x.id
  """,
  .capitalCallItems: """
  SELECT f.id AS fund_id, \(fundName), q.number AS call_no, v.call_type, q.notice_date,
         v.due_date, \(partyName("partner")), i.amount, q.side, c.id AS commitment,
         q.over_commitment_reason, q.credit_reason, i.id AS sequence
  FROM call_item i
  JOIN capital_call q ON q.id = i.call_id
  JOIN call_version v ON v.id = (SELECT max(id) FROM call_version WHERE call_id = q.id)
  JOIN commitment c ON c.id = i.commitment_id
  JOIN fund f ON f.id = q.fund_id
  WHERE c.is_direct = 0 AND \(ofThisFund) AND \(CallRecords.stands("q.id"))
  ORDER BY i.id
  """,
  .payments: """
  SELECT f.id AS fund_id, \(fundName), q.number AS call_no, \(partyName("partner")),
         e.effective_on AS paid_date,
         CASE WHEN k.reverses IS NULL THEN e.kind ELSE 'reversal' END AS kind,
         e.amount, e.side, c.id AS commitment, e.reverses, e.memo, e.reference,
         e.id AS sequence
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind
  JOIN call_item i ON i.id = e.item_id
  JOIN capital_call q ON q.id = i.call_id
  JOIN commitment c ON c.id = e.commitment_id
  JOIN fund f ON f.id = e.fund_id
  WHERE ((c.is_direct = 0 AND \(CallRecords.stands("q.id")))
     OR (c.is_direct = 1 AND e.id > (SELECT min(id) FROM entry WHERE commitment_id = c.id)))
    AND \(ofThisFund)
  ORDER BY e.id
  """,
  .cancellations: """
  SELECT f.id AS fund_id, \(fundName), q.side, q.number AS call_no,
         q.commitment_id AS commitment, x.cancelled_on, x.reason, x.id AS sequence
  FROM call_cancellation x
  JOIN capital_call q ON q.id = x.call_id
  JOIN fund f ON f.id = q.fund_id
  LEFT JOIN commitment c ON c.id = q.commitment_id
  WHERE \(ofThisFund) AND (coalesce(c.is_direct, 0) = 1 OR \(CallRecords.stands("q.id")))
  ORDER BY x.id
  """,
]
