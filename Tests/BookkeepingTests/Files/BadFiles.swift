import FundModel
import Bookkeeping
import RandomBooks
import Testing

/// What an import says of lines that it cannot take: every one, with file, line and column; and
/// that nothing was written.
@Suite("Bad files")
struct BadFiles {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let text: String
    /// `line column: words of the sentence`, one for each problem.
    let problems: [String]

    init(_ file: String, _ text: String, _ problems: String...) {
      self.file = file
      self.text = text
      self.problems = problems
    }

    var testDescription: String { "\(file): \(problems.joined(separator: "; "))" }
  }

  /// Each stands beside sound files of one fund, F, with the partner LP and call 1.
  static let cases: [Case] = [
    Case("funds.csv", "", "1 : The file is empty"),
    Case("funds.csv", "name\nG\n", "1 commitment_total: missing"),
    Case("funds.csv", "name,commitment_total,colour\nG,1,red\n", "1 colour: not known"),
    Case("funds.csv", "name,commitment_total,name\nG,1,G\n", "1 name: there twice"),
    Case("funds.csv", "name,commitment_total\nG\n", "2 : 1 fields; the header has 2"),
    Case("funds.csv", "name,commitment_total\n,5\n", "2 name: empty"),
    Case("funds.csv", "name,commitment_total\nG,\n", "2 commitment_total: amount is needed"),
    Case("funds.csv", "name,commitment_total\nG,-5\n", "2 commitment_total: not be negative"),
    Case(
      "funds.csv", "name,commitment_total\nG,1.5\nG,1e3\n", "2 commitment_total: no decimals",
      "3 commitment_total: not an amount"),
    Case(
      "funds.csv", "name,commitment_total\nG,9999999999999999\n",
      "2 commitment_total: more than the books take"),
    Case("funds.csv", "name,commitment_total\nG,5\nG,6\n", "3 name: called “G” already"),
    Case(
      "funds.csv",
      "name,commitment_total,currency,formation_date,hurdle_rate,status\nG,5,won,x,y,z\n",
      "2 currency: not a currency", "2 formation_date: not a date",
      "2 hurdle_rate: not a percentage", "2 status: none of forming, active, dissolved"),
    Case(
      "funds.csv", "name,commitment_total,formation_date,hurdle_rate,status\nG,5,x,y,z\n",
      "2 formation_date: not a date", "2 hurdle_rate: not a percentage",
      "2 status: none of forming, active, dissolved"),
    Case(
      "funds.csv", "name,commitment_total,hurdle_rate\nG,5,101\n", "2 hurdle_rate: above 0"),
    Case(
      "funds.csv",
      "name,commitment_total,formation_date,maturity_date\nG,5,2026-01-02,2026-01-01\n",
      "2 maturity_date: before"),
    Case("funds.csv", "name,commitment_total\n\"G,5\n", "2 : never closed"),
    Case("funds.csv", "name,commitment_total\nG\"G,5\n", "2 : A quote may only open"),
    Case("funds.csv", "name,commitment_total\n\"G\"x,5\n", "2 : A closing quote"),
    Case("funds.csv", "name,commitment_total\nG\u{0007},5\n", "2 name: cannot be kept (U+0007)"),
    Case(
      "funds.csv", "name,commitment_total\n\(String(repeating: "G", count: 201)),5\n",
      "2 name: at most 200"),
    Case("parties.csv", "party\nA\nA\n", "3 party: called “A” already"),
    Case("companies.csv", "company,industry\n,x\n", "2 company: empty"),
    Case(
      "partners.csv", "fund,partner,type,commitment\nH,A,GP,5\n", "2 fund: no fund “H”"),
    Case(
      "partners.csv", "fund,partner,type,commitment\nF,,GP,5\nF,A,,5\nF,B,GP,0\n",
      "2 partner: empty", "3 type: empty", "4 commitment: more than zero"),
    Case(
      "partners.csv", "fund,partner,type,commitment\nF,A,GP,5\nF,A,GP,5\n",
      "3 partner: has a commitment"),
    Case(
      "partners.csv", "fund,partner,type,commitment,stated_paid_in\nF,A,GP,5,-1\n",
      "2 stated_paid_in: not be negative"),
    Case(
      "partners.csv", "fund,partner,type,commitment,sequence\nF,A,GP,5,1\nF,B,GP,5,1\n",
      "3 sequence: used twice"),
    Case(
      "partners.csv", "fund,partner,type,commitment,sequence\nF,A,GP,5,x\n",
      "2 sequence: whole number"),
    Case(
      "investments.csv",
      "fund,company,amount,investment_date\nF,X,5,2027-01-01\nF,X,0,2026-01-01\n",
      "2 investment_date: after today", "3 amount: more than zero"),
    Case(
      "commitment_changes.csv", "fund,party,amount,effective_on\nF,LP,-901,2026-01-01\nF,LP,0,\n",
      "2 amount: below zero", "3 amount: must not be zero"),
    Case(
      "commitment_changes.csv", "fund,party,amount,effective_on\nF,Nobody,5,\n",
      "2 party: no commitment"),
    Case(
      "fund_total_changes.csv", "fund,amount,effective_on\nF,-1001,2026-01-01\n",
      "2 amount: below zero"),
    Case(
      "capital_call_items.csv",
      "fund,call_no,notice_date,due_date,partner,amount\nF,2,2026-01-02,2026-01-01,LP,5\n",
      "2 due_date: before the notice date"),
    Case(
      "capital_call_items.csv",
      "fund,call_no,notice_date,due_date,partner,amount\nF,0,2026-01-02,2026-01-02,LP,5\n",
      "2 call_no: whole number"),
    Case(
      "capital_call_items.csv",
      """
      fund,call_no,notice_date,due_date,partner,amount
      F,1,2026-01-02,2026-01-02,LP,5
      F,1,2026-01-02,2026-01-03,GP Co,5

      """, "3 call_no: differ from line 2"),
    Case(
      "capital_call_items.csv",
      """
      fund,call_no,notice_date,due_date,partner,amount
      F,1,2026-01-02,2026-01-02,LP,5
      F,1,2026-01-02,2026-01-02,LP,5

      """, "2 partner: more than one item"),
    Case(
      "capital_call_items.csv",
      "fund,call_no,notice_date,due_date,partner,amount\nF,1,2026-01-02,2026-01-02,LP,0\n",
      "2 amount: must not be zero"),
    Case(
      "payments.csv", "fund,call_no,partner,paid_date,kind,amount\nF,1,LP,2026-01-10,gift,5\n",
      "2 kind: none of payment, refund, reversal"),
    Case(
      "payments.csv", "fund,call_no,partner,paid_date,kind,amount\nF,7,LP,2026-01-10,payment,5\n",
      "2 call_no: no call 7"),
    Case(
      "payments.csv",
      "fund,call_no,partner,paid_date,kind,amount\nF,1,GP Co,2026-01-10,payment,5\n",
      "2 partner: no item"),
    Case(
      "payments.csv",
      """
      fund,call_no,partner,paid_date,kind,amount
      F,1,LP,2026-01-10,payment,60
      F,1,LP,2026-01-11,payment,41
      F,1,LP,2025-12-31,payment,1
      F,1,LP,2026-12-31,payment,1
      F,1,LP,2026-01-11,refund,61

      """, "3 amount: the most is KRW 40", "4 paid_date: before the notice date",
      "5 paid_date: after today", "6 amount: the most is KRW 60"),
    Case(
      "payments.csv",
      "fund,call_no,partner,paid_date,kind,amount,reverses\nF,1,LP,2026-01-10,reversal,5,9\n",
      "2 reverses: sequence 9"),
    Case(
      "cancellations.csv",
      "fund,side,call_no,cancelled_on,reason\nF,partners,1,2025-12-31,why\nF,partners,1,2026-02-01,\n",
      "2 cancelled_on: before the notice date", "3 reason: empty"),
    Case(
      "cancellations.csv", "fund,side,call_no,cancelled_on,reason\nF,left,1,2026-02-01,why\n",
      "2 side: none of partners, investments"),
  ]

  private static let sound: [String: String] = [
    "funds.csv": "name,commitment_total\nF,1000\n",
    "partners.csv": "fund,partner,type,commitment\nF,LP,기관,900\nF,GP Co,GP,100\n",
    "capital_call_items.csv":
      "fund,call_no,notice_date,due_date,partner,amount\nF,1,2026-01-05,2026-01-20,LP,100\n",
  ]

  @Test("tells every bad line and writes nothing", arguments: cases)
  func badLine(_ bad: Case) async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    // A fund in the books already, so that a broken funds.csv blames only itself.
    if bad.file == "funds.csv" {
      _ = try await test.books.perform(ImportBooks(Self.files(Self.sound)), by: "maria")
    }
    let before = try await test.dump()
    var files = bad.file == "funds.csv" ? [:] : Self.sound
    // Without its partners the call would be blamed too.
    if bad.file == "partners.csv" { files["capital_call_items.csv"] = nil }
    files[bad.file] = bad.text
    do {
      _ = try await test.books.perform(ImportBooks(Self.files(files)), by: "maria")
      Issue.record("It was taken.")
    } catch let problems as ImportProblems {
      #expect(problems.problems.count == bad.problems.count, "\(problems.problems)")
      for (problem, expected) in zip(problems.problems, bad.problems) {
        let words = expected.split(separator: ":", maxSplits: 1)
        #expect("\(problem.line) \(problem.column)" == words[0], "\(problem)")
        #expect(problem.file == bad.file)
        #expect(
          problem.sentence.en.contains(words[1].drop { $0 == " " }),
          "\(problem.sentence.en)")
        #expect(!problem.sentence.ko.isEmpty)
      }
    }
    #expect(try await test.dump() == before)
  }

  @Test("A text that is no UTF-8 is refused with its line")
  func notUTF8() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let bytes = Array("name,commitment_total\nF,5\n".utf8) + [0xB6, 0xCA, 0x2C, 0x35, 0x0A]
    await #expect {
      try await test.books.perform(
        ImportBooks([CSVFile(name: "funds.csv", bytes: bytes)]), by: "maria")
    } throws: { error in
      (error as? ImportProblems)?.problems.map(\.line) == [3]
    }
  }

  @Test("Random bytes and cut files are refused or taken, and never stop the program")
  func noise() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    var random = SplitMix64(seed: 7)
    let demo = DemoBooks.files
    for _ in 0..<(Soak.isOn ? 5_000 : 300) {
      let files = demo.map { file -> CSVFile in
        var bytes = file.bytes
        for _ in 0..<random.below(4) where !bytes.isEmpty {
          switch random.below(3) {
          case 0: bytes[random.below(bytes.count)] = UInt8(random.below(256))
          case 1: bytes.removeLast(random.below(bytes.count) / 4)
          default: bytes.insert(contentsOf: [0x22], at: random.below(bytes.count))
          }
        }
        return CSVFile(name: file.name, bytes: bytes)
      }
      do {
        _ = try await test.books.rehearse(ImportBooks(files)) { _ in CheckBooks() }
      } catch is ImportProblems {}
    }
    #expect(try await test.books.answer(AuditTrail()).isEmpty)
  }

  private static func files(_ texts: [String: String]) -> [CSVFile] {
    texts.map { CSVFile(name: $0.key, bytes: Array($0.value.utf8)) }
  }
}
