import FundModel
import Testing

@Suite("Amounts as people type them")
struct ReadingAmounts {
  @Test("Plain amounts, which are read at once, are read like those with a space beside them")
  func plain() {
    var chance = SplitMix64(seed: 20_260_214)
    for _ in 0..<20_000 {
      let length = Int.random(in: 1...20, using: &chance)
      let text = String(
        (0..<length).map { _ in "0123456789,,".randomElement(using: &chance) ?? "0" })
      for currency in [Currency.krw, .usd] {
        let (plain, full) = (read(text, currency), read(text + " ", currency))
        #expect(plain == full, "\(text): \(plain), \(full)")
      }
    }
  }

  private func read(_ text: String, _ currency: Currency) -> Result<Money, AmountProblem> {
    Result { () throws(AmountProblem) in try Money(typed: text, in: currency) }
  }

  @Test("An amount is read exactly, in every spelling that people use")
  func accepted() {
    expectRead(
      .krw,
      [
        // Plain digits, groups, spaces.
        ("0", 0), ("-0", 0), ("1250", 1_250), ("1,250", 1_250), ("1,250,000", 1_250_000),
        ("12,345", 12_345), ("123,456", 123_456), ("1 250 000", 1_250_000), ("007", 7),
        ("  1,250\t", 1_250), ("\r\n1,250\n", 1_250), ("\u{A0}1\u{A0}250\u{A0}", 1_250),
        ("1\u{2009}250", 1_250), ("1\u{202F}250", 1_250), ("\u{3000}1,250\u{3000}", 1_250),
        // Full-width.
        ("１２３", 123), ("１，２５０", 1_250), ("－５", -5), ("￦１，２５０", 1_250),
        ("（１，０００）", -1_000), ("＋５", 5), ("１２억３，４００만", 1_234_000_000),
        // Negative.
        ("-5", -5), ("−5", -5), ("- 5", -5), ("(1,000)", -1_000), ("( 1,000 )", -1_000),
        ("△1,000", -1_000), ("▲1,000", -1_000), ("△ 1,000", -1_000), ("+5", 5),
        ("△12억", -1_200_000_000), ("−161원", -161), ("-₩5", -5), ("₩-5", -5), ("(₩5)", -5),
        ("₩(5)", -5), ("(1,000원)", -1_000), ("(1,000)원", -1_000), ("₩△5", -5),
        // Korean units.
        ("12억 3,400만", 1_234_000_000), ("12억3400만원", 1_234_000_000),
        ("12억 3,400만 5,678원", 1_234_005_678), ("1.5억", 150_000_000), ("1.50억", 150_000_000),
        ("3조 2억", 3_000_200_000_000), ("3조2억", 3_000_200_000_000), ("5천만", 50_000_000),
        ("5백만원", 5_000_000), ("3천", 3_000), ("3천원", 3_000), ("2만 5천", 25_000),
        ("2만5천", 25_000), ("0.5만", 5_000), ("1만", 10_000), ("1 억", 100_000_000),
        ("5 천 만", 50_000_000), ("2천3백만", 23_000_000), ("2천 3백만", 23_000_000),
        ("3천400만", 34_000_000), ("3천2만", 30_020_000), ("1억 2천3백4십5만 6천7백8십9", 123_456_789),
        ("1,250백만원", 1_250_000_000), ("20203백만", 20_203_000_000), ("3,400천원", 3_400_000),
        ("1.5천만", 15_000_000), ("12억 3,400.5만", 1_234_005_000), ("0.0001만", 1),
        ("1억 5", 100_000_005), ("5십", 50), ("0억", 0), ("12,345억", 1_234_500_000_000),
        ("1.000000000000000000억", 100_000_000), ("12억\u{A0}3,400만\u{2009}원", 1_234_000_000),
        // Marks.
        ("₩1,250", 1_250), ("₩ 1,250", 1_250), ("1,250원", 1_250), ("1,250 원", 1_250),
        ("KRW 1,250", 1_250), ("1250KRW", 1_250), ("krw 5", 5), ("KRW 1,250원", 1_250),
        ("5\u{110B}\u{116F}\u{11AB}", 5),
        ("1\u{110B}\u{1165}\u{11A8}", 100_000_000),
        // The most that is recorded.
        ("1,000,000,000,000,000", 1_000_000_000_000_000), ("1000조", 1_000_000_000_000_000),
        ("-1000조", -1_000_000_000_000_000), ("999조 9999억 9999만 9999", 999_999_999_999_999),
      ])
    expectRead(
      .usd,
      [
        ("1250", 125_000), ("1,250.00", 125_000), ("1250.5", 125_050), ("0.01", 1),
        ("0.10", 10), ("-0.01", -1), ("10,000,000.01", 1_000_000_001), ("１２．３４", 1_234),
        ("$5", 500), ("US$5", 500), ("USD 5.25", 525),
        ("5.25USD", 525), ("usd 5", 500), ("$1,250.00 USD", 125_000), ("＄5", 500),
        ("-$5", -500), ("$-5", -500), ("($5.00)", -500), ("$(5.00)", -500), ("5 달러", 500),
        ("1.5만", 1_500_000), ("100만 달러", 100_000_000), ("12만 3.50", 12_000_350),
        ("0.000001만", 1), ("$1.5억", 15_000_000_000), ("10,000,000,000,000", 1_000_000_000_000_000),
      ])
    expectRead(currency("KWD"), [("1.005", 1_005), ("1.5", 1_500), ("KWD 2", 2_000)])
    expectRead(currency("JPY"), [("¥100", 100), ("￥１００", 100), ("100円", 100), ("1만엔", 10_000)])
    expectRead(currency("EUR"), [("€1.50", 150), ("1.50 €", 150), ("2 유로", 200)])
    expectRead(currency("CNY"), [("¥1.50", 150), ("1.50元", 150)])
    expectRead(currency("SGD"), [("S$1.50", 150), ("$1.50", 150)])
    expectRead(currency("GBP"), [("£1.50", 150), ("￡1.50", 150)])
  }

  @Test("What is not an amount, or not one amount, is refused for its own reason")
  func refused() {
    let won = Currency.krw
    let most = Money(minorUnits: Money.mostRecorded, won)
    for text in ["", " ", "\t", "\u{3000}", "\u{A0} \n"] { expectRefused(text, in: won, .empty) }
    for text in [
      // Not numbers.
      "-", "--5", "+-5", "-(5)", "(-5)", "(5", "5)", "((5))", "5-", "()", "(", "원", "KRW", "₩₩5",
      "5원원", "5 원 5", "abc", "five", "1e5", "1E5", "0x1F", "1_000", "1'000", "12a", "a12", "5%",
      "1.2.3", ".5", "5.", "1.5억 3만", "1.5천 2백", "1.5.억", "1..5", ",5", "1.250,00", "=1+1", "1+1",
      "1/2", "∞", "NaN", "½", "²", "１²",
      // Digits of other scripts, numerals in words.
      "١٢٣", "१२३", "一二三", "일억", "Ⅳ", "①", "5\u{301}", "𝟝",
      // Spaces and invisible characters where none belong.
      "1  250", "1\n250", "1\t250", "1\u{200B}250", "\u{FEFF}5", "1,250 00", "1. 5", "1 .5",
      "3경", "5k", "5M", "1,250 XYZ",
    ] {
      expectRefused(text, in: won, .unreadable(text))
    }
    for text in [
      "1,25", "1,2500", "1234,567", "1,,250", "1,250,", "1,", "0,500", "00,100", "000,100", "1 25",
      "12 34", "1234 567", "1,250,00", "1 250 00", "1,25억", "010,000",
    ] {
      expectRefused(text, in: won, .badGroups(text))
    }
    for (text, written) in [
      ("$5", "$"), ("US$5", "US$"), ("5 USD", "USD"), ("usd 5", "usd"), ("€5", "€"), ("¥5", "¥"),
      ("￥5", "¥"), ("5엔", "엔"), ("1만 달러", "달러"), ("5元", "元"), ("5円", "円"), ("KRW 5 USD", "USD"),
      ("JPY5", "JPY"), ("$1,25", "$"),
    ] {
      expectRefused(text, in: won, .otherCurrency(written: written, expected: won))
    }
    for text in ["₩5", "5원", "KRW 5", "12억원", "€5", "S$5"] {
      guard case .otherCurrency(_, .usd) = problem(text, in: .usd) else {
        Issue.record("\(text) as USD: \(outcome(text, in: .usd))")
        continue
      }
    }
    for text in ["만", "억", "백만원", "천원", "₩ 만", "1억 천만", "5만억", "3억만", "만 5천", "1억 1만조"] {
      expectRefused(text, in: won, .unitWithoutNumber(text))
    }
    for text in [
      "3만 2억", "2만 50000", "2만 10,000", "3천 2만", "3천 400만", "1억 20000만", "1억 2억", "2백 3천",
      "3천 2천", "3천 1000", "1조 1조", "5만 3만", "5십 10",
    ] {
      expectRefused(text, in: won, .unitOrder(text))
    }
    for text in [
      "10.5", "10.50", "10.00", "10.0", "0.5", "1만 2.0", "0.00005만", "1.000000001억",
      "1.0000000000000000000억", "1.23456789012345678901234567890",
    ] {
      expectRefused(text, in: won, .tooManyDecimals(text, won))
    }
    for text in ["1.005", "1.000", "1250.000", "0.0000001만"] {
      expectRefused(text, in: .usd, .tooManyDecimals(text, .usd))
    }
    for text in [
      "1,000,000,000,000,001", "-1,000,000,000,000,001", "1000조 1", "1001조", "9223372036854775807",
      "9223372036854775808", "18446744073709551616", String(repeating: "9", count: 64),
      String(repeating: "9", count: 30) + "조", "170141183460469231731687303715884105728",
    ] {
      expectRefused(text, in: won, .tooLarge(text, most: most))
    }
    expectRefused(
      "10,000,000,000,000.01", in: .usd,
      .tooLarge("10,000,000,000,000.01", most: Money(minorUnits: Money.mostRecorded, .usd)))
    expectRefused(String(repeating: "9", count: 65), in: won, .tooLong(limit: 64))
    expectRefused(String(repeating: " ", count: 65), in: won, .tooLong(limit: 64))
    expectRefused(String(repeating: "9", count: 100_000), in: won, .tooLong(limit: 64))
    expectRefused("5" + String(repeating: "\u{301}", count: 64), in: won, .tooLong(limit: 64))
  }

  @Test("A refusal is a sentence that says what was read and what would be right")
  func sentences() {
    let sentences = ["", "1,25", "$5", "백만원", "3만 2억", "10.00", "1001조", "abc"].map {
      problem($0, in: .krw)?.description ?? "no problem"
    }
    #expect(
      sentences == [
        "An amount is needed, such as 1,250.",
        "“1,25” is not an amount: commas stand between groups of three digits, as in 1,250,000.",
        "“$” is not KRW, the currency of this amount.",
        "“백만원” has a unit without a number. Write 1만 for one of it.",
        "“3만 2억” is not an amount: larger units come first, as in 12억 3,400만.",
        "“10.00” is too fine: KRW has no decimals.",
        "“1001조” is more than the books take for one amount, KRW 1,000,000,000,000,000.",
        "“abc” is not an amount. Write it as 1,250 or 12억 3,400만.",
      ])
  }

  @Test("Whatever is written out is read back as the same amount")
  func roundTrip() throws {
    var random = SplitMix64(seed: 20_260_214)
    for round in 0..<4_000 {
      let currency = [Currency.krw, .usd, currency("KWD")][round % 3]
      let size = random.below(51)
      let units = random.signed(bits: size)
      guard units.magnitude <= UInt64(Money.mostRecorded) else { continue }
      let amount = Money(minorUnits: units, currency)
      for text in [
        amount.digits, amount.fullDigits, amount.grouped, amount.description, amount.spelled,
      ] {
        #expect(try Money(typed: text, in: currency) == amount, "\(text)")
      }
    }
  }

  @Test("No text of digits, marks and units crashes the reader, and what it reads is in bounds")
  func noise() {
    var random = SplitMix64(seed: 7)
    let alphabet = Array("0123456789,,..  -−(△만억조천백십원₩$USDKRW%１，")
    var read = 0
    for _ in 0..<20_000 {
      let text = String((0..<random.below(12)).map { _ in alphabet[random.below(alphabet.count)] })
      guard let amount = try? Money(typed: text, in: .krw) else { continue }
      read += 1
      #expect(amount.minorUnits.magnitude <= UInt64(Money.mostRecorded), "\(text)")
    }
    #expect(read > 400)
  }
}

private func expectRead(
  _ currency: Currency, _ rows: [(text: String, units: Int64)],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (text, units) in rows {
    #expect(
      outcome(text, in: currency) == .success(Money(minorUnits: units, currency)),
      "\(text) as \(currency)", sourceLocation: sourceLocation)
  }
}

private func expectRefused(
  _ text: String, in currency: Currency, _ problem: AmountProblem,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    outcome(text, in: currency) == .failure(problem), "\(text.prefix(80)) as \(currency)",
    sourceLocation: sourceLocation)
}

private func outcome(_ text: String, in currency: Currency) -> Result<Money, AmountProblem> {
  Result { () throws(AmountProblem) in try Money(typed: text, in: currency) }
}

private func problem(_ text: String, in currency: Currency) -> AmountProblem? {
  if case .failure(let problem) = outcome(text, in: currency) { problem } else { nil }
}

private func currency(_ code: String) -> Currency { Currency(code: code)! }
