import Bookkeeping

/// The query of an address: its parameters in order, decoded as forms encode them.
struct QueryText {
  let parameters: [(name: String, value: String)]

  /// - Throws: the parameters that are no UTF-8 once decoded.
  init(_ query: some StringProtocol) throws(FieldProblems) {
    var parameters: [(name: String, value: String)] = []
    var problems = FieldProblems([])
    for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
      let rawName = pair.prefix { $0 != UInt8(ascii: "=") }
      let rawValue = pair.dropFirst(rawName.count + 1)
      let name = decodedText(rawName, plusIsSpace: true)
      guard let name, let value = decodedText(rawValue, plusIsSpace: true) else {
        problems.all.append(
          FieldProblem(
            "not-decodable", .notDecodable,
            at: [name ?? String(decoding: rawName, as: UTF8.self)], in: .query))
        continue
      }
      parameters.append((name, value))
    }
    guard problems.all.isEmpty else { throw problems }
    self.parameters = parameters
  }

  /// The first value of that name.
  subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// As an object of texts, to be read like a body; repeated names are problems.
  func object() throws(FieldProblems) -> JSON {
    var seen: Set<String> = []
    let twice = parameters.map(\.name).filter { !seen.insert($0).inserted }
    guard twice.isEmpty else {
      throw FieldProblems(
        Set(twice).sorted().map {
          FieldProblem("given-twice", .givenTwice, at: [$0], in: .query)
        })
    }
    return .object(parameters.map { JSON.Member(name: $0.name, value: .string($0.value)) })
  }
}

/// Undoes percent-encoding.
///
/// - Returns: `nil` when what comes out is no UTF-8. A `%` without two hexadecimal digits stays.
func decodedText(_ encoded: some Sequence<UInt8>, plusIsSpace: Bool) -> String? {
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
  return String(validating: bytes, as: UTF8.self).flatMap { $0.isStreamSafe ? $0 : nil }
}
