import Bookkeeping
import Foundation
import FundModel
import RandomBooks
import Testing

/// One of each command that the books take, and books in which each of them is taken.
struct CommandSamples {
  let test: TestBooks
  /// The import that can be undone.
  private var toUndo: Int64 = 0
  private let krw: (Int64) -> Money = { Money(minorUnits: $0, .krw) }
  private let january = CalendarDate(2026, 1, 5)!

  /// A fund with partners, a paid call, an unpaid one, a direct and a staged investment; another
  /// whose paid-in is only stated. Every table of facts has a row.
  ///
  /// - Parameter withImports: without any, the facts are those of the first migrations.
  init(_ test: TestBooks, withImports: Bool = true) async throws {
    self.test = test
    let books = test.books
    let party = try await books.perform(RegisterParty(name: "LP"), by: "maria").outcome
    let company = try await books.perform(RegisterParty(name: "X"), by: "maria").outcome
    for name in ["F", "Quiet"] {
      let fund = try await books.perform(
        RegisterFund(
          terms: FundTerms(name: name, gpCommitment: krw(0)), commitmentTotal: krw(1_000)),
        by: "maria"
      ).outcome
      let partner = try await books.perform(
        Commit(fund: fund, side: .partners, party: party, amount: krw(900), partnerType: "개인"),
        by: "maria"
      ).outcome
      if name == "Quiet" {
        _ = try await books.perform(
          StatePaidIn(commitment: partner, amount: krw(300)), by: "maria")
        continue
      }
      _ = try await books.perform(
        ChangeCommitment(commitment: partner, amount: krw(50), effectiveOn: january), by: "maria")
      _ = try await books.perform(
        ChangeCommitmentTotal(fund: fund, amount: krw(50), effectiveOn: january), by: "maria")
      for _ in 1...3 {
        _ = try await books.perform(
          IssueCapitalCall(
            fund: fund, noticeDate: january, dueDate: january,
            shares: .explicit([CallShares.Item(commitment: partner, amount: krw(100))])),
          by: "maria")
      }
      _ = try await books.perform(
        RecordPayment(
          ItemMovement(item: CallItem.ID(rawValue: 1), amount: krw(60), paidDate: january)),
        by: "maria")
      _ = try await books.perform(
        CancelCapitalCall(call: CapitalCall.ID(rawValue: 3), reason: "잘못 청구"), by: "maria")
      _ = try await books.perform(
        RecordInvestment(fund: fund, party: company, amount: krw(70), investedOn: january),
        by: "maria")
    }
    try await feeds()
    if withImports { try await imports() }
    for (name, role) in [("ana", Role.owner), ("ben", .viewer)] {
      _ = try await books.perform(AddUser(name: name, role: role), by: "maria")
    }
  }

  /// Two imports, the first of them undone.
  private mutating func imports() async throws {
    let first = try await test.books.perform(
      ImportBooks([CSVFile(name: "parties.csv", bytes: Array("party\nSheet party\n".utf8))]),
      by: "maria")
    _ = try await test.books.perform(UndoImport(first.audit.sequence, reason: "잘못"), by: "maria")
    let second = try await test.books.perform(
      ImportBooks([
        CSVFile(
          name: "funds.csv", bytes: Array("name,commitment_total\nQuiet,1100\n".utf8)),
        CSVFile(
          name: "partners.csv",
          bytes: Array(
            "fund,partner,type,commitment,stated_paid_in\nQuiet,LP,기관,950,310\n".utf8)),
      ]), by: "maria")
    toUndo = second.audit.sequence
  }

  /// Two feeds, the first of them ended.
  private func feeds() async throws {
    for (name, byte) in [("옛 전화", 1), ("전화", 2)] as [(String, UInt8)] {
      _ = try await test.books.perform(Self.feed(name, byte), by: "maria")
    }
    _ = try await test.books.perform(
      EndCalendarFeed(feed: CalendarFeed.ID(rawValue: 1)), by: "maria")
  }

  private static func feed(_ name: String, _ byte: UInt8) -> MakeCalendarFeed {
    MakeCalendarFeed(
      name: name, withAmounts: false,
      token: Secret(bytes: [UInt8](repeating: byte, count: Secret.byteCount))!)
  }

  private let fund = Fund.ID(rawValue: 1)
  private let partner = Commitment.ID(rawValue: 1)

  /// - Returns: `nil` for a command without a sample.
  func sample(of name: String) -> (any Command)? {
    switch name {
    case RegisterFund.name:
      RegisterFund(
        terms: FundTerms(name: "G", gpCommitment: krw(0)), commitmentTotal: krw(5))
    case AmendFund.name:
      AmendFund(
        fund: fund, changes: AmendFund.Changes(to: FundTerms(name: "F 2호", gpCommitment: krw(1))))
    case RegisterParty.name: RegisterParty(name: "Y")
    case AmendParty.name:
      AmendParty(
        party: Party.ID(rawValue: 1), name: .changed("LP 2"), industry: .changed("금융"))
    case Commit.name:
      // Registers its party, too.
      Commit(fund: fund, side: .investments, party: .named("새 업체"), amount: krw(40))
    case AmendCommitment.name: AmendCommitment(commitment: partner, partnerType: .changed("GP"))
    case ChangeCommitment.name:
      ChangeCommitment(commitment: partner, amount: krw(-9), effectiveOn: nil)
    case ChangeCommitmentTotal.name:
      ChangeCommitmentTotal(fund: fund, amount: krw(9), effectiveOn: nil)
    case StatePaidIn.name: StatePaidIn(commitment: partner, amount: krw(1))
    case OpenFromStated.name:
      OpenFromStated(fund: Fund.ID(rawValue: 2), paidDate: january)
    case IssueCapitalCall.name:
      IssueCapitalCall(
        fund: fund, noticeDate: january, dueDate: january,
        shares: .amount(krw(10), by: .commitment, leavingOut: []))
    case AmendCapitalCall.name:
      AmendCapitalCall(call: CapitalCall.ID(rawValue: 2), dueDate: january.adding(days: 9))
    case CancelCapitalCall.name:
      CancelCapitalCall(call: CapitalCall.ID(rawValue: 2), reason: "잘못 청구")
    case RecordPayment.name: RecordPayment(movement(40))
    case RecordRefund.name: RecordRefund(movement(60))
    case SettleCall.name:
      SettleCall(call: CapitalCall.ID(rawValue: 1), paidDate: january.adding(days: 3))
    case ReverseEntry.name: ReverseEntry(entry: Entry.ID(rawValue: 1), reason: "오기")
    case RecordInvestment.name:
      RecordInvestment(
        fund: fund, party: Party.ID(rawValue: 2), amount: krw(8), investedOn: january)
    case UndoInvestment.name:
      UndoInvestment(investment: Commitment.ID(rawValue: 2), reason: "두 번 입력")
    case ImportBooks.name: ImportBooks(Self.files)
    case UndoImport.name: UndoImport(toUndo, reason: "다른 조합의 파일")
    case MakeCalendarFeed.name: Self.feed("새 전화", 3)
    case EndCalendarFeed.name: EndCalendarFeed(feed: CalendarFeed.ID(rawValue: 2))
    case LetChoosePassword.name:
      LetChoosePassword(user: User.ID(rawValue: 1), by: Secret(asSent: "").derived(for: "link"))
    case AddUser.name: AddUser(name: "cho", role: .partner, parties: [Party.ID(rawValue: 1)])
    case ChangeUser.name: ChangeUser(user: User.ID(rawValue: 2), role: .bookkeeper)
    case EndUser.name: EndUser(user: User.ID(rawValue: 2))
    default: nil
    }
  }

  private func movement(_ units: Int64) -> ItemMovement {
    ItemMovement(item: CallItem.ID(rawValue: 1), amount: krw(units), paidDate: january)
  }

  private static let files = [
    CSVFile(
      name: "funds.csv", bytes: Array("name,commitment_total\nSheet fund,700\n".utf8)),
    CSVFile(
      name: "partners.csv", bytes: Array("fund,partner,type,commitment\nSheet fund,LP,GP,70\n".utf8)
    ),
    CSVFile(
      name: "capital_call_items.csv",
      bytes: Array(
        """
        fund,call_no,notice_date,due_date,partner,amount
        Sheet fund,1,2026-01-05,2026-01-31,LP,30

        """.utf8)),
    CSVFile(
      name: "payments.csv",
      bytes: Array(
        "fund,call_no,partner,paid_date,kind,amount\nSheet fund,1,LP,2026-01-31,payment,20\n".utf8
      )),
  ]
}

/// Swift cannot list the types that conform to a protocol, so the sources are asked.
@Suite("The registry of commands")
struct CommandRegistryTests {
  @Test("Every command of the sources is in the registry once, and has a sample that is taken")
  func everyCommand() async throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Bookkeeping")
    var found: [String] = []
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    for case let file as URL in try #require(files) where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") {
        guard let range = line.range(of: "static let name = \"") else { continue }
        found.append(String(line[range.upperBound...].prefix { $0 != "\"" }))
      }
    }
    #expect(found.count >= 19)
    #expect(found.sorted() == allCommandNames.sorted())
    #expect(Set(found).count == found.count)

    for name in allCommandNames {
      let samples = try await CommandSamples(TestBooks(at: Story.noon("2026-06-30")))
      guard let sample = samples.sample(of: name) else {
        Issue.record("`\(name)` has no sample")
        continue
      }
      #expect(type(of: sample).name == name)
      let told = try await samples.test.books.tell(
        sample, by: "maria", at: samples.test.clock.now)
      #expect(told.stamp != nil, "\(name): \(told.answer)")
      let trail = try await samples.test.books.answer(AuditTrail(limit: 1))
      #expect(trail.first?.command == name)
      #expect(trail.first?.content == sample.content.text)
      #expect(try await samples.test.books.answer(CheckBooks()).isEmpty, "\(name)")
    }
  }
}
