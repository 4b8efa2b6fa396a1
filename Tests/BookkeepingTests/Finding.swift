import Bookkeeping
import FundModel
import RandomBooks
import Testing

@Suite("Finding funds, partners and companies")
struct Finding {
  private let firmsDay = AsOf(CalendarDate("2026-02-14")!)

  private func found(_ text: String, _ asOf: AsOf) async throws -> [String] {
    let books = try await demoBooks().books
    return try await books.answer(FindAsOf(SearchText(text), asOf)).map { found in
      switch found.place {
      case .fund: "fund \(found.name)"
      case .partner(_, let fund): "partner \(found.name) of \(fund)"
      case .company: "company \(found.name)"
      }
    }
  }

  @Test("A fund by its initial consonants, a partner in each of its funds, a company once")
  func byPlace() async throws {
    #expect(try await found("ㅁㄹㅌㅈ", firmsDay).first == "fund 미래투자조합")
    #expect(try await found("농식품모태", firmsDay).contains("partner 농식품모태펀드 of 미래투자조합"))
    let companies = try await found("클라우드", firmsDay).filter { $0.hasPrefix("company") }
    #expect(companies == ["company 클라우드나인"])
  }

  @Test("What is not yet made is not found; nothing fits nonsense")
  func asOf() async throws {
    let before = AsOf(CalendarDate("2024-10-31")!)
    #expect(try await found("클라우드나인", before) == [])
    #expect(try await found("클라우드나인", firmsDay) == ["company 클라우드나인"])
    #expect(try await found("없는 이름", firmsDay) == [])
  }

  @Test("No more than are wanted")
  func limit() async throws {
    let books = try await demoBooks().books
    let three = try await books.answer(FindAsOf(SearchText("조합"), firmsDay, limit: 3))
    #expect(three.count == 3)
  }
}
