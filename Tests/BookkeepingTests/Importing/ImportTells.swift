import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// What an import says of its rows besides what becomes of them: sums, doubts, what the file lacks.
@Suite("What an import tells")
struct ImportTells {
  private func soundBooks() async throws -> TestBooks {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    try await test.take(ImportExamples.sound)
    return test
  }

  private func sums(_ report: ImportReport, _ format: BooksFormat) -> [String] {
    report.tables.filter { $0.format == format }.flatMap { table in
      table.totals.map { total in
        "\(total.column) \(total.amount)" + (total.net.map { " net \($0)" } ?? "")
      }
    }
  }

  private static let payments = "fund,call_no,partner,paid_date,kind,amount,sequence,reverses\n"

  @Test("Payments are added up with what was returned and without it, reversals the other way")
  func netSums() async throws {
    let test = try await soundBooks()
    func told(_ lines: String) async throws -> [String] {
      sums(try await test.preview(.texts(["payments": Self.payments + lines])), .payments)
    }
    let paid = "F,1,LP,2026-01-10,payment,60,1,\n"
    #expect(try await told(paid) == ["amount KRW 60"])
    let refunded = paid + "F,1,LP,2026-01-12,refund,20,2,\n"
    #expect(try await told(refunded) == ["amount KRW 80 net KRW 40"])
    #expect(
      try await told(refunded + "F,1,LP,2026-01-12,reversal,20,3,2\n")
        == ["amount KRW 100 net KRW 60"])
    #expect(
      try await told(paid + "F,1,LP,2026-01-10,reversal,60,3,1\n")
        == ["amount KRW 120 net KRW 0"])
    // Written as less than nothing, it is taken off as it stands.
    #expect(
      try await told(paid + "F,1,LP,2026-01-12,refund,-20,2,\n") == ["amount KRW 40"])
  }

  @Test("A refund that is written as less than nothing is told how it is written")
  func refundWithSign() async throws {
    let test = try await soundBooks()
    let report = try await test.preview(
      .texts(["payments": Self.payments + "F,1,LP,2026-01-12,refund,\"-1,020\",,\n"]))
    #expect(
      report.problems.map(\.sentence.ko)
        == ["반환 줄의 금액은 빼기표 없이 적습니다. ‘-1,020’이(가) 아니라 1,020(으)로 적으세요."])
  }

  @Test("Rows that rest on a refused row count in the sums, whatever is known of their fund")
  func sumsOfResting() async throws {
    let test = try await soundBooks()
    // G is refused, so that everything of it is: its currency is that of the other rows.
    let report = try await test.preview(
      .texts([
        "funds": "name,commitment_total,gp_commitment,formation_date\nG,500,20,2026-13-01\n",
        "partners": "fund,partner,type,commitment\nF,LP,기관,900\nG,LP,기관,500\n",
        "capital_call_items":
          "fund,call_no,notice_date,due_date,partner,amount\n"
          + "F,1,2026-01-05,2026-01-20,LP,100\nG,1,2026-01-05,2026-01-20,LP,50\n"
          + "F,2,2026-02-05,2026-02-20,Nobody,7\n",
        "payments":
          Self.payments + "F,1,LP,2026-01-10,payment,60,,\nG,1,LP,2026-01-10,payment,30,,\n"
          + "G,1,LP,2026-01-11,refund,5,,\nF,2,Nobody,2026-02-10,payment,7,,\n"
          + "F,9,LP,2026-02-10,payment,1,,\n",
      ]))
    #expect(report.counts.refused == 8, "\(report.lines)")
    #expect(sums(report, .funds) == ["commitment_total KRW 500", "gp_commitment KRW 20"])
    #expect(sums(report, .partners) == ["commitment KRW 1,400"])
    #expect(sums(report, .capitalCallItems) == ["amount KRW 157"])
    #expect(sums(report, .payments) == ["amount KRW 103 net KRW 93"])
  }

  @Test("What is of no known currency counts as the others do, to the last cent")
  func sumsOfDollars() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    func told(_ lines: String) async throws -> [String] {
      sums(
        try await test.preview(
          .texts([
            "funds": "name,commitment_total,currency\nU,100,USD\nK,100,KRW\n",
            "partners": "fund,partner,type,commitment\n" + lines,
          ])), .partners)
    }
    #expect(try await told("U,LP,기관,10.50\nNone,LP,기관,2.25\n") == ["commitment USD 12.75"])
    #expect(try await told("None,LP,기관,2\n") == ["commitment KRW 2"])
    // Half a won is none: then nothing is compared.
    #expect(try await told("K,LP,기관,10\nNone,LP,기관,2.25\n") == ["commitment KRW 10"])
    #expect(
      try await told("K,LP,기관,10\nU,LP,기관,10\nNone,LP,기관,2\n")
        == ["commitment KRW 10", "commitment USD 10.00"])
  }

  @Test(
    "A rate below one without a sign is taken as it stands and told",
    arguments: [
      ("0.08", "0.08 %로 읽었습니다. 8 %라면 8 또는 8%로 적으세요."),
      ("0.075", "0.075 %로 읽었습니다. 7.5 %라면 7.5 또는 7.5%로 적으세요."),
      ("0.08%", nil), ("0.08％", nil), ("8", nil), ("8%", nil), ("1", nil), ("0", nil), ("", nil),
      ("-", nil),
    ] as [(String, String?)])
  func doubtfulRate(_ typed: String, _ says: String?) async throws {
    let test = try await soundBooks()
    // Of a new fund, and of one that is there.
    for name in ["G", "F"] {
      let report = try await test.preview(
        .texts(["funds": "name,commitment_total,hurdle_rate\n\(name),1000,\(typed)\n"]))
      #expect(report.problems.isEmpty)
      #expect(report.doubts.map(\.sentence.ko) == [says].compactMap(\.self), "\(name)")
      #expect(report.tables.first?.doubts(0) == report.doubts)
    }
    // What the books say already is no question.
    try await test.take(
      .texts(["funds": "name,commitment_total,hurdle_rate\nF,1000,\(typed)\n"]))
    let again = try await test.preview(
      .texts(["funds": "name,commitment_total,hurdle_rate\nF,1000,\(typed)\n"]))
    #expect(again.doubts.isEmpty && again.changes.isEmpty, "\(again.lines)")
  }

  @Test("A dash for a date or an amount says that there is none", arguments: ["-", "–", "—", "−"])
  func dashes(_ dash: String) async throws {
    let test = try await soundBooks()
    let report = try await test.preview(
      .texts([
        "funds":
          "name,commitment_total,gp_commitment,maturity_date,hurdle_rate\nG,500,\(dash),\(dash),\(dash)\n",
        "partners": "fund,partner,type,commitment,stated_paid_in\nG,LP,기관,500,\(dash)\n",
        "commitment_changes": "fund,party,amount,effective_on\nG,LP,5,\(dash)\n",
      ]))
    #expect(report.counts == ImportReport.Counts(new: 3), "\(report.lines)")
    // Where one is needed, it is told as what it is.
    let needed = try await test.preview(
      .texts(["payments": Self.payments + "F,1,LP,\(dash),payment,\(dash),,\n"]))
    #expect(needed.problems.map(\.column).sorted() == ["amount", "paid_date"], "\(needed.lines)")
    // In an edited export it takes a date away.
    try await test.take(
      .texts(["funds": "name,commitment_total,maturity_date\nF,1000,2030-01-01\n"]))
    let edited = try await test.books.answer(ExportBooks()).edited("funds") {
      $0[0, "maturity_date"] = dash
    }
    #expect(try await test.preview(edited).changes == ["funds 2 maturity_date: 2030-01-01 → "])
  }

  @Test("Rows that were taken out of an export are named, and their records stay")
  func takenOut() async throws {
    let test = try await soundBooks()
    try await test.take(
      .texts([
        "commitment_changes": "fund,party,amount,effective_on\nF,LP,5,2026-01-01\n",
        "fund_total_changes": "fund,amount,effective_on\nF,5,2026-01-01\n",
      ]))
    let files = try await test.books.answer(ExportBooks())
    let named: [(String, String)] = [
      ("parties", "LP"), ("funds", "F"), ("partners", "F LP"), ("investments", "F X"),
      ("fund_total_changes", "F 2026-01-01 5"), ("commitment_changes", "F LP 2026-01-01 5"),
      ("capital_call_items", "F 1차 LP 100"), ("payments", "F 1차 LP 2026-01-10 60"),
    ]
    for (file, name) in named {
      let report = try await test.preview(files.edited(file) { $0.rows.removeFirst() })
      let tables = report.tables.filter { ($0.notInFile ?? 0) > 0 }
      #expect(tables.map(\.name) == [file + ".csv"] && tables.first?.notInFile == 1, "\(file)")
      #expect(tables.first?.missing.map(\.ko) == [name], "\(file)")
      #expect(report.changes.isEmpty, "\(report.changes)")
    }
    // The first are named, the others counted.
    let none = try await test.preview(files.edited("parties") { $0.rows = [] })
    #expect(none.tables.first?.notInFile == 3 && none.tables.first?.missing.count == 3)
  }

  // MARK: One file of an export by itself

  @Test("Each file of an export comes back by itself: nothing is refused, nothing is new")
  func oneFileAlone() async throws {
    let test = try await soundBooks()
    try await test.take(
      .texts([
        "staged_investments":
          "fund,company,commitment,instrument,sequence\nF,Y,300,,1\nF,Z,10,,2\n",
        "commitment_changes":
          "fund,side,party,commitment,amount,effective_on\nF,investments,Y,1,5,2026-02-01\n",
        "capital_call_items":
          "fund,call_no,notice_date,due_date,partner,amount,side,commitment\n"
          + "F,1,2026-03-01,2026-03-05,Y,40,investments,1\n"
          + "F,1,2026-03-01,2026-03-05,Z,4,investments,2\n",
        "payments":
          "fund,call_no,partner,paid_date,kind,amount,side,commitment\n"
          + "F,1,Y,2026-03-04,payment,30,investments,1\n",
        "cancellations":
          "fund,side,call_no,commitment,cancelled_on,reason\nF,investments,1,2,2026-03-03,r\n",
      ]))
    try await test.take(
      .texts([
        "investments":
          "fund,company,amount,instrument,investment_date\nF,X,30,보통주,2026-04-01\nF,X,31,,2026-04-02\n"
      ]))
    let undone = try #require(
      try await test.books.answer(LedgerAsOf(AsOf(.latest))).first {
        $0.entry.amount.minorUnits == 31
      })
    _ = try await test.books.perform(
      UndoInvestment(investment: undone.entry.commitment, reason: "오기"), by: "maria")
    try await alone(test, "sound books")
  }

  @Test("So it is with random books")
  func randomFilesAlone() async throws {
    for seed in Soak.seeds(6).map({ $0 &+ 9_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(130, to: test)
      try await alone(test, "seed \(seed)")
    }
  }

  private func alone(_ test: TestBooks, _ place: String) async throws {
    for file in try await test.books.answer(ExportBooks()).unmarked {
      let report = try await test.preview([file])
      #expect(
        report.changes.filter { !$0.contains(" there, ") }.isEmpty,
        "\(place): \(report.changes.prefix(3))")
    }
  }

  @Test("The number of a commitment is that of other books: names say which, or nothing does")
  func numbersOfOtherBooks() async throws {
    let test = try await soundBooks()
    let heads = "fund,call_no,partner,paid_date,kind,amount,side,commitment\n"
    func told(_ line: String) async throws -> [String] {
      try await test.preview(.texts(["payments": heads + line])).lines
    }
    #expect(try await told("F,1,LP,2026-01-10,payment,60,partners,77\n") == ["payments 2 there"])
    #expect(
      try await told("F,1,Nobody,2026-01-10,payment,60,partners,1\n").first?
        .contains("has no commitment to this fund") == true)
    #expect(
      try await told("F,1,,2026-01-10,payment,60,partners,1\n").first?.contains("refused") == true)
    // Two commitments to one company: a number of none of them leaves it open.
    try await test.take(
      .texts(["staged_investments": "fund,company,commitment\nF,Y,300\nF,Y,10\n"]))
    let open = try await told("F,1,Y,2026-01-10,payment,60,investments,77\n")
    #expect(open.first?.contains("several commitments of “Y”") == true, "\(open)")
    let cancelled = try await test.preview(
      .texts([
        "cancellations":
          "fund,side,call_no,commitment,cancelled_on,reason\nF,investments,1,4,2026-03-03,r\n"
      ]))
    #expect(cancelled.counts.refused == 1, "\(cancelled.lines)")
  }

  @Test("A list of our own that comes without its changes leaves them; another one counts")
  func firstAmounts() async throws {
    let test = try await soundBooks()
    try await test.take(
      .texts(["commitment_changes": "fund,party,amount,effective_on\nF,LP,-100,2026-03-01\n"]))
    func told(_ commitment: String, _ sequence: String) async throws -> [String] {
      try await test.preview(
        .texts([
          "partners":
            "fund,partner,type,commitment,sequence\nF,LP,기관,\(commitment),\(sequence)\n"
        ])
      ).lines
    }
    let stays = try await told("900", "1")
    #expect(stays.first?.contains("It says the first amount and stays") == true, "\(stays)")
    #expect(try await told("900", "") == ["partners 2 commitment: 800 → 900"])
    #expect(try await told("900", "2") == ["partners 2 commitment: 800 → 900"])
    #expect(try await told("950", "1") == ["partners 2 commitment: 800 → 950"])
  }
}
