import Bookkeeping
import Foundation
import FundModel

extension FieldKind where Value == String {
  /// A text for people: composed (NFC) and without white space around it.
  static func text(most: Int, required: Bool = false) -> FieldKind {
    FieldKind(
      schema: Schema(
        required
          ? ["type": "string", "minLength": 1, "maxLength": JSON(most)]
          : ["type": "string", "maxLength": JSON(most)])
    ) { (json, reading) throws(FieldProblems) in
      guard case .string(let raw) = json else { throw .wrongType(.text, json) }
      let text = raw.trimmingCharacters(in: .whitespacesAndNewlines)
        .precomposedStringWithCanonicalMapping
      if let problem = TextProblem(in: text, most: most, required: required) {
        throw FieldProblems(
          Refusal.text(reading.name, problem).code, problem.sentence(of: reading.name))
      }
      return text
    }
  }
}

extension FieldKind where Value == CalendarDate {
  /// A day, in ISO 8601; in a form as people type it.
  static var date: FieldKind {
    FieldKind(schema: .date) { (json, reading) throws(FieldProblems) in
      guard case .string(let text) = json else { throw .wrongType(.date, json) }
      if let date = CalendarDate(text) { return date }
      let meant: CalendarDate
      do throws(DateProblem) { meant = try CalendarDate(typed: text) } catch {
        throw FieldProblems(error.code, error.sentence)
      }
      guard reading.isTyped else {
        throw FieldProblems("date-unreadable", .writeDateAs(meant, not: text))
      }
      return meant
    }
  }
}

extension FieldKind where Value == Instant {
  /// A moment in RFC 3339 with its zone, or a day, which means its end in the books' zone.
  static var instant: FieldKind {
    FieldKind(
      schema: Schema([
        "type": "string", "anyOf": [["format": "date-time"], ["format": "date"]],
      ])
    ) { (json, reading) throws(FieldProblems) in
      guard case .string(let text) = json else { throw .wrongType(.instant, json) }
      guard let instant = reading.clock.instant(readFrom: text) else {
        throw FieldProblems("instant-unreadable", .notAnInstant(text))
      }
      return instant
    }
  }
}

extension BooksClock {
  /// Reads a moment; a bare day means its end in the books' zone.
  ///
  /// A `+` that came as a space, which forms and hurried clients make of it, is put right.
  func instant(readFrom text: String) -> Instant? {
    if let day = CalendarDate(text) { return end(of: day) }
    if let instant = Instant(text) { return instant }
    guard text.utf8.count > 20, let space = text.lastIndex(of: " ") else { return nil }
    return Instant(text.replacingCharacters(in: space...space, with: "+"))
  }
}

extension FieldKind {
  /// The id of something in the books.
  static func id<Owner>(of owner: Owner.Type = Owner.self) -> FieldKind
  where Value == Identifier<Owner> {
    FieldKind(schema: .id, namesSomething: true) { (json, reading) throws(FieldProblems) in
      guard let digits = reading.integerDigits(of: json) else { throw .wrongType(.id, json) }
      guard let id = Identifier<Owner>(digits) else {
        throw FieldProblems("id-unreadable", .notAnID(digits))
      }
      return id
    }
  }

  /// One of the words of an enumeration.
  static func choice(_ choices: Value.Type = Value.self) -> FieldKind
  where Value: CaseIterable & RawRepresentable<String> {
    FieldKind(schema: .choice(choices)) { (json, _) throws(FieldProblems) in
      guard case .string(let word) = json else { throw .wrongType(.text, json) }
      guard let value = Value(rawValue: word) else {
        throw FieldProblems("not-a-choice", .notAChoice(word, of: Value.allCases.map(\.rawValue)))
      }
      return value
    }
  }
}

extension FieldKind where Value == Counterparty {
  /// A party of the books by its id, or one by its name, as forms have it.
  static var counterparty: FieldKind {
    let id = FieldKind<Party.ID>.id(of: Party.self)
    let name = FieldKind<String>.text(most: TextLimit.name, required: true)
    return FieldKind(
      schema: Schema(["anyOf": [id.schema.json, name.schema.json]]), namesSomething: true
    ) { (json, reading) throws(FieldProblems) in
      if case .string = json { return .named(try name.read(json, reading)) }
      return .known(try id.read(json, reading))
    }
  }
}

extension FieldKind where Value == Bool {
  static var flag: FieldKind {
    FieldKind(schema: .flag) { (json, reading) throws(FieldProblems) in
      switch json {
      case .bool(let flag): return flag
      case .string("true") where reading.isText: return true
      case .string("false") where reading.isText: return false
      default:
        throw reading.isText
          ? FieldProblems("not-a-choice", .notAChoice(json.shown, of: ["true", "false"]))
          : .wrongType(.flag, json)
      }
    }
  }
}

extension FieldKind where Value == Int64 {
  static func integer(_ range: ClosedRange<Int64>) -> FieldKind {
    FieldKind(
      schema: Schema([
        "type": "integer", "minimum": JSON(range.lowerBound), "maximum": JSON(range.upperBound),
      ])
    ) { (json, reading) throws(FieldProblems) in
      guard let digits = reading.integerDigits(of: json) else { throw .wrongType(.integer, json) }
      guard let value = Int64(digits), range.contains(value) else {
        throw FieldProblems("out-of-range", .outOfRange(digits, range))
      }
      return value
    }
  }
}

extension FieldKind where Value == Currency {
  static var currency: FieldKind {
    FieldKind(schema: .currency) { (json, _) throws(FieldProblems) in
      guard case .string(let code) = json else { throw .wrongType(.text, json) }
      guard let currency = Currency(code: code) else {
        throw FieldProblems("unknown-currency", .notACurrency(code))
      }
      return currency
    }
  }
}

extension FieldKind where Value == Percent {
  static var percent: FieldKind {
    FieldKind(schema: .numberOrText("2.5")) { (json, _) throws(FieldProblems) in
      guard let typed = json.typedNumber else { throw .wrongType(.number, json) }
      do throws(PercentProblem) { return try Percent(typed: typed) } catch {
        throw FieldProblems(error.code, error.sentence)
      }
    }
  }
}

extension FieldKind where Value == Money {
  /// What an amount may be.
  enum Sign { case positive, notNegative, any }

  /// An exact amount in the major unit of the currency that the request is about.
  static func amount(_ sign: Sign = .positive) -> FieldKind {
    FieldKind(schema: .numberOrText("1250000")) { (json, reading) throws(FieldProblems) in
      guard let typed = json.typedNumber else { throw .wrongType(.number, json) }
      // Without a currency something else is wrong, which is told instead.
      guard let currency = reading.currency else { throw FieldProblems([]) }
      let money: Money
      do throws(AmountProblem) {
        if let problem = json.amountProblem(in: currency) { throw problem }
        money = try Money(typed: typed, in: currency)
      } catch { throw FieldProblems(error.code, error.sentence) }
      let refusal: Refusal? =
        switch sign {
        case .positive where !money.isPositive: .notPositive(field: "")
        case .notNegative where money.isNegative: .negative(field: "")
        case .any where money.isZero: .zero(field: "")
        default: nil
        }
      if let refusal { throw FieldProblems(refusal.code, refusal.sentence) }
      return money
    }
  }
}

extension FieldKind {
  /// A list; everything that is wrong in it is found together.
  static func list<Element>(of element: FieldKind<Element>) -> FieldKind where Value == [Element] {
    FieldKind(
      schema: .array(of: element.schema, most: mostInList),
      namesSomething: element.namesSomething
    ) { (json, reading) throws(FieldProblems) in
      guard case .array(let elements) = json else { throw .wrongType(.list, json) }
      guard elements.count <= mostInList else {
        throw FieldProblems("too-many", .tooMany(elements.count, most: mostInList))
      }
      var values: [Element] = []
      var problems = FieldProblems([])
      var failed = false
      for (index, json) in elements.enumerated() {
        do throws(FieldProblems) { values.append(try element.read(json, reading)) } catch {
          failed = true
          problems.all += error.all.map { $0.within(String(index)) }
        }
      }
      guard !failed else { throw problems }
      return values
    }
  }

  /// An object with two fields, both needed.
  static func pair<First, Second>(
    _ first: Field<First>, _ second: Field<Second>,
    _ make: @escaping @Sendable (First, Second) -> Value
  ) -> FieldKind {
    FieldKind(
      schema: .object(of: [first, second]),
      namesSomething: first.namesSomething || second.namesSomething
    ) { (json, reading) throws(FieldProblems) in
      let values = try FieldValues(reading: [first, second], from: json, reading)
      do { return make(try values(first), try values(second)) } catch { throw FieldProblems([]) }
    }
  }
}

private let mostInList = 10_000
