import FundModel
import Testing

@testable import Web

@Suite("HTML escapes what is put into it")
struct HTMLTests {
  @Test("The five signs of markup are escaped, other characters stay whole")
  func escapes() {
    let name = "Société <Générale> & \"Fils\" d'été"
    let html: HTML = "<b title=\"\(name)\">\(name)</b>"
    let escaped = "Société &lt;Générale&gt; &amp; &quot;Fils&quot; d&#39;été"
    #expect(html.markup == "<b title=\"\(escaped)\">\(escaped)</b>")
  }

  @Test(
    "Text without markup is left as it is",
    arguments: ["Société", "미래투자조합", "농림수산식품투자조합 제1호", "e\u{301}", "👩‍👩‍👧", ""])
  func leaves(_ text: String) {
    let html: HTML = "\(text)"
    #expect(Array(html.markup.utf8) == Array(text.utf8))
  }

  @Test("Combining marks after a sign do not hide it")
  func combining() {
    let html: HTML = "\("<\u{301}script>&\u{308}")"
    #expect(html.markup == "&lt;\u{301}script&gt;&amp;\u{308}")
    #expect(!html.markup.utf8.contains(UInt8(ascii: "<")))
  }

  @Test("Markup is put in as it is; a condition gives markup or nothing")
  func nests() {
    let inner: [HTML] = ["<i>1</i>", "<i>2</i>"]
    let html: HTML =
      "<p\(HTML.when(true, " class=\"x\""))\(HTML.when(false, " hidden"))>\(inner)</p>"
    #expect(html.markup == "<p class=\"x\"><i>1</i><i>2</i></p>")
  }

  @Test("Addresses keep what was asked, in order, and encode it")
  func addresses() {
    let address = PageAddress(
      "/fund-overview",
      [.init("reference_date", "2026-02-14"), .init("known_at", "2026-04-10T09:00:00+09:00")])
    #expect(
      address.text
        == "/fund-overview?reference_date=2026-02-14&known_at=2026-04-10T09:00:00%2B09:00")
    #expect(
      address.with("reference_date", "2025-12-31").with("known_at", nil).with("sort", "가")
        .text == "/fund-overview?reference_date=2025-12-31&sort=%EA%B0%80")
    #expect(address.other("/funds/1", keeping: ["known_at"]).parameters.map(\.name) == ["known_at"])
    #expect(PageAddress("/x", [.init("a", "")]).text == "/x")
  }
}

@Suite("Amounts as people read them")
struct DisplayUnitTests {
  @Test("Won in four units, rounded half away from zero")
  func won() {
    func texts(_ units: Int64) -> [String] {
      DisplayUnit.allCases.map { $0.text(Money(minorUnits: units, .krw)) }
    }
    #expect(texts(48_109_000_000) == ["48,109,000,000", "48,109,000", "48,109", "481.09"])
    #expect(texts(1_500_000) == ["1,500,000", "1,500", "2", "0.02"])
    #expect(texts(-1_500_000) == ["−1,500,000", "−1,500", "−2", "−0.02"])
    #expect(texts(499_999) == ["499,999", "500", "0", "0.00"])
    #expect(texts(-499_999) == ["−499,999", "−500", "0", "0.00"])
    #expect(texts(0) == ["0", "0", "0", "0.00"])
  }

  @Test("Other currencies in their major unit with all their decimals, whatever the unit")
  func others() throws {
    let usd = Money(minorUnits: 100_000_001, .usd)
    let kwd = Money(minorUnits: -1_500, try #require(Currency(code: "KWD")))
    let jpy = Money(minorUnits: 1_234_567, try #require(Currency(code: "JPY")))
    for unit in DisplayUnit.allCases {
      #expect(unit.text(usd) == "1,000,000.01")
      #expect(unit.text(kwd) == "−1.500")
      #expect(unit.text(jpy) == "1,234,567")
      #expect(unit.name(for: .usd) == Phrase("USD"))
    }
  }

  @Test("A change has its sign; one that rounds to nothing has none")
  func changes() {
    #expect(DisplayUnit.million.change(Money(minorUnits: 1_075_000_000, .krw)) == "+1,075")
    #expect(DisplayUnit.million.change(Money(minorUnits: -2_150_000_000, .krw)) == "−2,150")
    #expect(DisplayUnit.million.change(Money(minorUnits: 1, .krw)) == "0")
    #expect(DisplayUnit.million.change(.zero(.usd)) == "0.00")
  }

  @Test("What remains of a fund's life, in both languages")
  func remaining() {
    func words(_ term: RemainingTerm) -> [String] {
      Language.allCases.map { Wording($0, .million).remaining(term) }
    }
    #expect(words(.running(years: 6, months: 4, days: 17)) == ["6년 4개월", "6 y 4 m"])
    #expect(words(.running(years: 4, months: 0, days: 1)) == ["4년", "4 y"])
    #expect(words(.running(years: 0, months: 7, days: 0)) == ["7개월", "7 m"])
    #expect(words(.running(years: 0, months: 0, days: 17)) == ["17일", "17 d"])
    #expect(words(.maturesToday) == ["만기일", "Matures today"])
    #expect(words(.matured) == ["만기 경과", "Matured"])
    #expect(Wording(.ko, .million).remaining(nil) == "–")
  }
}
