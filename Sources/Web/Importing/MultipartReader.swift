import Foundation

/// Reads a form with a file (RFC 7578) while it comes in: what is typed in fields is kept, what is in
/// the file is handed on.
///
/// None of the libraries that we build on has this; it is no more than browsers send.
struct MultipartReader {
  /// No such form, or one beyond what the forms of the site hold.
  struct Malformed: Error {}

  private enum State {
    /// Before a boundary; what stands before the first is passed over.
    case between
    case headers
    /// `lead` bytes of what waits are a line break before the content.
    case content(name: String, isFile: Bool, lead: Int)
    case end
  }

  private let boundary: [UInt8]
  private var state = State.between
  private var waiting: [UInt8]
  private var value: [UInt8] = []
  /// Texts of the fields, by name.
  private(set) var fields: [String: String] = [:]

  private static let mostFieldBytes = 4_096
  private static let mostHeaderBytes = 8_192
  private static let mostFields = 50
  private static let lineBreak = Array("\r\n".utf8)

  /// - Parameter contentType: of the request.
  /// - Returns: `nil` where it is no form with parts.
  init?(_ contentType: String?) {
    guard let contentType, isMediaType(contentType, "multipart/form-data"),
      let start = contentType.range(of: "boundary=", options: .caseInsensitive)
    else { return nil }
    var mark = contentType[start.upperBound...].prefix { $0 != ";" && $0 != " " }
    if mark.hasPrefix("\""), mark.hasSuffix("\""), mark.count > 2 {
      mark = mark.dropFirst().dropLast()
    }
    guard (1...70).contains(mark.utf8.count) else { return nil }
    boundary = Array("\r\n--\(mark)".utf8)
    // The first boundary need have no line before it.
    waiting = Self.lineBreak
  }

  /// Whether the last boundary has come.
  var isComplete: Bool { if case .end = state { true } else { false } }

  /// Takes what came in.
  ///
  /// - Parameters:
  ///   - begin: told the name of a file before its first bytes.
  ///   - write: takes the bytes of the file.
  mutating func take(
    _ bytes: some Sequence<UInt8>, begin: (_ fileName: String) throws -> Void,
    write: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    waiting.append(contentsOf: bytes)
    while try step(begin, write) {}
  }

  /// - Returns: whether there is more to be done with what has come in.
  private mutating func step(
    _ begin: (String) throws -> Void, _ write: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Bool {
    switch state {
    case .end:
      waiting = []
      return false
    case .between:
      guard let place = waiting.place(of: boundary) else { return try wait() }
      waiting.removeFirst(place + boundary.count)
      state = .headers
    case .headers:
      if waiting.starts(with: "--".utf8) {
        state = .end
        return true
      }
      guard let place = waiting.place(of: Self.lineBreak + Self.lineBreak) else {
        return try wait()
      }
      let part = try Self.part(waiting.prefix(place))
      // The line break before the content stays: a part without content has its boundary there.
      waiting.removeFirst(place + Self.lineBreak.count)
      value = []
      if let fileName = part.fileName { try begin(fileName) }
      state = .content(name: part.name, isFile: part.fileName != nil, lead: Self.lineBreak.count)
    case .content(let name, let isFile, let lead):
      let place = waiting.place(of: boundary)
      // What may be the beginning of a boundary waits.
      let end = place ?? max(0, waiting.count - boundary.count)
      guard place != nil || end >= lead else { return false }
      let content = waiting.prefix(end).dropFirst(lead)
      if isFile {
        if !content.isEmpty { try write(content) }
      } else {
        value.append(contentsOf: content)
        guard value.count <= Self.mostFieldBytes, fields.count < Self.mostFields else {
          throw Malformed()
        }
      }
      waiting.removeFirst(end)
      guard place != nil else {
        state = .content(name: name, isFile: isFile, lead: 0)
        return false
      }
      if !isFile { fields[name] = String(decoding: value, as: UTF8.self) }
      state = .between
    }
    return true
  }

  private func wait() throws -> Bool {
    guard waiting.count <= Self.mostHeaderBytes else { throw Malformed() }
    return false
  }

  /// `Content-Disposition: form-data; name="file"; filename="a.xlsx"`.
  private static func part(
    _ header: some Sequence<UInt8>
  ) throws -> (name: String, fileName: String?) {
    let lines = String(decoding: Array(header), as: UTF8.self).split(separator: "\r\n")
    guard
      let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
      let name = parameter("name", of: line)
    else { throw Malformed() }
    return (name, parameter("filename", of: line))
  }

  private static func parameter(_ name: String, of line: Substring) -> String? {
    guard let start = line.range(of: "; \(name)=\"") else { return nil }
    // Browsers write a quote within as %22.
    return line[start.upperBound...].firstIndex(of: "\"").map {
      String(line[start.upperBound..<$0]).replacing("%22", with: "\"")
    }
  }
}

extension [UInt8] {
  /// Where the bytes stand first.
  fileprivate func place(of pattern: [UInt8]) -> Int? {
    guard let first = pattern.first, count >= pattern.count else { return nil }
    let last = count - pattern.count
    var from = startIndex
    while from <= last, let place = self[from...last].firstIndex(of: first) {
      if self[place...].starts(with: pattern) { return place }
      from = place + 1
    }
    return nil
  }
}
