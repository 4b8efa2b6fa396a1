import Foundation
import StartedProgram
import Testing

/// Laws about the source itself; each failure names the file and the line.
@Suite("Tidy")
struct TidyTests {
  @Test("The model imports nothing and knows no floating point, clock or SQL")
  func modelIsPure() throws {
    for file in try SourceTree.swiftFiles(under: "Sources/FundModel") {
      for (module, line) in file.imports {
        Issue.record("\(file.path):\(line): the model may not import \(module)")
      }
      for word in ["Double", "Float", "CGFloat"] {
        file.refuse("\\b\(word)", in: file.code, because: "the model may not say `\(word)`")
      }
      file.refuse("\\bDate\\(", in: file.code, because: "the model may not say `Date(`")
      file.refuse(Law.sql, in: file.text, because: "the model may not speak SQL")
    }
  }

  @Test("Who may import whom")
  func imports() throws {
    for law in Law.imports {
      for file in try SourceTree.swiftFiles(under: law.folder) {
        for (module, line) in file.imports where !law.allows(module, in: file.path) {
          Issue.record("\(file.path):\(line): \(law.folder) may not import \(module)")
        }
      }
    }
  }

  @Test("Web speaks no SQL")
  func webSpeaksNoSQL() throws {
    for file in try SourceTree.swiftFiles(under: "Sources/Web") {
      file.refuse(Law.sql, in: file.text, because: "Web may not speak SQL")
    }
  }

  @Test("Web changes the books only for whom `SignedIn` vouches, or for the first owner")
  func onlySignedInMakesKeepers() throws {
    for file in try SourceTree.swiftFiles(under: "Sources/Web") {
      if file.name != "OpenPages.swift" {
        file.refuse(
          "\\bKeeper\\(named:|Keeper\\.atTheMachine", in: file.code,
          because: "whoever changes the books has signed in: ask `SignedIn.keeper()`")
      }
      if file.name != "SignedIn.swift" {
        file.refuse(
          "\\buser\\.keeper\\b", in: file.code,
          because: "whether a person may change the books is asked of `SignedIn.keeper()`")
      }
    }
  }

  @Test("Only jangbu makes an engine")
  func onlyJangbuMakesEngines() throws {
    for file in try SourceTree.swiftFiles(under: "Sources")
    where !file.isUnder("Sources/jangbu", "Sources/Store") {
      file.refuse(
        "\\b(SQLite|PostgreSQL)Engine\\(", in: file.code,
        because: "an engine is made in Sources/jangbu only")
    }
  }

  @Test("No way around the compiler, no promises for later")
  func noWayAround() throws {
    for file in try SourceTree.swiftFiles(under: "Sources") {
      file.refuse(
        "\\b(TODO|FIXME|XXX)\\b", in: file.text, because: "say it in an issue, or do it")
      guard !file.isUnder("Sources/Store") else { continue }
      for (pattern, word) in Law.waysAround {
        file.refuse(pattern, in: file.code, because: "`\(word)` may not be used outside Store")
      }
    }
  }

  @Test("Facts are only ever added: no UPDATE, no DELETE on tables of the books")
  func factsAreOnlyAdded() throws {
    for file in try SourceTree.swiftFiles(under: "Sources") {
      file.refuse(
        Law.changeOfFacts, in: file.text,
        because: "a fact is never changed or deleted; a mistake is answered by a reversal")
    }
  }

  @Test("The time and chance come from outside: only jangbu asks for them")
  func timeAndChance() throws {
    for file in try SourceTree.swiftFiles(under: "Sources")
    where !file.isUnder("Sources/jangbu") {
      file.refuse(
        Law.timeAndChance, in: file.code,
        because: "time and chance are arguments; only Sources/jangbu asks for them")
    }
  }

  @Test("The naive oracle imports Foundation only and shares no file with Sources")
  func oracleIsIndependent() throws {
    let sources = try SourceTree.swiftFiles(under: "Sources").filter { !$0.isPlaceholder }
    for file in try SourceTree.swiftFiles(under: "Tests/NaiveOracle") where !file.isPlaceholder {
      for (module, line) in file.imports where module != "Foundation" {
        Issue.record("\(file.path):\(line): the oracle may not import \(module)")
      }
      let place = SourceTree.root.appending(path: file.path)
      if place.resolvingSymlinksInPath().path != place.path {
        Issue.record("\(file.path):1: the oracle's files are its own, no links")
      }
      for twin in sources where twin.name == file.name || twin.text == file.text {
        Issue.record("\(file.path):1: shared with \(twin.path)")
      }
    }
  }

  @Test("No file says where it lay on the machine where it was written")
  func noMachinePaths() throws {
    for path in try trackedFiles() {
      let place = SourceTree.root.appending(path: path)
      guard let data = try? Data(contentsOf: place), !data.prefix(8_192).contains(0) else {
        continue
      }
      let file = SourceFile(path: path, source: String(decoding: data, as: UTF8.self))
      file.refuse(Law.machinePath, in: file.text, because: "a path of one machine")
    }
  }

  /// Files that git tracks; none in a copy without git.
  private func trackedFiles() throws -> [String] {
    guard FileManager.default.fileExists(atPath: SourceTree.root.appending(path: ".git").path)
    else {
      return []
    }
    let git = try StartedProgram(
      ["/usr/bin/env", "git", "ls-files", "-z"], in: SourceTree.root.path,
      environment: ProcessInfo.processInfo.environment)
    #expect(git.status == 0, "git ls-files: \(git.output)")
    return git.output.split(separator: "\0").map { String($0) }
  }
}

/// What the laws look for, as regular expressions.
enum Law {
  /// SQL is written in capitals; `<select>` in HTML is not.
  static let sql =
    #"\b(SELECT|INSERT INTO|UPDATE (?!and |or )[a-z_]+|DELETE FROM|CREATE (TABLE|INDEX|TRIGGER|VIEW))\b"#

  static let waysAround = [
    (#"[\w)\]}>"]!(?![=\w])"#, "!"), (#"\btry!"#, "try!"), (#"\bas!"#, "as!"),
    (#"\bfatalError\("#, "fatalError("), (#"\bnonisolated\(unsafe\)"#, "nonisolated(unsafe)"),
    (#"@unchecked\s+Sendable"#, "@unchecked Sendable"),
  ]

  /// Tables that hold facts begin with one of these words; settings, sessions and caches don't.
  static let changeOfFacts =
    #"\b(UPDATE|DELETE FROM)\s+"?(fund|party|commitment|capital_call|call|item|entry|stated|feed|audit|import_batch|import_undo)"#
    + #"(?![a-z_]*(cache|head))"#

  static let timeAndChance =
    #"\b(Date|UUID)\(\)|(?<![\w)\]])\.now\b|\b(Date|Instant|\w*Clock(\(\))?)\.now\b"#
    + #"|\.random\(|\.randomElement\(|\.shuffle(d)?\(|\bSystemRandomNumberGenerator\b"#
    + #"|\b(time|gettimeofday|clock_gettime|arc4random\w*|getrandom)\("#

  /// Built from pieces, so that this file keeps the law too.
  static let machinePath =
    "/(" + ["Users", "home", "root"].joined(separator: "|") + ")/[A-Za-z.]"
    + "|/" + "work/(main|shared)" + #"|\b[A-Z]:\\Users"#

  struct Imports {
    let folder: String
    let allowed: Set<String>
    /// Modules that only the named files may import.
    var inFiles: [String: Set<String>] = [:]

    func allows(_ module: String, in path: String) -> Bool {
      allowed.contains(module)
        || inFiles[module, default: []].contains { path == "\(folder)/\($0)" }
    }
  }

  static let imports = [
    Imports(folder: "Sources/FundModel", allowed: []),
    // C libraries for zip, XML and writing; glibc's iconv; Foundation for the composed form.
    Imports(
      folder: "Sources/Sheets",
      allowed: ["FundModel", "CExpat", "CXLSXWriter", "CZip", "Foundation", "Glibc"]),
    Imports(
      folder: "Sources/Store",
      allowed: [
        "GRDB", "GRDBSQLite", "CLibPQ", "Logging", "Foundation", "FoundationEssentials",
        "Synchronization", "Dispatch", "NIOPosix", "NIOCore",
      ]),
    // Foundation for time zones (BooksClock) and for Unicode's composed form (CSVFile); whatever
    // else wants it is named here, with a reason.
    Imports(
      folder: "Sources/Bookkeeping", allowed: ["FundModel", "Sheets", "Store"],
      inFiles: [
        "Foundation": ["BooksClock.swift", "ComposedText.swift", "Files/CSVFile.swift"],
        "FoundationEssentials": ["BooksClock.swift", "Files/CSVFile.swift"],
        "CSodium": ["SHA256.swift", "Access/PasswordHash.swift"],
        // Figures in memory are shared by all who ask.
        "Synchronization": ["Index/AsOfIndex.swift", "Access/KnownTokens.swift"],
      ]),
    Imports(
      folder: "Sources/Web",
      allowed: [
        "Bookkeeping", "FundModel", "Sheets", "Hummingbird", "HummingbirdCore", "HummingbirdRouter",
        "HummingbirdTLS", "HTTPTypes", "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOPosix",
        "NIOFoundationCompat", "Logging",
        "ServiceLifecycle", "Crypto", "_CryptoExtras", "Synchronization", "Foundation",
        "FoundationEssentials", "Dispatch",
      ]),
    Imports(
      folder: "Sources/jangbu",
      allowed: [
        "ArgumentParser", "Bookkeeping", "Web", "Store", "Sheets", "FundModel", "CSpawn", "Logging",
        "ServiceLifecycle",
        "Hummingbird", "Foundation", "FoundationEssentials", "Synchronization", "Glibc", "Darwin",
        "Musl",
      ]),
  ]
}
