import Hummingbird
import NIOCore

/// A form with a file (RFC 7578), read while it comes in: what is written in fields is kept, what is in
/// the file is handed on.
struct MultipartReader {
  enum Problem: Error {
    case notMultipart
    case tooLarge
  }

  /// What a part says of itself.
  struct Part: Hashable {
    let name: String
    /// Of a file only.
    let fileName: String?
  }

  private enum State {
    case before
    case headers
    case content(Part)
    case end
  }

  private let boundary: [UInt8]
  private var state = State.before
  private var waiting: [UInt8]
  private var value: [UInt8] = []
  /// Texts of the fields before the file, by name.
  private(set) var fields: [String: String] = [:]

  private static let mostFieldBytes = 4_096
  private static let mostHeaderBytes = 8_192
  private static let mostFields = 50

  /// - Parameter contentType: of the request.
  /// - Returns: `nil` where it is no form with parts.
  init?(_ contentType: String?) {
    guard let contentType, contentType.lowercased().hasPrefix("multipart/form-data") else {
      return nil
    }
    guard let start = contentType.range(of: "boundary=", options: .caseInsensitive) else {
      return nil
    }
    var mark = String(contentType[start.upperBound...].prefix { $0 != ";" })
    if mark.hasPrefix("\""), mark.hasSuffix("\""), mark.count > 2 {
      mark = String(mark.dropFirst().dropLast())
    }
    guard (1...70).contains(mark.utf8.count) else { return nil }
    boundary = Array("\r\n--\(mark)".utf8)
    // The first boundary has no line before it.
    waiting = Array("\r\n".utf8)
  }

  /// Whether the last boundary has come.
  var isComplete: Bool { if case .end = state { true } else { false } }

  /// Takes what came in.
  ///
  /// - Parameters:
  ///   - begin: told of a file before its first bytes.
  ///   - write: takes the bytes of the file.
  mutating func take(
    _ bytes: some Sequence<UInt8>, begin: (Part) throws -> Void, write: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    waiting.append(contentsOf: bytes)
    while true {
      switch state {
      case .end:
        waiting = []
        return
      case .before:
        guard let found = find(boundary) else { return try keepTail(Self.mostHeaderBytes) }
        waiting.removeFirst(found + boundary.count)
        state = .headers
      case .headers:
        if waiting.starts(with: Array("--".utf8)) {
          state = .end
          continue
        }
        guard let found = find(Array("\r\n\r\n".utf8)) else {
          return try keepTail(Self.mostHeaderBytes)
        }
        let part = try Self.part(waiting.prefix(found))
        waiting.removeFirst(found + 4)
        // A part without content has its boundary at once, whose line break was taken already.
        waiting.insert(contentsOf: Array("\r\n".utf8), at: 0)
        value = []
        isFresh = true
        if part.fileName != nil { try begin(part) }
        state = .content(part)
      case .content(let part):
        let found = find(boundary)
        // What may be the beginning of a boundary waits.
        let end = found ?? max(0, waiting.count - boundary.count)
        var content = waiting.prefix(end)
        if isFresh, end >= 2 {
          content = content.dropFirst(2)
          isFresh = false
        } else if isFresh, found == nil {
          return
        }
        if part.fileName != nil {
          if !content.isEmpty { try write(content) }
        } else {
          value.append(contentsOf: content)
          guard value.count <= Self.mostFieldBytes else { throw Problem.tooLarge }
        }
        waiting.removeFirst(end)
        guard found != nil else { return }
        if part.fileName == nil {
          guard fields.count < Self.mostFields else { throw Problem.tooLarge }
          fields[part.name] = String(decoding: value, as: UTF8.self)
        }
        waiting.removeFirst(boundary.count)
        state = .headers
      }
    }
  }

  private var isFresh = false

  private mutating func keepTail(_ most: Int) throws {
    if case .headers = state, waiting.count > most { throw Problem.notMultipart }
    if case .before = state, waiting.count > most { throw Problem.notMultipart }
  }

  private func find(_ pattern: [UInt8]) -> Int? {
    guard let first = pattern.first, waiting.count >= pattern.count else { return nil }
    var from = waiting.startIndex
    let last = waiting.count - pattern.count
    while from <= last, let place = waiting[from...].firstIndex(of: first), place <= last {
      if waiting[place...].starts(with: pattern) { return place }
      from = place + 1
    }
    return nil
  }

  /// `Content-Disposition: form-data; name="file"; filename="a.xlsx"`.
  private static func part(_ header: some Sequence<UInt8>) throws -> Part {
    let lines = String(decoding: Array(header), as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: true)
    guard
      let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
      let name = parameter("name", of: String(line))
    else { throw Problem.notMultipart }
    return Part(name: name, fileName: parameter("filename", of: String(line)))
  }

  private static func parameter(_ name: String, of line: String) -> String? {
    guard let start = line.range(of: "; \(name)=\"", options: .caseInsensitive) else { return nil }
    let rest = line[start.upperBound...]
    // Browsers write a quote within as %22.
    guard let end = rest.firstIndex(of: "\"") else { return nil }
    return String(rest[..<end]).replacing("%22", with: "\"")
  }
}
