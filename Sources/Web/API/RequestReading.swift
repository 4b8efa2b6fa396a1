import Bookkeeping
import FundModel

/// A request to the API before it is understood.
struct RawRequest: Sendable {
  let path: [String: String]
  let query: String
  let contentType: String?
  let requestKeys: [String]
  /// - Throws: `Problem` when it is too large.
  let body: @Sendable () async throws -> [UInt8]
}

/// What was sent for an operation, part by part.
struct SentParts: Sendable {
  let path: [String: String]
  var query = ""
  let body: JSON?
  let requestKeys: [String]
  /// By a person in a form, not by a program: every value is a text.
  var isTyped = false
}

extension Route {
  /// Reads and checks everything that was sent, and answers.
  ///
  /// Whatever is wrong with fields is found together. An unknown fund, commitment or item of the
  /// path comes first: what its amounts are in is not known then.
  func answer(
    _ request: RawRequest, by sender: SignedIn, books: Books
  ) async throws -> Answer {
    if body != nil {
      guard isMediaType(request.contentType, "application/json") else {
        throw Problem.wrongMediaType(request.contentType)
      }
    }
    let sent: JSON? =
      if body == nil { nil } else { try JSONReader.read(try await request.body()) }

    let parts = SentParts(
      path: request.path, query: request.query, body: sent, requestKeys: request.requestKeys)
    let input = try await self.input(parts, books: books)
    return try await carryOut(input, by: sender, sent: sent)
  }

  /// Does what was asked. What the books refuse is told with a pointer into what was sent.
  func carryOut(_ input: Input, by sender: SignedIn, sent: JSON?) async throws -> Answer {
    do { return try await handle(input, sender) } catch let refusal as Refusal {
      throw Problem(refusal, asked: self, sent: sent)
    }
  }

  /// Reads and checks every field: all of them, or everything that is wrong.
  func input(_ parts: SentParts, books: Books) async throws -> Input {
    var reading = Reading(currency: nil, clock: books.clock, isText: true)
    var problems = FieldProblems([])
    func gather<Value>(
      _ place: FieldProblem.Place, else nothing: Value, _ read: () throws(FieldProblems) -> Value
    ) -> (value: Value, isGood: Bool) {
      do throws(FieldProblems) { return (try read(), true) } catch {
        problems.all += error.all.map { $0.placed(place) }
        return (nothing, false)
      }
    }
    let path = gather(.path, else: FieldValues.none) { () throws(FieldProblems) in
      try FieldValues(
        reading: self.path.fields,
        from: .object(parts.path.map { .init(name: $0.key, value: .string($0.value)) }), reading)
    }
    let query = gather(.query, else: FieldValues.none) { () throws(FieldProblems) in
      try FieldValues(
        reading: self.query, from: try QueryText(parts.query).object(), reading)
    }
    let key = gather(.header, else: String?.none) { () throws(FieldProblems) in
      method == .post ? try readRequestKey(parts.requestKeys) : nil
    }
    reading.isText = parts.isTyped
    reading.isTyped = parts.isTyped
    do {
      reading.currency = try await currency(path.isGood ? path.value : nil, parts.body, books)
    } catch let refusal as Refusal { throw Problem(refusal, asked: self, sent: nil) }
    let body = gather(.body, else: FieldValues.none) { () throws(FieldProblems) in
      guard let fields = self.body?.fields, let sent = parts.body else { return FieldValues.none }
      return try FieldValues(reading: fields, from: sent, reading)
    }
    guard path.isGood, query.isGood, key.isGood, body.isGood else { throw problems }
    return Input(
      books: books, path: path.value, query: query.value, body: body.value, requestKey: key.value)
  }

  private func currency(
    _ path: FieldValues?, _ sent: JSON?, _ books: Books
  ) async throws -> Currency? {
    switch currency {
    case .none: return nil
    case .of(let subject):
      guard let path else { return nil }
      return try await books.glance(CurrencyOf(try subject(path)))
    case .field(let field):
      guard case .string(let code) = sent?[field.name] else { return nil }
      return Currency(code: code)
    }
  }
}

/// The key of a change, by which it is carried out once; `nil` where none was sent.
func readRequestKey(_ keys: [String]) throws(FieldProblems) -> String? {
  guard let key = keys.first else { return nil }
  guard keys.count == 1, (1...255).contains(key.utf8.count),
    key.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
  else {
    throw FieldProblems([
      FieldProblem("bad-request-key", .badRequestKey, at: [requestKeyHeader], in: .header)
    ])
  }
  return key
}
