import Synchronization

/// Counts of what was answered since the server began, for those who watch over it.
final class Tally: Sendable {
  struct Key: Hashable, Sendable {
    let method: String
    let route: String
    let status: Int
  }

  struct Times: Hashable, Sendable {
    /// How many took at most so long, for each of ``Tally/bounds``; the others only count.
    var within = [Int](repeating: 0, count: Tally.bounds.count)
    var count = 0
    var microseconds: Int64 = 0
  }

  /// Seconds.
  static let bounds = [
    "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10",
  ]
  private static let microseconds: [Int64] = [
    5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
    10_000_000,
  ]

  private struct Counts {
    var answers: [Key: Int] = [:]
    var times: [Key: Times] = [:]
    var cuts: [String: Int] = [:]
  }

  private let counts = Mutex(Counts())

  func count(method: String, route: String, status: Int, microseconds: Int64) {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    let method = known.contains(method) ? method : "other"
    counts.withLock { counts in
      counts.answers[Key(method: method, route: route, status: status), default: 0] += 1
      var times = counts.times[Key(method: method, route: route, status: 0)] ?? Times()
      times.count += 1
      times.microseconds += microseconds
      for (index, most) in Self.microseconds.enumerated() where microseconds <= most {
        times.within[index] += 1
      }
      counts.times[Key(method: method, route: route, status: 0)] = times
    }
  }

  func countCut(_ reason: Turned.Reason) {
    counts.withLock { $0.cuts[reason.rawValue, default: 0] += 1 }
  }

  var cuts: [(reason: String, count: Int)] {
    counts.withLock { $0.cuts }.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
  }

  var answers: [(key: Key, count: Int)] {
    counts.withLock { $0.answers }.map { ($0.key, $0.value) }.sorted { $0.0.order < $1.0.order }
  }

  /// The keys' status says nothing.
  var times: [(key: Key, times: Times)] {
    counts.withLock { $0.times }.map { ($0.key, $0.value) }.sorted { $0.0.order < $1.0.order }
  }
}

extension Tally.Key {
  fileprivate var order: String { "\(route) \(method) \(status)" }
}
