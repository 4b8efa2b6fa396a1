import Bookkeeping
import Foundation
import FundModel
import RandomBooks
import Testing

@testable import Web

/// `access-matrix.txt`, which a person wrote, against what the site does.
@Suite("Who may do what")
struct AccessMatrixTests {
  enum Word: String { case yes, own, no, `in` }

  struct Row {
    let method: String
    let path: String
    /// Nobody, then each role in the order of `Role.allCases`.
    let words: [Word]
  }

  static func rows() throws -> [Row] {
    let file = Golden.folder.deletingLastPathComponent().appending(path: "access-matrix.txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: " ").map(String.init)
      try #require(parts.count == 2 + 1 + Role.allCases.count, "\(line)")
      return Row(
        method: parts[0], path: parts[1],
        words: try parts.dropFirst(2).map { try #require(Word(rawValue: $0), "\(line)") })
    }
  }

  @Test("Every page, every form and every operation has its row, and no row is of nothing")
  func complete() throws {
    var known = routeTable.map { "\($0.method.rawValue) \($0.path.text)" }
    for page in pageTable {
      known.append("GET \(page.path.text)")
      if page.sends != nil { known.append("POST \(page.path.text)") }
    }
    let listed = try Self.rows().map { "\($0.method) \($0.path)" }
    #expect(Set(known).subtracting(listed) == [], "without a row")
    #expect(Set(listed).subtracting(known) == [], "a row of nothing")
    #expect(listed.count == Set(listed).count)
  }

  @Test("Each row holds for nobody and for each role, and who may not changes nothing")
  func holds() async throws {
    try await withSite { site in
      let books = try await SmallBooks(in: site)
      let party = try await site.books.answer(Partners()).first { $0.name == "LP" }
      let partner = try #require(party).id.rawValue
      var people: [TestedPerson?] = [nil]
      for role in Role.allCases {
        people.append(
          try await site.person(
            role, named: role.rawValue, parties: role == .partner ? [partner] : []))
      }
      let before = try await site.tested.dump()
      for row in try Self.rows() {
        let place = filled(row.path, books)
        // The stream never ends by itself: `Tests/API/test_events.py` listens as each role.
        let asking = row.path == "/events" ? [nil] : people
        for (person, word) in zip(asking, row.words) {
          let answer = try await ask(site.asked(by: person), row.method, place)
          let what = "\(row.method) \(row.path) by \(person?.id.description ?? "nobody")"
          switch word {
          case .yes, .own:
            #expect(![401, 403].contains(answer.status), "\(what): \(answer.status)")
            #expect(answer.header("Location")?.hasPrefix("/sign-in") != true, "\(what)")
          case .no: #expect(answer.status == 403, "\(what): \(answer.status)")
          case .in:
            let leads =
              answer.status == 303 && answer.header("Location")?.hasPrefix("/sign-in") == true
            #expect(answer.status == 401 || leads, "\(what): \(answer.status)")
          }
        }
      }
      // Nothing was sent that could be taken, whoever sent it.
      #expect(try await site.tested.dump() == before)
    }
  }

  private func filled(_ path: String, _ books: SmallBooks) -> String {
    let names = [
      "{fund}": "<K>", "{call}": "<call 1>", "{commitment}": "<K.LP>", "{party}": "<X>",
      "{item}": "<GP item>", "{entry}": "1", "{tab}": "partners", "{file}": "partners.csv",
    ]
    return books.filled(
      names.reduce(path) { $0.replacing($1.key, with: $1.value) })
  }

  /// A form that asks for nothing there is, or an empty body: it goes as far as who one is matters.
  private func ask(
    _ site: TestedSite, _ method: String, _ place: String
  ) async throws -> TestedAnswer {
    guard method == "POST" else { return try await site.get(place) }
    return place.hasPrefix("/api")
      ? try await site.post(place, "[]") : try await site.send("form=nothing", to: place)
  }
}
