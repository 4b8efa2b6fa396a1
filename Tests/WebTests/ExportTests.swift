import FundModel
import Testing

@testable import Web

/// What files for people say, on the small books.
@Suite("Exports")
struct ExportTests {
  @Test("An item says how far it is settled itself, whatever the others of its call owe")
  func statusOfItems() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      func told(on day: String, _ language: String = "ko") async throws -> [String] {
        let text = try await site.get(
          books.filled(
            "/export/funds/<K>/items.csv?reference_date=\(day)&unit=won&lang=\(language)")
        ).text
        return text.split(whereSeparator: \.isNewline).compactMap { line in
          let cells = line.split(separator: ",", omittingEmptySubsequences: false)
          guard cells.count > 8, ["1", "2"].contains(cells[0]) else { return nil }
          return "\(cells[0]) \(cells[2]): \(cells[4])"
        }.sorted()
      }
      #expect(
        try await told(on: "2026-01-14") == [
          "1 GP: 예정", "1 LP: 예정", "2 GP: 예정 · 통지 전", "2 LP: 예정 · 통지 전",
        ])
      #expect(
        try await told(on: "2026-01-25") == [
          "1 GP: 예정 · 연체 5일", "1 LP: 완료", "2 GP: 예정", "2 LP: 예정",
        ])
      // A credit is owed by the fund: it is never overdue.
      #expect(
        try await told(on: "2026-02-04") == [
          "1 GP: 예정 · 연체 15일", "1 LP: 완료", "2 GP: 예정 · 연체 5일", "2 LP: 예정 · 반환 지연 5일",
        ])
      let paid = try await site.post(
        books.filled("/api/items/<GP item>/payments"), #"{"amount":4,"paid_date":"2026-01-22"}"#)
      #expect(paid.status == 201, "\(paid.text)")
      #expect(
        try await told(on: "2026-01-25", "en") == [
          "1 GP: Partly paid · Overdue 5 days", "1 LP: Complete", "2 GP: Scheduled",
          "2 LP: Scheduled",
        ])
      let cancelled = try await site.post(
        books.filled("/api/calls/<call 2>/cancellation"),
        #"{"cancelled_on":"2026-01-28","reason":"오기"}"#)
      #expect(cancelled.status == 201, "\(cancelled.text)")
      #expect(
        try await told(on: "2026-02-04").suffix(2) == ["2 GP: 취소됨", "2 LP: 취소됨"])
    }
  }
}
