import Bookkeeping
import Foundation
import FundModel
import Hummingbird
import HummingbirdTesting
import RandomBooks
import Store
import Testing

@testable import Web

/// Books and everything that serves them, asked in memory.
struct TestedSite {
  let tested: TestBooks
  let client: any TestClientProtocol
  let log: LockedLines
  /// Who asks: what a signed-in browser and a program of theirs send; nobody when `nil`.
  var asking: TestedPerson?

  var books: Books { tested.books }

  /// The same site, asked by someone else.
  func asked(by person: TestedPerson?) -> TestedSite {
    var site = self
    site.asking = person
    return site
  }

  /// Someone of that role, signed in and with an API token.
  func person(
    _ role: Role, named name: String, parties: [Int64] = [], scope: APIToken.Scope = .write
  ) async throws -> TestedPerson {
    // Straight into the table, so that the trail is as the test makes it.
    let id = try await tested.engine.write { connection in
      let row = try connection.rows(
        """
        INSERT INTO user_account (name, name_key, role, made_at) VALUES ($1, $1, $2, $3)
        RETURNING id
        """,
        [.text(name), .text(role.rawValue), .text(noon.description)]
      ).first
      let id = try row?.integer("id") ?? 0
      for party in parties {
        try connection.run(
          "INSERT INTO user_party (user_id, party_id) VALUES ($1, $2)",
          [.integer(id), .integer(party)])
      }
      return id
    }
    let secrets = ["session", "token"].map { Secret(asSent: "").derived(for: "\($0) of \(name)") }
    // Neither ends, wherever the test sets the clock.
    let never = "2199-12-31T00:00:00.000000Z"
    try await tested.engine.write { connection in
      try connection.run(
        """
        INSERT INTO user_session (user_id, digest, made_at, seen_at, ends_at, address, browser)
        VALUES ($1, $2, $3, $4, $4, 'test', 'test')
        """,
        [.integer(id), .text(secrets[0].digest), .text(noon.description), .text(never)])
      try connection.run(
        """
        INSERT INTO api_token (user_id, name, scope, digest, made_at, ends_at)
        VALUES ($1, 'test', $2, $3, $4, $5)
        """,
        [
          .integer(id), .text(scope.rawValue), .text(secrets[1].digest), .text(noon.description),
          .text(never),
        ])
    }
    return TestedPerson(id: User.ID(rawValue: id), session: secrets[0], token: secrets[1])
  }
}

struct TestedPerson: Sendable {
  let id: User.ID
  let session: Secret
  let token: Secret

  /// What the forms of their pages carry.
  var formToken: Secret { session.derived(for: "form") }
}

/// Lunchtime in Seoul on the demo books' day.
let noon = Instant("2026-02-14T03:00:00Z")!

/// New books with the demo funds or without, served for the length of `work`.
func withSite<Result: Sendable>(
  demo: Bool = false, wrapping: (SQLiteEngine) -> any SQLEngine = { $0 },
  _ work: @Sendable (TestedSite) async throws -> Result
) async throws -> Result {
  let tested = try await TestBooks(at: noon, wrapping: wrapping)
  if demo { _ = try await tested.books.perform(ImportBooks(DemoBooks.files), by: "test") }
  let log = LockedLines()
  var configuration = ServerConfiguration(
    log: { if $0.level > .info { log.add($0.text) } }, newBits: { .random(in: .min ... .max) })
  // Real files are read in `Tests/Browser/test_import.py`; here nothing is sent.
  configuration.importing = ImportTools(
    folder: "/nonexistent", read: { _, _, _, _ in throw CancellationError() },
    previewElsewhere: { _ in throw CancellationError() })
  return try await buildApplication(books: tested.books, configuration: configuration)
    .test(.router) { client in
      let site = TestedSite(tested: tested, client: client, log: log)
      return try await work(site.asked(by: try await site.person(.owner, named: "tester")))
    }
}

/// What came back.
struct TestedAnswer {
  let status: Int
  let headers: HTTPFields
  let bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }

  func header(_ name: String) -> String? {
    headers.first { $0.name.rawName.lowercased() == name.lowercased() }?.value
  }

  /// The body as JSON; a problem to the test when it is none.
  func json() throws -> JSON { try JSONReader.read(bytes) }

  var code: String? { try? json()["code"]?.asText }
  /// `body #/amount`, or nothing.
  var pointers: [String] {
    guard case .array(let errors)? = try? json()["errors"] else { return [] }
    return errors.map { "\($0["in"]?.asText ?? "") \($0["pointer"]?.asText ?? "")" }
  }
  var codes: [String] {
    guard case .array(let errors)? = try? json()["errors"] else { return [] }
    return errors.compactMap { $0["code"]?.asText }
  }
  var id: Int64 { get throws { try #require(Int64(try json()["id"]?.asDigits ?? "")) } }
}

extension JSON {
  var asText: String? { if case .string(let text) = self { text } else { nil } }
  var asDigits: String? { if case .number(let digits) = self { digits } else { nil } }
  var asList: [JSON] { if case .array(let list) = self { list } else { [] } }

  /// The value at the end of names and numbers: `json.at("funds", "0", "name")`.
  func at(_ steps: String...) -> JSON? {
    steps.reduce(Optional(self)) { found, step in
      switch found {
      case .array(let list): Int(step).flatMap { list.indices.contains($0) ? list[$0] : nil }
      case let found: found?[step]
      }
    }
  }
}

extension TestedSite {
  func ask(
    _ method: String, _ uri: String, _ headers: [String: String] = [:], bytes: [UInt8]? = nil
  ) async throws -> TestedAnswer {
    var fields = HTTPFields()
    var headers = headers
    if let asking {
      headers["Cookie"] =
        "jangbu=\(asking.session.text)" + (headers["Cookie"].map { "; \($0)" } ?? "")
      if uri.contains("/api") || uri.contains("/capital-calls/") {
        headers["Authorization"] = headers["Authorization"] ?? "Bearer \(asking.token.text)"
      }
    }
    for (name, value) in headers { fields[HTTPFields.Element.Name(name)!] = value }
    return try await client.execute(
      uri: uri, method: HTTPRequest.Method(rawValue: method)!, headers: fields,
      body: bytes.map { ByteBuffer(bytes: $0) }
    ) { response in
      TestedAnswer(
        status: response.status.code, headers: response.headers,
        bytes: Array(response.body.readableBytesView))
    }
  }

  func get(_ uri: String, _ headers: [String: String] = [:]) async throws -> TestedAnswer {
    try await ask("GET", uri, headers)
  }

  func post(
    _ uri: String, _ body: String, key: String? = nil, language: String? = nil
  ) async throws -> TestedAnswer {
    var headers = ["Content-Type": "application/json"]
    if let key { headers["Idempotency-Key"] = key }
    if let language { headers["Accept-Language"] = language }
    return try await ask("POST", uri, headers, bytes: Array(body.utf8))
  }

  /// Posts what has to be taken.
  /// - Returns: the id of what came to be.
  @discardableResult
  func made(_ uri: String, _ body: String) async throws -> Int64 {
    let answer = try await post(uri, body)
    try #require(answer.status == 201, "\(uri) \(body): \(answer.status) \(answer.text)")
    return try answer.id
  }
}
