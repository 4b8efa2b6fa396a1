import Bookkeeping
import Store
import Testing

@testable import Web

/// What a failing machine looks like from outside.
@Suite("Failures")
struct FailureTests {
  @Test("Each has its status and its code; nothing of the inside is shown")
  func statuses() async throws {
    for (error, status, code, retryAfter) in [
      (StoreError.busy, 503, "busy", "1"), (.full, 507, "disk-full", nil),
      (.fileReplaced(path: "secret"), 503, "books-moved", nil),
      (.overflow, 422, "figure-too-large", nil), (.interrupted, 503, "cancelled", "1"),
      (.corrupt("secret path"), 500, "failure", nil),
      (.statement(code: 1, message: "secret", sql: "SECRET"), 500, "failure", nil),
    ] as [(StoreError, Int, String, String?)] {
      try await withSite(wrapping: { FailingEngine(engine: $0, error: error) }) { site in
        for answer in [
          try await site.get("/api/funds/overview"),
          try await site.post("/api/parties", #"{"name":"A"}"#),
        ] {
          #expect(answer.status == status)
          #expect(answer.code == code)
          #expect(answer.header("Retry-After") == retryAfter)
          #expect(answer.header("Content-Type") == "application/problem+json")
          #expect(!answer.text.lowercased().contains("secret"))
          guard status == 500 else { continue }
          let reference = try #require(try answer.json()["reference"]?.asText)
          #expect(
            site.log.all.contains { $0.contains(reference) && $0.lowercased().contains("secret") })
        }
        let page = try await site.get("/fund-overview")
        #expect(page.status == status)
        #expect(!page.text.lowercased().contains("secret"))
      }
    }
  }
}

extension FailureTests {
  @Test("A full disk is named in both languages, by pages, by their forms and by the API")
  func fullDisk() async throws {
    try await withSite(wrapping: { FailingEngine(engine: $0, error: .full) }) { site in
      for (language, disk) in [("ko", "디스크에 자리가 없어"), ("en", "no room left on the disk")] {
        let headers = ["Accept-Language": language]
        let form = "form=makeCalendarFeed&request_key=k&name=A"
        for answer in [
          try await site.get("/fund-overview", headers),
          try await site.send(
            form, to: "/calendar/feeds",
            headers.merging(["Sec-Fetch-Site": "same-origin"]) { $1 }),
          try await site.post("/api/parties", #"{"name":"A"}"#, language: language),
        ] {
          #expect(answer.status == 507)
          #expect(answer.text.contains(disk), "\(answer.text)")
        }
      }
    }
  }
}

/// Fails whatever is asked of it once the books are open.
private struct FailingEngine: SQLEngine {
  let engine: SQLiteEngine
  let error: StoreError

  func read<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await engine.read { connection in
      let answer = try body(connection)
      if isAnswer(answer) { throw error }
      return answer
    }
  }

  func write<Answer: Sendable>(
    alone: Bool, _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await engine.write(alone: alone) { [self] connection in
      let answer = try body(connection)
      if isAnswer(answer) { throw error }
      return answer
    }
  }

  /// Making and opening books has to work.
  private func isAnswer<Answer>(_ answer: Answer) -> Bool {
    String(reflecting: Answer.self).contains("Overview") || Answer.self is any ReceiptLike.Type
      || String(reflecting: Answer.self).contains("Both")
  }
}

private protocol ReceiptLike {}
extension Receipt: ReceiptLike {}
