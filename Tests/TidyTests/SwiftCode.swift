/// A Swift source without its comments and the text of its string literals, line by line.
///
/// Code inside an interpolation stays. Line breaks stay, so that line numbers hold.
struct SwiftCode {
  let lines: [String]

  init(_ source: String) {
    var scanner = Scanner(source)
    scanner.scanCode(insideInterpolation: false)
    lines = String(decoding: scanner.code, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private struct Scanner {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var code: [UInt8] = []

    init(_ source: String) { bytes = Array(source.utf8) }

    private func sees(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    private mutating func skip(_ count: Int) {
      for byte in bytes[position..<min(position + count, bytes.count)] where byte == lineBreak {
        code.append(byte)
      }
      position = min(position + count, bytes.count)
    }

    mutating func scanCode(insideInterpolation: Bool) {
      var depth = 0
      while position < bytes.count {
        let byte = bytes[position]
        guard Self.opensSomething(byte) else {
          code.append(byte)
          position += 1
          continue
        }
        if sees("//") {
          while position < bytes.count, bytes[position] != lineBreak { position += 1 }
        } else if sees("/*") {
          skipBlockComment()
        } else if let hashes = hashesOfString() {
          scanString(hashes: hashes)
        } else {
          if byte == UInt8(ascii: "(") { depth += 1 }
          if byte == UInt8(ascii: ")") {
            if insideInterpolation, depth == 0 { return }
            depth -= 1
          }
          code.append(byte)
          position += 1
        }
      }
    }

    private static func opensSomething(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        true
      default: false
      }
    }

    private mutating func skipBlockComment() {
      var depth = 0
      repeat {
        if sees("/*") {
          depth += 1
          skip(2)
        } else if sees("*/") {
          depth -= 1
          skip(2)
        } else {
          skip(1)
        }
      } while depth > 0 && position < bytes.count
    }

    /// How many `#` stand before a string that begins here; `nil` where none begins.
    private func hashesOfString() -> Int? {
      let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
      let quote = position + hashes
      return quote < bytes.count && bytes[quote] == UInt8(ascii: "\"") ? hashes : nil
    }

    private mutating func scanString(hashes: Int) {
      let fence = String(repeating: "#", count: hashes)
      skip(hashes)
      let quotes = sees("\"\"\"") ? "\"\"\"" : "\""
      skip(quotes.utf8.count)
      code += Array("\"".utf8)
      while position < bytes.count, !sees(quotes + fence) {
        if sees("\\" + fence + "(") {
          skip(2 + hashes)
          code.append(UInt8(ascii: "("))
          scanCode(insideInterpolation: true)
          skip(1)
          code.append(UInt8(ascii: ")"))
        } else if sees("\\" + fence) {
          skip(2 + hashes)
        } else {
          skip(1)
        }
      }
      skip(quotes.utf8.count + hashes)
      code += Array("\"".utf8)
    }

    private var lineBreak: UInt8 { UInt8(ascii: "\n") }
  }
}
