import Bookkeeping

/// The shape of one kind of JSON object in answers: each member once, with its name, its schema and
/// where its value comes from. Makes both the JSON and its description, which therefore agree.
struct Shape<Subject: Sendable>: Sendable {
  struct Member: Sendable {
    let name: String
    let schema: Schema
    /// Whether it is always there.
    let isRequired: Bool
    /// Its name as it stands before the value: `"paid_in":`.
    fileprivate let label: [UInt8]
    private let source: Source

    private enum Source: Sendable {
      case value(@Sendable (Subject) -> JSON?)
      case text(@Sendable (Subject, inout [UInt8]) -> Void)
    }

    init(
      _ name: String, _ schema: Schema, _ value: @escaping @Sendable (Subject) -> JSON
    ) {
      self.name = name
      self.schema = schema
      label = JSON(name).bytes + [UInt8(ascii: ":")]
      isRequired = true
      source = .value(value)
    }

    /// A member that is left out where there is nothing to say.
    init(
      sometimes name: String, _ schema: Schema,
      _ value: @escaping @Sendable (Subject) -> JSON?
    ) {
      self.name = name
      self.schema = schema
      label = JSON(name).bytes + [UInt8(ascii: ":")]
      isRequired = false
      source = .value(value)
    }

    /// A member that writes its JSON text itself, where it is written very often.
    init(
      _ name: String, _ schema: Schema,
      writing write: @escaping @Sendable (Subject, inout [UInt8]) -> Void
    ) {
      self.name = name
      self.schema = schema
      label = JSON(name).bytes + [UInt8(ascii: ":")]
      isRequired = true
      source = .text(write)
    }

    func value(_ subject: Subject) -> JSON? {
      switch source {
      case .value(let value): return value(subject)
      case .text(let write):
        var text: [UInt8] = []
        write(subject, &text)
        return .written(text)
      }
    }

    /// Appends its name and JSON text with what comes before them.
    ///
    /// - Returns: whether there was anything to say.
    fileprivate func write(
      _ subject: Subject, after separator: UInt8, to text: inout [UInt8]
    ) -> Bool {
      switch source {
      case .value(let value):
        guard let value = value(subject) else { return false }
        text.append(separator)
        text.append(contentsOf: label)
        value.write(to: &text)
      case .text(let write):
        text.append(separator)
        text.append(contentsOf: label)
        write(subject, &text)
      }
      return true
    }

    /// The same member of something that holds the subject.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Subject) -> Shape<Whole>.Member {
      switch source {
      case .value(let value) where !isRequired:
        return Shape<Whole>.Member(sometimes: name, schema) { value(part($0)) }
      case .value(let value):
        return Shape<Whole>.Member(name, schema) { value(part($0)) ?? .null }
      case .text(let write):
        return Shape<Whole>.Member(
          name, schema, writing: { whole, text in write(part(whole), &text) })
      }
    }
  }

  /// What the schema is called in the OpenAPI document.
  let name: String
  let members: [Member]

  init(_ name: String, _ members: [Member]) {
    self.name = name
    self.members = members
  }

  func json(_ subject: Subject) -> JSON {
    .object(
      members.compactMap { member in
        member.value(subject).map { JSON.Member(name: member.name, value: $0) }
      })
  }

  /// The same, as text at once.
  func written(_ subject: Subject) -> JSON {
    var text: [UInt8] = []
    text.reserveCapacity(1_024)
    write(subject, to: &text)
    return .written(text)
  }

  /// Appends the JSON text.
  func write(_ subject: Subject, to text: inout [UInt8]) {
    let beginning = UInt8(ascii: "{")
    var separator = beginning
    for member in members where member.write(subject, after: separator, to: &text) {
      separator = UInt8(ascii: ",")
    }
    if separator == beginning { text.append(beginning) }
    text.append(UInt8(ascii: "}"))
  }

  func json(_ subjects: some Sequence<Subject>) -> JSON { .array(subjects.map { json($0) }) }

  var schema: Schema {
    Schema(
      named: name,
      .object(
        members.map { ($0.name, $0.schema) },
        required: members.filter(\.isRequired).map(\.name), isOpen: true))
  }
}
