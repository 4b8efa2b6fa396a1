/// A JSON text as a value: keys keep their order and numbers their digits.
///
/// Amounts are exact decimals, so numbers are carried as text and never pass through a `Double`.
package enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The digits of a JSON number, such as `70.00`.
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])
  /// A JSON text that is written already, in UTF-8: what would be slow to make as a value first.
  case written([UInt8])

  /// One `"name": value` of an object.
  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: JSON

    package init(name: String, value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// The text without white space, in UTF-8.
  package var bytes: [UInt8] {
    if case .written(let text) = self { return text }
    var output: [UInt8] = []
    output.reserveCapacity(1_024)
    write(to: &output)
    return output
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The value of a member; `nil` when this is no object or has no such member.
  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByNilLiteral
{
  package init(dictionaryLiteral members: (String, JSON)...) {
    self = .object(members.map { Member(name: $0.0, value: $0.1) })
  }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int64) { self = .number(String(value)) }
  package init(nilLiteral: ()) { self = .null }
}

extension JSON {
  /// Appends the text without white space, in UTF-8.
  package func write(to output: inout [UInt8]) {
    switch self {
    case .written(let text): output.append(contentsOf: text)
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let digits): output.append(contentsOf: digits.utf8)
    case .string(let text): Self.write(text, to: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        element.write(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        Self.write(member.name, to: &output)
        output.append(UInt8(ascii: ":"))
        member.value.write(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  /// A text with its quotes.
  static func write(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    defer { output.append(UInt8(ascii: "\"")) }
    // Most texts stand in JSON as they are.
    let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
      guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }) else {
        return false
      }
      output.append(contentsOf: bytes)
      return true
    }
    if isPlain == true { return }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): output.append(contentsOf: #"\""#.utf8)
      case UInt8(ascii: "\\"): output.append(contentsOf: #"\\"#.utf8)
      case 0x0A: output.append(contentsOf: #"\n"#.utf8)
      case 0x00..<0x20, 0x7F:
        output.append(contentsOf: #"\u00"#.utf8)
        let hex = String(byte, radix: 16)
        output.append(contentsOf: (hex.utf8.count == 1 ? "0" + hex : hex).utf8)
      default: output.append(byte)
      }
    }
  }
}
