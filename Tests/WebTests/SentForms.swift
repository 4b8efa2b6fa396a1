import Bookkeeping
import FundModel
import RandomBooks

@testable import Web

let formType = "application/x-www-form-urlencoded"

/// A fund of 10,000,000,000 won with one call of 2,000,000,000, on 2026-03-20.
struct OneCall {
  let fund: Int64
  let call: Int64
  let item: Int64

  var page: String { "/calls/\(call)" }

  init(in site: TestedSite) async throws {
    site.tested.clock.set(Instant("2026-03-20T03:00:00Z")!)
    fund = try await site.made(
      "/api/funds", #"{"name":"B","currency":"KRW","commitment_total":"100억"}"#)
    let partner = try await site.made(
      "/api/funds/\(fund)/commitments",
      #"{"side":"partners","party":"LP","amount":"50억","partner_type":"기관"}"#)
    call = try await site.made(
      "/api/funds/\(fund)/calls",
      """
      {"notice_date":"2026-03-02","due_date":"2026-03-15",
       "items":[{"commitment":\(partner),"amount":2000000000}]}
      """)
    let sheet = try await site.get("/api/calls/\(call)").json()
    item = Int64(sheet.at("items", "0", "id")?.asDigits ?? "") ?? 0
  }

  func pays(_ fields: String, key: String? = nil) -> String {
    "form=recordPayment&item=\(item)&" + (key.map { "request_key=\($0)&" } ?? "") + fields
  }

  func filled(_ body: String) -> String {
    body.replacing("<item>", with: "\(item)").replacing("<call>", with: "\(call)")
      .replacing("<fund>", with: "\(fund)")
  }

  func entries(in site: TestedSite) async throws -> [LedgerLine] {
    try await site.books.answer(
      LedgerAsOf(call: CapitalCall.ID(rawValue: call), AsOf(.latest)))
  }
}

extension TestedSite {
  /// Posts a form to a page.
  ///
  /// - Parameters:
  ///   - form: `name=value&…`; a value holds no `&` but one with spaces around it.
  ///   - encoding: whether to put it into the form that browsers send.
  func send(
    _ form: String, to page: String, _ headers: [String: String] = [:], encoding: Bool = true
  ) async throws -> TestedAnswer {
    let token = asking.map { "&form_token=\($0.formToken.text)" } ?? ""
    let body = (encoding ? encoded(form) : form) + token
    return try await ask(
      "POST", page, ["Content-Type": formType].merging(headers) { $1 }, bytes: Array(body.utf8))
  }

  private func encoded(_ form: String) -> String {
    form.replacing(" & ", with: "+%26+").utf8.reduce(into: "") { text, byte in
      let character = Character(UnicodeScalar(byte))
      if byte == 0x20 {
        text += "+"
      } else if byte < 0x80 {
        text.append(character)
      } else {
        text += "%" + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
