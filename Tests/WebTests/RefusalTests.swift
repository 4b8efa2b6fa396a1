import Bookkeeping
import Foundation
import RandomBooks
import Testing

@testable import Web

/// Every refusal of the books, as the API tells it.
@Suite("Refusals")
struct RefusalTests {
  /// Requests that have to be taken, then one that is refused.
  struct Row {
    let code: String
    let status: Int
    let pointers: [String]
    let before: [(path: String, body: String)]
    let path: String
    let body: String

    init(
      _ code: String, _ status: Int, _ pointers: [String], after before: [(String, String)] = [],
      _ path: String, _ body: String
    ) {
      self.code = code
      self.status = status
      self.pointers = pointers
      self.before = before.map { (path: $0.0, body: $0.1) }
      self.path = path
      self.body = body
    }
  }

  private static let pay = "/api/items/<LP item>/payments"
  private static let refund = "/api/items/<LP item>/refunds"
  private static let calls = "/api/funds/<K>/calls"
  private static let two = #""notice_date":"2026-02-01","due_date":"2026-02-10""#

  static let rows: [Row] = [
    // Ids that are well formed and unknown.
    Row("unknown-fund", 404, ["path #/fund"], "/api/funds/99/terms", #"{"name":"Z"}"#),
    Row("unknown-party", 404, ["path #/party"], "/api/parties/99/terms", #"{"name":"Z"}"#),
    Row(
      "unknown-party", 404, ["body #/general_partner"], "/api/funds/<K>/terms",
      #"{"general_partner":99}"#),
    Row(
      "unknown-commitment", 404, ["path #/commitment"], "/api/commitments/99/changes",
      #"{"amount":1}"#),
    Row(
      "unknown-commitment", 404, ["body #/items/1/commitment"], calls,
      #"{\#(two),"items":[{"commitment":<K.GP>,"amount":1},{"commitment":99,"amount":1}]}"#),
    Row(
      "unknown-commitment", 404, ["body #/leave_out/0"], calls,
      #"{\#(two),"amount":1,"leave_out":[99]}"#),
    Row(
      "unknown-call", 404, ["path #/call"], "/api/calls/99/cancellation", #"{"reason":"a"}"#),
    Row("unknown-item", 404, ["path #/item"], "/api/items/99/refunds", "{}"),
    Row(
      "unknown-entry", 404, ["path #/entry"], "/api/entries/99/reversal", #"{"reason":"a"}"#),
    // Texts and names.
    Row("text-missing", 422, ["body #/name"], "/api/parties", #"{"name":" "}"#),
    Row(
      "text-too-long", 422, ["body #/reason"], "/api/calls/<call 1>/cancellation",
      #"{"reason":"\#(String(repeating: "a", count: 1_001))"}"#),
    Row("text-unprintable", 422, ["body #/name"], "/api/parties", #"{"name":"a\u200Bb"}"#),
    Row("text-unprintable", 422, ["body #/name"], "/api/parties", #"{"name":"L\uFE0FP"}"#),
    Row(
      "text-unprintable", 422, ["body #/partner_type"], "/api/funds/<U>/commitments",
      #"{"side":"partners","party":<GP>,"amount":1,"partner_type":"G\u3164P"}"#),
    Row("name-taken", 422, ["body #/name"], "/api/parties", #"{"name":" LP"}"#),
    Row("name-taken", 422, ["body #/name"], "/api/funds/<U>/terms", #"{"name":"K"}"#),
    Row(
      "wrong-currency", 422, ["body #/amount"], pay, #"{"amount":"$1","paid_date":"2026-01-20"}"#),
    Row("not-positive", 422, ["body #/amount"], pay, #"{"amount":0,"paid_date":"2026-01-20"}"#),
    Row(
      "negative", 422, ["body #/amount"], "/api/commitments/<S.LP>/stated-paid-in",
      #"{"amount":-1}"#),
    Row("zero", 422, ["body #/amount"], "/api/commitments/<K.LP>/changes", #"{"amount":0}"#),
    Row(
      "amount-too-large", 422, ["body #/commitment_total"], "/api/funds",
      #"{"name":"Z","currency":"KRW","commitment_total":1000000000000001}"#),
    Row(
      "dates-out-of-order", 422, ["body #/maturity_date"], "/api/funds/<K>/terms",
      #"{"maturity_date":"2026-01-01"}"#),
    Row(
      "percent-out-of-range", 422, ["body #/percent"], calls, #"{\#(two),"percent":100.0001}"#),
    // Commitments.
    Row(
      "already-committed", 422, ["body #/party"], "/api/funds/<K>/commitments",
      #"{"side":"partners","party":<LP>,"amount":1,"partner_type":"기관"}"#),
    Row(
      "partner-type-on-partners-only", 422, ["body #/partner_type"],
      "/api/commitments/<staged>/terms", #"{"partner_type":"GP"}"#),
    Row(
      "commitment-below-zero", 422, ["body #/amount"], "/api/commitments/<K.LP>/changes",
      #"{"amount":-901,"effective_on":"2026-02-01"}"#),
    Row(
      "commitment-total-below-zero", 422, ["body #/amount"],
      "/api/funds/<K>/commitment-total-changes", #"{"amount":-1001}"#),
    Row(
      "direct-investment", 422, [], "/api/commitments/<direct>/changes", #"{"amount":1}"#),
    Row(
      "direct-investment", 422, [], "/api/entries/<direct paid>/reversal", #"{"reason":"a"}"#),
    Row(
      "not-a-direct-investment", 422, [], "/api/investments/<staged>/undo", #"{"reason":"a"}"#),
    Row(
      "undone-already", 422, [],
      after: [("/api/investments/<direct>/undo", #"{"reason":"a"}"#)],
      "/api/investments/<direct>/undo", #"{"reason":"a"}"#),
    // Calls.
    Row(
      "due-before-notice", 422, ["body #/due_date"], "/api/calls/<call 1>/terms",
      #"{"due_date":"2026-01-09"}"#),
    Row("number-taken", 422, ["body #/number"], calls, #"{\#(two),"amount":1,"number":1}"#),
    Row("no-items", 422, ["body #/items"], calls, #"{\#(two),"items":[]}"#),
    Row(
      "nothing-to-share-by", 422, ["body #/items"], calls,
      #"{\#(two),"amount":1,"leave_out":[<K.GP>,<K.LP>]}"#),
    Row(
      "item-twice", 422, ["body #/items/1/commitment"], calls,
      #"{\#(two),"items":[{"commitment":<K.GP>,"amount":1},{"commitment":<K.GP>,"amount":1}]}"#),
    Row(
      "commitment-elsewhere", 422, ["body #/items/0/commitment"], calls,
      #"{\#(two),"items":[{"commitment":<U.LP>,"amount":1}]}"#),
    Row(
      "commitment-elsewhere", 422, ["body #/commitment"], calls,
      #"{\#(two),"commitment":<K.LP>,"amount":1}"#),
    Row(
      "credit-without-reason", 422, ["body #/credit_reason"], calls,
      #"{\#(two),"items":[{"commitment":<K.GP>,"amount":-1}]}"#),
    Row(
      "above-commitment", 422, ["body #/over_commitment_reason"], calls,
      #"{\#(two),"items":[{"commitment":<K.GP>,"amount":86}]}"#),
    Row(
      "call-cancelled", 422, [],
      after: [("/api/calls/<call 2>/cancellation", #"{"reason":"a"}"#)],
      "/api/calls/<call 2>/terms", #"{"call_type":"a"}"#),
    Row(
      "cancel-before-notice", 422, ["body #/cancelled_on"], "/api/calls/<call 2>/cancellation",
      #"{"reason":"a","cancelled_on":"2026-01-15"}"#),
    Row(
      "cancel-after-today", 422, ["body #/cancelled_on"], "/api/calls/<call 2>/cancellation",
      #"{"reason":"a","cancelled_on":"2026-02-15"}"#),
    Row("entries-stand", 422, [], "/api/calls/<call 1>/cancellation", #"{"reason":"a"}"#),
    // Entries.
    Row(
      "call-cancelled", 422, [],
      after: [("/api/calls/<call 2>/cancellation", #"{"reason":"a"}"#)],
      "/api/items/<credit item>/refunds", #"{"amount":1,"paid_date":"2026-02-01"}"#),
    Row(
      "after-today", 422, ["body #/paid_date"], refund,
      #"{"amount":1,"paid_date":"2026-02-15"}"#),
    Row(
      "after-today", 422, ["body #/invested_on"], "/api/funds/<K>/investments",
      #"{"party":<X>,"amount":1,"invested_on":"2026-02-15"}"#),
    Row(
      "before-notice", 422, ["body #/paid_date"], pay, #"{"amount":1,"paid_date":"2026-01-09"}"#),
    Row(
      "payment-on-credit", 422, ["body #/amount"], "/api/items/<credit item>/payments",
      #"{"amount":1,"paid_date":"2026-02-01"}"#),
    Row(
      "more-than-the-item-takes", 422, ["body #/amount"], pay,
      #"{"amount":1,"paid_date":"2026-01-12"}"#),
    Row(
      "reversal-of-reversal", 422, [],
      after: [("/api/entries/<paid>/reversal", #"{"reason":"a"}"#)], "/api/entries/<last>/reversal",
      #"{"reason":"a"}"#),
    Row(
      "reversed-already", 422, [],
      after: [("/api/entries/<paid>/reversal", #"{"reason":"a"}"#)], "/api/entries/<paid>/reversal",
      #"{"reason":"b"}"#),
    Row(
      "later-entries-depend", 422, [],
      after: [(refund, #"{"amount":30,"paid_date":"2026-01-18"}"#)],
      "/api/entries/<paid>/reversal", #"{"reason":"a"}"#),
    Row(
      "nothing-open", 422, ["body #/items"], "/api/calls/<call 1>/settlement",
      #"{"paid_date":"2026-02-01","items":[<LP item>]}"#),
    Row(
      "unknown-item", 404, ["body #/items/1"], "/api/calls/<call 1>/settlement",
      #"{"paid_date":"2026-02-01","items":[<GP item>,<GP 2 item>]}"#),
    Row(
      "before-notice", 422, ["body #/paid_date"], "/api/calls/<call 1>/settlement",
      #"{"paid_date":"2026-01-09"}"#),
    Row(
      "text-too-long", 422, ["body #/party"], "/api/funds/<K>/investments",
      #"{"party":"\#(String(repeating: "가", count: 201))","amount":1,"invested_on":"2026-02-01"}"#),
    Row(
      "text-missing", 422, ["body #/party"], "/api/funds/<K>/commitments",
      #"{"side":"investments","party":" ","amount":1}"#),
    Row(
      "unknown-party", 404, ["body #/party"], "/api/funds/<K>/investments",
      #"{"party":99,"amount":1,"invested_on":"2026-02-01"}"#),
    Row(
      "already-committed", 422, ["body #/party"], "/api/funds/<K>/commitments",
      #"{"side":"partners","party":"LP","amount":1,"partner_type":"기관"}"#),
    // Stated paid-in.
    Row(
      "nothing-stated", 422, [], "/api/funds/<U>/opening-call", #"{"paid_date":"2026-02-01"}"#),
    Row(
      "history-exists", 422, [], "/api/funds/<K>/opening-call", #"{"paid_date":"2026-02-01"}"#),
  ]

  @Test(
    "Each has its status, its code and its pointer, a sentence in both languages, and leaves nothing"
  )
  func refused() async throws {
    for row in Self.rows {
      try await withSite { site in
        let books = try await SmallBooks(in: site)
        var last: Int64 = 0
        for step in row.before {
          last = try await site.made(books.filled(step.path), books.filled(step.body))
        }
        let before = try await site.tested.dump()
        let path = books.filled(row.path).replacing("<last>", with: String(last))
        let answer = try await site.post(path, books.filled(row.body))
        let what = Comment(rawValue: "\(row.path) \(row.body.prefix(120)) → \(answer.text)")
        #expect(answer.code == row.code, what)
        #expect(answer.status == row.status, what)
        #expect(answer.pointers == row.pointers, what)
        let english = try await site.post(path, books.filled(row.body), language: "en")
        let sentences = try [answer, english].map { try $0.json()["detail"]?.asText ?? "" }
        #expect(sentences[0] != sentences[1] && sentences.allSatisfy { $0.count > 5 }, what)
        #expect(
          !sentences[1].unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) }, what)
        #expect(try await site.tested.dump() == before, what)
      }
    }
  }

  /// Codes that need another test than a row of the table.
  private static let elsewhere: [String: String] = [
    "request-key-reused": "RequestKeyTests", "figure-too-large": "FailureTests",
    "unknown-user": "UserPageTests", "user-ended-already": "UserPageTests",
    "last-owner": "UserPageTests", "parties-of-partners": "UserPageTests",
    "partner-without-parties": "UserPageTests",
    "link-used-up": "SignInTests", "unknown-feed": "FeedPageTests",
    "feed-ended-already": "FeedPageTests", "unknown-import": "UndoExamples",
    "import-undone-already": "UndoExamples", "import-cancelled-call": "UndoExamples",
    "later-facts-rest": "UndoExamples",
  ]

  @Test("No refusal is left out")
  func allCodes() throws {
    let file = Golden.folder.appending(
      path: "../../../Sources/Bookkeeping/Refusals/Refusal.swift")
    let source = try String(contentsOf: file.standardizedFileURL, encoding: .utf8)
    var codes: Set<String> = []
    for part in source.components(separatedBy: "var code: String {").dropFirst() {
      let body = part.prefix(upTo: part.range(of: "\n  }\n")?.lowerBound ?? part.endIndex)
      for match in body.matches(of: /"([a-z-]+)"/) { codes.insert(String(match.1)) }
    }
    codes.formUnion(Refusal.Noun.allCases.map { "unknown-\($0.rawValue)" })
    codes.remove("unknown-")
    #expect(codes.count > 40)
    let tested = Set(Self.rows.map(\.code)).union(Self.elsewhere.keys)
    #expect(codes.subtracting(tested) == [])
    #expect(tested.subtracting(codes) == [])
  }

  @Test("What passes the most says how much that is")
  func most() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let answer = try await site.post(
        books.filled("/api/items/<GP item>/payments"), #"{"amount":11,"paid_date":"2026-02-01"}"#,
        language: "en")
      try expectGolden("problem-too-much.json", try answer.json().pretty() + "\n")
    }
  }
}
