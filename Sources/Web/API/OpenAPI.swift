import Bookkeeping

/// The OpenAPI 3.1 document of the API, made from the route table.
let openAPIDocument: JSON = openAPI(of: routeTable)

private func openAPI(of routes: [Route]) -> JSON {
  var paths: [(text: String, routes: [Route])] = []
  for route in routes {
    if let index = paths.firstIndex(where: { $0.text == route.path.text }) {
      paths[index].routes.append(route)
    } else {
      paths.append((route.path.text, [route]))
    }
  }
  let components = routes.flatMap(\.answers).map(\.schema.components)
    .reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }
  return [
    "openapi": "3.1.0",
    "info": [
      "title": "Jangbu (장부)", "version": "1",
      "summary": "The capital books of private funds.",
      "description": JSON(description),
    ],
    "servers": [["url": "/"]],
    "security": [["token": []]],
    "tags": .array(Route.Tag.allCases.map { ["name": JSON($0.rawValue)] }),
    "paths": .object(
      paths.map { path in
        .init(
          name: path.text,
          value: .object(
            path.routes.map {
              .init(name: $0.method.rawValue.lowercased(), value: $0.operation)
            }))
      }),
    "components": [
      "securitySchemes": [
        "token": [
          "type": "http", "scheme": "bearer",
          "description":
            "An API token, made on one's account's page. Reading works in a signed-in browser, too.",
        ]
      ],
      "parameters": .object(
        Clocks.both.map { .init(name: $0.name, value: parameter($0, in: "query")) }
          + [.init(name: "RequestKey", value: requestKeyParameter)]),
      "responses": .object(
        Set(routes.flatMap(\.problemStatuses)).sorted().map {
          .init(name: "Problem\($0)", value: problemResponse($0))
        }),
      "schemas": .object(
        (components.map { ($0.key, $0.value) } + [("Problem", problemSchema)])
          .sorted { $0.0 < $1.0 }.map { .init(name: $0.0, value: $0.1) }),
    ],
  ]
}

extension Route {
  fileprivate var operation: JSON {
    var members: [JSON.Member] = [
      .init(name: "operationId", value: JSON(id)),
      .init(name: "tags", value: [JSON(tag.rawValue)]),
      .init(name: "summary", value: JSON(summary)),
    ]
    if isOlderPath { members.append(.init(name: "deprecated", value: true)) }
    let parameters =
      path.fields.map { parameter($0, in: "path") }
      + query.map { sharedParameter($0) ?? parameter($0, in: "query") }
      + (method == .post ? [["$ref": "#/components/parameters/RequestKey"]] : [])
    if !parameters.isEmpty { members.append(.init(name: "parameters", value: .array(parameters))) }
    if let body {
      let schema = body.rule.reduce(Schema.object(of: body.fields)) { $0.with($1) }
      members.append(
        .init(
          name: "requestBody",
          value: [
            "required": true,
            "content": [
              "application/json": [
                "schema": schema.json, "examples": ["example": ["value": body.example]],
              ]
            ],
          ]))
    }
    members.append(.init(name: "responses", value: responses))
    return .object(members)
  }

  private var responses: JSON {
    let good = answers.map { answer in
      var members: [JSON.Member] = [.init(name: "description", value: JSON(answer.about))]
      if answer.hasLocation {
        members.append(
          .init(
            name: "headers",
            value: [
              "Location": [
                "description": "Where it can be read.", "required": true,
                "schema": ["type": "string", "format": "uri-reference"],
              ]
            ]))
      }
      members.append(
        .init(name: "content", value: ["application/json": ["schema": answer.schema.json]]))
      return JSON.Member(name: String(answer.status), value: .object(members))
    }
    let bad = problemStatuses.map { status in
      JSON.Member(
        name: String(status), value: ["$ref": JSON("#/components/responses/Problem\(status)")])
    }
    return .object(good + bad)
  }
}

private func problemResponse(_ status: Int) -> JSON {
  [
    "description": JSON(problemDescription(status)),
    "content": [
      "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
    ],
  ]
}

/// A reference to the parameter where all questions take the same.
private func sharedParameter(_ field: any AnyField) -> JSON? {
  guard Clocks.both.contains(where: { $0.name == field.name && $0.about == field.about }) else {
    return JSON?.none
  }
  return ["$ref": JSON("#/components/parameters/\(field.name)")]
}

private func parameter(_ field: any AnyField, in place: String) -> JSON {
  var members: [JSON.Member] = [
    .init(name: "name", value: JSON(field.name)), .init(name: "in", value: JSON(place)),
    .init(name: "description", value: JSON(field.about)),
    .init(name: "required", value: JSON(field.isRequired)),
    .init(name: "schema", value: field.schema.json),
  ]
  if let example = field.example { members.append(.init(name: "example", value: example)) }
  return .object(members)
}

private let requestKeyParameter: JSON = [
  "name": JSON(requestKeyHeader), "in": "header", "required": false,
  "description": """
  Chosen by whoever asks. Asked again with the same key and the same content, the first answer \
  comes again and nothing is written twice; with another content it is refused.
  """,
  "schema": ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"],
  "example": "0f9a4c1e-payment-7",
]

private func problemDescription(_ status: Int) -> String {
  switch status {
  case 400: "The body is not JSON, or broke off."
  case 401: "No API token was sent, or it has ended."
  case 403: "The role, or the token, does not go that far."
  case 404: "Something that was named is not in the books."
  case 413: "The body is larger than 1 MiB."
  case 415: "The body is not sent as application/json."
  default: "A field cannot be understood, or a rule of the books refuses."
  }
}

private let problemSchema: JSON = [
  "type": "object",
  "description": "RFC 9457. `code` is stable; sentences are in the language of Accept-Language.",
  "properties": [
    "type": ["type": "string", "format": "uri"],
    "title": ["type": "string"],
    "status": ["type": "integer"],
    "code": ["type": "string"],
    "detail": ["type": "string"],
    "errors": [
      "type": "array",
      "items": [
        "type": "object",
        "properties": [
          "in": ["type": "string", "enum": ["path", "query", "header", "body"]],
          "pointer": [
            "type": "string",
            "description": "A JSON pointer into that part of the request (RFC 6901, §6).",
          ],
          "code": ["type": "string"],
          "detail": ["type": "string"],
        ],
        "required": ["in", "pointer", "code", "detail"],
      ],
    ],
    "most": ["type": "number", "description": "The most that the item takes on that date."],
    "currency": ["type": "string"],
    "line": ["type": "integer"],
    "column": ["type": "integer"],
    "reference": ["type": "string"],
  ],
  "required": ["type", "title", "status", "code", "detail"],
]

private let description = """
  Every figure is a function of the books and a reference date. Amounts are exact decimals in the \
  currency's major unit; a text is taken as well. Facts are only ever added: every POST adds one, \
  and takes an Idempotency-Key. Every request carries an API token: owners and bookkeepers change \
  the books, viewers read them.

  Problems are application/problem+json. A path that is not here answers 404, another method 405 \
  with Allow. A machine that fails answers 500, 503 or 507, and nothing was written.
  """
