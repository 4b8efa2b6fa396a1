import FundModel
import Sheets
import Testing

@Suite("Numbers and days as a spreadsheet keeps them")
struct NumbersAndDays {
  @Test(
    "The shortest decimal of 15 digits",
    arguments: [
      ("0.30000000000000004", "0.3"), ("1.1000000000000001", "1.1"), ("1E+10", "10000000000"),
      ("1e-5", "0.00001"), ("-0", "0"), ("-0.0", "0"), ("0", "0"), ("007", "7"), ("1.50", "1.5"),
      ("-1234.5", "-1234.5"), ("123456789012345", "123456789012345"), (".5", "0.5"), ("5.", "5"),
      ("1234567890123456", "1234567890123460"), ("9.9999999999999995", "10"), ("+3", "3"),
      ("1.7976931348623157E+308", "179769313486232" + String(repeating: "0", count: 294)),
      ("0.1", "0.1"), ("100", "100"), ("-5.0E-1", "-0.5"), ("12.340000000000002", "12.34"),
    ])
  func shortest(written: String, kept: String) {
    #expect(number(written) == kept)
  }

  @Test(
    "What is no number",
    arguments: [
      "", "-", ".", "1e", "1e+", "nan", "inf", "Infinity", "0x10", "1,000", "1 ", " 1", "1e999",
      "--1", "1.2.3", "１", "1e00001",
    ])
  func none(written: String) {
    #expect(number(written) == nil)
  }

  @Test("Every decimal of up to 15 digits comes back as it was")
  func decimals() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<20_000 {
      let digits = Int64.random(in: 1...999_999_999_999_999, using: &random)
      let decimals = Int.random(in: 0...20, using: &random)
      // By hand: the digits with the point so many places from their end, zeros taken off.
      var text = String(digits)
      if decimals > 0 {
        while text.count <= decimals { text = "0" + text }
        text.insert(".", at: text.index(text.endIndex, offsetBy: -decimals))
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
      }
      #expect(number("\(digits)E-\(decimals)") == text)
      #expect(keptNumber(Double(text) ?? .nan) == text)
      #expect(number(text) == text)
    }
  }

  @Test("Days from 1900, with the 29 February that never was, against a calendar that walks")
  func from1900() {
    var (year, month, day) = (1900, 1, 1)
    for serial in 1...109_574 {
      guard serial != 60 else {
        #expect(DaySystem.from1900.day("60") == nil)
        continue
      }
      #expect(DaySystem.from1900.day("\(serial)") == CalendarDate(year, month, day))
      day += 1
      if day > length(month, year) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect((year, month, day) == (2200, 1, 1))
    for none in ["0", "-1", "109575", "0.5", "99999999999999999999"] {
      #expect(DaySystem.from1900.day(none) == nil, "\(none)")
    }
    #expect(DaySystem.from1900.day("46067.999") == CalendarDate(2026, 2, 14))
  }

  @Test("Days from 1904")
  func from1904() {
    #expect(DaySystem.from1904.day("0") == CalendarDate(1904, 1, 1))
    #expect(DaySystem.from1904.day("59") == CalendarDate(1904, 2, 29))
    #expect(DaySystem.from1904.day("44605.25") == CalendarDate(2026, 2, 14))
    #expect(DaySystem.from1904.day("-1") == nil)
  }

  @Test(
    "What a format shows",
    arguments: [
      ("General", NumberFormat.number), ("#,##0;[Red]-#,##0", .number), ("0.00E+00", .number),
      ("0%", .percent), ("0.0%;[Red]-0.0%", .percent), ("yyyy-mm-dd", .day), ("m/d/yy", .day),
      ("yyyy\"년\" m\"월\" d\"일\"", .day), ("[$-412]yyyy\"년\" m\"월\" d\"일\" dddd;@", .day),
      ("yyyy. m. d.", .day), ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", .day), ("mmm-yy", .day),
      ("mm\"월\"", .day), ("h:mm", .number), ("[h]:mm:ss", .number), ("h:mm AM/PM", .number),
      ("yyyy-mm-dd h:mm", .day), ("mm:ss", .number), ("[m]", .number), ("G/표준", .number),
      ("G/표준\"원\"", .number), ("\"day\" 0", .number), ("0\\d", .number), ("0_d", .number),
      ("[Red]0", .number), ("₩#,##0", .number), ("[$₩-412]#,##0", .number), ("@", .number),
      ("0\"%\"", .number), ("gge\"年\"m\"月\"d\"日\"", .day), ("aaa", .day), ("", .number),
      ("0;yyyy", .number), ("\"", .number), ("[", .number), ("\\", .number), ("YYYY-MM-DD", .day),
      ("오전/오후 h:mm", .number), ("#,##0,,\"백만\"", .number),
    ])
  func formats(code: String, shown: NumberFormat) {
    #expect(NumberFormat(code: code) == shown)
  }

  @Test("Formats by number: days and per cent, Korean ones included")
  func builtIn() {
    let days = (0...58).filter { NumberFormat(builtIn: $0) == .day }
    #expect(
      days == [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36] + Array(50...58))
    #expect((0...58).filter { NumberFormat(builtIn: $0) == .percent } == [9, 10])
  }

  private func number(_ written: String) -> String? {
    Array(written.utf8).withUnsafeBufferPointer { keptNumber($0) }
  }

  private func length(_ month: Int, _ year: Int) -> Int {
    if month == 2 {
      return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}
