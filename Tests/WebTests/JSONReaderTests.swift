import Bookkeeping
import Testing

@testable import Web

@Suite("The JSON reader")
struct JSONReaderTests {
  @Test("What is read is written again with its digits and the order of its names")
  func roundTrip() throws {
    for text in [
      "null", "true", "false", "0", "-0", "70.00", "1e400", "-1.5E-7",
      "123456789012345678901234567890",
      #""""#, #""장부 \"\\ \n""#, "[]", "[1,[2,[]]]", "{}", #"{"b":1,"a":{"c":[null]}}"#,
    ] {
      #expect(try JSONReader.read(Array(text.utf8)).text == text)
    }
    #expect(try JSONReader.read(Array(" \t\r\n[ 1 , 2 ] ".utf8)).text == "[1,2]")
    let escapes = #""\u00e9\uD83D\uDE00\/\b\f\r\t\u0000""#
    #expect(try JSONReader.read(Array(escapes.utf8)) == .string("é😀/\u{8}\u{C}\r\t\0"))
    let deep = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(try JSONReader.read(Array(deep.utf8)).text == deep)
  }

  @Test("What is no JSON is refused, with the place")
  func refusals() {
    for (text, kind, line, column) in [
      ("", .empty, 1, 1), ("  ", .unexpected, 1, 3), ("{", .unexpected, 1, 2),
      ("[1,]", .unexpected, 1, 4), ("{\"a\":1,}", .unexpected, 1, 8), ("[1 2]", .unexpected, 1, 4),
      ("{\"a\" 1}", .unexpected, 1, 6), ("{a:1}", .unexpected, 1, 2), ("'a'", .unexpected, 1, 1),
      ("nul", .unexpected, 1, 1), ("True", .unexpected, 1, 1), ("NaN", .unexpected, 1, 1),
      ("1 2", .trailing, 1, 3), ("{}\n}", .trailing, 2, 1), ("01", .badNumber, 1, 2),
      ("-", .badNumber, 1, 2), ("1.", .badNumber, 1, 3), (".5", .unexpected, 1, 1),
      ("1e", .badNumber, 1, 3), ("+1", .unexpected, 1, 1), ("0x10", .badNumber, 1, 2),
      ("--1", .badNumber, 1, 2), ("\"a", .badString, 1, 1), ("\"\n\"", .badString, 1, 2),
      (#""\x""#, .badEscape, 1, 2), (#""\u12""#, .badEscape, 1, 2),
      (#""\uD800""#, .badEscape, 1, 2), (#""\uDC00""#, .badEscape, 1, 2),
      (#""\uD800\u0041""#, .badEscape, 1, 2), (#"{"a":1,"a":2}"#, .nameTwice("a"), 1, 8),
      ("\u{FEFF}1", .unexpected, 1, 1), ("/* */1", .unexpected, 1, 1),
      (String(repeating: "[", count: 33), .tooDeep, 1, 33),
      ("{\n \"a\": x}", .unexpected, 2, 7),
    ] as [(String, JSONProblem.Kind, Int, Int)] {
      let problem = JSONProblem(kind: kind, line: line, column: column)
      #expect(throws: problem, "\(text)") { try JSONReader.read(Array(text.utf8)) }
    }
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
    ] {
      #expect(throws: JSONProblem.self) { try JSONReader.read(bytes) }
    }
  }

  @Test("The digits of a number without exponent and idle zeros")
  func plainDecimals() {
    for (number, plain) in [
      ("0", "0"), ("-0", "0"), ("0.000", "0"), ("0e999999999", "0"), ("10", "10"), ("10.0", "10"),
      ("10.50", "10.5"), ("-1.5", "-1.5"), ("1e3", "1000"), ("1.5e2", "150"), ("1.5E+1", "15"),
      ("15e-1", "1.5"), ("1e-3", "0.001"), ("1.50e-1", "0.15"), ("100e-2", "1"),
    ] {
      #expect(plainDecimal(number) == plain, "\(number)")
    }
    for number in ["1e401", "1e-500", "1e99999999999999999999", "1e-99999999999999999999"] {
      #expect(plainDecimal(number) == nil, "\(number)")
    }
  }
}
