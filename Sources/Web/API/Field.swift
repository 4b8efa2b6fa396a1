import Bookkeeping
import FundModel

/// One named value that an operation takes: read, checked and documented in one place.
struct Field<Value: Sendable>: AnyField {
  let name: String
  let about: String
  let schema: Schema
  let isRequired: Bool
  var takesNull = false
  let namesSomething: Bool
  let example: JSON?
  fileprivate let readValue: @Sendable (JSON?, Reading) throws(FieldProblems) -> Value

  func read(_ json: JSON?, _ reading: Reading) throws(FieldProblems) -> any Sendable {
    try readValue(json, reading)
  }
}

/// A field whose type is not told: what routes list and the OpenAPI document describes.
protocol AnyField: Sendable {
  var name: String { get }
  /// One line for the reader of the document.
  var about: String { get }
  var schema: Schema { get }
  var isRequired: Bool { get }
  /// Whether null says something: that there is no value, or that it is to be emptied.
  var takesNull: Bool { get }
  /// Whether it holds an id, which may be unknown to the books.
  var namesSomething: Bool { get }
  var example: JSON? { get }
  /// - Parameter json: `nil` where the field was left out.
  func read(_ json: JSON?, _ reading: Reading) throws(FieldProblems) -> any Sendable
}

/// What reading a field may depend on.
struct Reading: Sendable {
  /// Of the fund, commitment or item that the amounts are for; `nil` while it isn't known.
  var currency: Currency?
  let clock: BooksClock
  /// Values in paths, queries and forms are texts, whatever they mean.
  var isText = false
  /// Typed by a person into a form: dates may be in any spelling that people use.
  var isTyped = false
  /// Of the field, for sentences that name it.
  var name = ""
}

/// What a value may be: how it is read and how it is described.
struct FieldKind<Value: Sendable>: Sendable {
  let schema: Schema
  var namesSomething = false
  let read: @Sendable (JSON, Reading) throws(FieldProblems) -> Value
}

extension Field {
  /// A field that has to be there.
  static func required(
    _ name: String, _ kind: FieldKind<Value>, _ about: String, example: JSON? = nil
  ) -> Field {
    Field(
      name: name, about: about, schema: kind.schema, isRequired: true,
      namesSomething: kind.namesSomething, example: example
    ) { (json, reading) throws(FieldProblems) in
      guard let json else { throw .missing }
      return try kind.read(json, reading)
    }
  }

  /// A field that may be left out, or be null, which is the same.
  static func optional<Wrapped>(
    _ name: String, _ kind: FieldKind<Wrapped>, _ about: String, example: JSON? = nil
  ) -> Field where Value == Wrapped? {
    Field(
      name: name, about: about, schema: kind.schema.orNull, isRequired: false, takesNull: true,
      namesSomething: kind.namesSomething, example: example
    ) { (json, reading) throws(FieldProblems) in
      guard let json, json != .null else { return nil }
      return try kind.read(json, reading)
    }
  }

  /// A parameter of the query that may be left out. It cannot be null: a query is text.
  static func parameter<Wrapped>(
    _ name: String, _ kind: FieldKind<Wrapped>, _ about: String, example: JSON? = nil
  ) -> Field where Value == Wrapped? {
    Field(
      name: name, about: about, schema: kind.schema, isRequired: false,
      namesSomething: kind.namesSomething, example: example
    ) { (json, reading) throws(FieldProblems) in
      guard let json else { return nil }
      return try kind.read(json, reading)
    }
  }

  /// A field that means `value` when left out or null.
  static func optional(
    _ name: String, _ kind: FieldKind<Value>, or value: Value, _ about: String,
    example: JSON? = nil
  ) -> Field {
    Field(
      name: name, about: about, schema: kind.schema.orNull, isRequired: false, takesNull: true,
      namesSomething: kind.namesSomething, example: example
    ) { (json, reading) throws(FieldProblems) in
      guard let json, json != .null else { return value }
      return try kind.read(json, reading)
    }
  }

  /// A field of an amendment that cannot be emptied: left out, it stays as it is.
  static func amended<Wrapped>(
    _ name: String, _ kind: FieldKind<Wrapped>, _ about: String, example: JSON? = nil
  ) -> Field where Value == Amendment<Wrapped> {
    Field(
      name: name, about: about, schema: kind.schema, isRequired: false,
      namesSomething: kind.namesSomething, example: example
    ) { (json, reading) throws(FieldProblems) in
      guard let json else { return .kept }
      return .changed(try kind.read(json, reading))
    }
  }

  /// A field of an amendment: left out, it stays as it is; null empties it.
  static func amended<Wrapped>(
    _ name: String, orNull kind: FieldKind<Wrapped>, _ about: String, example: JSON? = nil
  ) -> Field where Value == Amendment<Wrapped?> {
    Field(
      name: name, about: about, schema: kind.schema.orNull, isRequired: false, takesNull: true,
      namesSomething: kind.namesSomething, example: example
    ) { (json, reading) throws(FieldProblems) in
      guard let json else { return .kept }
      return .changed(json == .null ? nil : try kind.read(json, reading))
    }
  }
}

extension FieldProblems {
  static var missing: FieldProblems {
    FieldProblems(
      "missing",
      Phrase("꼭 있어야 하는 값이 없습니다.", "This field is needed and was left out."))
  }
}
