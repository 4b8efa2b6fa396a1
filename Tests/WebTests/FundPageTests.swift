import FundModel
import Testing

@testable import Web

/// What the parts of a fund's page list, on the small books.
@Suite("Pages of a fund")
struct FundPageTests {
  @Test("The ledger's signs are of the fund's cash, its kinds those of the side, its sum the cash")
  func ledger() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let page = try await site.get(books.filled("/funds/<K>/ledger?unit=won")).text
      #expect(page.contains(Phrase.cashMoved.ko))
      let rows = rows(of: page, in: "box-ledger")
      let ofX = try #require(rows.first { $0.contains("X") })
      let ofLP = try #require(rows.first { $0.contains("LP") })
      #expect(ofX.contains("<td>투자</td>") && ofX.contains("\u{2212}50<"))
      #expect(ofLP.contains("<td>납입</td>") && ofLP.contains("+90<"))
      let total = try #require(rows.last)
      #expect(total.contains(Phrase.total.ko) && total.contains("+40<"))
      let summary = try await site.get(books.filled("/explain?figure=cash&fund=<K>")).text
      #expect(summary.contains("id=\"explained\">40<"))
    }
  }

  @Test("What was asked of one call and what was asked in all have words of their own")
  func asked() async throws {
    for language in Language.allCases {
      #expect(language(.callAmount) != language(.noticed))
      #expect(language(.callAmount) != language(.amount))
    }
  }

  @Test(
    "Changes of the total and of commitments are listed: from when, from what, to what, why, who")
  func changes() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let before = try await site.get(books.filled("/funds/<K>/terms")).text
      #expect(before.contains(Phrase.noCommitmentChanged.ko))
      for (path, body) in [
        (
          "/api/funds/<K>/commitment-total-changes",
          #"{"amount":500,"effective_on":"2026-03-01","reason":"증액"}"#
        ),
        (
          "/api/commitments/<K.LP>/changes",
          #"{"amount":-200,"effective_on":"2026-02-10","reason":"감액"}"#
        ),
        ("/api/commitments/<K.LP>/changes", #"{"amount":50,"reason":"오기"}"#),
      ] {
        let answer = try await site.post(books.filled(path), body)
        #expect(answer.status == 201, "\(answer.text)")
      }
      let page = try await site.get(books.filled("/funds/<K>/terms")).text
      let lines = rows(of: page, in: "box-changes").map { $0.split(separator: "<td").count }
      #expect(lines.dropFirst() == [6, 6, 6], "three changes of five cells beside the name")
      let words = rows(of: page, in: "box-changes")
      for (index, parts) in [
        ["약정총액", "2026-03-01", "1,000원", "1,500원", "증액", "uncounted"],
        // What counts from the beginning comes first, though it was recorded last.
        ["LP", Phrase.fromTheBeginning.ko, "900원", "950원", "오기"],
        ["LP", "2026-02-10", "950원", "750원", "감액"],
      ].enumerated() {
        let line = words[index + 1]
        #expect(parts.allSatisfy { line.contains($0) }, "\(parts): \(line)")
        #expect(line.contains("2026-02-14"), "the day of recording")
      }
    }
  }

  @Test("A credit that nobody paid out is late by its own word, also where nothing else is owed")
  func lateCredit() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let call = books.filled("data-call=\"<call 2>\"")
      for paysTheRest in [false, true] {
        if paysTheRest {
          try await site.made(
            books.filled("/api/items/<GP 2 item>/payments"),
            #"{"amount":5,"paid_date":"2026-02-10"}"#)
        }
        let page = try await site.get(books.filled("/funds/<K>?unit=won")).text
        let line = try #require(rows(of: page, in: "box-due").first { $0.contains(call) })
        #expect(line.contains(Phrase.creditLate(days: 15).ko) == paysTheRest)
        #expect(line.contains(Phrase.overdue(days: 15).ko) != paysTheRest)
        #expect(line.contains("figure=credits_due"))
      }
      let day = try await site.get(books.filled("/funds/<K>?reference_date=2026-01-30")).text
      #expect(!day.contains(Phrase.creditLate(days: 0).ko), "not late on its due date")
    }
  }

  @Test("Several entries of one go lead to the call's entries; one leads to its own reversal")
  func undoing() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let page = books.filled("/calls/<call 2>")
      func done(_ items: String) async throws -> String {
        let form =
          "form=settleCall&request_key=\(items.count)&call=<call 2>&\(items)&paid_date=2026-02-10"
        let answer = try await site.send(books.filled(form), to: page)
        #expect(answer.status == 303, "\(answer.text)")
        return try await site.get(answer.header("Location") ?? "").text
      }
      let both = try await done("items.0=<GP 2 item>&items.1=<credit item>")
      #expect(both.contains("id=\"undo\" href=\"\(page)#call-entries\""))
      #expect(both.contains("id=\"call-entries\""))
      let one = try await site.send(
        books.filled("form=recordPayment&item=<GP item>&amount=10&paid_date=2026-02-10"),
        to: books.filled("/calls/<call 1>"))
      let message = try await site.get(one.header("Location") ?? "").text
      #expect(message.contains("do=reverse") && message.contains(Phrase.undo.ko))
    }
  }

  @Test(
    "Types of partners are offered in the page's language; a fund is registered from the palette")
  func offers() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let partners = books.filled("/funds/<U>/partners?do=commit&lang=")
      #expect(try await site.get(partners + "ko").text.contains("value=\"정책기관\""))
      #expect(try await !site.get(partners + "en").text.contains("정책기관"))
      for query in ["lang=ko&q=조합", "lang=en&q=register"] {
        let encoded = query.replacing("조합", with: "%EC%A1%B0%ED%95%A9")
        let found = try await site.get("/find?\(encoded)").text
        #expect(found.contains("href=\"/funds/new"), "\(query)")
      }
      let overview = try await site.get("/fund-overview").text
      #expect(overview.contains("id=\"register-fund\""))
    }
  }

  /// The rows of a table in its box, as markup, the heading first.
  private func rows(of page: String, in box: String) -> [String] {
    guard let start = page.firstRange(of: "id=\"\(box)\""),
      let end = page[start.upperBound...].firstRange(of: "</table>")
    else { return [] }
    return page[start.upperBound..<end.lowerBound].split(separator: "<tr").dropFirst()
      .map(String.init)
  }
}
