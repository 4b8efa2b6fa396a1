import FundModel
private import Foundation
private import Sheets

/// One file of comma-separated values, as it came.
package struct CSVFile: Hashable, Sendable {
  /// Such as `funds.csv`.
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// With a byte order mark, without which Excel takes a file for CP949.
  package var marked: [UInt8] { [0xEF, 0xBB, 0xBF] + bytes }

  /// The most bytes that one file may have: 256 MiB.
  package static let mostBytes = 256 * 1_024 * 1_024
}

/// One record of a file with the line on which it starts.
struct CSVRecord {
  let line: Int
  let fields: [String]
}

/// Why a file is no CSV. RFC 4180, in UTF-8, with or without a byte order mark.
struct CSVProblem: Error {
  let line: Int
  let sentence: Phrase
}

extension CSVFile {
  /// The records up to the first place that is no CSV, blank lines left out; texts in Unicode's
  /// composed form (NFC), trimmed, and as they were before they were kept from being run
  /// (`CSVText`).
  func records() -> (records: [CSVRecord], problem: CSVProblem?) {
    var reader = Reader(bytes: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
    var records: [CSVRecord] = []
    do throws(CSVProblem) {
      while let record = try reader.next() {
        if record.fields != [""] { records.append(record) }
      }
      return (records, nil)
    } catch { return (records, error) }
  }

  /// Walks over the bytes once; every quote, comma and line break is ASCII.
  private struct Reader {
    let bytes: ArraySlice<UInt8>
    var position: Int
    var line = 1

    init(bytes: ArraySlice<UInt8>) {
      self.bytes = bytes
      position = bytes.startIndex
    }

    mutating func next() throws(CSVProblem) -> CSVRecord? {
      guard position < bytes.endIndex else { return nil }
      let start = line
      var fields: [String] = []
      while true {
        fields.append(try field())
        guard position < bytes.endIndex else { break }
        let end = bytes[position]
        position += 1
        if end == UInt8(ascii: ",") {
          if position == bytes.endIndex { fields.append("") }
          continue
        }
        if end == 0x0D, position < bytes.endIndex, bytes[position] == 0x0A { position += 1 }
        line += 1
        break
      }
      return CSVRecord(line: start, fields: fields)
    }

    private mutating func field() throws(CSVProblem) -> String {
      guard position < bytes.endIndex, bytes[position] == UInt8(ascii: "\"") else {
        let start = position
        while position < bytes.endIndex, !Self.endsField(bytes[position]) {
          guard bytes[position] != UInt8(ascii: "\"") else {
            throw problem(
              "따옴표는 칸의 처음과 끝에만 쓰고, 안에서는 두 번 겹쳐 씁니다.",
              "A quote may only open or close a field; inside it is written twice.")
          }
          position += 1
        }
        return try text(Array(bytes[start..<position]))
      }
      return try quoted()
    }

    private mutating func quoted() throws(CSVProblem) -> String {
      let opened = line
      var content: [UInt8] = []
      position += 1
      while position < bytes.endIndex {
        let byte = bytes[position]
        position += 1
        if byte != UInt8(ascii: "\"") {
          if byte == 0x0A { line += 1 }
          content.append(byte)
        } else if position < bytes.endIndex, bytes[position] == UInt8(ascii: "\"") {
          content.append(byte)
          position += 1
        } else {
          guard position == bytes.endIndex || Self.endsField(bytes[position]) else {
            throw problem(
              "닫는 따옴표 뒤에는 쉼표나 줄바꿈이 와야 합니다.",
              "A closing quote is followed by a comma or the end of the line.")
          }
          return try text(content)
        }
      }
      line = opened
      throw problem("따옴표가 닫히지 않았습니다.", "A quote is opened and never closed.")
    }

    private static func endsField(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
    }

    private func text(_ content: [UInt8]) throws(CSVProblem) -> String {
      guard let text = String(validating: content, as: UTF8.self) else {
        throw problem("UTF-8이 아닌 글자가 있습니다.", "The text is not UTF-8.")
      }
      guard text.isStreamSafe else {
        throw problem(
          "한 글자에 부호가 너무 많이 붙어 있습니다.", "A letter has more than 30 marks upon it.")
      }
      let plain = text.composed.trimmingCharacters(in: .whitespaces)
      return CSVText.reading(plain) ?? plain
    }

    private func problem(_ korean: String, _ english: String) -> CSVProblem {
      CSVProblem(line: line, sentence: Phrase(korean, english))
    }
  }
}

extension CSVFile {
  /// Writes records; fields are quoted where they have to be. Lines end with LF.
  init(name: String, records: [[String]]) {
    var bytes: [UInt8] = []
    for record in records {
      for (index, field) in record.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        guard
          field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D })
        else {
          bytes.append(contentsOf: field.utf8)
          continue
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in field.utf8 {
          if byte == 0x22 { bytes.append(byte) }
          bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
      }
      bytes.append(0x0A)
    }
    self.init(name: name, bytes: bytes)
  }
}
