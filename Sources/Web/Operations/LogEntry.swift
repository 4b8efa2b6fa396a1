package import Bookkeeping
package import FundModel

/// One line of what the server tells of itself: to whoever runs it, never to who asks.
package struct LogEntry: Sendable {
  package enum Level: String, Comparable, Sendable {
    /// A request that was answered.
    case info
    /// Something worth knowing, such as who signed in.
    case notice
    case warning
    case error

    private var weight: Int {
      switch self {
      case .info: 0
      case .notice: 1
      case .warning: 2
      case .error: 3
      }
    }

    package static func < (a: Level, b: Level) -> Bool { a.weight < b.weight }
  }

  package let level: Level
  package let time: Instant
  /// A sentence, or its beginning.
  package let message: String
  /// What programs look for, by name.
  package let fields: [JSON.Member]

  package init(_ level: Level, at time: Instant, _ message: String, _ fields: [JSON.Member] = []) {
    self.level = level
    self.time = time
    self.message = message
    self.fields = fields
  }

  /// `{"time":"2026-04-10T09:00:00.000000Z","level":"info","message":"request", …}`, without an end
  /// of line.
  package var json: String {
    let head: [JSON.Member] = [
      .init(name: "time", value: JSON(time.description)),
      .init(name: "level", value: JSON(level.rawValue)),
      .init(name: "message", value: JSON(message)),
    ]
    return JSON.object(head + fields).text
  }

  /// For people: one line, whatever it holds, and nothing that a terminal obeys or that turns the
  /// direction of writing.
  package var text: String {
    String(
      String.UnicodeScalarView(
        message.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: " "
          default: scalar
          }
        }))
  }
}
