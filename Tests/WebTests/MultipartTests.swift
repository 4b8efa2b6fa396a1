import Foundation
import FundModel
import Testing

@testable import Web

@Suite("Forms with a file")
struct MultipartTests {
  static let type = "multipart/form-data; boundary=----X"

  /// The form as browsers send it, with these bytes in its file.
  static func form(_ file: [UInt8], name: String = "a.xlsx") -> [UInt8] {
    Array(
      "------X\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nsecret\r\n".utf8)
      + Array(
        """
        ------X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\
        Content-Type: text/csv\r\n\r\n
        """.utf8)
      + file + Array("\r\n------X--\r\n".utf8)
  }

  struct Read {
    var names: [String] = []
    var bytes: [UInt8] = []
    var fields: [String: String] = [:]
    var isComplete = false
  }

  static func read(_ form: [UInt8], pieces: Int, type: String = type) throws -> Read {
    var reader = try #require(MultipartReader(type))
    var read = Read()
    var rest = form[...]
    while !rest.isEmpty {
      try reader.take(rest.prefix(pieces)) {
        read.names.append($0)
      } write: {
        read.bytes += $0
      }
      rest = rest.dropFirst(pieces)
    }
    read.fields = reader.fields
    read.isComplete = reader.isComplete
    return read
  }

  @Test("What is in the file comes out as it is, in whatever pieces it comes in")
  func pieces() throws {
    let files: [[UInt8]] = [
      [], [0], Array("\r\n".utf8), Array("\r\n--".utf8), Array("\r\n------".utf8),
      Array("조합명,금액\r\n------Y\r\n\r\n------".utf8), (0...255).map { UInt8($0) },
      Array(repeating: 0x0D, count: 300), Array("\r\n\r\n------X".utf8.dropLast()),
    ]
    for file in files {
      let form = Self.form(file)
      for pieces in Array(1...20) + [form.count] {
        let read = try Self.read(form, pieces: pieces)
        #expect(read.bytes == file, "\(pieces)")
        #expect(read.names == ["a.xlsx"])
        #expect(read.fields == ["form_token": "secret"])
        #expect(read.isComplete)
      }
    }
  }

  @Test("A name in Korean and with a quote; a boundary in quotes")
  func names() throws {
    let read = try Self.read(Self.form([1], name: "우리%22조합.csv"), pieces: 7)
    #expect(read.names == ["우리\"조합.csv"])
    let quoted = try Self.read(
      Self.form([1]), pieces: 7, type: "multipart/form-data; boundary=\"----X\"; charset=utf-8")
    #expect(quoted.isComplete)
  }

  @Test("What is cut off is not complete")
  func cutOff() throws {
    let form = Self.form(Array("abc".utf8))
    for count in stride(from: 1, to: form.count - 5, by: 3) {
      let isComplete = (try? Self.read(Array(form.prefix(count)), pieces: 11).isComplete) ?? false
      #expect(!isComplete, "\(count)")
    }
  }

  @Test("No form with parts, and one beyond any form of the site")
  func malformed() throws {
    for type in [nil, "text/plain", "multipart/form-data", "multipart/form-data; boundary="] {
      #expect(MultipartReader(type) == nil, "\(type ?? "none")")
    }
    let long = Array(repeating: UInt8(ascii: "a"), count: 10_000)
    #expect(throws: MultipartReader.Malformed.self) { try Self.read(long, pieces: 1_000) }
    let headers = Array("------X\r\n".utf8) + long
    #expect(throws: MultipartReader.Malformed.self) { try Self.read(headers, pieces: 1_000) }
    let field =
      Array("------X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8) + long
    #expect(throws: MultipartReader.Malformed.self) { try Self.read(field, pieces: 1_000) }
    let nameless = Array("------X\r\nContent-Type: text/plain\r\n\r\nx\r\n------X--".utf8)
    #expect(throws: MultipartReader.Malformed.self) { try Self.read(nameless, pieces: 1_000) }
  }
}
