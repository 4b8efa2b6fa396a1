import Bookkeeping
import FundModel

/// A JSON Schema (draft 2020-12, as OpenAPI 3.1 has it) with the named ones that it refers to.
struct Schema: Sendable {
  var json: JSON
  private(set) var components: [String: JSON] = [:]

  init(_ json: JSON) { self.json = json }

  /// A named schema, referred to.
  init(named name: String, _ schema: Schema) {
    json = ["$ref": JSON("#/components/schemas/\(name)")]
    components = schema.components
    components[name] = schema.json
  }

  /// The same with more members, such as a description.
  func with(_ members: JSON.Member...) -> Schema {
    guard case .object(let own) = json else { return self }
    var changed = self
    changed.json = .object(own + members)
    return changed
  }

  /// Where there may be nothing.
  var orNull: Schema {
    var changed = self
    if case .object(let members) = json, let type = json["type"], case .string = type {
      changed.json = .object(
        members.map { $0.name == "type" ? .init(name: "type", value: [type, "null"]) : $0 })
    } else {
      changed.json = ["anyOf": [json, ["type": "null"]]]
    }
    return changed
  }

  static func array(of element: Schema, most: Int? = nil) -> Schema {
    var array = element
    array.json = ["type": "array", "items": element.json]
    return most.map { array.with(.init(name: "maxItems", value: JSON($0))) } ?? array
  }

  /// - Parameter required: names of members that are always there.
  static func object(
    _ members: [(name: String, schema: Schema)], required: [String], isOpen: Bool = false
  ) -> Schema {
    var object = Schema(
      .object(
        [
          .init(name: "type", value: "object"),
          .init(
            name: "properties",
            value: .object(members.map { .init(name: $0.name, value: $0.schema.json) })),
        ]
          + (required.isEmpty
            ? [] : [.init(name: "required", value: .array(required.map { JSON($0) }))])
          + (isOpen ? [] : [.init(name: "additionalProperties", value: false)])))
    for member in members {
      object.components.merge(member.schema.components) { first, _ in first }
    }
    return object
  }
}

/// What answers are made of.
extension Schema {
  static let text = Schema(["type": "string"])
  static let date = Schema(["type": "string", "format": "date"])
  static let instant = Schema(["type": "string", "format": "date-time"])
  static let count = Schema(["type": "integer", "minimum": 0])
  static let integer = Schema(["type": "integer"])
  static let flag = Schema(["type": "boolean"])
  static let id = Schema(["type": "integer", "format": "int64", "minimum": 1])
  /// An exact decimal in the currency's major unit.
  static let amount = Schema(["type": "number"])
  static let percent = Schema(["type": "number"])
  static let currency = Schema(["type": "string", "pattern": "^[A-Z]{3}$"])
  static let sha256 = Schema(["type": "string", "pattern": "^[0-9a-f]{64}$"])

  static func choice(_ values: [String]) -> Schema {
    Schema(["type": "string", "enum": .array(values.map { JSON($0) })])
  }

  static func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ choices: Choice.Type
  ) -> Schema {
    choice(Choice.allCases.map(\.rawValue))
  }
}
