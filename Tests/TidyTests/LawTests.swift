import Testing

/// A law that nothing can break protects nothing: each is shown a breach and a line it must leave
/// alone.
@Suite("The laws find what they look for")
struct LawTests {
  @Test("Every pattern finds its breaches and nothing else")
  func patterns() {
    for (pattern, breaches, fine) in [
      (
        Law.sql, ["\"SELECT id FROM fund\"", "INSERT INTO entry", "UPDATE entry"],
        ["<select name>", "// UPDATE and DELETE are refused", "Select a fund"]
      ),
      (
        Law.changeOfFacts,
        [
          "UPDATE entry SET", "DELETE FROM fund_version", "UPDATE \"commitment\"",
          "UPDATE audit SET", "DELETE FROM feed_end",
        ],
        [
          "UPDATE setting SET", "DELETE FROM session", "BEFORE UPDATE ON entry",
          "UPDATE audit_head",
          "DELETE FROM figure_cache", "refuses UPDATE and DELETE",
        ]
      ),
      (
        Law.timeAndChance,
        [
          "let now = Date()", "Instant.now()", "at: .now)", "Date.now", "ContinuousClock().now",
          "Int.random(in: 1...6)", "UUID()", "[1].shuffled()", "ContinuousClock.now",
        ],
        ["let now = clock.now()", "self.now = now", "Date(timeIntervalSince1970: 0)", "runtime(1)"]
      ),
      (
        Law.machinePath, ["see /" + "home/ana/x", "/" + "Users/ana", "/" + "root/.cache"],
        ["GET /funds/1", "$HOME/.cache", "a/roots/b", "/usr/bin/env", "https://a.b/homes/"]
      ),
    ] {
      for line in breaches { #expect(finds(pattern, in: line), "\(line)") }
      for line in fine { #expect(!finds(pattern, in: line), "\(line)") }
    }
    let ways = Law.waysAround.map(\.0).joined(separator: "|")
    for line in [
      "value!.name", "list[0]!", "f()!", "try! f()", "x as! Y", "fatalError(\"no\")", "var a: Int!",
      "nonisolated(unsafe) var a", "class A: @unchecked Sendable {}", "f(a!)", "a! + b",
      "\"\\(a!)\"",
    ] {
      #expect(finds(ways, in: line), "\(line)")
    }
    for line in [
      "a != b", "!isEmpty", "if !a {", "(!a)", "\"Stop!\"", "// really!", "a == b || !c",
      "#\"a\"b!\"#",
      "case !is Int", "a !== b", "[!a]", "x ? !a : b",
    ] {
      #expect(!finds(ways, in: line), "\(line)")
    }
  }

  @Test("Imports are seen in every spelling, and not in comments or strings")
  func imports() {
    let file = SourceFile(
      path: "a.swift",
      source: """
        import A
        package import B
          @testable import C
        @preconcurrency internal import struct D.E
        // import F
        let text = "import G"
        /* import H
        import I */ let important = 1
        \"\"\"
        import J \\(f("import K"))
        \"\"\"
        private import L
        """)
    #expect(file.imports.map(\.module) == ["A", "B", "C", "D", "L"])
    #expect(file.imports.map(\.line) == [1, 2, 3, 4, 12])
    #expect(file.code.count == file.text.count)
  }

  @Test("A module may import what its law names, where the law names it")
  func importLaw() throws {
    let law = try #require(Law.imports.first { $0.folder == "Sources/Bookkeeping" })
    #expect(law.allows("Store", in: "Sources/Bookkeeping/Books.swift"))
    #expect(law.allows("Foundation", in: "Sources/Bookkeeping/BooksClock.swift"))
    #expect(!law.allows("Foundation", in: "Sources/Bookkeeping/Books.swift"))
    #expect(!law.allows("GRDB", in: "Sources/Bookkeeping/Books.swift"))
    let web = try #require(Law.imports.first { $0.folder == "Sources/Web" })
    #expect(!web.allows("Store", in: "Sources/Web/Server.swift"))
  }

  @Test("The laws have sources to look at")
  func sourcesAreFound() throws {
    #expect(try SourceTree.swiftFiles(under: "Sources/FundModel").count > 20)
    #expect(try SourceTree.swiftFiles(under: "Sources/NoSuchFolder").isEmpty)
  }

  private func finds(_ pattern: String, in line: String) -> Bool {
    let file = SourceFile(path: "a.swift", source: line)
    let isText = [Law.sql, Law.changeOfFacts, Law.machinePath].contains(pattern)
    return !file.breaches(of: pattern, in: isText ? file.text : file.code).isEmpty
  }
}
