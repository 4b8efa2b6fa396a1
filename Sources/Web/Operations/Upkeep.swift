/// What the program that serves the books knows of their keeping: files, disks, backups. Web itself
/// knows none of these.
package struct Upkeep: Sendable {
  /// Whether something that the server needs is as it should be.
  package struct Check: Hashable, Sendable {
    /// Stable, for programs: `writable`.
    package let name: String
    /// A sentence; for people.
    package let found: String
    package let isGood: Bool
    /// Whether nothing can be served rightly without it.
    package let isNeeded: Bool

    package init(_ name: String, _ found: String, isGood: Bool, isNeeded: Bool = true) {
      self.name = name
      self.found = found
      self.isGood = isGood
      self.isNeeded = isNeeded
    }
  }

  /// A figure for those who watch over the server, by its name in Prometheus.
  package struct Figure: Hashable, Sendable {
    package let name: String
    package let about: String
    /// Whether it only ever grows.
    package let isCounter: Bool
    package let value: Int64

    package init(_ name: String, _ about: String, isCounter: Bool = false, _ value: Int64) {
      self.name = name
      self.about = about
      self.isCounter = isCounter
      self.value = value
    }
  }

  package var checks: @Sendable () async -> [Check]
  package var figures: @Sendable () async -> [Figure]

  package init(
    checks: @escaping @Sendable () async -> [Check] = { [] },
    figures: @escaping @Sendable () async -> [Figure] = { [] }
  ) {
    self.checks = checks
    self.figures = figures
  }
}
