import Bookkeeping
import Foundation
import FundModel
import RandomBooks
import Store
import Testing

/// Every reason to refuse, each brought about by a command that deserves it.
@Suite("Refusals")
struct Refusals {
  @Test("Each command is refused for its reason, and the books stay as they were")
  func everyRefusal() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await CommandSamples(test)
    try await prepare(test)
    let before = try await test.dump()
    var reached: Set<String> = []
    for (number, (command, expected)) in examples.enumerated() {
      let told = try await test.books.tell(command, by: "maria", at: test.clock.now)
      guard case .refused(let refusal) = told.answer else {
        Issue.record("\(number), \(expected): \(told.answer)")
        continue
      }
      #expect(refusal == expected)
      #expect(!refusal.sentence.ko.isEmpty && !refusal.sentence.en.isEmpty)
      reached.insert(caseName(expected))
    }
    #expect(try await test.dump() == before)

    // Reached by `SameTime.keys`, by `tooLarge` below and by `UndoExamples`.
    reached.formUnion(["requestKeyReused", "figureTooLarge"])
    reached.formUnion(["importUndoneAlready", "laterFactsRest", "importCancelledCall"])
    let known = try casesInTheSources()
    #expect(known.count > 50)
    #expect(known.subtracting(reached).sorted() == [])
    #expect(reached.subtracting(known).sorted() == [])
  }

  @Test("Every code is its own, and every field one that a command has")
  func codesAndFields() {
    let codes = examples.map { caseName($0.1).split(separator: ".").last! + ": " + $0.1.code }
    let byCode = Dictionary(
      grouping: Set(codes), by: { $0.split(separator: ": ").last.map(String.init) ?? "" })
    for (code, cases) in byCode {
      // A direct investment and an entry of tomorrow are told alike, and so on.
      let alike = [
        "after-today", "wrong-currency", "not-positive", "dates-out-of-order",
        "call-cancelled",
      ]
      #expect(cases.count == 1 || alike.contains(code), "\(cases)")
    }
  }

  @Test("A sum that doesn't fit in 64 bits is called too large, wherever it is met")
  func tooLarge() async throws {
    let (fund, partner, most) = (fund, partner, krw(Money.mostRecorded))
    for (table, owner) in [
      ("fund_total_change", "fund_id"), ("commitment_change", "commitment_id"),
    ] {
      // They fit; with the first amount they don't; they don't fit by themselves.
      for (count, last) in [(9_223, 1), (9_223, 372_036_854_775_000), (9_300, 1)] {
        let test = try await TestBooks(at: Story.noon("2026-06-30"))
        _ = try await CommandSamples(test)
        try await test.engine.write { connection in
          try connection.run(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
            INSERT INTO \(table) (\(owner), amount, effective_on, reason, audit, step)
            SELECT 1, \(most.minorUnits), NULL, '', 1, 1000 + i FROM n
            UNION ALL SELECT 1, \(last), NULL, '', 1, 999999
            """)
        }
        let books = test.books
        let overviews = try await failures([
          { _ = try await books.answer(OverviewAsOf(AsOf(.latest), homeCurrency: .krw)) },
          { _ = try await books.answer(FundAsOf(fund, AsOf(.latest))) },
          { _ = try await books.answer(PartiesAsOf(AsOf(.latest))) },
        ])
        let changes = try await failures([
          {
            _ = try await books.perform(
              ChangeCommitmentTotal(fund: fund, amount: most, effectiveOn: nil), by: "maria")
          },
          {
            _ = try await books.perform(
              ChangeCommitment(commitment: partner, amount: most, effectiveOn: nil), by: "maria")
          },
        ])
        #expect(overviews.isEmpty == (count == 9_223 && last == 1), "\(table), \(count), \(last)")
        #expect(changes.count == 1, "\(table), \(count), \(last)")
        #expect(
          Set(overviews + changes) == [.figureTooLarge], "\(table), \(count), \(last)")
      }
    }
  }

  private func failures(_ works: [() async throws -> Void]) async throws -> [BooksFailure] {
    var failures: [BooksFailure] = []
    for work in works {
      do { try await work() } catch { failures.append(BooksFailure(error)) }
    }
    return failures
  }

  @Test("A refund of a direct investment can be reversed: it is paid in full again")
  func refundOfDirectInvestment() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await CommandSamples(test)
    let item = CallItem.ID(rawValue: 4)
    let refund = try await test.books.perform(
      RecordRefund(ItemMovement(item: item, amount: krw(70), paidDate: january)), by: "maria"
    ).outcome
    let call = CapitalCall.ID(rawValue: 4)
    func status() async throws -> LiveStatus? {
      try await test.books.answer(CallsAsOf(.one(call), AsOf(.latest))).first?.status
    }
    #expect(try await status() != .complete)
    _ = try await test.books.perform(ReverseEntry(entry: refund, reason: "오기"), by: "maria")
    #expect(try await status() == .complete)
  }

  // MARK: The books and what is asked of them

  private let krw: (Int64) -> Money = { Money(minorUnits: $0, .krw) }
  private let fund = Fund.ID(rawValue: 1)
  private let lp = Party.ID(rawValue: 1)
  private let company = Party.ID(rawValue: 2)
  private let partner = Commitment.ID(rawValue: 1)
  private let direct = Commitment.ID(rawValue: 2)
  private let ofAnotherFund = Commitment.ID(rawValue: 3)
  private let staged = Commitment.ID(rawValue: 4)
  private let undone = Commitment.ID(rawValue: 5)
  private let paid = CallItem.ID(rawValue: 1)
  private let cancelled = CapitalCall.ID(rawValue: 3)
  private let january = CalendarDate(2026, 1, 5)!
  private let today = CalendarDate(2026, 6, 30)!

  /// Beside the samples: a staged investment, an undone one, a credit, a fund without partners, and
  /// on call 1 a payment on the 5th, a refund and a payment on the 8th, one of them reversed.
  private func prepare(_ test: TestBooks) async throws {
    let dan = try await test.books.perform(AddUser(name: "dan", role: .viewer), by: "maria")
    _ = try await test.books.perform(EndUser(user: dan.outcome), by: "maria")
    let books = test.books
    let staged = try await books.perform(
      Commit(fund: fund, side: .investments, party: company, amount: krw(40)), by: "maria"
    ).outcome
    #expect(staged == self.staged)
    let undone = try await books.perform(
      RecordInvestment(fund: fund, party: company, amount: krw(5), investedOn: january),
      by: "maria"
    ).outcome
    #expect(undone == self.undone)
    _ = try await books.perform(UndoInvestment(investment: undone, reason: "오기"), by: "maria")
    let credit = try await books.perform(
      IssueCapitalCall(
        fund: fund, noticeDate: january, dueDate: january,
        shares: .explicit([.init(commitment: partner, amount: krw(-20))]),
        creditReason: "초과납입"), by: "maria"
    ).outcome
    #expect(credit == CapitalCall.ID(rawValue: 6))
    let empty = try await books.perform(
      RegisterFund(
        terms: FundTerms(name: "Empty", gpCommitment: krw(0)), commitmentTotal: krw(10)),
      by: "maria"
    ).outcome
    #expect(empty == Fund.ID(rawValue: 3))
    _ = try await books.perform(
      RecordRefund(ItemMovement(item: paid, amount: krw(60), paidDate: january.adding(days: 3))),
      by: "maria")
    let wrong = try await books.perform(
      RecordPayment(ItemMovement(item: paid, amount: krw(1), paidDate: january)), by: "maria"
    ).outcome
    let reversal = try await books.perform(
      ReverseEntry(entry: wrong, reason: "오기"), by: "maria"
    ).outcome
    #expect((wrong.rawValue, reversal.rawValue) == (6, 7))
  }

  private func call(
    of fund: Fund.ID = Fund.ID(rawValue: 1), _ shares: CallShares,
    investment: Commitment.ID? = nil, number: Int64? = nil, type: String = "", due: Int = 0,
    reason: String = ""
  ) -> IssueCapitalCall {
    IssueCapitalCall(
      fund: fund, investment: investment, number: number, callType: type, noticeDate: january,
      dueDate: january.adding(days: due), shares: shares, overCommitmentReason: reason)
  }

  private func pay(
    _ amount: Money, on day: CalendarDate, item: CallItem.ID = CallItem.ID(rawValue: 2)
  ) -> RecordPayment {
    RecordPayment(ItemMovement(item: item, amount: amount, paidDate: day))
  }

  private func terms(_ name: String, _ change: (inout FundTerms) -> Void = { _ in }) -> RegisterFund
  {
    var terms = FundTerms(name: name, gpCommitment: krw(0))
    change(&terms)
    return RegisterFund(terms: terms, commitmentTotal: krw(10))
  }

  private var examples: [(any Command, Refusal)] {
    unknown + users + texts + amounts + fundTerms + commitments + calls + money
  }

  /// Ana is the only owner, Ben a viewer, Dan was ended.
  private var users: [(any Command, Refusal)] {
    let (ana, dan, nobody) = (
      User.ID(rawValue: 1), User.ID(rawValue: 3), User.ID(rawValue: 99)
    )
    return [
      (EndUser(user: nobody), .unknown(.user, 99)), (EndUser(user: dan), .userEndedAlready),
      (EndUser(user: ana), .lastOwner), (ChangeUser(user: ana, role: .viewer), .lastOwner),
      (AddUser(name: "eve", role: .partner), .partnerWithoutParties),
      (
        AddUser(name: "eve", role: .viewer, parties: [Party.ID(rawValue: 1)]), .partiesOfPartners
      ),
      (AddUser(name: "BEN", role: .viewer), .nameTaken("BEN", by: .user)),
      (AddUser(name: "eve", role: .owner, by: Secret(asSent: "made up")), .linkUsedUp),
    ]
  }

  private var unknown: [(any Command, Refusal)] {
    [
      (EndCalendarFeed(feed: CalendarFeed.ID(rawValue: 99)), .unknown(.feed, 99)),
      (UndoImport(99, reason: "잘못"), .unknown(.importing, 99)),
      (EndCalendarFeed(feed: CalendarFeed.ID(rawValue: 1)), .feedEndedAlready),
      (
        AmendFund(fund: Fund.ID(rawValue: 99), changes: AmendFund.Changes()),
        .unknown(.fund, 99)
      ),
      (
        AmendParty(party: Party.ID(rawValue: 99)), .unknown(.party, 99)
      ),
      (
        Commit(
          fund: fund, side: .investments, party: Party.ID(rawValue: 99), amount: krw(1)),
        .unknown(.party, 99)
      ),
      (
        StatePaidIn(commitment: Commitment.ID(rawValue: 99), amount: krw(1)),
        .unknown(.commitment, 99)
      ),
      (
        AmendCapitalCall(call: CapitalCall.ID(rawValue: 99), callType: "x"), .unknown(.call, 99)
      ),
      (pay(krw(1), on: january, item: CallItem.ID(rawValue: 99)), .unknown(.item, 99)),
      (ReverseEntry(entry: Entry.ID(rawValue: 99), reason: "x"), .unknown(.entry, 99)),
      (
        call(.explicit([.init(commitment: Commitment.ID(rawValue: 99), amount: krw(1))])),
        .unknown(.commitment, 99)
      ),
      (
        call(
          .amount(krw(1), by: .commitment, leavingOut: [Commitment.ID(rawValue: 99)])),
        .unknown(.commitment, 99)
      ),
    ]
  }

  private var texts: [(any Command, Refusal)] {
    let long = String(repeating: "가", count: 201)
    return [
      (RegisterParty(name: " \u{3000}"), .text("name", .missing)),
      (terms(""), .text("name", .missing)),
      (RegisterParty(name: long), .text("name", .tooLong(201, most: 200))),
      (
        RegisterParty(name: "Z", industry: String(long.prefix(101))),
        .text("industry", .tooLong(101, most: 100))
      ),
      (RegisterParty(name: "A\u{0}B"), .text("name", .unprintable("U+0000"))),
      (RegisterParty(name: "A\u{202E}B"), .text("name", .unprintable("U+202E"))),
      (RegisterParty(name: "L\u{A0}P"), .text("name", .unprintable("U+00A0"))),
      (terms("F\u{3164}"), .text("name", .unprintable("U+3164"))),
      (call(.explicit([]), type: "줄\n바꿈"), .text("call_type", .unprintable("U+000A"))),
      (ReverseEntry(entry: Entry.ID(rawValue: 1), reason: ""), .text("reason", .missing)),
      (
        UndoInvestment(investment: direct, reason: "\u{7F}"),
        .text("reason", .unprintable("U+007F"))
      ),
      (
        CancelCapitalCall(call: CapitalCall.ID(rawValue: 2), reason: " "),
        .text("reason", .missing)
      ),
      (RegisterParty(name: "LP"), .nameTaken("LP", by: .party)),
      (AmendParty(party: company, name: .changed("LP")), .nameTaken("LP", by: .party)),
      (terms("F"), .nameTaken("F", by: .fund)),
    ]
  }

  private var amounts: [(any Command, Refusal)] {
    let tooMuch = krw(Money.mostRecorded + 1)
    let dollar = Money(minorUnits: 100, .usd)
    return [
      (
        ChangeCommitmentTotal(fund: fund, amount: dollar, effectiveOn: nil),
        .currency(field: "amount", given: .usd, expected: .krw)
      ),
      (
        RegisterFund(terms: FundTerms(name: "Z", gpCommitment: dollar), commitmentTotal: krw(1)),
        .currency(field: "gp_commitment", given: .usd, expected: .krw)
      ),
      (
        call(.amount(krw(0), by: .commitment, leavingOut: [])), .notPositive(field: "amount")
      ),
      (
        Commit(fund: fund, side: .investments, party: lp, amount: krw(-1)),
        .notPositive(field: "amount")
      ),
      (StatePaidIn(commitment: partner, amount: krw(-1)), .negative(field: "amount")),
      (
        RegisterFund(
          terms: FundTerms(name: "Z", gpCommitment: krw(0)), commitmentTotal: krw(-1)),
        .negative(field: "commitment_total")
      ),
      (
        ChangeCommitment(commitment: partner, amount: krw(0), effectiveOn: nil),
        .zero(field: "amount")
      ),
      (
        ChangeCommitmentTotal(fund: fund, amount: krw(0), effectiveOn: nil), .zero(field: "amount")
      ),
      (
        call(.explicit([.init(commitment: partner, amount: krw(0))])), .zero(field: "items")
      ),
      (StatePaidIn(commitment: partner, amount: tooMuch), .tooLarge(field: "amount")),
      (
        ChangeCommitmentTotal(fund: fund, amount: tooMuch.negated, effectiveOn: nil),
        .tooLarge(field: "amount")
      ),
    ]
  }

  private var fundTerms: [(any Command, Refusal)] {
    let (one, two) = (january, january.adding(days: 1))
    return [
      (
        terms("Z") { ($0.formationDate, $0.investmentPeriodEnd) = (two, one) },
        .fundDates(.endBeforeFormation(formation: two, end: one))
      ),
      (
        terms("Z") { ($0.formationDate, $0.maturityDate) = (two, one) },
        .fundDates(.maturityBefore(two, maturity: one))
      ),
      (
        terms("Z") { ($0.formationDate, $0.dissolutionDate) = (two, one) },
        .fundDates(.dissolutionBeforeFormation(formation: two, dissolution: one))
      ),
      (
        terms("Z") { $0.hurdleRate = Percent(tenThousandths: 1_000_001) },
        .percentOutOfRange(field: "hurdle_rate")
      ),
      (terms("Z") { $0.generalPartner = Party.ID(rawValue: 99) }, .unknown(.party, 99)),
      (
        call(.percent(Percent(tenThousandths: 0), by: .commitment, leavingOut: [])),
        .percentOutOfRange(field: "percent")
      ),
    ]
  }

  private var commitments: [(any Command, Refusal)] {
    [
      (
        Commit(fund: fund, side: .partners, party: lp, amount: krw(1), partnerType: "GP"),
        .alreadyCommitted(party: "LP")
      ),
      (
        Commit(fund: fund, side: .partners, party: company, amount: krw(1)),
        .partnerTypeOnPartnersOnly
      ),
      (
        Commit(fund: fund, side: .investments, party: company, amount: krw(1), partnerType: "GP"),
        .partnerTypeOnPartnersOnly
      ),
      (
        ChangeCommitment(commitment: partner, amount: krw(-901), effectiveOn: nil),
        .commitmentBelowZero(krw(-1), on: nil)
      ),
      (
        ChangeCommitment(commitment: partner, amount: krw(-951), effectiveOn: january),
        .commitmentBelowZero(krw(-1), on: january)
      ),
      (
        ChangeCommitmentTotal(
          fund: fund, amount: krw(-1_001), effectiveOn: january.adding(days: -1)),
        .commitmentTotalBelowZero(krw(-1), on: january.adding(days: -1))
      ),
      (
        ChangeCommitment(commitment: direct, amount: krw(1), effectiveOn: nil), .directInvestment
      ),
      (UndoInvestment(investment: staged, reason: "x"), .notDirectInvestment),
      (UndoInvestment(investment: undone, reason: "x"), .undoneAlready),
      (StatePaidIn(commitment: staged, amount: krw(1)), .commitmentElsewhere(4)),
      (OpenFromStated(fund: fund, paidDate: january), .historyExists),
      (OpenFromStated(fund: Fund.ID(rawValue: 3), paidDate: january), .nothingStated),
      (
        OpenFromStated(fund: Fund.ID(rawValue: 2), paidDate: today.adding(days: 1)),
        .entry(.afterToday(today.adding(days: 1), today: today))
      ),
    ]
  }

  private var calls: [(any Command, Refusal)] {
    let one = CallShares.Item(commitment: partner, amount: krw(1))
    return [
      (
        call(.explicit([one]), due: -1),
        .dueBeforeNotice(notice: january, due: january.adding(days: -1))
      ),
      (
        AmendCapitalCall(call: CapitalCall.ID(rawValue: 2), dueDate: january.adding(days: -1)),
        .dueBeforeNotice(notice: january, due: january.adding(days: -1))
      ),
      (call(.explicit([one]), number: 1), .numberTaken(1)),
      (call(.explicit([one]), number: 3), .numberTaken(3)),
      (call(.explicit([one]), number: 0), .numberTaken(0)),
      (call(.explicit([])), .noItems),
      (
        call(.explicit([.init(commitment: partner, amount: krw(-1))])), .creditWithoutReason
      ),
      (
        SettleCall(call: CapitalCall.ID(rawValue: 4), paidDate: january), .nothingOpen
      ),
      (
        call(of: Fund.ID(rawValue: 3), .amount(krw(1), by: .commitment, leavingOut: [])),
        .nothingToShareBy
      ),
      (call(.explicit([one, one])), .itemTwice(1)),
      (
        call(.explicit([.init(commitment: ofAnotherFund, amount: krw(1))])),
        .commitmentElsewhere(3)
      ),
      (
        call(.explicit([.init(commitment: staged, amount: krw(1))])), .commitmentElsewhere(4)
      ),
      (call(.explicit([one]), investment: partner), .commitmentElsewhere(1)),
      (
        call(.explicit([.init(commitment: direct, amount: krw(1))]), investment: direct),
        .directInvestment
      ),
      (
        call(.explicit([.init(commitment: partner, amount: krw(771))])),
        .aboveCommitment(
          party: "LP", commitment: krw(950), noticed: krw(1_051), on: january)
      ),
      (
        AmendCapitalCall(call: cancelled, callType: "x"), .callCancelled(today)
      ),
      (CancelCapitalCall(call: cancelled, reason: "x"), .callCancelled(today)),
      (
        CancelCapitalCall(
          call: CapitalCall.ID(rawValue: 2), cancelledOn: january.adding(days: -1), reason: "x"),
        .cancelBeforeNotice(january.adding(days: -1), notice: january)
      ),
      (
        CancelCapitalCall(
          call: CapitalCall.ID(rawValue: 2), cancelledOn: today.adding(days: 1), reason: "x"),
        .cancelAfterToday(today.adding(days: 1), latest: today)
      ),
      // A payment and the refund that took it back still stand.
      (CancelCapitalCall(call: CapitalCall.ID(rawValue: 1), reason: "x"), .entriesStand(2)),
      (CancelCapitalCall(call: CapitalCall.ID(rawValue: 4), reason: "x"), .directInvestment),
      (AmendCapitalCall(call: CapitalCall.ID(rawValue: 4), callType: "x"), .directInvestment),
      (ReverseEntry(entry: Entry.ID(rawValue: 2), reason: "x"), .directInvestment),
    ]
  }

  private var money: [(any Command, Refusal)] {
    let tomorrow = today.adding(days: 1)
    let (fifth, eighth) = (january, january.adding(days: 3))
    return [
      (
        RecordInvestment(fund: fund, party: company, amount: krw(1), investedOn: tomorrow),
        .investedAfterToday(tomorrow, today: today)
      ),
      (
        pay(Money(minorUnits: 1, .usd), on: january),
        .entry(.wrongCurrency(given: .usd, expected: .krw))
      ),
      (pay(krw(0), on: january), .entry(.notPositive(krw(0)))),
      (pay(krw(-5), on: january), .entry(.notPositive(krw(-5)))),
      (
        pay(krw(1), on: january, item: CallItem.ID(rawValue: 3)), .entry(.callCancelled(today))
      ),
      (pay(krw(1), on: tomorrow), .entry(.afterToday(tomorrow, today: today))),
      (
        pay(krw(1), on: january.adding(days: -1)),
        .entry(.beforeNotice(january.adding(days: -1), noticeDate: january))
      ),
      (pay(krw(1), on: january, item: CallItem.ID(rawValue: 6)), .entry(.paymentOnCredit)),
      (
        RecordRefund(
          ItemMovement(item: CallItem.ID(rawValue: 6), amount: krw(21), paidDate: january)),
        .entry(.tooMuch(.refund, krw(21), most: krw(20), on: january))
      ),
      (
        pay(krw(41), on: fifth, item: paid),
        .entry(.tooMuch(.payment, krw(41), most: krw(40), on: fifth))
      ),
      (
        pay(krw(101), on: eighth, item: paid),
        .entry(.tooMuch(.payment, krw(101), most: krw(100), on: eighth))
      ),
      (
        RecordRefund(ItemMovement(item: paid, amount: krw(1), paidDate: fifth)),
        .entry(.tooMuch(.refund, krw(1), most: krw(0), on: fifth))
      ),
      (
        ReverseEntry(entry: Entry.ID(rawValue: 7), reason: "x"), .entry(.reversalOfReversal)
      ),
      (ReverseEntry(entry: Entry.ID(rawValue: 6), reason: "x"), .entry(.reversedAlready)),
      (
        ReverseEntry(entry: Entry.ID(rawValue: 1), reason: "x"),
        .entry(.laterEntriesDepend(krw(60), most: krw(0), on: fifth))
      ),
    ]
  }

  // MARK: What there is to reach

  /// A case's name, with what is inside it where that has cases of its own: `entry.tooMuch`.
  private func caseName(_ refusal: Refusal) -> String {
    func name(_ value: Any) -> String {
      String(String(describing: value).prefix { $0 != "(" })
    }
    return switch refusal {
    case .entry(let inner): "entry.\(name(inner))"
    case .fundDates(let inner): "fundDates.\(name(inner))"
    case .text(_, let inner): "text.\(name(inner))"
    case .unknown(let noun, _): "unknown.\(noun)"
    default: name(refusal)
    }
  }

  /// The same names, read from the sources.
  private func casesInTheSources() throws -> Set<String> {
    var found = Set(
      try cases(of: "enum Refusal", in: "Bookkeeping/Refusals/Refusal.swift", indent: 2))
    for (name, type, file, indent) in [
      ("entry", "enum Refusal", "FundModel/Calls/EntryRules.swift", 4),
      ("fundDates", "enum Refusal", "FundModel/Funds/Fund.swift", 4),
      ("text", "enum TextProblem", "Bookkeeping/Refusals/TextRules.swift", 2),
      ("unknown", "enum Noun", "Bookkeeping/Refusals/Refusal.swift", 4),
    ] {
      #expect(found.remove(name) != nil)
      found.formUnion(try cases(of: type, in: file, indent: indent).map { "\(name).\($0)" })
    }
    return found
  }

  private func cases(of type: String, in file: String, indent: Int) throws -> [String] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/\(file)")
    let text = try String(contentsOf: url, encoding: .utf8)
    let start = try #require(text.range(of: "\(type):")).upperBound
    let end = String(repeating: " ", count: indent - 2) + "}"
    let prefix = String(repeating: " ", count: indent) + "case "
    return text[start...].split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0 != end }
      .filter { $0.hasPrefix(prefix) }
      .flatMap { line -> [String] in
        let names = line.dropFirst(prefix.count)
        guard !names.contains("(") else { return [String(names.prefix { $0 != "(" })] }
        return names.split(separator: ",").map {
          String($0.drop { $0 == " " }.prefix { $0 != " " })
        }
      }
  }
}
