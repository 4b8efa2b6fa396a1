import Bookkeeping
import RandomBooks
import Testing

@testable import Web

/// A request that is sent twice is carried out once.
@Suite("Request keys")
struct RequestKeyTests {
  @Test("The same key with the same request gets the first answer to the letter")
  func repeated() async throws {
    try await withSite { site in
      let first = try await site.post("/api/parties", #"{"name":"A"}"#, key: "k")
      #expect(first.status == 201)
      #expect(first.header("Location") == "/api/parties/\(try first.id)")
      site.tested.clock.advance(seconds: 60)
      let before = try await site.tested.dump()
      for body in [
        #"{"name":"A"}"#, #" { "industry" : "" , "name" : " A " } "#, #"{"name":"\u0041"}"#,
      ] {
        let again = try await site.post("/api/parties", body, key: "k")
        #expect(again.status == 201)
        #expect(again.text == first.text)
        #expect(again.header("Location") == first.header("Location"))
      }
      #expect(try await site.tested.dump() == before)
    }
  }

  @Test("The same key with another request is refused")
  func reused() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      _ = try await site.post("/api/parties", #"{"name":"A"}"#, key: "k")
      let before = try await site.tested.dump()
      for (path, body) in [
        ("/api/parties", #"{"name":"B"}"#), ("/api/parties/<X>/terms", #"{"name":"A"}"#),
        (
          "/api/funds/<K>/calls",
          #"{"notice_date":"2026-02-01","due_date":"2026-02-02","amount":1}"#
        ),
      ] {
        let answer = try await site.post(books.filled(path), body, key: "k")
        #expect(answer.status == 422)
        #expect(answer.code == "request-key-reused")
        #expect(answer.pointers == ["header #/Idempotency-Key"])
      }
      #expect(try await site.tested.dump() == before)
    }
  }

  @Test("A refusal uses up no key")
  func refusalsKeepNoKey() async throws {
    try await withSite { site in
      let refused = try await site.post("/api/parties", #"{"name":""}"#, key: "k")
      let taken = try await site.post("/api/parties", #"{"name":"A"}"#, key: "k")
      #expect([refused.status, taken.status] == [422, 201])
    }
  }

  @Test("Of many at the same time one is carried out, and all get its answer")
  func concurrent() async throws {
    try await withSite { site in
      let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
        for _ in 0..<8 {
          group.addTask {
            let answer = try await site.post("/api/parties", #"{"name":"A"}"#, key: "k")
            return (answer.status, answer.text)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(answers.map(\.0)) == [201])
      #expect(Set(answers.map(\.1)).count == 1)
      #expect(try await site.get("/api/parties").json()["parties"]?.asList.count == 1)
    }
  }

  @Test("A repeated amendment stays what it was, whatever was amended since")
  func amendments() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let path = books.filled("/api/funds/<K>/terms")
      let first = try await site.post(path, #"{"fund_type":"a"}"#, key: "k")
      _ = try await site.made(path, #"{"fund_manager":"b"}"#)
      let again = try await site.post(path, #"{"fund_type":"a"}"#, key: "k")
      #expect(again.status == 201)
      #expect(again.text == first.text)
      let fund = try await site.get(books.filled("/api/funds/<K>")).json()
      #expect(fund["fund_type"] == "a")
      #expect(fund["fund_manager"] == "b")
      #expect(fund["name"] == "K")
    }
  }
}
