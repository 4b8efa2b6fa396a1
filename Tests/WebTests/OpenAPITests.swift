import Bookkeeping
import FundModel
import Testing

@testable import Web

@Suite("The OpenAPI document")
struct OpenAPITests {
  @Test("reads as expected")
  func golden() async throws {
    let answer = try await withSite { site in try await site.get("/api/openapi.json") }
    #expect(answer.status == 200)
    try expectGolden("openapi.json", try answer.json().pretty() + "\n")
  }

  @Test("Operations have names of their own; every field of a path has a value")
  func names() {
    #expect(Set(routeTable.map(\.id)).count == routeTable.count)
    #expect(Set(routeTable.map { $0.method.rawValue + $0.path.text }).count == routeTable.count)
    for route in routeTable {
      let ids = route.path.segments.filter { if case .id = $0 { true } else { false } }
      #expect(route.path.fields.count == ids.count, "\(route.path.text)")
      #expect((route.method == .post) == (route.body != nil), "\(route.path.text)")
    }
  }

  @Test("The examples of bodies can be read, and every field of a body has a use for them")
  func examples() async throws {
    let clock = try await withSite { $0.books.clock }
    for route in routeTable {
      guard let body = route.body else { continue }
      let reading = Reading(currency: .krw, clock: clock)
      #expect(throws: Never.self, "\(route.id)") {
        try FieldValues(reading: body.fields, from: body.example, reading)
      }
    }
  }
}
