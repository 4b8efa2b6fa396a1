import Bookkeeping

/// Reads a JSON text strictly, as RFC 8259 has it and no further, and keeps the digits of numbers.
///
/// Names that stand twice in one object are refused (RFC 7493), since readers differ in which of
/// the two they believe; so are bytes that are no UTF-8, halves of surrogate pairs, and nesting
/// deeper than ``deepest``.
struct JSONReader {
  static let deepest = 32

  private let bytes: [UInt8]
  private var place = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value that `bytes` hold, with white space around it.
  static func read(_ bytes: [UInt8]) throws(JSONProblem) -> JSON {
    var reader = JSONReader(bytes)
    reader.skipSpace()
    let value = try reader.value(depth: 1)
    reader.skipSpace()
    guard reader.place == bytes.count else { throw reader.problem(.trailing) }
    return value
  }
}

/// Why bytes are no JSON text, and where.
struct JSONProblem: Error, Hashable {
  enum Kind: Hashable {
    case empty, unexpected, trailing, badNumber, badString, badEscape, badUTF8, tooDeep,
      tooManyMarks
    case nameTwice(String)
  }

  let kind: Kind
  /// Both from 1; columns count bytes.
  let line: Int
  let column: Int
}

extension JSONReader {
  private mutating func value(depth: Int) throws(JSONProblem) -> JSON {
    guard let byte = next else { throw problem(bytes.isEmpty ? .empty : .unexpected) }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), 0x30...0x39: return .number(try number())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw problem(.unexpected)
    }
  }

  private mutating func object(depth: Int) throws(JSONProblem) -> JSON {
    guard depth <= Self.deepest else { throw problem(.tooDeep) }
    place += 1
    var members: [JSON.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      let start = place
      guard next == UInt8(ascii: "\"") else { throw problem(.unexpected) }
      let name = try string()
      guard names.insert(name).inserted else { throw problem(.nameTwice(name), at: start) }
      skipSpace()
      guard take(":") else { throw problem(.unexpected) }
      skipSpace()
      members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw problem(.unexpected) }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONProblem) -> JSON {
    guard depth <= Self.deepest else { throw problem(.tooDeep) }
    place += 1
    var elements: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    repeat {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw problem(.unexpected) }
    return .array(elements)
  }

  private mutating func number() throws(JSONProblem) -> String {
    let start = place
    _ = take("-")
    if !take("0") { guard skipDigits() else { throw problem(.badNumber) } }
    if take(".") { guard skipDigits() else { throw problem(.badNumber) } }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard skipDigits() else { throw problem(.badNumber) }
    }
    // 01 and 1a are no numbers, rather than a number and something else.
    if let next, next.isWordLike { throw problem(.badNumber) }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func string() throws(JSONProblem) -> String {
    let start = place
    place += 1
    var text: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        guard let string = String(validating: text, as: UTF8.self) else {
          throw problem(.badUTF8, at: start)
        }
        guard string.isStreamSafe else { throw problem(.tooManyMarks, at: start) }
        return string
      case UInt8(ascii: "\\"): text.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20: throw problem(.badString)
      default:
        text.append(byte)
        place += 1
      }
    }
    throw problem(.badString, at: start)
  }

  private mutating func escape() throws(JSONProblem) -> Unicode.Scalar {
    let start = place
    place += 1
    guard let byte = next else { throw problem(.badEscape, at: start) }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try codeUnit(start)
      if let scalar = Unicode.Scalar(first) { return scalar }
      guard (0xD800..<0xDC00).contains(first), take("\\"), take("u") else {
        throw problem(.badEscape, at: start)
      }
      let second = try codeUnit(start)
      guard (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      else { throw problem(.badEscape, at: start) }
      return scalar
    default: throw problem(.badEscape, at: start)
    }
  }

  private mutating func codeUnit(_ start: Int) throws(JSONProblem) -> UInt32 {
    guard place + 4 <= bytes.count else { throw problem(.badEscape, at: start) }
    var value: UInt32 = 0
    for byte in bytes[place..<place + 4] {
      guard let digit = byte.hexadecimalValue else { throw problem(.badEscape, at: start) }
      value = value << 4 | UInt32(digit)
    }
    place += 4
    return value
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONProblem) -> JSON {
    let end = place + word.utf8CodeUnitCount
    let letters = word.withUTF8Buffer { Array($0) }
    guard end <= bytes.count, bytes[place..<end].elementsEqual(letters) else {
      throw problem(.unexpected)
    }
    place = end
    return value
  }
}

extension JSONReader {
  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard let next, UInt32(next) == sign.value else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { place += 1 }
  }

  private mutating func skipDigits() -> Bool {
    let start = place
    while let next, (0x30...0x39).contains(next) { place += 1 }
    return place > start
  }

  private func problem(_ kind: JSONProblem.Kind, at place: Int? = nil) -> JSONProblem {
    let before = bytes[..<(place ?? self.place)]
    let line = before.count { $0 == 0x0A } + 1
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    return JSONProblem(kind: kind, line: line, column: column)
  }
}

extension UInt8 {
  var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }

  fileprivate var isWordLike: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }
}
