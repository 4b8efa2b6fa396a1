import FundModel
import Testing

@Suite("Money")
struct MoneyTests {
  @Test("Sums are checked: one currency, 64 bits")
  func sums() throws {
    #expect(try won(2) + won(3) == won(5))
    #expect(try won(2) - won(3) == won(-1))
    #expect(throws: MoneyError.currenciesDiffer(.krw, .usd)) { try won(1) + usd(1) }
    #expect(throws: MoneyError.currenciesDiffer(.krw, .usd)) { try won(1) - usd(1) }
    #expect(throws: MoneyError.overflow) { try won(.max) + won(1) }
    #expect(throws: MoneyError.overflow) { try won(.min) - won(1) }
    #expect(try won(.max) + won(.min) == won(-1))
    #expect(try Money.sum([], in: .usd) == usd(0))
    #expect(try Money.sum([won(1), won(2), won(-5)], in: .krw) == won(-2))
    #expect(throws: MoneyError.currenciesDiffer(.usd, .krw)) {
      try Money.sum([won(1)], in: .usd)
    }
    #expect(won(5).negated == won(-5))
    #expect([won(-1), won(0), won(1)].map(\.isNegative) == [true, false, false])
    #expect([won(-1), won(0), won(1)].map(\.isZero) == [false, true, false])
    #expect([won(-1), won(0), won(1)].map(\.isPositive) == [false, false, true])
  }

  @Test("Digits: whole amounts without decimals, others in full; grouped always in full")
  func digits() {
    for (amount, digits, fullDigits, grouped, description) in [
      (usd(125_050), "1250.50", "1250.50", "1,250.50", "USD 1,250.50"),
      (usd(40_000_000), "400000", "400000.00", "400,000.00", "USD 400,000.00"),
      (usd(5), "0.05", "0.05", "0.05", "USD 0.05"),
      (usd(-5), "-0.05", "-0.05", "-0.05", "USD -0.05"),
      (usd(0), "0", "0.00", "0.00", "USD 0.00"), (usd(-100), "-1", "-1.00", "-1.00", "USD -1.00"),
      (won(-161), "-161", "-161", "-161", "KRW -161"),
      (won(1_234_567), "1234567", "1234567", "1,234,567", "KRW 1,234,567"),
      (won(-123_456), "-123456", "-123456", "-123,456", "KRW -123,456"),
      (
        won(.min), "-9223372036854775808", "-9223372036854775808", "-9,223,372,036,854,775,808",
        "KRW -9,223,372,036,854,775,808"
      ),
      (
        usd(.min), "-92233720368547758.08", "-92233720368547758.08", "-92,233,720,368,547,758.08",
        "USD -92,233,720,368,547,758.08"
      ),
    ] {
      #expect(amount.digits == digits)
      #expect(amount.fullDigits == fullDigits)
      #expect(amount.grouped == grouped)
      #expect(amount.description == description)
    }
  }

  @Test("Digits around every power of ten, as Swift writes whole numbers")
  func everyLength() {
    var power: Int64 = 1
    for _ in 0..<18 {
      for units in [power - 1, power, power + 1] {
        for amount in [units, -units] {
          #expect(won(amount).digits == String(amount))
          let cents = String(String(units % 100 + 100).dropFirst())
          #expect(
            usd(amount).fullDigits == (amount < 0 ? "-" : "") + "\(units / 100).\(cents)")
        }
      }
      power *= 10
    }
  }

  @Test("Grouping against commas put in from the right, one by one")
  func grouping() {
    var random = SplitMix64(seed: 4)
    for round in 0..<3_000 {
      let units = random.signed(bits: random.below(64))
      var naive = ""
      for (place, digit) in String(units.magnitude).reversed().enumerated() {
        if place > 0, place % 3 == 0 { naive = "," + naive }
        naive = String(digit) + naive
      }
      if units < 0 { naive = "-" + naive }
      if won(units).grouped != naive {
        Issue.record("round \(round): \(won(units).grouped), not \(naive)")
        return
      }
    }
  }

  @Test("ISO 4217: three capital letters, each once; decimals of those that differ")
  func currencies() {
    #expect(Currency.krw.code == "KRW")
    #expect(Currency.usd.code == "USD")
    for (code, decimals, units) in [
      ("KRW", 0, 1), ("JPY", 0, 1), ("USD", 2, 100), ("EUR", 2, 100), ("KWD", 3, 1_000),
    ] as [(String, Int, Int64)] {
      #expect(Currency(code: code)?.decimals == decimals)
      #expect(Currency(code: code)?.unitsPerMajor == units)
    }
    for code in ["", "krw", "KR", "KRWW", "XXX", "XAU", " KRW"] {
      #expect(Currency(code: code) == nil)
    }
    let codes = Currency.all.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { Currency(code: $0)?.code == $0 && $0.utf8.count == 3 })
  }

  @Test("An id is a plain number from 1 up, in one spelling")
  func identifiers() {
    #expect(Fund.ID("12")?.rawValue == 12)
    for text in ["", "0", "-1", "+1", "01", " 1", "1.0", "9223372036854775808", "１"] {
      #expect(Fund.ID(text) == nil, "\(text)")
    }
  }
}

@Suite("Percentages, rounded half away from zero")
struct PercentTests {
  @Test("Halves go away from zero, on both sides")
  func halves() {
    for (part, whole, decimals, expected) in [
      (1, 8, 2, "12.50"), (1, 8, 0, "13"), (-1, 8, 0, "-13"), (1, -8, 0, "-13"), (-1, -8, 0, "13"),
      (1, 800, 2, "0.13"), (-1, 800, 2, "-0.13"), (1, 3, 2, "33.33"), (2, 3, 2, "66.67"),
      (592, 1_460, 2, "40.55"), (48_109, 106_828, 2, "45.03"), (0, 5, 2, "0.00"),
      (1, 200_000_000, 4, "0.0000"), (1, 2_000_000, 4, "0.0001"), (-1, 2_000_000, 4, "-0.0001"),
      (.max, .max, 2, "100.00"), (.min, .min, 2, "100.00"), (.min, .max, 2, "-100.00"),
    ] as [(Int64, Int64, Int, String)] {
      let percent = Percent(part, of: whole, decimals: decimals)
      #expect(percent?.digits(decimals: decimals) == expected, "\(part) of \(whole)")
    }
    #expect(Percent(5, of: 0) == nil)
    #expect(Percent(0, of: 0) == nil)
    #expect(Percent(.max, of: 1) == nil)
    #expect(Percent(won(70), of: won(100))?.digits == "70.0")
  }

  @Test("Exact digits have at least one decimal")
  func digits() {
    for (tenThousandths, expected) in [
      (20_000, "2.0"), (35_000, "3.5"), (333_333, "33.3333"), (0, "0.0"), (-5_000, "-0.5"),
      (1, "0.0001"), (1_000_000, "100.0"), (10_100, "1.01"),
    ] as [(Int64, String)] {
      #expect(Percent(tenThousandths: tenThousandths).digits == expected)
    }
    #expect(Percent(tenThousandths: 405_479).digits(decimals: 2) == "40.55")
    #expect(Percent(tenThousandths: 405_450).digits(decimals: 2) == "40.55")
    #expect(Percent(tenThousandths: -405_450).digits(decimals: 2) == "-40.55")
    #expect(Percent(tenThousandths: 405_449).digits(decimals: 2) == "40.54")
    #expect(Percent(tenThousandths: -4_999).digits(decimals: 0) == "0")
    #expect(Percent(tenThousandths: .min).digits == "-922337203685477.5808")
    for (tenThousandths, decimals, expected) in [
      (405_479, 2, "0.4055"), (-405_450, 2, "-0.4055"), (405_479, 0, "0.41"), (-4_999, 0, "0.00"),
      (82_500, 4, "0.082500"), (1_000_000, 2, "1.0000"), (3, 2, "0.0000"),
    ] as [(Int64, Int, String)] {
      #expect(Percent(tenThousandths: tenThousandths).fraction(decimals: decimals) == expected)
    }
  }

  @Test("Quotients against long division by hand, to the extremes of 64 bits")
  func longDivision() {
    var random = SplitMix64(seed: 5)
    let extremes: [Int64] = [.min, .min + 1, -2, -1, 0, 1, 2, .max - 1, .max]
    var checked = 0
    for round in 0..<6_000 {
      var part = random.signed(bits: random.below(64))
      var whole = random.signed(bits: random.below(64))
      if round % 10 == 0 { part = extremes[random.below(extremes.count)] }
      if round % 15 == 0 { whole = extremes[random.below(extremes.count)] }
      // Exact halves come up often: n ÷ 8, n ÷ 800.
      if round % 7 == 0 { whole = [8, -8, 800, 80_000][random.below(4)] }
      let decimals = random.below(5)
      guard whole != 0 else {
        #expect(Percent(part, of: whole, decimals: decimals) == nil)
        continue
      }
      let digits = String(part.magnitude) + String(repeating: "0", count: 2 + decimals)
      var (quotient, remainder) = longDivided(digits, by: whole.magnitude)
      if remainder * 2 >= UInt128(whole.magnitude) { quotient += 1 }
      let step = [10_000, 1_000, 100, 10, 1][decimals] as UInt128
      let magnitude = Int128(quotient * step)
      let expected = Int64(exactly: (part < 0) == (whole < 0) ? magnitude : -magnitude)
      let ours = Percent(part, of: whole, decimals: decimals)?.tenThousandths
      if ours != expected {
        Issue.record(
          "\(part) of \(whole), \(decimals) decimals: \(ours as Any), not \(expected as Any)")
        return
      }
      checked += expected == nil ? 0 : 1
    }
    #expect(checked > 2_000)
  }

  @Test("A percentage of an amount is rounded to the minor unit, half away from zero")
  func ofAmounts() throws {
    let half = Percent(tenThousandths: 500_000)
    #expect(try half.of(won(5)) == won(3))
    #expect(try half.of(won(-5)) == won(-3))
    #expect(try Percent(tenThousandths: 20_000).of(usd(100_024)) == usd(2_000))
    #expect(try Percent(tenThousandths: 20_000).of(usd(100_025)) == usd(2_001))
    #expect(throws: MoneyError.overflow) {
      try Percent(tenThousandths: .max).of(won(.max))
    }
    #expect(try Percent(tenThousandths: 1_000_000).of(won(.min)) == won(.min))
  }
}

/// Digit by digit, as at school.
private func longDivided(_ digits: String, by divisor: UInt64) -> (UInt128, UInt128) {
  var quotient: UInt128 = 0
  var remainder: UInt128 = 0
  for digit in digits {
    remainder = remainder * 10 + UInt128(digit.wholeNumberValue!)
    var count: UInt128 = 0
    while remainder >= UInt128(divisor) {
      remainder -= UInt128(divisor)
      count += 1
    }
    quotient = quotient * 10 + count
  }
  return (quotient, remainder)
}
