import FundModel
import Store

/// Carries out an import table by table, in the order in which facts rest on each other, comparing
/// each row with the books as they are.
///
/// A row that cannot be taken is collected and passed over; so is, silently, what rests on it.
final class Importer {
  let books: OpenBooks
  let problems = ImportProblemList()
  let doubts = ImportProblemList()
  let changesFrom: CalendarDate?
  /// Through which entry of the trail the import knows these very books; `nil` without their mark.
  let known: Int64?
  /// Entries of the trail that an undo answers, and the undos: together they are nothing.
  let answered: Set<Int64>
  /// In the order in which they are taken.
  let readings: [TableReading]

  var partyNames: NameIndex<Party>
  var fundNames: NameIndex<Fund>
  /// Every party's industry.
  var industries: [Party.ID: String] = [:]
  private var funds: [Fund.ID: FundFacts] = [:]
  let fundsNow: [Fund.ID: Fund]
  let fundsThen: [Fund.ID: Fund]
  let partiesThen: [Party.ID: Party]
  /// By the sequence that the files call them by.
  var commitmentsBySequence: [Int64: CommitmentFacts] = [:]
  /// What failed: whatever rests on it is not blamed again.
  var failedFunds: Set<String> = []
  var failedPartners: Set<FailedPartner> = []
  var failedSequences: Set<Int64> = []
  var failedCalls: Set<FailedCall> = []
  var failedEntries: Set<Int64> = []
  /// The sequences of refunds that the import names.
  var refundsOfFile: Set<Int64> = []
  /// Payments of direct investments that this import records, in the order of its rows.
  var directPayments: [DirectPayment] = []
  /// What the same import says of investments that were undone.
  var investmentRows: InvestmentRows?
  /// Rows about partners and investments that are there: their amounts are compared once it is known
  /// what the files say of changes.
  var comparedAmounts: [ComparedAmount] = []

  struct FailedPartner: Hashable {
    let fund: Fund.ID
    let party: String
  }

  struct FailedCall: Hashable {
    let fund: Fund.ID
    let investment: Commitment.ID?
    let number: Int64
  }

  init(_ books: OpenBooks, _ command: ImportBooks, _ progress: ImportProgress) throws {
    self.books = books
    changesFrom =
      switch command.changesCount {
      case .fromToday: books.today
      case .from(let day): day
      case .fromTheBeginning: nil
      }
    let connection = books.connection
    known = try command.mark.flatMap { try $0.fits(connection) ? $0.knownThrough : nil }
    answered = try ImportUndos.answered(in: connection)
    let (problems, doubts) = (problems, doubts)
    let tables = BooksFormat.allCases.flatMap { format in
      command.tables.filter { $0.format == format }
    }
    readings = tables.enumerated().map {
      TableReading($1, at: $0, problems, doubts: doubts, progress)
    }
    let parties = try PartyRecords.parties(knownThrough: .max, in: connection)
    let funds = try FundRecords.funds(knownThrough: .max, in: connection)
    partyNames = NameIndex(
      parties.map { ($0.id, $0.name) }, aliases: try NameAliases.parties(in: connection))
    fundNames = NameIndex(
      funds.map { ($0.id, $0.terms.name) }, aliases: try NameAliases.funds(in: connection))
    industries = Dictionary(uniqueKeysWithValues: parties.map { ($0.id, $0.industry) })
    fundsNow = Dictionary(uniqueKeysWithValues: funds.map { ($0.id, $0) })
    fundsThen =
      try known.map { known in
        Dictionary(
          uniqueKeysWithValues: try FundRecords.funds(knownThrough: known, in: connection).map {
            ($0.id, $0)
          })
      } ?? [:]
    partiesThen =
      try known.map { known in
        Dictionary(
          uniqueKeysWithValues: try PartyRecords.parties(knownThrough: known, in: connection).map {
            ($0.id, $0)
          })
      } ?? [:]
    for party in partiesThen.values { partyNames.alsoKnown(as: party.name, party.id) }
    for fund in fundsThen.values where fundsNow[fund.id] != nil {
      fundNames.alsoKnown(as: fund.terms.name, fund.id)
    }
  }

  var isMarked: Bool { known != nil }

  /// The tables of a format; `nil` where the import has none.
  func reading(_ format: BooksFormat) -> FormatReading? {
    FormatReading(readings.filter { $0.table.format == format })
  }

  /// - Throws: `Refusal.figureTooLarge` when the books could no longer be added up.
  func run() throws -> ImportReport {
    try takeParties()
    try takeCompanies()
    try takeFunds()
    try takeCommitments()
    try takeCommitmentChanges()
    try takeCalls()
    try takeEntries()
    try takeCancellations()
    do {
      _ = try OverviewAsOf(AsOf(.latest), homeCurrency: .krw).answer(from: books.connection)
    } catch MoneyError.overflow { throw Refusal.figureTooLarge } catch StoreError.overflow {
      throw Refusal.figureTooLarge
    }
    return ImportReport(
      tables: readings.map(\.report), problems: problems.sorted(in: readings.map(\.table.name)),
      doubts: doubts.sorted(in: readings.map(\.table.name)), isOfTheseBooks: isMarked)
  }

  /// Runs commands of one row; a refusal becomes a problem of that row.
  func attempt<Outcome>(
    _ row: ImportRow, _ columns: [String: String] = [:], _ body: () throws -> Outcome
  ) throws -> Outcome? {
    do { return try body() } catch let refusal as Refusal {
      let field = refusal.field ?? ""
      let column = columns[field] ?? field
      if case .text(_, let problem) = refusal {
        row.problem(column, problem.sentence(of: row.heading(column)))
      } else {
        row.problem(column, refusal.sentence)
      }
      return nil
    } catch let error as MoneyError {
      row.problem("", Phrase("금액의 합이 너무 큽니다.", error.description))
      return nil
    }
  }

  // MARK: Names

  /// The party that a row names, registered where the books have none; `nil` with a problem.
  func party(_ name: String, _ row: ImportRow, _ column: String) throws -> Party.ID? {
    switch partyNames.find(name, orNew: true) {
    case .one(let id): return id
    case .several(let candidates):
      row.problem(column, severalNames(name, candidates))
      return nil
    case .none:
      let id = try attempt(row, ["name": column]) {
        try RegisterParty(name: name).execute(in: books)
      }
      if let id {
        partyNames.register(name, id)
        industries[id] = ""
      }
      return id
    }
  }

  /// The fund that a row names; `nil` with a problem, or silently when that fund's own row failed.
  func fund(_ row: ImportRow) throws -> FundFacts? {
    let name = row.text("fund")
    switch fundNames.find(name) {
    case .one(let id): return try facts(of: id)
    case .several(let candidates): row.problem("fund", severalNames(name, candidates))
    case .none where name.isEmpty: _ = row.needed("fund")
    case .none where fundsThen.values.contains { $0.terms.name == name }:
      try row.settle(.alreadyThere(takenBackSince))
    case .none where !failedFunds.contains(name):
      row.problem(
        "fund",
        Phrase(
          "‘\(name)’ 조합은 장부에도 가져오는 파일에도 없습니다. 조합 이름을 그대로 쓰거나 조합을 함께 가져오세요.",
          "There is no fund “\(name)”, in the books or in what is imported; write a fund's name as "
            + "it is there, or import the fund as well."))
    case .none: break
    }
    row.countAmounts(in: nil)
    return nil
  }

  func facts(of id: Fund.ID) throws -> FundFacts? {
    if let facts = funds[id] { return facts }
    guard let fund = fundsNow[id] else { return nil }
    let facts = try FundFacts(fund, known: known, answered: answered, in: books.connection)
    funds[id] = facts
    return facts
  }

  func register(_ facts: FundFacts) { funds[facts.id] = facts }

  /// The funds that rows named.
  var touchedFunds: [FundFacts] { funds.values.sorted { $0.id < $1.id } }
}

/// Said of a row whose fact an undone import took back since.
let takenBackSince = Phrase(
  "그 뒤 되돌린 가져오기의 것이라 장부에 없습니다.",
  "It came with an import that was undone since, and is not in the books.")

func sequenceTwice(_ sequence: Int64) -> Phrase {
  Phrase(
    "번호 \(sequence)이(가) 두 번 쓰였습니다. 한 줄에만 두고 다른 줄은 비우세요.",
    "The sequence \(sequence) is used twice; keep it in one line and leave it empty in the other.")
}

func noSuchSequence(_ sequence: Int64) -> Phrase {
  Phrase(
    "번호 \(sequence)은(는) 장부에 없습니다. 새로 적는 줄은 번호를 비우세요.",
    "The books have nothing with the sequence \(sequence); leave it empty in a new line.")
}
