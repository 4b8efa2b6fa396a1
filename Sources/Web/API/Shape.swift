import Bookkeeping

/// The shape of one kind of JSON object in answers: each member once, with its name, its schema and
/// where its value comes from. Makes both the JSON and its description, which therefore agree.
struct Shape<Subject: Sendable>: Sendable {
  struct Member: Sendable {
    let name: String
    let schema: Schema
    /// Whether it is always there.
    let isRequired: Bool
    let value: @Sendable (Subject) -> JSON?

    init(
      _ name: String, _ schema: Schema, _ value: @escaping @Sendable (Subject) -> JSON
    ) {
      self.name = name
      self.schema = schema
      isRequired = true
      self.value = value
    }

    /// A member that is left out where there is nothing to say.
    init(
      sometimes name: String, _ schema: Schema,
      _ value: @escaping @Sendable (Subject) -> JSON?
    ) {
      self.name = name
      self.schema = schema
      isRequired = false
      self.value = value
    }

    /// The same member of something that holds the subject.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Subject) -> Shape<Whole>.Member {
      let value = value
      guard isRequired else {
        return Shape<Whole>.Member(sometimes: name, schema) { value(part($0)) }
      }
      return Shape<Whole>.Member(name, schema) { value(part($0)) ?? .null }
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

  func json(_ subjects: some Sequence<Subject>) -> JSON { .array(subjects.map { json($0) }) }

  var schema: Schema {
    Schema(
      named: name,
      .object(
        members.map { ($0.name, $0.schema) },
        required: members.filter(\.isRequired).map(\.name), isOpen: true))
  }
}
