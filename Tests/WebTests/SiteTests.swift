import Testing

@testable import Web

/// Paths, methods and headers of everything that is served.
@Suite("The site")
struct SiteTests {
  @Test("A known path says which methods it knows; an unknown one is not there")
  func methods() async throws {
    try await withSite { site in
      for (method, uri, allow) in [
        ("DELETE", "/api/parties", "GET, HEAD, POST"), ("PUT", "/api/funds", "GET, HEAD, POST"),
        ("POST", "/api/funds/overview", "GET, HEAD"), ("GET", "/api/funds/1/terms", "POST"),
        ("PATCH", "/api/funds/1", "GET, HEAD"), ("OPTIONS", "/api/audit", "GET, HEAD"),
        ("TRACE", "/api/calls/1", "GET, HEAD"), ("HEAD", "/api/items/1/payments", "POST"),
        ("POST", "/api/openapi.json", "GET, HEAD"),
        ("BREW", "/funds/1/capital-calls/stats", "GET, HEAD"),
      ] {
        let answer = try await site.ask(method, uri)
        #expect(answer.status == 405, "\(method) \(uri)")
        #expect(answer.header("Allow") == allow, "\(method) \(uri)")
        #expect(answer.header("Content-Type") == "application/problem+json")
        if method != "HEAD" { #expect(answer.code == "method-not-allowed") }
      }
      for (method, uri) in [
        ("POST", "/fund-overview"), ("DELETE", "/funds/1"), ("POST", "/"),
        ("PUT", "/assets/jangbu.css"),
      ] {
        let answer = try await site.ask(method, uri)
        #expect(answer.status == 405)
        #expect(answer.header("Allow") == "GET, HEAD")
        #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
      }
      for uri in ["/nothing", "/fund-overview/", "/funds", "/%FF", "//", "/assets/x.css", "/apix"] {
        let answer = try await site.get(uri)
        #expect(answer.status == 404, "\(uri)")
        #expect(answer.header("Content-Type") == "text/html; charset=utf-8", "\(uri)")
      }
    }
  }

  @Test("A proxy may send the whole address; what is no path is not there")
  func targets() async throws {
    try await withSite { site in
      for (target, status) in [
        ("http://localhost:8080/api/funds/overview?reference_date=2026-02-14", 200),
        ("HTTPS://example.com/fund-overview", 200), ("http://localhost", 303),
        ("http://localhost?lang=en", 303), ("*", 404), ("fund-overview", 404),
        ("/fund-overview#top", 200), ("/fund%2Doverview", 200), ("/fund%2", 404),
      ] {
        #expect(try await site.get(target).status == status, "\(target)")
      }
      let front = try await site.get("http://localhost?lang=en")
      #expect(front.header("Location") == "/fund-overview?lang=en")
    }
  }

  @Test("HEAD answers like GET without the body")
  func head() async throws {
    try await withSite(demo: true) { site in
      for uri in ["/api/funds/overview", "/fund-overview", "/funds/1", "/assets/jangbu.css"] {
        let get = try await site.get(uri)
        let head = try await site.ask("HEAD", uri)
        #expect(head.status == 200, "\(uri)")
        #expect(head.bytes.isEmpty)
        #expect(head.header("Content-Length") == String(get.bytes.count))
        #expect(head.header("Content-Type") == get.header("Content-Type"))
      }
    }
  }

  @Test("Every answer is told not to run, frame or leak anything; data is not kept")
  func headers() async throws {
    try await withSite { site in
      for uri in ["/", "/fund-overview", "/api/funds/overview", "/nothing", "/api/nothing"] {
        let answer = try await site.get(uri)
        #expect(
          answer.header("Content-Security-Policy")?.hasPrefix("default-src 'none'; ") == true)
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.header("Referrer-Policy") == "same-origin")
        if answer.status != 303 { #expect(answer.header("Cache-Control") == "no-store") }
      }
    }
  }

  @Test("Assets are kept by their version")
  func assets() async throws {
    try await withSite { site in
      for asset in Asset.all {
        let kept = try await site.get(asset.address)
        #expect(kept.status == 200)
        #expect(kept.bytes == asset.bytes)
        #expect(kept.header("Cache-Control") == "public, max-age=31536000, immutable")
        #expect(try await site.get(asset.path).header("Cache-Control") == "no-cache")
        let tag = try #require(kept.header("ETag"))
        let again = try await site.get(asset.path, ["If-None-Match": tag])
        #expect(again.status == 304)
        #expect(again.bytes.isEmpty)
      }
    }
  }

  @Test("The first address leads to the overview with its query")
  func front() async throws {
    try await withSite { site in
      for (uri, location) in [
        ("/", "/fund-overview"),
        ("/?reference_date=2026-02-14&lang=en", "/fund-overview?reference_date=2026-02-14&lang=en"),
      ] {
        let answer = try await site.get(uri)
        #expect(answer.status == 303)
        #expect(answer.header("Location") == location)
      }
    }
  }
}

/// Pages as the browser asks for them.
@Suite("Pages over HTTP")
struct PagesOverHTTP {
  @Test("Dates are read as people type them; a wrong one stays in the field")
  func dates() async throws {
    try await withSite(demo: true) { site in
      for text in ["2025-12-31", "2025.12.31", "2025%2F12%2F31", "20251231"] {
        let page = try await site.get("/fund-overview?reference_date=\(text)")
        #expect(page.status == 200)
        #expect(page.text.contains("value=\"2025-12-31\""), "\(text)")
      }
      let wrong = try await site.get("/fund-overview?reference_date=2026-02-30")
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("value=\"2026-02-30\""))
      #expect(wrong.text.contains("2026-02-28"))
      #expect(try await site.get("/fund-overview?reference_date=").status == 200)
    }
  }

  @Test("Wrong values of an address, unknown funds")
  func wrongValues() async throws {
    try await withSite(demo: true) { site in
      for (uri, status) in [
        ("/fund-overview?unit=dollar", 422), ("/fund-overview?formed_only=yes", 422),
        ("/fund-overview?sort=beauty", 422), ("/fund-overview?sort=no&order=up", 422),
        ("/fund-overview?reference_date=2026-01-01&reference_date=2026-02-01", 422),
        ("/calendar?month=2026-01&month=2026-01", 422), ("/fund-overview?lang=ko&lang=en", 422),
        ("/fund-overview?lang=fr", 422), ("/fund-overview?known_at=then", 422),
        ("/fund-overview?reference_date=%FF", 422), ("/fund-overview?%FF", 422),
        ("/funds/99", 404), ("/funds/x", 404), ("/funds/1?unit=x", 422), ("/funds/1%00", 404),
        ("/funds/1?reference_date=x", 422), ("/funds/1?known_at=2020-01-01", 404),
        ("/funds/%3Cscript%3E", 404),
        ("/fund-overview?utm_source=mail", 200), ("/fund-overview?unit=eok&sort=paid_in", 200),
        ("/funds/1?reference_date=2024-12-31&unit=won&known_at=2026-02-14T12:00:00+09:00", 200),
      ] {
        let page = try await site.get(uri)
        #expect(page.status == status, "\(uri)")
        #expect(page.header("Content-Type") == "text/html; charset=utf-8")
        #expect(!page.text.contains("<script>"))
      }
      #expect(site.log.all == [])
    }
  }

  @Test("The language is the address's, then the one chosen before, then the browser's")
  func language() async throws {
    try await withSite { site in
      for (uri, headers, language) in [
        ("/fund-overview", [:], "ko"),
        ("/fund-overview", ["Accept-Language": "en-US,en;q=0.9"], "en"),
        ("/fund-overview", ["Accept-Language": "de, ko;q=0.5, en;q=0.4"], "ko"),
        ("/fund-overview", ["Accept-Language": "en;q=0"], "ko"),
        ("/fund-overview", ["Accept-Language": ";;,q=,en;q=x,,"], "ko"),
        ("/fund-overview", ["Cookie": "a=b; lang=en"], "en"),
        ("/fund-overview", ["Cookie": "lang=xx", "Accept-Language": "en"], "en"),
        ("/fund-overview?lang=ko", ["Cookie": "lang=en", "Accept-Language": "en"], "ko"),
        ("/nothing?lang=en", [:], "en"),
      ] as [(String, [String: String], String)] {
        let page = try await site.get(uri, headers)
        #expect(page.text.contains("<html lang=\"\(language)\">"), "\(uri) \(headers)")
      }
      let chosen = try await site.get("/fund-overview?lang=en")
      #expect(chosen.header("Set-Cookie")?.hasPrefix("lang=en; Path=/; ") == true)
    }
  }
}
