import Bookkeeping
import FundModel
import RandomBooks
import Testing

@testable import Web

/// Forms that no page made: what a page takes, and that it says what it does not.
@Suite("Crafted forms")
struct CraftedFormTests {
  // MARK: Of another page

  /// A form, the page it is posted to, and what that answers.
  static let elsewhere: [(form: String, page: String, status: Int)] = [
    ("form=recordPayment&item=<GP item>&amount=1&paid_date=2026-01-20", "/calls/<call 2>", 422),
    ("form=recordPayment&item=<GP item>&amount=x&paid_date=", "/calls/<call 2>", 422),
    ("form=reverseEntry&entry=<paid>&reason=x", "/calls/<call 2>", 422),
    ("form=cancelCapitalCall&call=<call 2>&reason=x", "/calls/<call 1>", 422),
    ("form=settleCall&call=<call 2>&paid_date=2026-02-01", "/calls/<call 1>", 422),
    ("form=commit&fund=<K>&side=partners&party=Z&amount=1", "/calls/<call 1>", 422),
    (
      "form=recordPayment&item=<GP item>&amount=1&paid_date=2026-01-20",
      "/calendar?call=<call 2>", 422
    ),
    ("form=recordPayment&item=<GP item>&amount=1&paid_date=2026-01-20", "/calendar", 400),
    (
      "form=recordPayment&item=<GP item>&amount=1&paid_date=2026-01-20",
      "/investments/<staged>", 422
    ),
    ("form=undoInvestment&commitment=<direct>&reason=x", "/investments/<staged>", 422),
    (
      "form=changeCommitment&commitment=<K.LP>&amount=1&effective_on=2026-02-01",
      "/investments/<staged>", 422
    ),
    (
      "form=changeCommitment&commitment=<S.LP>&amount=1&effective_on=2026-02-01",
      "/funds/<K>/partners", 422
    ),
    (
      "form=commit&fund=<S>&side=partners&party=Z&amount=1&partner_type=GP",
      "/funds/<K>/partners", 422
    ),
    (
      "form=recordInvestment&fund=<S>&party=Z&amount=1&invested_on=2026-02-01",
      "/funds/<K>/investments", 422
    ),
    ("form=amendFund&fund=<S>&name=Z", "/funds/<K>/terms", 422),
    ("form=openFromStated&fund=<S>&paid_date=2026-02-01", "/funds/<K>/new-call", 422),
    ("form=openFromStated&fund=<S>&paid_date=2026-02-01&step=preview", "/funds/<K>/new-call", 422),
    ("form=reverseEntry&entry=<paid>&reason=x", "/funds/<S>/partners", 422),
    ("form=amendParty&party=<X>&name=Z", "/funds/<K>/partners", 422),
    ("form=registerFund&name=Z&currency=KRW&commitment_total=1", "/funds/<K>/terms", 400),
    ("form=registerParty&name=Z", "/funds/new", 400),
    ("form=amendFund&fund=<K>&name=Z", "/funds/new", 400),
  ]

  @Test("A page takes forms about what it shows and nothing else")
  func elsewhere() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let before = try await site.tested.dump()
      for (form, page, status) in Self.elsewhere {
        let answer = try await site.send(books.filled(form), to: books.filled(page))
        #expect(answer.status == status, "\(form) → \(page)")
        let problem = status == 400 ? Problem.notAForm : .ofAnotherPage
        #expect(answer.text.contains(problem.sentence.ko), "\(form) → \(page)")
      }
      #expect(try await site.tested.dump() == before)
      // What belongs to the page is taken on it.
      for (form, page) in [
        ("form=recordPayment&item=<GP item>&amount=1&paid_date=2026-01-20", "/funds/<K>/partners"),
        (
          "form=recordPayment&item=<GP item>&amount=2&paid_date=2026-01-20",
          "/calendar?call=<call 1>"
        ),
        (
          "form=changeCommitment&commitment=<K.LP>&amount=1&effective_on=2026-02-01",
          "/funds/<K>/partners"
        ),
        ("form=reverseEntry&entry=<paid>&reason=x", "/calls/<call 1>"),
        ("form=registerFund&name=Z&currency=KRW&commitment_total=1", "/funds/new"),
      ] {
        let answer = try await site.send(books.filled(form), to: books.filled(page))
        #expect(answer.status == 303, "\(form) → \(page)")
      }
    }
  }

  @Test("What was done is told where it belongs, and nowhere else")
  func done() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      func last() async throws -> Int64 { try await site.books.answer(TrailEnd()) }
      func tells(_ page: String, _ sequence: Int64) async throws -> Bool {
        let answer = try await site.get(
          books.filled(page) + (page.contains("?") ? "&" : "?") + "done=\(sequence)")
        #expect(answer.status == 200, "\(page)")
        return answer.text.contains("id=\"done\"")
      }
      _ = try await site.made(
        books.filled("/api/items/<GP item>/payments"), #"{"amount":1,"paid_date":"2026-01-20"}"#)
      let payment = try await last()
      _ = try await site.made(
        books.filled("/api/commitments/<staged>/changes"),
        #"{"amount":1,"effective_on":"2026-02-01"}"#)
      let change = try await last()
      _ = try await site.send("form=makeCalendarFeed&name=a", to: "/calendar/feeds")
      let feeds = try await site.books.answer(CalendarFeeds())
      let end = "form=endCalendarFeed&feed=\(feeds[0].id)"
      #expect(try await site.send(end, to: "/calendar/feeds").status == 303)
      let ended = try await last()

      let pages = [
        "/calls/<call 1>", "/calendar?call=<call 1>", "/funds/<K>", "/funds/<K>/partners",
        "/investments/<staged>", "/calls/<call 2>", "/calendar", "/funds/<S>", "/fund-overview",
        "/companies", "/funds/new", "/calendar/feeds",
      ]
      for (index, page) in pages.enumerated() {
        #expect(try await tells(page, payment) == (index < 4), "\(page)")
        #expect(try await tells(page, change) == (2...4).contains(index), "\(page)")
        #expect(try await tells(page, ended) == (page == "/calendar/feeds"), "\(page)")
      }
    }
  }

  // MARK: Nothing is wrong in silence

  @Test("What the page has no field for is said at its top, by name")
  func untold() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let before = try await site.tested.dump()
      for (form, page, names) in [
        // A field that is hidden, a list's own, one that there is not, and a form of another tab.
        (
          "form=commit&fund=<K>&side=nowhere&party=Z&amount=5&partner_type=GP",
          "/funds/<K>/partners", ["side"]
        ),
        (
          "form=issueCapitalCall&fund=<K>&notice_date=2026-03-01&due_date=2026-03-02"
            + "&share_by=explicit&items.0.commitment=<K.LP>&items.0.amount=1&items.0.zzz=1",
          "/funds/<K>/new-call", ["items.0.zzz"]
        ),
        (
          "form=commit&fund=<K>&side=partners&party=&amount=x&partner_type=GP", "/funds/<K>/terms",
          ["금액", "party"]
        ),
        ("form=recordPayment&item=-1&amount=1&paid_date=2026-01-20", "/calls/<call 1>", ["항목"]),
        ("form=recordPayment&amount=1&paid_date=2026-01-20", "/calls/<call 1>", ["항목"]),
      ] {
        let answer = try await site.send(books.filled(form), to: books.filled(page))
        #expect(answer.status == 422, "\(form)")
        let told = answer.text.firstMatch(of: /id="untold".*?<\/p>/)?.output ?? ""
        for name in names { #expect(told.contains("\(name): "), "\(form): \(told)") }
      }
      // What stands beside its field is not said again.
      let beside = try await site.send(
        books.filled("form=recordPayment&item=<GP item>&amount=x&paid_date="),
        to: books.filled("/calls/<call 1>"))
      #expect(beside.status == 422 && !beside.text.contains("id=\"untold\""))
      #expect(try await site.tested.dump() == before)
    }
  }

  @Test("A field that was sent twice is refused, whatever stands in it")
  func twice() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let before = try await site.tested.dump()
      for (form, name) in [
        (call.pays("amount=1&paid_date=2026-03-10&amount=2"), "amount"),
        (call.pays("amount=1&paid_date=2026-03-10&amount=1"), "amount"),
        (call.pays("amount=1&paid_date=2026-03-10&item=\(call.item)"), "item"),
        (call.pays("amount=1&paid_date=2026-03-10&request_key=a&request_key=b"), "request_key"),
        (call.pays("amount=1&paid_date=2026-03-10&form=recordRefund"), "form"),
      ] {
        let answer = try await site.send(form, to: call.page)
        #expect(answer.status == 422, "\(form)")
        #expect(answer.text.contains("data-problem=\"\(name)\"") || answer.text.contains("untold"))
        #expect(answer.text.contains(Phrase.givenTwice.ko), "\(form)")
      }
      let shown = try await site.send(
        call.pays("amount=5&amount=6&paid_date=2026-03-10&memo=적은 것"), to: call.page)
      #expect(shown.text.contains("value=\"5\"") && shown.text.contains("value=\"적은 것\""))
      #expect(try await site.tested.dump() == before)
    }
  }

  @Test("A letter with too many marks: said of its field, and what else was typed stays")
  func marks() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let before = try await site.tested.dump()
      let marked = { (count: Int) in "e" + String(repeating: "\u{301}", count: count) }
      for (language, sentence) in [("ko", "부호가 30개 넘게"), ("en", "more than 30 marks")] {
        let answer = try await site.send(
          call.pays("amount=12억&paid_date=2026.3.10&memo=\(marked(31))"), to: call.page,
          ["Accept-Language": language])
        #expect(answer.status == 422)
        #expect(answer.text.contains("data-problem=\"memo\"") && answer.text.contains(sentence))
        #expect(answer.text.contains("value=\"12억\""))
        #expect(answer.text.contains("value=\"2026.3.10\""))
        #expect(answer.text.utf8.contains("value=\"\(marked(30))\"".utf8))
        #expect(!answer.text.contains("UTF-8"))
      }
      let none = try await site.send(
        call.pays("amount=12억&paid_date=2026-03-10&memo=%FF"), to: call.page, encoding: false)
      #expect(none.status == 422 && none.text.contains("data-problem=\"memo\""))
      #expect(none.text.contains(Phrase.notDecodable.ko))
      #expect(try await site.tested.dump() == before)
      let taken = try await site.send(
        call.pays("amount=1&paid_date=2026-03-10&memo=\(marked(30))"), to: call.page)
      #expect(taken.status == 303)

      // In an address, too, each is told as what it is.
      let many = String(repeating: "%CC%81", count: 31)
      let page = try await site.get("/fund-overview?unit=e\(many)")
      #expect(page.status == 422 && page.text.contains(Phrase.tooManyMarks.ko))
      let told = try await site.get("/api/funds/overview?known_at=e\(many)")
      #expect(told.code == "too-many-marks")
    }
  }

  // MARK: Long forms

  @Test("More fields than any page has are refused at once")
  func tooMany() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let lines = { (count: Int) in
        "form=recordPayment&item=\(call.item)&"
          + (0..<count - 3).map { "items.\($0)=1" }.joined(separator: "&")
      }
      let answer = try await site.send(lines(SentForm.mostFields + 1), to: call.page)
      #expect(answer.status == 413)
      #expect(answer.text.contains("20001개") && answer.text.contains("20000개"))
      #expect(try await site.send(lines(SentForm.mostFields), to: call.page).status == 422)
    }
  }

  @Test("Of thousands of lines, some left empty, each is told what is wrong with it")
  func lines() throws {
    // Every other line is empty and is not sent on.
    let text = (0..<10_000).map { "items.\($0).amount=\($0 % 2 == 0 ? "" : "x")" }
      .joined(separator: "&")
    let form = try SentForm("form=issueCapitalCall&" + text)
    let problems = [0, 1, 4_999, 5_000].map { index in
      FieldProblem("x", Phrase("\(index)"), at: ["items", String(index), "amount"])
    }
    let refused = form.refused(Problem(FieldProblems(problems)))
    #expect(
      refused.problems == [
        "items.1.amount": [Phrase("0")], "items.3.amount": [Phrase("1")],
        "items.9999.amount": [Phrase("4999")], "items": [Phrase("5000")],
      ])
  }

  // MARK: Keys

  @Test("A key that no page made is refused in words for people")
  func keys() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let before = try await site.tested.dump()
      for key in ["", "열쇠", String(repeating: "k", count: 256)] {
        for (form, page) in [
          (call.pays("amount=1&paid_date=2026-03-10", key: key), call.page),
          ("form=makeCalendarFeed&name=a&request_key=\(key)", "/calendar/feeds"),
        ] {
          for language in ["ko", "en"] {
            let answer = try await site.send(form, to: page, ["Accept-Language": language])
            #expect(answer.status == 422, "\(page) \(key)")
            #expect(!answer.text.contains("Idempotency"))
            let say: Language = language == "ko" ? .ko : .en
            #expect(Phrase.inForm("bad-request-key").map { answer.text.contains(say($0)) } == true)
          }
        }
      }
      #expect(try await site.tested.dump() == before)
      let feed = { (name: String) in "form=makeCalendarFeed&name=\(name)&request_key=k" }
      #expect(try await site.send(feed("a"), to: "/calendar/feeds").status == 200)
      let other = try await site.send(feed("b"), to: "/calendar/feeds")
      #expect(other.status == 422 && other.text.contains("다른 내용으로 이미 보냈습니다"))
      #expect(!other.text.contains("Idempotency"))
    }
  }

  // MARK: Addresses

  @Test("What an odd address leads to is a proper address")
  func oddAddresses() async throws {
    try await withSite { site in
      let answer = try await site.get("/?q=가\"<>&reference_date=2026%2D02-14")
      #expect(answer.status == 303)
      #expect(
        answer.header("Location")
          == "/fund-overview?q=%EA%B0%80%22%3C%3E&reference_date=2026%2D02-14")
      let page = try await site.get("/funds/a%3Fb%20%23?reference_date=2026-02-30")
      #expect(page.status == 422)
      #expect(page.text.contains("href=\"/funds/a%3Fb%20%23?"))
      #expect(page.text.contains("action=\"/funds/a%3Fb%20%23\""))
    }
  }

  @Test("The page of a figure is asked as strictly as the API")
  func explain() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      for (query, status) in [
        ("figure=paid_in&fund=<K>", 200), ("figure=paid_in&fund=<K>&fund=<U>", 422),
        ("figure=paid_in&figure=cash&fund=<K>", 422), ("figure=paid_in&fund=<K>&nix=1", 422),
        ("figure=paid_in&fund=<K>&done=1", 422), ("figure=paid_in&fund=<K>&call=<call 1>", 422),
        ("figure=paid_in&fund=<K>&reference_date=2026-02-01&reference_date=2026-02-02", 422),
      ] {
        for path in ["/explain", "/api/explain"] {
          let answer = try await site.get(books.filled("\(path)?\(query)"))
          #expect(answer.status == status, "\(path)?\(query)")
        }
      }
      // How the overview was looked at goes along on pages.
      let along = "unit=won&lang=en&formed_only=true&sort=name&order=desc&known_at=2026-02-14"
      for scope in ["fund=<K>", "currency=KRW"] {
        let answer = try await site.get(books.filled("/explain?figure=paid_in&\(scope)&\(along)"))
        #expect(answer.status == 200, "\(scope)")
      }
    }
  }
}
