// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every target; in `make test` a warning is an error too.
let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["JANGBU_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

let package = Package(
  name: "Jangbu",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "jangbu", targets: ["jangbu"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1",
      traits: ["FullFoundation"]),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.11.0"),
    // What Hummingbird stands on, for what is to be done on its connections.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
  ],
  targets: [
    .target(name: "FundModel", swiftSettings: strict),
    // Debian's libraries for the parts of an .xlsx file: zip, XML, and writing the whole.
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(
      name: "Sheets", dependencies: ["FundModel", "CZip", "CExpat", "CXLSXWriter"],
      swiftSettings: strict),
    .target(
      name: "Store", dependencies: [.product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    // Debian's libsodium: hashing, later passwords.
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .target(
      name: "Bookkeeping", dependencies: ["FundModel", "Sheets", "Store", "CSodium"],
      resources: [.embedInCode("Demo")], swiftSettings: strict),
    .target(
      name: "Web",
      dependencies: [
        "FundModel", "Sheets", "Bookkeeping",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "Logging", package: "swift-log"),
      ],
      resources: [.embedInCode("Assets")], swiftSettings: strict),
    // Functions of glibc by which a process is started with nothing open.
    .systemLibrary(name: "CSpawn"),
    .executableTarget(
      name: "jangbu",
      dependencies: [
        "FundModel", "Sheets", "Store", "Bookkeeping", "Web", "CSpawn",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // What `make bench` times in process, beside the peers; nothing that is shipped.
    .executableTarget(
      name: "jangbu-bench", dependencies: ["FundModel", "Store", "Bookkeeping", "Web"],
      path: "Benchmarks/Ours", swiftSettings: strict),

    // A second, naive way to every figure: lists and loops over exported CSV, no line of Sources.
    .target(name: "NaiveOracle", path: "Tests/NaiveOracle", swiftSettings: strict),
    // Random stories told to real books, from a seed; shared by several suites.
    .target(
      name: "RandomBooks", dependencies: ["FundModel", "Store", "Bookkeeping"],
      path: "Tests/RandomBooks", swiftSettings: strict),

    // An engine that fails at the n-th statement.
    .target(
      name: "FaultyStore", dependencies: ["Store"], path: "Tests/FaultyStore",
      swiftSettings: strict),

    // Other programs, started and waited for.
    .target(
      name: "StartedProgram", dependencies: ["CSpawn"], path: "Tests/StartedProgram",
      swiftSettings: strict),

    .testTarget(name: "FundModelTests", dependencies: ["FundModel"], swiftSettings: strict),
    .testTarget(
      name: "SheetsTests", dependencies: ["FundModel", "Sheets"], swiftSettings: strict),
    .testTarget(
      name: "StoreTests", dependencies: ["Store", "FaultyStore"], swiftSettings: strict),
    .testTarget(
      name: "BookkeepingTests",
      dependencies: [
        "FundModel", "Sheets", "Store", "Bookkeeping", "RandomBooks", "NaiveOracle",
        "FaultyStore",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "FundModel", "Store", "Bookkeeping", "Web", "RandomBooks",
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "CLITests",
      dependencies: ["jangbu", "FundModel", "Sheets", "Bookkeeping", "StartedProgram"],
      swiftSettings: strict),
    .testTarget(name: "TidyTests", dependencies: ["StartedProgram"], swiftSettings: strict),
  ])
