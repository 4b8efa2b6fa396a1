import Bookkeeping
import RandomBooks
import Testing

@testable import Web

/// An auditor reads everything and is shown no way to what only the keepers of the books may do.
@Suite("Pages of those who may not change the books")
struct ViewerPageTests {
  private let places = [
    "/fund-overview", "/funds/1", "/funds/1/partners", "/funds/1/investments", "/funds/1/ledger",
    "/funds/1/terms", "/calls/1", "/calls/2", "/investments/30", "/companies", "/companies/1",
    "/calendar", "/calendar?call=2", "/calendar/feeds", "/trail", "/trail/1", "/changes", "/find",
    "/find?q=a", "/account",
  ]

  @Test("A keeper sees the ways to forms on these pages; a viewer sees none of them")
  func noWayToForms() async throws {
    try await withSite(demo: true) { site in
      let viewer = site.asked(by: try await site.person(.viewer, named: "auditor"))
      var found = 0
      for place in places {
        for address in [place, place + (place.contains("?") ? "&" : "?") + "formed_only=true"] {
          found += ways(in: try await site.get(address).text)
          let page = try await viewer.get(address)
          #expect(ways(in: page.text) == 0, "\(address)")
          #expect(!page.text.contains("read-only"), "\(address) talks of a form nobody asked for")
        }
      }
      #expect(found > 50)
    }
  }

  @Test("What the books knew earlier is looked at: nobody sees a way to forms there")
  func noWayToFormsThen() async throws {
    try await withSite(demo: true) { site in
      for place in places where !place.hasPrefix("/account") {
        let address = place + (place.contains("?") ? "&" : "?") + "known_at=2026-02-14"
        let page = try await site.get(address)
        #expect(ways(in: page.text) == 0, "\(address)")
      }
    }
  }

  @Test("Asked for by its address, a form says who may send it")
  func told() async throws {
    try await withSite(demo: true) { site in
      let viewer = site.asked(by: try await site.person(.viewer, named: "auditor"))
      for address in ["/calls/2?do=cancel", "/funds/1/partners?do=commit"] {
        let page = try await viewer.get(address)
        #expect(page.text.contains("read-only"), "\(address)")
        #expect(!page.text.contains("data-form"), "\(address)")
      }
    }
  }

  /// Links to forms and forms that change the books; those of one's own account are none.
  private func ways(in page: String) -> Int {
    let links = page.matches(of: /href="[^"]*([?&]|&amp;)do=|href="[^"]*\/(new|new-call)["?]/)
    let forms = page.matches(of: /name="form" value="([A-Za-z]+)"/).filter {
      !["signOut", "changePassword", "endSession", "endOthers", "makeToken", "endToken"]
        .contains(String($0.output.1))
    }
    return links.count + forms.count
  }
}
