import FundModel
import RandomBooks
import Sheets
import Testing

@testable import Bookkeeping

/// A firm keeps a sheet for each fund: all of one kind are taken as if they were one.
@Suite("Several sheets of one kind")
struct SheetsOfOneKind {
  /// A sheet of a workbook from lines of comma-separated texts; the first holds the headings.
  private func table(_ name: String, _ format: BooksFormat, _ lines: String...) throws
    -> ImportTable
  {
    let rows = lines.enumerated().map { index, line in
      let texts = line.split(separator: ",", omittingEmptySubsequences: false)
      return SheetRow(
        number: index + 1, cells: texts.map { $0.isEmpty ? .empty : .text(String($0)) })
    }
    let sheet = ListedSheet(name: name, rows: rows.filter { !$0.isBlank })
    let layout = try #require(try SheetLook(sheet).guess(format, funds: []))
    return LaidOutSheet(sheet, of: "firm.xlsx", layout).table
  }

  private func workbook(_ tables: ImportTable..., mark: BooksMark? = nil) -> ImportBooks {
    let file = ImportFile(
      name: "firm.xlsx", byteCount: 1, sha256: String(repeating: "\(tables.count)", count: 64))
    return ImportBooks(files: [file], tables: tables, mark: mark)
  }

  /// Two funds, a sheet of partners, of calls and of payments for each.
  private func twoFunds(_ more: ImportTable...) throws -> ImportBooks {
    let file = ImportFile(
      name: "firm.xlsx", byteCount: 1, sha256: String(repeating: "0", count: 64))
    let calls = "조합명,차수,통지일,납입기한,조합원,요청액"
    let tables = [
      try table("납입 2", .payments, "조합명,차수,조합원,납입일,납입액", "G,1,LP,2026-01-10,30"),
      try table("조합", .funds, "조합명,약정총액", "F,1000", "G,2000"),
      try table("약정 1", .partners, "조합명,조합원,구분,약정액", "F,LP,기관,1000"),
      try table("약정 2", .partners, "조합명,조합원,구분,약정액", "G,LP,기관,1500", "G,GP Co,GP,500"),
      try table("요청 1", .capitalCallItems, calls, "F,1,2026-01-05,2026-01-20,LP,100"),
      try table("요청 2", .capitalCallItems, calls, "G,1,2026-01-05,2026-01-20,LP,200"),
      try table(
        "납입 1", .payments, "조합명,차수,조합원,납입일,납입액", "F,1,LP,2026-01-10,10",
        "F,1,LP,2026-01-10,10"),
    ]
    return ImportBooks(files: [file], tables: tables + more)
  }

  private func counts(_ report: ImportReport) -> [String] {
    report.tables.map { table in
      let counts = table.counts
      let sums = table.totals.map { " \($0.amount.digits)" }.joined()
      return
        "\(table.name) \(counts.new) \(counts.changed) \(counts.alreadyThere) \(counts.refused)\(sums)"
    }
  }

  @Test("Every sheet is taken and told by itself: rows, sums, what became of them")
  func taken() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let before = try await test.figures(on: [.latest])
    let report = try await test.books.preview(twoFunds())
    #expect(report.problems == [])
    #expect(
      counts(report) == [
        "조합 2 0 0 0 3000", "약정 1 1 0 0 0 1000", "약정 2 2 0 0 0 2000", "요청 1 1 0 0 0 100",
        "요청 2 1 0 0 0 200", "납입 2 1 0 0 0 30", "납입 1 2 0 0 0 20",
      ])
    let taken = try await test.books.perform(twoFunds(), by: "maria")
    let batches = try await test.books.answer(ImportsAsOf()).flatMap(\.files)
    #expect(batches.map(\.rows) == [10] && batches.map(\.new) == [10])
    // Equal rows are counted over all sheets: a third one, on a sheet of its own, is one more.
    let third = try table("납입 3", .payments, "조합명,차수,조합원,납입일,납입액", "F,1,LP,2026-01-10,10")
    let again = try await test.books.preview(twoFunds(third))
    #expect(again.counts == ImportReport.Counts(new: 1, alreadyThere: 10), "\(again.changes)")
    #expect(counts(again).last == "납입 3 1 0 0 0 10")
    _ = try await test.books.perform(
      UndoImport(taken.audit.sequence, reason: "twice"), by: "maria")
    #expect(try await test.figures(on: [.latest]) == before)
  }

  @Test("What is wrong between two sheets is told on the second, with its sheet, cell and heading")
  func refused() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let twice = try table(
      "약정 3", .partners, "조합명,조합원,구분,출자약정액(원)", "F,LP,기관,5", "F,Other,기관,가", "H,LP,기관,5",
      ",LP,기관,5", "", ",LP,기관,5")
    let other = try table(
      "요청 3", .capitalCallItems, "조합명,차수,통지일,납입기한,조합원,요청액", "F,1,2026-01-05,2026-01-21,GP Co,1")
    let over = try table(
      "납입 3", .payments, "조합명,차수,조합원,납입일,종류,납입액", "G,1,LP,2026-01-11,납입,171",
      "G,9,LP,2026-01-11,선물,1")
    let report = try await test.books.preview(twoFunds(twice, other, over))
    let told = report.problems.map { problem in
      "\(problem.file)!\(problem.cell ?? "\(problem.line)") \(problem.column): \(problem.sentence.ko)"
    }
    #expect(
      told == [
        "약정 3!B2 조합원: LP의 약정이 이미 있습니다. 금액이 바뀌었으면 ‘약정 바꾸기’에 적으세요.",
        "약정 3!D3 출자약정액(원): ‘가’은(는) 금액이 아닙니다. 1,250 또는 12억 3,400만처럼 쓰세요.",
        "약정 3!A4 조합명: ‘H’ 조합은 장부에도 가져오는 파일에도 없습니다. 조합 이름을 그대로 쓰거나 조합을 함께 가져오세요.",
        "약정 3!A5 조합명: ‘H’ 조합은 장부에도 가져오는 파일에도 없습니다. 조합 이름을 그대로 쓰거나 조합을 함께 가져오세요.",
        "약정 3!A7 조합명: 조합명: 비어 있습니다. 적어 주세요.",
        "요청 3!E2 조합원: ‘GP Co’의 약정이 이 조합에 없습니다. 이 조합의 조합원 이름을 쓰거나 약정을 함께 가져오세요.",
        "납입 3!F2 납입액: 이 항목이 2026-01-11에 받을 수 있는 금액을 넘습니다. 170원까지 적을 수 있습니다 (입력 171원).",
        "납입 3!B3 차수: 이 조합에 9차 출자요청이 없습니다. 차수를 확인하거나 출자요청을 함께 가져오세요.",
        "납입 3!E3 종류: ‘선물’은(는) 쓸 수 없습니다. 납입(payment), 반환(refund), 취소(reversal) 가운데 하나여야 합니다.",
      ], "\(told)")
  }

  @Test(
    "A call whose lines stand on two sheets says one thing; what differs is told with its sheet")
  func oneCall() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let calls = "조합명,차수,통지일,납입기한,조합원,요청액"
    let report = try await test.books.preview(
      workbook(
        table("조합", .funds, "조합명,약정총액", "F,1000"),
        table("약정", .partners, "조합명,조합원,구분,약정액", "F,A,기관,500", "F,B,기관,500"),
        table("가", .capitalCallItems, calls, "F,1,2026-01-05,2026-01-20,A,100"),
        table("나", .capitalCallItems, calls, "F,1,2026-01-05,2026-01-21,B,100")))
    #expect(report.problems.map(\.cell) == ["B2"])
    #expect(
      report.problems.first?.sentence.en.hasPrefix(
        "The type, notice date and due date differ from line 2 (가)") == true)
    #expect(report.problems.first?.file == "나")
  }

  @Test("Numbers count over all sheets: used twice is refused, what is missing is told once")
  func numbers() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await test.books.perform(twoFunds(), by: "maria")
    let mark = try await test.books.answer(BooksMark.Question())
    let heads = "조합명,차수,조합원,납입일,납입액,기록번호"
    let halves = try await test.books.preview(
      workbook(
        table("가", .payments, heads, "G,1,LP,2026-01-10,30,1"),
        table("나", .payments, heads, "F,1,LP,2026-01-10,11,2"), mark: mark))
    #expect(halves.isOfTheseBooks)
    #expect(halves.changes == ["payments 2 amount: 10 → 11"])
    #expect(halves.tables.map(\.notInFile) == [1, nil])
    let twice = try await test.books.preview(
      workbook(
        table("가", .payments, heads, "G,1,LP,2026-01-10,30,1"),
        table("나", .payments, heads, "G,1,LP,2026-01-10,30,1"), mark: mark))
    #expect(twice.problems.map(\.file) == ["나"] && twice.problems.map(\.cell) == ["F2"])
    #expect(twice.problems.first?.sentence.en.contains("used twice") == true)
    // A reversal on one sheet of an entry on the other.
    let reversed = try await test.books.preview(
      workbook(
        table("가", .payments, heads, "G,1,LP,2026-01-11,40,7"),
        table(
          "나", .payments, "조합명,차수,조합원,납입일,납입액,종류,취소하는 기록,비고,기록번호",
          "G,1,LP,2026-01-11,40,취소,7,wrong,8")))
    #expect(reversed.counts == ImportReport.Counts(new: 2), "\(reversed.lines)")
  }
}
