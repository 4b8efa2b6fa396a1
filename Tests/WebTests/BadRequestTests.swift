import Bookkeeping
import RandomBooks
import Testing

@testable import Web

/// Everything that may come instead of a good request: refused with a status, a code and a pointer,
/// and nothing written.
@Suite("Bad requests")
struct BadRequestTests {
  /// A request, and what it gets: status, code, pointers.
  struct Row {
    let path: String
    let body: String
    let status: Int
    let code: String
    let pointers: [String]

    init(_ path: String, _ body: String, _ status: Int, _ code: String, _ pointers: String...) {
      self.path = path
      self.body = body
      self.status = status
      self.code = code
      self.pointers = pointers
    }
  }

  private static let payments = "/api/items/<LP item>/payments"
  private static let usd = "/api/funds/<U>/commitments"
  private static let call = "/api/funds/<K>/calls"
  private static let long = String(repeating: "가", count: 201)

  static let rows: [Row] = [
    // What is no JSON at all.
    Row(payments, "", 400, "not-json"),
    Row(payments, "{", 400, "not-json"),
    Row(payments, "amount=1", 400, "not-json"),
    Row(payments, "{'amount':1}", 400, "not-json"),
    Row(payments, #"{"amount":01}"#, 400, "not-json"),
    Row(payments, #"{"amount":NaN}"#, 400, "not-json"),
    Row(payments, #"{"amount":1,"amount":2}"#, 400, "not-json"),
    Row(payments, #"{"amount":1}{"#, 400, "not-json"),
    Row(payments, #"{"memo":"\ud800"}"#, 400, "not-json"),
    Row(payments, String(repeating: "[", count: 100_000), 400, "not-json"),
    // JSON, but no object.
    Row(payments, "null", 422, "wrong-type", "body #"),
    Row(payments, "[]", 422, "wrong-type", "body #"),
    Row(payments, "1", 422, "wrong-type", "body #"),
    Row(payments, "\"a\"", 422, "wrong-type", "body #"),
    // Fields that lack or are too many.
    Row(payments, "{}", 422, "invalid-fields", "body #/amount", "body #/paid_date"),
    Row(payments, #"{"amount":1}"#, 422, "missing", "body #/paid_date"),
    Row(
      payments, #"{"amount":1,"paid_date":"2026-01-20","paidDate":1}"#, 422, "unknown-field",
      "body #/paidDate"),
    Row(
      payments, #"{"amount":1,"paid_date":"2026-01-20","a/b~c":1}"#, 422, "unknown-field",
      "body #/a~1b~0c"),
    Row(payments, #"{"amount":null,"paid_date":"2026-01-20"}"#, 422, "wrong-type", "body #/amount"),
    // Amounts.
    Row(payments, amount("1.5"), 422, "too-many-decimals", "body #/amount"),
    Row(payments, amount("1e-1"), 422, "too-many-decimals", "body #/amount"),
    Row(payments, amount(#""1.00""#), 422, "too-many-decimals", "body #/amount"),
    Row(payments, amount("0"), 422, "not-positive", "body #/amount"),
    Row(payments, amount("-0.0"), 422, "not-positive", "body #/amount"),
    Row(payments, amount("-1"), 422, "not-positive", "body #/amount"),
    Row(payments, amount("true"), 422, "wrong-type", "body #/amount"),
    Row(payments, amount("[1]"), 422, "wrong-type", "body #/amount"),
    Row(payments, amount(#""""#), 422, "missing", "body #/amount"),
    Row(payments, amount(#""abc""#), 422, "amount-unreadable", "body #/amount"),
    Row(payments, amount(#""1,00""#), 422, "amount-unreadable", "body #/amount"),
    Row(payments, amount(#""백만원""#), 422, "amount-unreadable", "body #/amount"),
    Row(payments, amount(#""$5""#), 422, "wrong-currency", "body #/amount"),
    Row(payments, amount(#""5 USD""#), 422, "wrong-currency", "body #/amount"),
    Row(payments, amount("1000000000000001"), 422, "amount-too-large", "body #/amount"),
    Row(payments, amount("9223372036854775808"), 422, "amount-too-large", "body #/amount"),
    Row(payments, amount("1e30"), 422, "amount-too-large", "body #/amount"),
    Row(payments, amount("1e60"), 422, "amount-too-large", "body #/amount"),
    Row(
      payments, amount(String(repeating: "9", count: 5_000)), 422, "amount-too-large",
      "body #/amount"),
    Row(payments, amount("1e999999999999"), 422, "amount-too-large", "body #/amount"),
    Row(payments, amount("1e-999999999999"), 422, "too-many-decimals", "body #/amount"),
    Row(
      payments, amount("0.\(String(repeating: "1", count: 5_000))"), 422, "too-many-decimals",
      "body #/amount"),
    Row(
      payments, amount("\"\(String(repeating: "9", count: 65))\""), 422, "text-too-long",
      "body #/amount"),
    Row(usd, commitment("1.005"), 422, "too-many-decimals", "body #/amount"),
    Row(usd, commitment(#""₩5""#), 422, "wrong-currency", "body #/amount"),
    Row(usd, commitment("10000000000000.01"), 422, "amount-too-large", "body #/amount"),
    // Dates.
    Row(payments, date("2026-02-30"), 422, "no-such-day", "body #/paid_date"),
    Row(payments, date("2025-02-29"), 422, "no-such-day", "body #/paid_date"),
    Row(payments, date("2026-13-01"), 422, "no-such-day", "body #/paid_date"),
    Row(payments, date("1899-12-31"), 422, "year-out-of-range", "body #/paid_date"),
    Row(payments, date("26-02-01"), 422, "date-unreadable", "body #/paid_date"),
    Row(payments, date("2026/02/01"), 422, "date-unreadable", "body #/paid_date"),
    Row(payments, date("2026-02-01T00:00:00Z"), 422, "date-unreadable", "body #/paid_date"),
    Row(payments, date("10/03/2025"), 422, "date-unreadable", "body #/paid_date"),
    Row(payments, date(""), 422, "missing", "body #/paid_date"),
    Row(
      payments, date(String(repeating: "2", count: 99)), 422, "text-too-long", "body #/paid_date"),
    Row(payments, #"{"amount":1,"paid_date":20260201}"#, 422, "wrong-type", "body #/paid_date"),
    // Texts.
    Row(payments, memo(#""a\u0000b""#), 422, "text-unprintable", "body #/memo"),
    Row(payments, memo(#""a\nb""#), 422, "text-unprintable", "body #/memo"),
    Row(payments, memo(#""\u202Egnp""#), 422, "text-unprintable", "body #/memo"),
    Row(payments, memo("7"), 422, "wrong-type", "body #/memo"),
    Row(
      payments, memo("\"\(String(repeating: "a", count: 1_001))\""), 422, "text-too-long",
      "body #/memo"),
    Row("/api/parties", #"{"name":"   "}"#, 422, "text-missing", "body #/name"),
    Row("/api/parties", #"{"name":""}"#, 422, "text-missing", "body #/name"),
    Row("/api/parties", #"{"name":"\#(long)"}"#, 422, "text-too-long", "body #/name"),
    Row("/api/parties", #"{"name":{"ko":"a"}}"#, 422, "wrong-type", "body #/name"),
    // Ids, choices, flags, numbers, lists.
    Row(usd, #"{"side":"partners","party":0,"amount":1}"#, 422, "id-unreadable", "body #/party"),
    Row(usd, #"{"side":"partners","party":-1,"amount":1}"#, 422, "id-unreadable", "body #/party"),
    Row(usd, #"{"side":"partners","party":1.5,"amount":1}"#, 422, "wrong-type", "body #/party"),
    Row(usd, #"{"side":"partners","party":true,"amount":1}"#, 422, "wrong-type", "body #/party"),
    Row(
      usd, #"{"side":"partners","party":9223372036854775808,"amount":1}"#, 422, "id-unreadable",
      "body #/party"),
    Row(
      usd, #"{"side":"partners","party":9007199254740993,"amount":1,"partner_type":"GP"}"#, 404,
      "unknown-party", "body #/party"),
    Row(usd, #"{"side":"partner","party":1,"amount":1}"#, 422, "not-a-choice", "body #/side"),
    Row(usd, #"{"side":true,"party":1,"amount":1}"#, 422, "wrong-type", "body #/side"),
    Row("/api/funds", fund(#""currency":"WON""#), 422, "unknown-currency", "body #/currency"),
    Row("/api/funds", fund(#""currency":"krw""#), 422, "unknown-currency", "body #/currency"),
    Row("/api/funds", fund(#""currency":410"#), 422, "wrong-type", "body #/currency"),
    Row("/api/funds", fund(#""fund_type":"a""#), 422, "missing", "body #/currency"),
    Row(
      "/api/funds", fund(#""currency":"KRW","hurdle_rate":"a""#), 422, "percent-unreadable",
      "body #/hurdle_rate"),
    Row(
      "/api/funds", fund(#""currency":"KRW","hurdle_rate":2.00001"#), 422, "too-many-decimals",
      "body #/hurdle_rate"),
    Row(
      "/api/funds", fund(#""currency":"KRW","hurdle_rate":1e12"#), 422, "percent-out-of-range",
      "body #/hurdle_rate"),
    Row(call, calling(#""number":0"#), 422, "out-of-range", "body #/number"),
    Row(call, calling(#""number":1.5"#), 422, "wrong-type", "body #/number"),
    Row(call, calling(#""number":99999999999999999999"#), 422, "out-of-range", "body #/number"),
    Row(call, calling(#""items":{}"#, amount: false), 422, "wrong-type", "body #/items"),
    Row(call, calling(#""items":[1]"#, amount: false), 422, "wrong-type", "body #/items/0"),
    Row(
      call,
      calling(
        #""items":[{"commitment":<K.GP>,"amount":1},{"commitment":"x","amount":0,"z":1}]"#,
        amount: false),
      422, "invalid-fields", "body #/items/1/commitment", "body #/items/1/amount",
      "body #/items/1/z"),
    Row(
      call, calling("\"leave_out\":[\(String(repeating: "1,", count: 10_000))1]"), 422, "too-many",
      "body #/leave_out"),
    Row(call, calling(#""items":[]"#), 422, "one-of", "body #"),
    Row(call, calling(#""percent":10"#), 422, "one-of", "body #"),
    Row(call, calling(#""number":null"#, amount: false), 422, "one-of", "body #"),
    // Paths and queries.
    Row("/api/items/abc/payments", amount("1"), 422, "id-unreadable", "path #/item"),
    Row("/api/items/0/payments", amount("1"), 422, "id-unreadable", "path #/item"),
    Row("/api/items/01/payments", amount("1"), 422, "id-unreadable", "path #/item"),
    Row("/api/items/-1/payments", amount("1"), 422, "id-unreadable", "path #/item"),
    Row("/api/items/%31%20/payments", amount("1"), 422, "id-unreadable", "path #/item"),
    Row(
      "/api/items/99999999999999999999/payments", amount("1"), 422, "id-unreadable", "path #/item"),
    Row(
      "/api/items/x/payments", #"{"paid_date":1}"#, 422, "invalid-fields", "path #/item",
      "body #/amount", "body #/paid_date"),
    Row("/api/items/987654321/payments", amount("1"), 404, "unknown-item", "path #/item"),
    Row("/api/items/987654321/payments", "{}", 404, "unknown-item", "path #/item"),
    Row("/api/items/1/nothing", amount("1"), 404, "no-such-path"),
    Row(payments + "?dry_run=true", amount("1"), 422, "unknown-field", "query #/dry_run"),
    Row(call + "?dry_run=yes", calling(#""number":9"#), 422, "not-a-choice", "query #/dry_run"),
    Row(call + "?dry_run=%FF", calling(#""number":9"#), 422, "not-decodable", "query #/dry_run"),
  ]

  @Test("Each is refused as it should be, and nothing is written")
  func refused() async throws {
    #expect(Self.rows.count >= 60)
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let before = try await site.tested.dump()
      for row in Self.rows {
        let answer = try await site.post(books.filled(row.path), books.filled(row.body))
        let what = Comment(rawValue: "\(row.path) \(row.body.prefix(200)) → \(answer.text)")
        #expect(answer.status == row.status, what)
        #expect(answer.code == row.code, what)
        #expect(answer.pointers == row.pointers, what)
        #expect(answer.header("Content-Type") == "application/problem+json", what)
      }
      #expect(try await site.tested.dump() == before)
      #expect(site.log.all == [])
    }
  }

  @Test("Queries of questions are read as strictly")
  func queries() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      for (uri, status, code, pointers) in [
        (
          "/api/funds/overview?reference_date=2026-02-30", 422, "no-such-day",
          ["query #/reference_date"]
        ),
        ("/api/funds/overview?reference_date=", 422, "missing", ["query #/reference_date"]),
        (
          "/api/funds/overview?referance_date=2026-02-14", 422, "unknown-field",
          ["query #/referance_date"]
        ),
        (
          "/api/funds/overview?reference_date=2026-02-14&reference_date=2026-02-15", 422,
          "given-twice", ["query #/reference_date"]
        ),
        ("/api/funds/overview?known_at=yesterday", 422, "instant-unreadable", ["query #/known_at"]),
        (
          "/api/funds/overview?known_at=2026-02-14T00:00:00", 422, "instant-unreadable",
          ["query #/known_at"]
        ),
        ("/api/funds/overview?formed_only=1", 422, "not-a-choice", ["query #/formed_only"]),
        (
          "/api/funds/overview?formed_only=1&reference_date=x", 422, "invalid-fields",
          ["query #/reference_date", "query #/formed_only"]
        ),
        ("/api/funds/overview?%FF=1", 422, "not-decodable", ["query #/%25FF"]),
        ("/api/funds/<K>?x", 422, "unknown-field", ["query #/x"]),
        ("/api/funds/999", 404, "unknown-fund", ["path #/fund"]),
        ("/api/funds/999/calls", 404, "unknown-fund", ["path #/fund"]),
        ("/api/funds/999/ledger", 404, "unknown-fund", ["path #/fund"]),
        ("/api/funds/999/commitments", 404, "unknown-fund", ["path #/fund"]),
        ("/api/funds/x/commitments", 422, "id-unreadable", ["path #/fund"]),
        ("/api/calls/999", 404, "unknown-call", ["path #/call"]),
        ("/api/parties/999", 404, "unknown-party", ["path #/party"]),
        ("/api/funds/<K>?known_at=2026-01-01", 404, "unknown-fund", ["path #/fund"]),
        ("/funds/999/capital-calls/stats", 404, "unknown-fund", ["path #/fund"]),
        ("/funds/<K>/capital-calls/stats?side=both", 422, "not-a-choice", ["query #/side"]),
        ("/api/audit?limit=0", 422, "out-of-range", ["query #/limit"]),
        ("/api/audit?limit=1001", 422, "out-of-range", ["query #/limit"]),
        ("/api/audit?before=x", 422, "out-of-range", ["query #/before"]),
        ("/api", 404, "no-such-path", []),
        ("/api/", 404, "no-such-path", []),
        ("/api/funds/1/", 404, "no-such-path", []),
        ("/api/nothing", 404, "no-such-path", []),
      ] as [(String, Int, String, [String])] {
        let answer = try await site.get(books.filled(uri))
        let what = Comment(rawValue: "\(uri) → \(answer.text)")
        #expect(answer.status == status, what)
        #expect(answer.code == code, what)
        #expect(answer.pointers == pointers, what)
      }
    }
  }

  @Test("A request key is 1 to 255 printable ASCII characters")
  func requestKeys() async throws {
    try await withSite { site in
      for key in [String(repeating: "k", count: 256), "é", ""] {
        let answer = try await site.post("/api/parties", #"{"name":"A"}"#, key: key)
        #expect(answer.status == 422)
        #expect(answer.code == "bad-request-key")
        #expect(answer.pointers == ["header #/Idempotency-Key"])
      }
      let longest = String(repeating: "~", count: 255)
      #expect(try await site.post("/api/parties", #"{"name":"A"}"#, key: longest).status == 201)
    }
  }

  @Test("Bodies want to be JSON, and not too large")
  func mediaTypesAndSizes() async throws {
    try await withSite { site in
      let body = Array(#"{"name":"A"}"#.utf8)
      for type in [
        "text/plain", "application/x-www-form-urlencoded", "application/jsonp",
        "application/json; charset=euc-kr", "multipart/form-data", "",
      ] {
        let answer = try await site.ask("POST", "/api/parties", ["Content-Type": type], bytes: body)
        #expect(answer.status == 415, "\(type)")
        #expect(answer.code == "not-application-json")
      }
      #expect(try await site.ask("POST", "/api/parties", [:], bytes: body).status == 415)
      let large = Array(#"{"name":"A"}"#.utf8) + [UInt8](repeating: 0x20, count: 1 << 20)
      let answer = try await site.ask(
        "POST", "/api/parties", ["Content-Type": "application/json"], bytes: large)
      #expect(answer.status == 413)
      #expect(answer.code == "body-too-large")
      let type = "Application/JSON;charset=UTF-8"
      #expect(
        try await site.ask("POST", "/api/parties", ["Content-Type": type], bytes: body).status
          == 201)
    }
  }

  @Test("A problem tells everything at once, in the asker's language")
  func language() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let path = books.filled(Self.payments)
      let body = #"{"amount":1.5,"paid_date":"2026-02-30","paid":true}"#
      let korean = try await site.post(path, body)
      let english = try await site.post(path, body, language: "fr, en-GB;q=0.8, ko;q=0.1")
      #expect(korean.header("Content-Language") == "ko")
      #expect(english.header("Content-Language") == "en")
      try expectGolden("problem-fields.json", try korean.json().pretty() + "\n")
      try expectGolden("problem-fields.en.json", try english.json().pretty() + "\n")
    }
  }
}

private func amount(_ json: String) -> String {
  #"{"amount":\#(json),"paid_date":"2026-01-20"}"#
}
private func date(_ text: String) -> String { #"{"amount":1,"paid_date":"\#(text)"}"# }
private func memo(_ json: String) -> String {
  #"{"amount":1,"paid_date":"2026-01-20","memo":\#(json)}"#
}
private func commitment(_ amount: String) -> String {
  #"{"side":"partners","party":1,"amount":\#(amount),"partner_type":"GP"}"#
}
private func fund(_ members: String) -> String {
  #"{"name":"New","commitment_total":1,\#(members)}"#
}
private func calling(_ member: String, amount: Bool = true) -> String {
  #"{"notice_date":"2026-02-01","due_date":"2026-02-02",\#(amount ? #""amount":1,"# : "")\#(member)}"#
}
