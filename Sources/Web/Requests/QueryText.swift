import Bookkeeping
import FundModel

/// Parameters as an address or a form has them: in order, decoded.
struct QueryText {
  let parameters: [(name: String, value: String)]
  /// Which of them are not what was sent, since that cannot be taken, and why.
  let unread: [FieldProblem]

  /// Reads all that can be read.
  init(reading text: some StringProtocol) {
    var unread: [FieldProblem] = []
    parameters = text.utf8.split(separator: UInt8(ascii: "&")).map { pair in
      let rawName = pair.prefix { $0 != UInt8(ascii: "=") }
      let name = Decoded(rawName, plusIsSpace: true)
      let value = Decoded(pair.dropFirst(rawName.count + 1), plusIsSpace: true)
      if let (code, sentence) = name.problem ?? value.problem {
        // What is no text is named as it was sent.
        let step = name.problem == nil ? name.text : String(decoding: rawName, as: UTF8.self)
        unread.append(FieldProblem(code, sentence, at: [step], in: .query))
      }
      return (name.text, value.text)
    }
    self.unread = unread
  }

  /// - Throws: the parameters that cannot be taken as they were sent.
  init(_ query: some StringProtocol) throws(FieldProblems) {
    self.init(reading: query)
    guard unread.isEmpty else { throw FieldProblems(unread) }
  }

  /// The first value of that name.
  subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// Names that stand more than once: readers differ in which of the values they believe.
  var givenTwice: [FieldProblem] {
    var seen: Set<String> = []
    let twice = Set(parameters.map(\.name).filter { !seen.insert($0).inserted })
    return twice.sorted().map { FieldProblem("given-twice", .givenTwice, at: [$0], in: .query) }
  }

  /// As an object of texts, to be read like a body; repeated names are problems.
  func object() throws(FieldProblems) -> JSON {
    let twice = givenTwice
    guard twice.isEmpty else { throw FieldProblems(twice) }
    return .object(parameters.map { JSON.Member(name: $0.name, value: .string($0.value)) })
  }
}

/// A text whose percent-encoding was undone. A `%` without two hexadecimal digits stays.
struct Decoded {
  /// Put right where there is a problem: it can be shown again, but says something else.
  let text: String
  let problem: (code: String, sentence: Phrase)?

  init(_ encoded: some Collection<UInt8>, plusIsSpace: Bool) {
    // Most of what is sent says what it says.
    guard !encoded.allSatisfy({ Self.standsForItself($0, plusIsSpace: plusIsSpace) }) else {
      text = String(decoding: encoded, as: UTF8.self)
      problem = nil
      return
    }
    var bytes: [UInt8] = []
    var rest = Array(encoded)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let high = rest.first?.hexadecimalValue,
        let low = rest.dropFirst().first?.hexadecimalValue
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    self.text = text.streamSafe
    if String(validating: bytes, as: UTF8.self) == nil {
      problem = ("not-decodable", .notDecodable)
    } else {
      problem = text.isStreamSafe ? nil : ("too-many-marks", .tooManyMarks)
    }
  }

  private static func standsForItself(_ byte: UInt8, plusIsSpace: Bool) -> Bool {
    byte < 0x80 && byte != UInt8(ascii: "%") && !(plusIsSpace && byte == UInt8(ascii: "+"))
  }
}
