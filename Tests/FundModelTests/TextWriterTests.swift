import Testing

@testable import FundModel

@Suite("Writing numbers and texts as bytes")
struct TextWriterTests {
  /// Around every power of ten, and some in between.
  private static let numbers: [UInt64] = {
    var numbers: [UInt64] = [0, .max, .max - 1]
    var power: UInt64 = 1
    while true {
      numbers += [power - 1, power, power + 1]
      let (next, overflow) = power.multipliedReportingOverflow(by: 10)
      if overflow { break }
      power = next
    }
    var random = SplitMix64(seed: 7)
    for _ in 0..<20_000 {
      numbers.append(random.next() >> UInt64(random.next() % 64))
    }
    return numbers
  }()

  @Test("Whole numbers have the digits that Swift gives them")
  func wholeNumbers() {
    for number in Self.numbers {
      #expect(String(atMost: TextWriter.mostDigits) { $0.write(number) } == String(number))
    }
  }

  @Test("A point stands before as many decimals as asked for", arguments: 1...8)
  func decimals(decimals: Int) {
    for number in Self.numbers.prefix(2_000) {
      var digits = Array(String(number))
      while digits.count <= decimals { digits.insert("0", at: 0) }
      digits.insert(".", at: digits.count - decimals)
      let text = String(atMost: TextWriter.mostDigits) { $0.write(number, decimals: decimals) }
      #expect(text == String(digits))
    }
  }

  @Test("Bytes are copied as they are, and what follows stands right behind them")
  func copies() {
    let source = (0..<100).map { UInt8($0) }
    for start in 0..<20 {
      for count in 0...60 {
        var text: [UInt8] = [1, 2, 3]
        text.append(atMost: count + 1) { writer in
          source.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            writer.write(base + start, count: count)
          }
          writer.write(UInt8(ascii: "!"))
        }
        #expect(text == [1, 2, 3] + source[start..<start + count] + [UInt8(ascii: "!")])
      }
    }
  }

  @Test("An amount has all its decimals or, where it is whole, none")
  func amounts() throws {
    let dinar = try #require(Currency(code: "KWD"))
    for (amount, expected) in [
      (Money(minorUnits: 0, .krw), "0"), (Money(minorUnits: -161, .krw), "-161"),
      (Money(minorUnits: 5, .usd), "0.05"), (Money(minorUnits: -5, .usd), "-0.05"),
      (Money(minorUnits: 125_000, .usd), "1250"), (Money(minorUnits: 125_050, .usd), "1250.50"),
      (Money(minorUnits: 1_007, dinar), "1.007"), (Money(minorUnits: 1_000, dinar), "1"),
      (Money(minorUnits: .min, .usd), "-92233720368547758.08"),
      (Money(minorUnits: .max, .krw), "9223372036854775807"),
    ] {
      #expect(String(atMost: TextWriter.mostDigits) { $0.write(amount) } == expected)
    }
  }
}
