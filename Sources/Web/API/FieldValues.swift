import Bookkeeping
import FundModel

/// The values of some fields, read together: all of them or everything that is wrong.
struct FieldValues: Sendable {
  private var values: [String: any Sendable] = [:]

  static let none = FieldValues()
  private init() {}

  /// Reads `fields` from the members of a JSON object; a member that is no field is refused.
  init(reading fields: [any AnyField], from json: JSON, _ reading: Reading) throws(FieldProblems) {
    guard case .object(let members) = json else { throw .wrongType(.object, json) }
    var problems = FieldProblems([])
    var failed = false
    var reading = reading
    for field in fields {
      reading.name = field.name
      do throws(FieldProblems) {
        values[field.name] = try field.read(json[field.name], reading)
      } catch {
        failed = true
        problems.all += error.all.map { $0.within(field.name) }
      }
    }
    let known = fields.map(\.name)
    for member in members where !known.contains(member.name) {
      failed = true
      problems.all.append(
        FieldProblem("unknown-field", .unknownField(member.name, known), at: [member.name]))
    }
    guard !failed else { throw problems }
  }

  /// The value of a field.
  ///
  /// - Throws: ``UndeclaredField`` when the route does not list it: a bug.
  func callAsFunction<Value>(_ field: Field<Value>) throws -> Value {
    guard let value = values[field.name] as? Value else { throw UndeclaredField(name: field.name) }
    return value
  }

  func has(_ field: any AnyField) -> Bool { values[field.name] != nil }
}

/// A handler asked for a field that its route does not list.
struct UndeclaredField: Error { let name: String }

extension Schema {
  static func object(of fields: [any AnyField]) -> Schema {
    .object(
      fields.map { field in
        var schema = field.schema.with(.init(name: "description", value: JSON(field.about)))
        if let example = field.example {
          schema = schema.with(.init(name: "examples", value: [example]))
        }
        return (field.name, schema)
      }, required: fields.filter(\.isRequired).map(\.name))
  }

  /// An exact number, or the same as text.
  static func numberOrText(_ example: String) -> Schema {
    Schema([
      "anyOf": [
        ["type": "number"], ["type": "string", "maxLength": 64, "pattern": #"[0-9]"#],
      ]
    ])
  }
}

extension JSON {
  /// A number, or the text of one as people type it.
  var typedNumber: String? {
    switch self {
    // A number too long to be written out is no amount in any spelling.
    case .number(let digits): plainDecimal(digits) ?? String(digits.prefix(60)) + "…"
    case .string(let text): text
    default: nil
    }
  }

  /// What is wrong with a number that is longer than any amount that people type.
  func amountProblem(in currency: Currency) -> AmountProblem? {
    guard case .number(let digits) = self else { return nil }
    let plain = plainDecimal(digits)
    guard (plain?.utf8.count ?? .max) > Money.longestTyped else { return nil }
    let whole =
      plain.map { $0.prefix { $0 != "." }.count } ?? (digits.dropFirst().contains("-") ? 0 : .max)
    return whole < 40
      ? .tooManyDecimals(shown, currency)
      : .tooLarge(shown, most: Money(minorUnits: Money.mostRecorded, currency))
  }

  /// How it is quoted in a sentence: its beginning at most.
  var shown: String {
    switch self {
    case .string(let text): Self.shortened(text)
    case .number(let digits): Self.shortened(digits)
    default: Self.shortened(text)
    }
  }

  static func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(61)
    guard scalars.count > 60 else { return text }
    return String(String.UnicodeScalarView(scalars.prefix(60))) + "…"
  }
}

extension Reading {
  /// The digits of a whole number; in a path or query of a text that holds nothing else.
  func integerDigits(of json: JSON) -> String? {
    switch json {
    case .number(let number): plainDecimal(number).flatMap { $0.contains(".") ? nil : $0 }
    case .string(let text) where isText: JSON.shortened(text)
    default: nil
    }
  }
}
