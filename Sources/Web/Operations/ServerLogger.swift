import Bookkeeping
import FundModel
import Logging

/// What Hummingbird has to say goes where everything else goes, from warnings on.
struct ServerLogger: LogHandler {
  let now: @Sendable () -> Instant
  let write: @Sendable (LogEntry) -> Void
  var metadata = Logger.Metadata()
  var logLevel = Logger.Level.warning

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    write(
      LogEntry(
        event.level >= .error ? .error : .warning, at: now(), "server: \(event.message)"))
  }
}
