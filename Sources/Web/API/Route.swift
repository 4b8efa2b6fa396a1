import Bookkeeping
import FundModel

/// One operation of the API: how it is asked, what it takes, what it answers.
///
/// A list of these (`RouteTable.swift`) makes the routes, the checking of what is sent and the
/// OpenAPI document.
struct Route: Sendable {
  enum Method: String, Sendable { case get = "GET", post = "POST" }

  let method: Method
  let path: PathTemplate
  /// What programs call the operation: `recordPayment`.
  let id: String
  let tag: Tag
  /// One line for the reader of the document.
  let summary: String
  let isOlderPath: Bool
  let query: [any AnyField]
  let body: Body?
  /// What the amounts of the body are in.
  let currency: AmountCurrency
  let answers: [Answered]
  /// Whether it takes so little that it is answered on the thread that reads the connection.
  let isQuick: Bool
  /// Who may ask it.
  var permission: Permission { method == .post ? .keepsBooks : .readsAll }
  let handle: @Sendable (Input, SignedIn) async throws -> Answer

  /// What a body may hold.
  struct Body: Sendable {
    let fields: [any AnyField]
    /// Further members of its schema, such as `oneOf`.
    var rule: [JSON.Member] = []
    var example: JSON
  }

  /// Where the currency of amounts is to be learnt.
  enum AmountCurrency: Sendable {
    case none
    case of(@Sendable (FieldValues) throws -> CurrencyOf.Subject)
    case field(Field<Currency>)
  }

  /// One way in which the operation succeeds.
  struct Answered: Sendable {
    let status: Int
    let about: String
    let schema: Schema
    var hasLocation = false
  }

  enum Tag: String, CaseIterable, Sendable {
    case funds = "Funds"
    case parties = "Parties"
    case commitments = "Commitments"
    case calls = "Capital calls"
    case entries = "Entries"
    case investments = "Investments"
    case audit = "Audit"
  }

  /// The statuses of problems that it can answer, but for those of a failing machine.
  var problemStatuses: [Int] {
    let namesSomething = ([path.fields, query, body?.fields ?? []].joined())
      .contains(where: \.namesSomething)
    return (body == nil ? [] : [400]) + [401, 403] + (namesSomething ? [404] : [])
      + (body == nil ? [] : [413, 415]) + [422]
  }
}

/// What an operation answers.
struct Answer: Sendable {
  let status: Int
  let body: JSON
  var location: String?

  init(_ body: JSON) {
    status = 200
    self.body = body
  }

  init(created body: JSON, at location: String?) {
    status = 201
    self.body = body
    self.location = location
  }
}

/// What an operation was asked, read and checked.
struct Input: Sendable {
  let books: Books
  let path: FieldValues
  let query: FieldValues
  let body: FieldValues
  let requestKey: String?
}

extension Route {
  /// A question to the books.
  static func get<Subject>(
    _ path: PathTemplate, _ id: String, _ tag: Tag, _ summary: String, isOlderPath: Bool = false,
    isQuick: Bool = false, query: [any AnyField] = [], _ shape: Shape<Subject>,
    _ answer: @escaping @Sendable (Input) async throws -> Subject
  ) -> Route {
    Route(
      method: .get, path: path, id: id, tag: tag, summary: summary, isOlderPath: isOlderPath,
      query: query, body: nil, currency: .none,
      answers: [Answered(status: 200, about: summary, schema: shape.schema)], isQuick: isQuick
    ) { input, _ in Answer(shape.written(try await answer(input))) }
  }

  /// A change of the books.
  ///
  /// - Parameters:
  ///   - location: where what came to be can be read.
  ///   - rehearsal: what is answered instead when the query asks for a dry run.
  static func post<C: Command>(
    _ path: PathTemplate, _ id: String, _ tag: Tag, _ summary: String,
    currency: AmountCurrency = .none, body: Body,
    location: (@Sendable (C.Outcome) -> String)? = nil, rehearsal: Rehearsal<C>? = nil,
    _ command: @escaping @Sendable (Input) throws -> C
  ) -> Route {
    let done = Answered(
      status: 201, about: "Done. Asked again with the same key, the same answer.",
      schema: receiptShape.schema, hasLocation: location != nil)
    return Route(
      method: .post, path: path, id: id, tag: tag, summary: summary, isOlderPath: false,
      query: rehearsal.map { $0.query } ?? [], body: body, currency: currency,
      answers: [rehearsal?.answered, done].compactMap { $0 }, isQuick: true
    ) { input, sender in
      // Before anything else: without it nothing here can change the books.
      let keeper = try sender.keeper()
      let command = try command(input)
      if let rehearsal, try input.query(dryRun) == true {
        return Answer(try await rehearsal.rehearse(command, input))
      }
      let receipt = try await input.books.perform(
        command, by: keeper, requestKey: input.requestKey)
      return Answer(
        created: receiptShape.json(
          ReceiptLine(id: receipt.outcome.description, audit: receipt.audit)),
        at: location.map { $0(receipt.outcome) })
    }
  }
}

/// How a change is tried without keeping it.
struct Rehearsal<C: Command>: Sendable {
  let query: [any AnyField]
  let answered: Route.Answered
  let rehearse: @Sendable (C, Input) async throws -> JSON

  init<Subject>(
    query: [any AnyField] = [], _ shape: Shape<Subject>,
    _ rehearse: @escaping @Sendable (C, Input) async throws -> Subject
  ) {
    self.query = [dryRun] + query
    answered = Route.Answered(
      status: 200, about: "What would be; nothing was written.", schema: shape.schema)
    self.rehearse = { shape.json(try await rehearse($0, $1)) }
  }
}

let dryRun = Field.parameter(
  "dry_run", .flag, "Answers what would be, and writes nothing.", example: true)

/// What a change left behind, alike for all changes.
struct ReceiptLine: Sendable {
  let id: String
  let audit: AuditStamp
}

let receiptShape = Shape<ReceiptLine>(
  "Receipt",
  [
    .init("id", .id) { .number($0.id) },
    .init("audit", .id) { JSON($0.audit.sequence) },
    .init("recorded_at", .instant) { JSON($0.audit.recordedAt.description) },
  ])
