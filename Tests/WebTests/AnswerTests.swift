import Bookkeeping
import FundModel
import RandomBooks
import Testing

@testable import Web

/// Every answer of the API on small books, and what commands change in it.
@Suite("Answers")
struct AnswerTests {
  @Test("Answers read as expected")
  func golden() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      for (name, uri) in [
        ("call.json", "/api/calls/<call 1>"), ("commitments.json", "/api/funds/<K>/commitments"),
        ("companies.json", "/api/companies"), ("ledger.json", "/api/funds/<K>/ledger"),
        ("stats.json", "/api/funds/<U>/capital-calls/stats?side=partners"),
        ("explain-lines.json", "/api/explain?figure=outstanding&fund=<K>&side=partners"),
        ("explain-stated.json", "/api/explain?figure=gp_paid_in&fund=<S>"),
        ("explain-sum.json", "/api/explain?figure=uninvested&fund=<K>"),
        ("explain-ratio.json", "/api/explain?figure=paid_pct&commitment=<K.LP>"),
      ] {
        let answer = try await site.get(books.filled(uri))
        #expect(answer.status == 200)
        try expectGolden(name, try answer.json().pretty() + "\n")
      }
    }
  }

  @Test("The first case to check with a pencil, asked as clients of the older system do")
  func balerion() async throws {
    try await withSite { site in
      let party = try await site.made("/api/parties", #"{"name":"Balerion Space Ventures II"}"#)
      let fund = try await site.made(
        "/api/funds", #"{"name":"Fund A","currency":"USD","commitment_total":5000000}"#)
      let commitment = try await site.made(
        "/api/funds/\(fund)/commitments",
        #"{"side":"investments","party":\#(party),"amount":"1,000,000.00"}"#)
      site.tested.clock.set(Instant("2026-06-01T00:00:00Z")!)
      var items: [String] = []
      for (notice, due, amount) in [
        ("2026-02-20", "2026-03-15", 400_000), ("2026-04-01", "2026-05-15", 200_000),
      ] {
        let call = try await site.made(
          "/api/funds/\(fund)/calls",
          """
          {"commitment":\(commitment),"notice_date":"\(notice)","due_date":"\(due)",
           "amount":\(amount)}
          """)
        let sheet = try await site.get("/api/calls/\(call)").json()
        items.append(try #require(sheet.at("items", "0", "id")?.asDigits))
      }
      for (amount, day) in [("1e5", "2026-03-10"), ("300000.00", "2026-03-20")] {
        try await site.made(
          "/api/items/\(items[0])/payments", #"{"amount":\#(amount),"paid_date":"\#(day)"}"#)
      }
      let address = "/funds/\(fund)/capital-calls/stats?reference_date="
      #expect(
        try await site.get(address + "2026-03-31").text
          == #"{"fund_id":\#(fund),"side":"investments","currency":"USD","#
          + #""reference_date":"2026-03-31","committed":1000000,"noticed":400000,"#
          + #""not_yet_called":600000,"outstanding":0,"credits_due":0,"called":400000,"#
          + #""uncalled":600000,"called_pct":40.0,"called_usd":400000,"uncalled_usd":600000}"#)
      for (day, noticed, paid, outstanding, percent) in [
        ("2026-02-19", "0", "0", "0", "0.0"), ("2026-03-01", "400000", "0", "400000", "0.0"),
        ("2026-03-15", "400000", "100000", "300000", "10.0"),
        ("2026-05-16", "600000", "400000", "200000", "40.0"),
      ] {
        for prefix in ["", "/api"] {
          let stats = try await site.get(prefix + address + day).json()
          #expect(stats["noticed"]?.asDigits == noticed)
          #expect(stats["called"]?.asDigits == paid)
          #expect(stats["outstanding"]?.asDigits == outstanding)
          #expect(stats["called_pct"]?.asDigits == percent)
        }
      }
      let tooMuch = try await site.post(
        "/api/items/\(items[0])/payments", #"{"amount":300000.01,"paid_date":"2026-03-25"}"#)
      #expect(try tooMuch.json()["most"]?.asDigits == "0")
    }
  }

  @Test("A dry run on stated paid-in says beforehand what will change, and writes nothing")
  func dryRun() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let before = try await site.tested.dump()
      let body = #"{"notice_date":"2026-04-01","due_date":"2026-04-10","percent":12.5}"#
      let path = books.filled("/api/funds/<S>/calls?dry_run=true")
      let preview = try await site.post(path, body, key: "k")
      #expect(preview.status == 200)
      try expectGolden("preview-on-stated.json", try preview.json().pretty() + "\n")
      let opening = try await site.post(
        books.filled("/api/funds/<S>/opening-call?dry_run=true"), #"{"paid_date":"2025-12-31"}"#)
      #expect(try opening.json().at("paid_in_after", "total_paid_in")?.asDigits == "600")
      #expect(try opening.json().at("paid_in_after", "paid_in_basis") == "cash")
      #expect(try await site.tested.dump() == before)
      // The key is still free for the call itself.
      let call = try await site.post(books.filled("/api/funds/<S>/calls"), body, key: "k")
      #expect(call.status == 201)
      let fund = try await site.get(books.filled("/api/funds/<S>")).json()
      #expect(fund["total_paid_in"]?.asDigits == "0")
      #expect(fund["paid_in_basis"] == "cash")
    }
  }

  @Test("A dry run that would pass a commitment says so instead of refusing")
  func dryRunAboveCommitment() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let path = books.filled("/api/funds/<K>/calls?dry_run=true")
      let two = #""notice_date":"2026-02-01","due_date":"2026-02-10""#
      let above = try await site.post(path, #"{\#(two),"percent":100}"#).json()
      #expect(above["needs_over_commitment_reason"] == true)
      #expect(above["items"]?.asList.map { $0["above_commitment"] } == [true, true])
      let fitting = try await site.post(
        path, #"{\#(two),"amount":900,"share_by":"not_yet_called"}"#
      ).json()
      #expect(fitting["needs_over_commitment_reason"] == false)
      #expect(fitting["items"]?.asList.map { $0["noticed"]?.asDigits } == ["100", "900"])
    }
  }

  @Test("A back-dated call: shared by the least that is left from then on; who got the last won")
  func dryRunBackDated() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let path = books.filled("/api/funds/<K>/calls?dry_run=true")
      let two = #""notice_date":"2026-01-12","due_date":"2026-02-10""#
      // Left on the 12th 90 and 810; from the 16th 85 and 815. So by 85 and 810: 100 is 9.497… and
      // 90.502…, the last won to the LP.
      let shared = try await site.post(
        path, #"{\#(two),"amount":100,"share_by":"not_yet_called"}"#
      ).json()
      #expect(shared["items"]?.asList.map { $0["amount"]?.asDigits } == ["9", "91"])
      #expect(shared["items"]?.asList.map { $0["rounded_up"] } == [false, true])
      // By commitment 7 is 0.7 and 6.3: the last won to the GP; an item of zero is left out.
      for (amount, items, roundedUp) in [(7, ["1", "6"], [true, false]), (1, ["1"], [true])] {
        let rest = try await site.post(path, "{\(two),\"amount\":\(amount)}").json()
        #expect(rest["items"]?.asList.map { $0["amount"]?.asDigits } == items)
        #expect(rest["items"]?.asList.map { $0["rounded_up"] } == roundedUp.map { JSON($0) })
      }
      let typed = try await site.post(
        path, books.filled("{\(two),\"items\":[{\"commitment\":<K.GP>,\"amount\":7}]}")
      ).json()
      #expect(typed["items"]?.asList.map { $0["rounded_up"] } == [false])
    }
  }

  @Test("Amending keeps what is left out and empties what is null")
  func amending() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let path = books.filled("/api/funds/<K>")
      try await site.made(
        path + "/terms",
        """
        {"formation_date":"2026-01-05","maturity_date":"2030-01-05","hurdle_rate":"8.0%",
         "general_partner":\(books["GP"])}
        """)
      var fund = try await site.get(path).json()
      #expect(fund["formation_date"] == "2026-01-05")
      #expect(fund["hurdle_rate"]?.asDigits == "8.0")
      #expect(fund.at("general_partner", "name") == "GP")
      try await site.made(
        path + "/terms", #"{"maturity_date":null,"hurdle_rate":null,"general_partner":null}"#)
      fund = try await site.get(path).json()
      #expect(fund["formation_date"] == "2026-01-05")
      #expect(fund["maturity_date"] == .null)
      #expect(fund["hurdle_rate"] == .null)
      #expect(fund["general_partner"] == .null)
      #expect(fund["remaining"] == .null)
      for (uri, body) in [
        ("/api/funds/<K>/terms", "{}"), ("/api/parties/<X>/terms", "{}"),
        ("/api/commitments/<K.LP>/terms", "{}"), ("/api/calls/<call 1>/terms", "{}"),
      ] {
        let nothing = try await site.post(books.filled(uri), body)
        #expect(nothing.status == 422)
        #expect(nothing.code == "nothing-amended")
      }
    }
  }

  @Test("Texts are composed and without white space around them")
  func texts() async throws {
    try await withSite { site in
      let id = try await site.made("/api/parties", #"{"name":"  \u1112\u1161\u11ab\u3000"}"#)
      #expect(try await site.get("/api/parties/\(id)").json()["name"] == "한")
    }
  }

  @Test("The audit trail comes in pages, newest first, each change with what was asked")
  func audit() async throws {
    try await withSite { site in
      for name in ["A", "B", "C"] {
        _ = try await site.post("/api/parties", #"{"name":"\#(name)"}"#, key: "key \(name)")
      }
      let first = try await site.get("/api/audit?limit=2").json()
      #expect(first["entries"]?.asList.map { $0["audit"]?.asDigits } == ["3", "2"])
      #expect(first.at("entries", "0", "content", "name") == "C")
      #expect(first.at("entries", "0", "request_key") == "key C")
      #expect(first.at("entries", "0", "actor") == "tester")
      #expect(first["next_before"]?.asDigits == "2")
      let second = try await site.get("/api/audit?limit=2&before=2").json()
      #expect(second["entries"]?.asList.map { $0["audit"]?.asDigits } == ["1"])
      #expect(second["next_before"] == .null)
      #expect(try await site.get("/api/audit?reference_date=2026-02-13").json()["entries"] == [])
      #expect(
        try await site.get("/api/audit?reference_date=2026-02-14").json()["entries"]?.asList.count
          == 3)
    }
  }

  @Test("Whatever was taken is answered with where it can be read")
  func locations() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      for (uri, body) in [
        ("/api/parties", #"{"name":"New"}"#),
        ("/api/funds", #"{"name":"New","currency":"JPY","commitment_total":1}"#),
        (
          "/api/funds/<K>/calls",
          #"{"notice_date":"2026-02-01","due_date":"2026-02-02","amount":1}"#
        ),
        ("/api/funds/<S>/opening-call", #"{"paid_date":"2026-02-01"}"#),
      ] {
        let answer = try await site.post(books.filled(uri), body)
        #expect(answer.status == 201)
        let location = try #require(answer.header("Location"))
        #expect(try await site.get(location).json()["id"] == answer.json()["id"])
      }
    }
  }
}
