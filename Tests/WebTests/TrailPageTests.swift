import Bookkeeping
import FundModel
import RandomBooks
import Testing

@testable import Web

/// The trail as people read it: its words, its list, one entry, its head.
@Suite("The audit trail's pages")
struct TrailPageTests {
  @Test("Every command has words in both languages, no two the same", arguments: allCommandNames)
  func commands(_ name: String) throws {
    let words = try #require(Phrase.command(name), "\(name) has no words")
    #expect(words.ko != words.en && !words.ko.isEmpty && !words.en.isEmpty)
    for other in allCommandNames where other != name {
      #expect(Phrase.command(other)?.ko != words.ko, "\(other)")
      #expect(Phrase.command(other)?.en != words.en, "\(other)")
    }
  }

  @Test("Every table of facts has words, and every column of it that is shown")
  func facts() throws {
    for table in factTables {
      for isChange in [false, true] {
        let words = Phrase.fact(table, isChange: isChange)
        #expect(words != nil, "\(table)")
      }
      for column in columnsOfFacts[table] ?? [] where column.isShown {
        #expect(Phrase.recorded(column.name) != nil, "\(table).\(column.name)")
      }
    }
  }

  @Test("Everything that was asked has words, member by member")
  func members() async throws {
    try await withSite(demo: true) { site in
      _ = try await SmallBooks(in: site)
      func expectWords(_ json: JSON, in command: String) {
        switch json {
        case .object(let members):
          for member in members {
            #expect(Phrase.recorded(member.name) != nil, "\(command): \(member.name)")
            expectWords(member.value, in: command)
          }
        case .array(let elements): for each in elements { expectWords(each, in: command) }
        default: break
        }
      }
      for entry in try await site.books.answer(AuditTrail(limit: 1_000)) {
        expectWords(try JSONReader.read(Array(entry.content.utf8)), in: entry.command)
      }
    }
  }

  @Test("The list is newest first, with the head over it; it is narrowed by plain fields")
  func list() async throws {
    try await withSite { site in
      let empty = try await site.get("/trail?lang=en")
      #expect(empty.status == 200 && empty.text.contains("Nothing has been recorded yet."))
      let books = try await SmallBooks(in: site)
      let all = try await site.books.answer(AuditTrail())
      let page = try await site.get("/trail?lang=en")
      #expect(page.status == 200)
      #expect(sequences(page.text) == all.map(\.stamp.sequence))
      let head = try #require(all.first?.digest)
      #expect(page.text.contains("<p class=\"digest\" id=\"head-digest\">\(head)</p>"))
      #expect(page.text.contains("aria-current=\"page\">Audit trail</a>"))
      for (query, expected) in [
        ("command=commit", all.filter { $0.command == "commit" }),
        ("person=tester", all), ("person=maria", []),
        ("from=2026-02-14&to=20260214", all), ("to=2026.2.13", []), ("from=2026-02-15", []),
        (
          "command=commit&fund=\(books["U"])",
          all.filter { $0.content.contains("\"fund\":2,\"side\"") }
        ),
        ("known_at=2020-01-01", []), ("reference_date=2026-02-13", []),
        ("reference_date=2026-02-14", all), ("before=4", all.filter { $0.stamp.sequence < 4 }),
      ] {
        let answer = try await site.get("/trail?\(query)")
        #expect(answer.status == 200, "\(query)")
        #expect(sequences(answer.text) == expected.map(\.stamp.sequence), "\(query)")
      }
      for query in ["fund=x", "before=0", "before=x", "known_at=then"] {
        #expect(try await site.get("/trail?\(query)").status == 422, "\(query)")
      }
      let wrong = try await site.get("/trail?from=2026-02-30&lang=en")
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("value=\"2026-02-30\""))
      #expect(wrong.text.contains("There is no day 30 in month 2"))
      let past = try await site.get("/trail?reference_date=2026-02-13&lang=en")
      #expect(past.text.contains("id=\"any-day\" href=\"/trail?lang=en\""))
    }
  }

  @Test("A page of the trail leads to the next one, until there is none")
  func paging() async throws {
    try await withSite { site in
      for index in 1...120 {
        _ = try await site.books.perform(RegisterParty(name: "P\(index)"), by: "maria")
      }
      var address: String? = "/trail"
      var seen: [Int64] = []
      while let next = address {
        let page = try await site.get(next).text
        seen += sequences(page)
        address = page.firstMatch(of: /id="older" href="([^"]+)"/).map {
          String($0.1).replacing("&amp;", with: "&")
        }
      }
      #expect(seen == (1...120).reversed().map(Int64.init))
    }
  }

  @Test("An entry shows what was asked, before and after, its rows, its seal")
  func entry() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      try await site.made(
        books.filled("/api/funds/<K>/terms"), #"{"name":"K 2","hurdle_rate":"2.5"}"#)
      let last = try await site.books.answer(TrailEnd())
      let page = try await site.get("/trail/\(last)?lang=en")
      #expect(page.status == 200)
      for part in [
        "No. \(last) · Fund&#39;s terms amended", "<dt>Hurdle rate</dt><dd>2.5%</dd>",
        "<td data-label=\"Before\"><span class=\"words\">K</span></td>",
        "<td data-label=\"After\"><span class=\"words\">K 2</span></td>",
        "<td data-label=\"Before\"><span class=\"words\">–</span></td>", "amend-fund",
        "<th scope=\"row\" class=\"name\">fund_version</th>", "id=\"books-then\"",
      ] {
        #expect(page.text.contains(part), "\(part)")
      }
      let digest = try #require(try await site.books.answer(TrailHead.Question())?.digest)
      #expect(page.text.contains("<span class=\"digest\">\(digest)</span>"))
      // Every entry has a page in both languages, and what is no entry has none.
      for sequence in 1...last {
        for language in ["ko", "en"] {
          let page = try await site.get("/trail/\(sequence)?lang=\(language)")
          #expect(page.status == 200, "\(sequence)")
          #expect(!page.text.contains("&lt;"))
        }
      }
      for number in ["0", "-1", "01", "x", "\(last + 1)", "9223372036854775808", "1%00"] {
        let answer = try await site.get("/trail/\(number)")
        #expect(answer.status == 404, "\(number)")
      }
      #expect(try await site.get("/trail/1?known_at=2020-01-01").status == 404)
      #expect(try await site.get("/trail/1?step=0").status == 422)
      #expect(site.log.all == [])
    }
  }

  @Test("An import's entry shows its files with their digests and counts, its rows on request")
  func importEntry() async throws {
    try await withSite(demo: true) { site in
      let page = try await site.get("/trail/1?lang=en").text
      for file in DemoBooks.files {
        #expect(page.contains("\(SHA256.hex(of: file.bytes))"), "\(file.name)")
      }
      #expect(page.contains("<td class=\"n\" data-label=\"Rows\">8</td>"))
      #expect(page.contains("id=\"more-rows\""))
      #expect(try await site.get("/trail/1?step=100").text.contains("<details class=\"raw\" open>"))
    }
  }

  @Test(
    "What became of an import's rows is told in words, sheet by sheet, and leads to its undoing")
  func importOutcome() async throws {
    try await withSite { site in
      let file = ImportFile(name: "firm.xlsx", byteCount: 9, sha256: SHA256.hex(of: [7]))
      func sheet(_ name: String, _ names: [String]) -> ImportTable {
        ImportTable(.parties, name: name, file: file.name, columns: ["party"]) { body in
          for (index, party) in names.enumerated() {
            try body(.row(number: index + 2, texts: [party]))
          }
        }
      }
      for _ in 1...2 {
        _ = try await site.books.perform(
          ImportBooks(
            files: [file], tables: [sheet("상대, 2 (국내)", ["가", "나"]), sheet("해외", ["A"])]),
          by: .atTheMachine)
      }
      let (korean, english) = (
        try await site.get("/trail/2?lang=ko").text, try await site.get("/trail/2?lang=en").text
      )
      for (page, there) in [(korean, "이미 있음"), (english, "Already there")] {
        #expect(page.contains("상대, 2 (국내)</span></th>"))
        #expect(page.contains("data-label=\"\(there)\">2</td>"))
        #expect(page.contains("data-label=\"\(there)\">1</td>"))
        // Of the file as a whole.
        #expect(page.contains("data-label=\"\(there)\">3</td>"))
        #expect(!page.contains("2 already there"))
        #expect(page.contains("id=\"undo-import\"") && !page.contains(">local<"))
      }
      #expect(korean.contains("서버 (명령줄)") && english.contains("Server (command line)"))
      // The name that the trail keeps is what the list is narrowed by.
      let list = try await site.get("/trail?lang=ko&person=local").text
      #expect(list.contains("<option value=\"local\" selected>") && !list.contains(">local<"))
      #expect(sequences(list) == [2, 1])

      _ = try await site.books.perform(UndoImport(1, reason: "다른 회사"), by: "maria")
      let undone = try await site.get("/trail/1?lang=en").text
      #expect(undone.contains("no. 3 of the trail") && !undone.contains("id=\"undo-import\""))
      #expect(undone.contains("send the file once more"))
      #expect(try await site.get("/trail/3?lang=en").text.contains("no. 1 of the trail"))
      // Where it was done, it is told as what it is; its opposite facts are no mistake.
      var frame = PageFrame.sample(.en)
      frame.done = try await site.books.answer(ChangeAt(sequence: 3))
      let told = doneMessage(frame).markup
      #expect(told.contains("Took back the import (audit trail no. 1)."), "\(told)")
      #expect(told.contains("/trail/3") && !told.contains("id=\"undo\""), "\(told)")
    }
  }

  @Test("A printed overview and a printed fund name the head of the trail that they rest on")
  func paper() async throws {
    try await withSite(demo: true) { site in
      let first = try #require(try await site.books.answer(TrailHead.Question()))
      site.tested.clock.advance(seconds: 60)
      _ = try await site.books.perform(RegisterParty(name: "Later"), by: "maria")
      let now = try #require(try await site.books.answer(TrailHead.Question()))
      for path in ["/fund-overview", "/funds/1", "/funds/1/ledger"] {
        let page = try await site.get(path).text
        #expect(page.contains(now.digest) && !page.contains(first.digest), "\(path)")
        let then = try await site.get("\(path)?known_at=\(first.stamp.recordedAt)").text
        #expect(then.contains(first.digest) && !then.contains(now.digest), "\(path)")
      }
    }
  }
}

private func sequences(_ page: String) -> [Int64] {
  page.matches(of: /<tr data-audit="(\d+)">/).compactMap { Int64($0.1) }
}

/// The second clock on pages: a field beside the reference date.
@Suite("Known at, on pages")
struct KnownAtPageTests {
  @Test("A moment is read as people type it, and stands in the address once for all")
  func spellings() async throws {
    try await withSite(demo: true) { site in
      site.tested.clock.set(Instant("2026-03-10T03:00:00Z")!)
      for (typed, shown, kept) in [
        ("2026-02-20", "2026-02-20", "2026-02-20"), ("20260220", "2026-02-20", "2026-02-20"),
        ("2026. 2. 20.", "2026-02-20", "2026-02-20"),
        ("2026-02-20 18:00", "2026-02-20 18:00", "2026-02-20T09:00:59.999999Z"),
        ("2026-02-20T18:00:00+09:00", "2026-02-20 18:00:00.000000", "2026-02-20T18:00:00%2B09:00"),
        // Today asks for its end, which is still to come, and means now.
        ("2026-03-10", "2026-03-10", "2026-03-10"),
      ] {
        let address = typed.replacing(" ", with: "+").replacing("+09", with: "%2B09")
        let page = try await site.get("/fund-overview?lang=en&known_at=\(address)")
        #expect(page.status == 200, "\(typed)")
        #expect(page.text.contains("You see what the books knew at \(shown)."), "\(typed)")
        #expect(page.text.contains("/funds/1?known_at=\(kept)"), "\(typed)")
        #expect(page.text.contains("id=\"forget-known-at\""))
        #expect(page.text.contains("data-form") == false, "\(typed)")
      }
      let now = try await site.get("/fund-overview?lang=en&known_at=")
      #expect(!now.text.contains("known-banner"))
    }
  }

  @Test("A moment that cannot be read or is still to come stays in its field, with a sentence")
  func refused() async throws {
    try await withSite(demo: true) { site in
      for path in ["/fund-overview", "/funds/1", "/funds/1/ledger", "/trail"] {
        for (typed, sentence) in [
          ("then", "“then” is not a moment"), ("2026-02-30", "There is no day 30"),
          ("2026-02-15", "2026-02-15 is still to come"), ("2026-02-14+13:00", "is still to come"),
          ("2026-02-14T12:00:01%2B09:00", "is still to come"),
        ] {
          let page = try await site.get("\(path)?lang=en&known_at=\(typed)")
          #expect(page.status == 422, "\(path) \(typed)")
          #expect(page.text.contains(sentence), "\(path) \(typed)")
          #expect(page.text.contains("id=\"known-at-problem\""))
          #expect(page.text.contains("aria-invalid=\"true\" autofocus"))
          #expect(page.text.contains("id=\"known\" open"))
          #expect(!page.text.contains("class=\"ledger"), "\(path) \(typed)")
        }
      }
      let typed = try await site.get("/funds/1?known_at=a%22b").text
      #expect(typed.contains("name=\"known_at\" value=\"a&quot;b\""))
    }
  }

  @Test("A trail that is ahead of its clock is known all the same")
  func clockBehind() async throws {
    try await withSite(demo: true) { site in
      let head = try #require(try await site.books.answer(TrailHead.Question()))
      site.tested.clock.set(Instant("2026-02-10T03:00:00Z")!)
      let page = try await site.get("/fund-overview?known_at=\(head.stamp.recordedAt)")
      #expect(page.status == 200)
    }
  }

  @Test("A fund that the books did not know of then says so, and leads back")
  func notKnownYet() async throws {
    try await withSite(demo: true) { site in
      let page = try await site.get("/funds/1/ledger?known_at=2020-01-01&lang=en")
      #expect(page.status == 404)
      #expect(page.text.contains("The books did not know of it yet"))
      #expect(page.text.contains("id=\"way-out\" href=\"/funds/1/ledger?lang=en\""))
      let never = try await site.get("/funds/99?known_at=2020-01-01&lang=en")
      #expect(never.status == 404 && never.text.contains("There is no such fund"))
    }
  }
}
