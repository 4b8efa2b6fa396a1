import Bookkeeping
import FundModel
import RandomBooks
import Testing

@testable import Web

/// Forms without a browser: a page takes what its forms post to it, and nothing else.
@Suite("Forms")
struct FormTests {
  // MARK: What is taken

  @Test("Typed as people type it: recorded once, and the page says so by GET")
  func typed() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let form = call.pays("amount=12억 3,400만&paid_date=2026.3.10&reference=W-7&memo=1차분 & 잔금")
      let answer = try await site.send(form, to: call.page)
      #expect(answer.status == 303)
      #expect(answer.header("Cache-Control") == "no-store")
      let trail = try await site.books.answer(AuditTrail(limit: 1))
      let sequence = try #require(trail.first?.stamp.sequence)
      let next = try #require(answer.header("Location"))
      #expect(next == "\(call.page)?done=\(sequence)")

      let line = try #require(try await call.entries(in: site).first)
      #expect(line.entry.amount == Money(minorUnits: 1_234_000_000, .krw))
      #expect(line.entry.effectiveOn == CalendarDate(2026, 3, 10))
      #expect([line.reference, line.memo] == ["W-7", "1차분 & 잔금"])
      #expect(line.recorded == trail.first?.stamp)

      let page = try await site.get(next)
      #expect(page.status == 200)
      #expect(page.text.contains("id=\"done\"") && page.text.contains("1,234,000,000원"))
      // A number that the trail has not says nothing.
      #expect(try await !site.get(call.page + "?done=999").text.contains("id=\"done\""))
    }
  }

  @Test("Spellings of one day and one amount are one request")
  func spellings() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      var places: Set<String> = []
      for (amount, day) in [
        ("12억 3,400만", "2026.3.10"), ("1,234,000,000", "2026-03-10"), ("1234000000원", "20260310"),
        ("12.34억", "2026. 3. 10."),
      ] {
        let answer = try await site.send(
          call.pays("amount=\(amount)&paid_date=\(day)", key: "k"), to: call.page)
        #expect(answer.status == 303, "\(amount), \(day)")
        places.insert(answer.header("Location") ?? "")
      }
      #expect(places.count == 1)
      #expect(try await call.entries(in: site).count == 1)
    }
  }

  @Test("The page keeps its reference date, its unit and its language when it leads on")
  func leadingOn() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let query = "reference_date=2026-03-31&unit=eok&lang=en&item=\(call.item)&do=pay"
      let answer = try await site.send(
        call.pays("amount=1&paid_date=2026-03-10"), to: "\(call.page)?\(query)")
      #expect(answer.status == 303)
      let next = try #require(answer.header("Location"))
      #expect(next.contains("reference_date=2026-03-31") && next.contains("unit=eok"))
      #expect(next.contains("lang=en"))
      #expect(!next.contains("item=") && !next.contains("do="))
    }
  }

  @Test("Nothing is written on a page that cannot be shown, or that shows an earlier knowledge")
  func onlyWhereItShows() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let pays = call.pays("amount=1&paid_date=2026-03-10")
      let places = [
        ("/calls/99999", 404), ("/calls/abc", 404), ("/investments/99999", 404),
        ("\(call.page)?reference_date=2026-02-30", 422), ("/calendar?month=2026-13", 422),
        ("\(call.page)?known_at=2027-01-01", 422),
      ]
      for (place, status) in places {
        #expect(try await site.send(pays, to: place).status == status, "\(place)")
      }
      #expect(try await call.entries(in: site).isEmpty)
    }
  }

  @Test("A share that is changed by hand is what is asked, whatever way to share stands chosen")
  func shareByHand() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let lines = { (amount: Int) in
        """
        items.0.commitment=<K.GP>&shown.items.0.amount=4&items.0.amount=\(amount)\
        &items.1.commitment=<K.LP>&shown.items.1.amount=6&items.1.amount=6
        """
      }
      for (number, asked) in [(7, 4), (8, 3)] {
        let form =
          "form=issueCapitalCall&fund=<K>&number=\(number)&notice_date=2026-03-01"
          + "&due_date=2026-03-02&amount=\(asked + 6)&share_by=commitment&" + lines(asked)
        let answer = try await site.send(
          books.filled(form), to: books.filled("/funds/<K>/new-call"))
        #expect(answer.status == 303, "\(answer.text)")
        let all = try await site.books.answer(CallsAsOf(.all, AsOf(.latest)))
        let items = try #require(all.first { $0.call.number == Int64(number) }).items
        let amounts = items.map(\.item.amount.minorUnits)
        #expect((amounts == [3, 6]) == (asked == 3), "\(amounts)")
        #expect(amounts.reduce(0, +) == (asked == 3 ? 9 : 10))
      }
    }
  }

  @Test("Typed shares: who is ticked is left out, and the total is what they add up to")
  func typedShares() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let page = books.filled("/funds/<K>/new-call")
      let shares = """
        form=issueCapitalCall&fund=<K>&notice_date=2026-03-01&due_date=2026-03-02\
        &share_by=explicit&leave_out.1=<K.LP>&items.0.commitment=<K.GP>&items.0.amount=3\
        &items.1.commitment=<K.LP>&items.1.amount=6
        """
      let before = try await site.tested.dump()
      for wrong in ["&amount=9", "&amount=4", "&amount=3&percent=1"] {
        let answer = try await site.send(books.filled(shares + wrong), to: page)
        #expect(answer.status == 422, "\(wrong)")
        #expect(answer.text.contains("data-problem=\"amount\""))
      }
      let told = try await site.send(books.filled(shares + "&amount=9"), to: page).text
      #expect(told.contains("합계 3원이 요청 총액 9원과 -6원 다릅니다"), "\(told)")
      #expect(try await site.tested.dump() == before)

      let answer = try await site.send(books.filled(shares + "&amount=3"), to: page)
      #expect(answer.status == 303)
      let call = try #require(
        try await site.books.answer(CallsAsOf(.all, AsOf(.latest))).max { $0.call.id < $1.call.id })
      #expect(call.items.map(\.item.amount.minorUnits) == [3])

      // The API takes a total beside items, and no item for whom it leaves out.
      let path = books.filled("/api/funds/<K>/calls")
      for (rest, status) in [
        ("\"amount\":4", 422), ("\"leave_out\":[<K.GP>]", 422), ("\"amount\":3", 201),
      ] {
        let body = """
          {"notice_date":"2026-03-01","due_date":"2026-03-02",\
          "items":[{"commitment":<K.GP>,"amount":3}],\(rest)}
          """
        #expect(try await site.post(path, books.filled(body)).status == status, "\(rest)")
      }
    }
  }

  @Test("A call's page says what its due date and type were; nothing where they were never amended")
  func callHistory() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let page = books.filled("/calls/<call 1>")
      #expect(try await !site.get(page).text.contains("id=\"call-history\""))
      let answer = try await site.send(
        books.filled("form=amendCapitalCall&call=<call 1>&due_date=2026-03-05"), to: page)
      #expect(answer.status == 303, "\(answer.text)")
      let text = try await site.get(page).text
      let history = try #require(text.split(separator: "id=\"call-history\"").last)
      #expect(history.contains("2026-01-20</td>") && history.contains("2026-03-05</td>"))
    }
  }

  @Test("What another paid in full meanwhile is refused with the day since when it is")
  func paidMeanwhile() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let whole = "amount=20억&paid_date=2026-03-10"
      #expect(try await site.send(call.pays(whole, key: "a"), to: call.page).status == 303)
      let second = try await site.send(
        call.pays("amount=1&paid_date=2026-03-12", key: "b"), to: call.page)
      #expect(second.status == 422)
      #expect(second.text.contains("이 항목은 2026-03-10부터 전액 납입된 상태라"))
      // Its entry in the trail leads from what it reverses to where that was recorded.
      let entry = try #require(try await call.entries(in: site).first)
      try await site.made("/api/entries/\(entry.entry.id)/reversal", #"{"reason":"x"}"#)
      let recorded = entry.recorded.sequence
      let page = try await site.get("/trail/\(recorded + 1)").text
      #expect(page.contains("<a href=\"/trail/\(recorded)\">감사 추적 \(recorded)번</a>"))
    }
  }

  @Test("A page of what the books knew earlier has no form, and leads to now")
  func nothingToSendInThePast() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      for path in [
        "/calls/<call 1>?do=pay", "/funds/<K>/terms", "/funds/<K>/partners?do=commit",
        "/investments/<staged>", "/funds/<K>/new-call",
      ] {
        let address = books.filled(path)
        let then = try await site.get(
          address + (address.contains("?") ? "&" : "?") + "known_at=2026-02-14"
        ).text
        #expect(
          try await site.get(address).text.contains("method=\"post\"") || path.contains("inv"))
        #expect(!then.contains("method=\"post\""), "\(path)")
      }
      // Asked for by its address, a form says why there is none; unasked, nothing talks of it.
      for (address, isAsked) in [("?do=pay&", true), ("?", false)] {
        let call = try await site.get(
          books.filled("/calls/<call 1>\(address)known_at=2026-02-14")
        ).text
        #expect(call.contains("msg-note read-only") == isAsked, "\(address)")
      }
    }
  }

  @Test("A party by its name is registered with the investment; by the API alike")
  func partyByName() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let page = books.filled("/funds/<K>/investments")
      let before = try await site.books.answer(AuditTrail(limit: 1)).first?.stamp.sequence ?? 0
      let answer = try await site.send(
        books.filled("form=recordInvestment&fund=<K>&party=새 업체&amount=5&invested_on=2026.2.1"),
        to: page)
      #expect(answer.status == 303, "\(answer.text)")
      #expect(answer.header("Location") == "\(page)?done=\(before + 1)")
      let made = try await site.post(
        books.filled("/api/funds/<K>/commitments"),
        #"{"side":"partners","party":"새 업체","amount":7,"partner_type":"기관"}"#)
      #expect(made.status == 201)
      let parties = try await site.books.answer(PartiesAsOf(AsOf(.latest)))
      let named = try #require(parties.last)
      #expect(named.party.name == "새 업체" && parties.count == 5)
      #expect(named.commitments.map(\.side) == [.investments, .partners])
      let last = try await site.books.answer(AuditTrail(limit: 1)).first?.stamp.sequence
      #expect(last == before + 2)
    }
  }

  @Test("A settlement takes the ticked items; with none ticked nothing is written, and it says so")
  func settlement() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let page = books.filled("/calls/<call 2>")
      let form = books.filled("form=settleCall&call=<call 2>&paid_date=2026-02-01&items.none=")
      let before = try await site.tested.dump()
      let none = try await site.send(form, to: page)
      #expect(none.status == 422)
      #expect(none.text.contains(Refusal.nothingOpen.sentence.ko))
      #expect(try await site.tested.dump() == before)

      let one = try await site.send(
        form + books.filled("&items.1=<credit item>"), to: page)
      #expect(one.status == 303)
      let call = CapitalCall.ID(rawValue: books["call 2"])
      func kinds() async throws -> [Entry.Kind] {
        try await site.books.answer(LedgerAsOf(call: call, AsOf(.latest))).map(\.entry.kind)
      }
      #expect(try await kinds() == [.refund])
      let rest = try await site.send(
        books.filled("form=settleCall&call=<call 2>&paid_date=2026-02-01"), to: page)
      #expect(rest.status == 303)
      #expect(try await kinds() == [.refund, .payment])

      // Someone else was faster: the form has gone from the page, what is wrong has not.
      let late = try await site.send(
        form + books.filled("&items.0=<GP 2 item>"), to: page)
      #expect(late.status == 422)
      #expect(late.text.contains(Refusal.nothingOpen.sentence.ko))
    }
  }

  @Test("A preview shows every row of one day, the notice date; a later excess says its own day")
  func previewOfOneDay() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      // On the 12th 10 is called of the GP's 100, from the 16th 15: 88 more pass it only then.
      let answer = try await site.send(
        books.filled(
          """
          form=issueCapitalCall&fund=<K>&step=preview&share_by=explicit&notice_date=2026-01-12\
          &due_date=2026-02-01&items.0.commitment=<K.GP>&items.0.amount=88\
          &items.1.commitment=<K.LP>&items.1.amount=7
          """), to: books.filled("/funds/<K>/new-call?unit=won"))
      #expect(answer.status == 200)
      let rows = answer.text.split(separator: "<tr>").filter {
        $0.contains(">GP<") || $0.contains(">LP<")
      }
      let cells = rows.suffix(2).map { row in
        row.split(separator: "<td").dropFirst().map { cell in
          String(cell.prefix { $0 != "<" }.drop { $0 != ">" }.dropFirst())
        }
      }
      #expect(cells == [["100", "88", "2", "2026-01-16에 약정 초과"], ["900", "7", "803", ""]])
    }
  }

  @Test("The day on which something was keyed in is the day in the books' zone")
  func keyedIn() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      // Six in the evening in London is three in the morning in Seoul.
      site.tested.clock.set(try #require(Instant("2026-02-19T18:00:00Z")))
      for (form, page) in [
        ("form=recordInvestment&fund=<K>&party=Z&amount=5&invested_on=2026-02-01", "investments"),
        ("form=amendFund&fund=<K>&fund_manager=김00", "terms"),
        ("form=changeCommitment&commitment=<K.LP>&amount=5&effective_on=2026-02-01", "partners"),
      ] {
        let answer = try await site.send(
          books.filled(form), to: books.filled("/funds/<K>/") + page)
        #expect(answer.status == 303, "\(answer.text)")
      }
      let ledger = try await site.get(books.filled("/funds/<K>/ledger")).text
      let terms = try await site.get(books.filled("/funds/<K>/terms")).text
      #expect(ledger.contains(">2026-02-20</td>") && !ledger.contains("2026-02-19"))
      #expect(terms.contains("<td>2026-02-20</td>") && terms.contains(">2026-02-20 "))
      #expect(!terms.contains("2026-02-19"))
    }
  }

  // MARK: What comes back

  @Test("Too much: the sentence, the most that it takes and what was typed; nothing is written")
  func overpayment() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      _ = try await site.send(call.pays("amount=15억&paid_date=2026-03-05"), to: call.page)
      let before = try await site.tested.dump()
      let answer = try await site.send(
        call.pays("amount=5억 1원&paid_date=2026.3.10&memo=<b>두 번째</b>"), to: call.page)
      #expect(answer.status == 422)
      #expect(try await site.tested.dump() == before)
      let told = try await site.post(
        "/api/items/\(call.item)/payments", #"{"amount":500000001,"paid_date":"2026-03-10"}"#)
      let sentence = try #require(try told.json()["detail"]?.asText)
      #expect(answer.text.contains("500,000,000") && answer.text.contains(sentence))
      #expect(answer.text.contains("name=\"fill.amount\" value=\"500,000,000\""))
      #expect(
        answer.text.contains("value=\"5억 1원\"") && answer.text.contains("value=\"2026.3.10\""))
      #expect(answer.text.contains("value=\"&lt;b&gt;두 번째&lt;/b&gt;\""))
      #expect(answer.text.contains("aria-invalid=\"true\""))

      // The button under it fills the field in, and asks for nothing more.
      let filled = try await site.send(
        call.pays("amount=5억 1원&paid_date=2026.3.10&fill.amount=500,000,000"), to: call.page)
      #expect(filled.status == 200 && filled.text.contains("value=\"500,000,000\""))
      #expect(try await site.tested.dump() == before)
      let taken = try await site.send(
        call.pays("amount=500,000,000&paid_date=2026.3.10"), to: call.page)
      #expect(taken.status == 303)
    }
  }

  @Test("Every field that is wrong is told, each where it stands, in both languages")
  func fields() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let before = try await site.tested.dump()
      let form = call.pays(
        "amount=많이&paid_date=2026-02-30&memo=\(String(repeating: "a", count: 1_001))")
      for language in ["ko", "en"] {
        let answer = try await site.send(form, to: call.page, ["Accept-Language": language])
        #expect(answer.status == 422)
        #expect(answer.text.ranges(of: "aria-invalid=\"true\"").count == 3)
        #expect(answer.text.contains("<html lang=\"\(language)\">"))
      }
      let empty = try await site.send(call.pays("amount=&paid_date= "), to: call.page)
      #expect(empty.status == 422)
      #expect(empty.text.ranges(of: "aria-invalid=\"true\"").count == 2)
      #expect(try await site.tested.dump() == before)
    }
  }

  // MARK: Sent twice

  @Test("The same key twice is one entry; with other content it is refused")
  func requestKeys() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let form = call.pays("amount=100&paid_date=2026-03-10", key: "form-17")
      let answers = [
        try await site.send(form, to: call.page), try await site.send(form, to: call.page),
      ]
      #expect(answers.map(\.status) == [303, 303])
      #expect(answers[0].header("Location") == answers[1].header("Location"))
      #expect(try await call.entries(in: site).count == 1)

      let before = try await site.tested.dump()
      let other = try await site.send(
        call.pays("amount=101&paid_date=2026-03-10", key: "form-17"), to: call.page)
      #expect(other.status == 422)
      #expect(other.text.contains("이 양식은 다른 내용으로 이미 보냈습니다."))
      #expect(!other.text.contains("Idempotency-Key"))
      #expect(try await site.tested.dump() == before)
      // The page that comes back has a key of its own.
      let keys = other.text.matches(of: /name="request_key" value="([^"]+)"/).map { $0.1 }
      #expect(!keys.isEmpty && !keys.contains("form-17"))
    }
  }

  @Test("Of many at the same moment one is recorded, and all lead to it")
  func atOnce() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let form = call.pays("amount=100&paid_date=2026-03-10", key: "form-17")
      let places = try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<10 {
          group.addTask { try await site.send(form, to: call.page).header("Location") }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(places).count == 1 && places[0]?.contains("done=") == true)
      #expect(try await call.entries(in: site).count == 1)
    }
  }

  // MARK: What is not taken at all

  @Test("From another site: refused, whichever way the browser says so")
  func elsewhere() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let before = try await site.tested.dump()
      let form = call.pays("amount=1&paid_date=2026-03-10")
      for headers in [
        ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
        ["Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"],
      ] {
        let answer = try await site.send(form, to: call.page, headers)
        #expect(answer.status == 403, "\(headers)")
        #expect(answer.text.contains("<html"))
      }
      #expect(try await site.tested.dump() == before)
      let own = try await site.send(form, to: call.page, ["Sec-Fetch-Site": "same-origin"])
      #expect(own.status == 303)
    }
  }

  @Test("Not sent as a form, of no operation, or to a page without forms")
  func notForms() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let before = try await site.tested.dump()
      let form = call.pays("amount=1&paid_date=2026-03-10")
      for type in [
        nil, "", "application/json", "multipart/form-data; boundary=a", "text/plain",
        "\(formType)-evil", "\(formType)/evil", "\(formType); charset=euc-kr",
        "\(formType); charset=utf-8; charset=utf-16", "text/plain; \(formType)",
      ] {
        let answer = try await site.ask(
          "POST", call.page, type.map { ["Content-Type": $0] } ?? [:], bytes: Array(form.utf8))
        #expect(answer.status == 415, "\(type ?? "none")")
      }
      for type in ["\(formType);charset=UTF-8", "\(formType.uppercased()) ; charset=\"utf-8\""] {
        let answer = try await site.ask(
          "POST", call.page, ["Content-Type": type],
          bytes: Array("form=nothing&form_token=\(site.asking?.formToken.text ?? "")".utf8))
        #expect(answer.status == 400, "\(type)")
      }
      for body in [
        "", "a=1", "form=", "form=nothing", "form=overview", "form=call", "form=recordPayment%00",
        "form=makeCalendarFeed",
      ] {
        let answer = try await site.send(body, to: call.page)
        #expect(answer.status == 400, "\(body)")
      }
      for page in [
        "/", "/fund-overview", "/funds/1", "/funds/1/ledger", "/companies", "/companies/1",
        "/explain", "/reading", "/events", Asset.all[0].path,
      ] {
        let answer = try await site.send(form, to: page)
        #expect(answer.status == 405, "\(page)")
        #expect(answer.header("Allow") == "GET, HEAD", "\(page)")
      }
      for (method, page) in [
        ("PUT", call.page), ("DELETE", call.page), ("PATCH", "/funds/1/terms"),
      ] {
        let answer = try await site.ask(method, page)
        #expect(answer.status == 405 && answer.header("Allow") == "GET, HEAD, POST")
      }
      for page in ["/calls/99", "/funds/99/partners", "/investments/99", "/nowhere"] {
        #expect(try await site.get(page).status == 404)
      }
      #expect(try await site.send(form, to: "/nowhere").status == 404)
      #expect(try await site.tested.dump() == before)
      #expect(
        try await site.send("form=recordPayment&item=99&amount=1", to: call.page).status == 404)
    }
  }

  static let garbage: [String] = [
    "\u{0}", "%00=%00", "%", "%FF%FE=%FF", "form=%FF", "&&&&", "====", ".",
    "form=recordPayment&.=.",
    "form=recordPayment", "form=recordPayment&item=", "form=recordPayment&item=-1",
    "form=recordPayment&item=99999999999999999999",
    "form=recordPayment&item=<item>&amount=1e999999",
    "form=recordPayment&item=<item>&amount=-5&paid_date=9999-99-99",
    "form=recordPayment&item=<item>&amount=\(String(repeating: "9", count: 300_000))",
    "form=recordPayment&item=<item>&amount=1&paid_date=\(String(repeating: "년", count: 60_000))",
    "form=recordPayment&item=<item>&amount=%00&paid_date=%0A&memo=%F0%9F%92%A9%00",
    "form=recordPayment&item=<item>&amount.0.x=1&paid_date.year=2026",
    "form=recordPayment&item=<item>&item=2&amount=1&amount=2&paid_date=x&paid_date=y",
    "form=recordPayment&item=<item>&request_key=\(String(repeating: "k", count: 1_000))",
    "form=recordPayment&item=<item>&request_key=열쇠",
    "form=recordPayment&item=<item>&was.amount=1&amount=1&was.paid_date=x",
    "form=recordPayment&item=<item>&fill.=1&fill.fill.amount=1&fill.amount=x",
    "form=settleCall&call=<call>&items=1&paid_date=2026-03-10",
    "form=settleCall&call=<call>&items.0=x&items.0.y=1&items.1.commitment=2&paid_date=2026-03-10",
    "form=settleCall&call=<call>&items.0.x.y.z=1&paid_date=2026-03-99",
    "form=issueCapitalCall&fund=<fund>&share_by=explicit&items.0.x.y.z=1&items.0.amount=1",
    "form=issueCapitalCall&fund=<fund>&step=preview&amount=1&notice_date=x&due_date=y",
    "form=issueCapitalCall&fund=<fund>&items.a.b=1&items.=1&items..=1&items...=1",
    "step=preview&form=recordPayment&item=<item>&amount=1&paid_date=2026-03-10",
    "form=amendFund&fund=<fund>&name=&currency=KRW", "form=importBooks&files=x",
    "form=reverseEntry&entry=999&reason=x", "form=registerFund&currency=XXX&name=<b>",
    "form=settleCall&call=<call>&paid_date=2026-03-99&"
      + (0..<60_000).map { "items.\($0)=x" }.joined(separator: "&"),
    "form=issueCapitalCall&fund=<fund>&share_by=items&notice_date=2026-03-01&due_date=2026-03-01&"
      + (0..<25_000).map { "items.\($0).amount=x" }.joined(separator: "&"),
    "form=recordPayment&item=<item>&" + (0..<60_000).map { "fill.a\($0)=1" }.joined(separator: "&"),
    "form=recordPayment&item=<item>&" + String(repeating: "a=1&", count: 200_000),
    String(repeating: "form=recordPayment&", count: 1 << 16),
  ]

  @Test("Garbage of every kind is refused by 4xx, or shown again; nothing is written")
  func garbageIsRefused() async throws {
    try await withSite { site in
      let call = try await OneCall(in: site)
      let before = try await site.tested.dump()
      for body in Self.garbage {
        let filled = call.filled(body)
        for page in [call.page, "/funds/\(call.fund)/new-call", "/funds/\(call.fund)/terms"] {
          let answer = try await site.send(filled, to: page, encoding: false)
          let what = Comment(rawValue: "\(body.prefix(90)) → \(answer.status)")
          #expect((400..<500).contains(answer.status) || body.contains("fill."), what)
          #expect(answer.status < 500, what)
        }
      }
      for bytes in [
        [0xFF, 0xFE, 0x00], Array("form=recordPayment&memo=".utf8) + [0xC3, 0x28],
        [UInt8](repeating: 0x61, count: 1 << 21), [UInt8](repeating: 0x26, count: 1 << 20),
      ] as [[UInt8]] {
        let answer = try await site.ask(
          "POST", call.page, ["Content-Type": formType], bytes: bytes)
        #expect([400, 413].contains(answer.status), "\(bytes.prefix(20))")
      }
      #expect(try await site.tested.dump() == before)
      #expect(site.log.all.filter { $0.hasPrefix("failure") } == [])
    }
  }
}
