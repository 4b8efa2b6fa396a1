/// Figures about the server in the text format of Prometheus (0.0.4).
struct Prometheus {
  private(set) var text = ""

  enum Kind: String { case counter, gauge, histogram }

  /// Begins a family of samples. Each is begun once, and its samples follow at once.
  mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
  }

  mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: String) {
    let list = labels.map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }.joined(separator: ",")
    text += name + (list.isEmpty ? "" : "{\(list)}") + " \(value)\n"
  }

  mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
    begin(name, kind, help)
    sample(name, [], String(value))
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// Microseconds in seconds: `0.012345`.
  static func seconds(_ microseconds: Int64) -> String {
    let decimals = String(1_000_000 + microseconds % 1_000_000).dropFirst()
    return "\(microseconds / 1_000_000).\(decimals)"
  }
}

extension Prometheus {
  /// What was answered and what is going on.
  mutating func add(_ tally: Tally, _ load: Load.Counts) {
    begin("jangbu_http_requests_total", .counter, "Requests that were answered.")
    for (key, count) in tally.answers {
      sample(
        "jangbu_http_requests_total",
        [("method", key.method), ("route", key.route), ("status", String(key.status))],
        String(count))
    }
    let name = "jangbu_http_request_duration_seconds"
    begin(name, .histogram, "How long it took until an answer was ready to be sent.")
    for (key, times) in tally.times {
      let labels = [("method", key.method), ("route", key.route)]
      for (bound, count) in zip(Tally.bounds, times.within) {
        sample(name + "_bucket", labels + [("le", bound)], String(count))
      }
      sample(name + "_bucket", labels + [("le", "+Inf")], String(times.count))
      sample(name + "_sum", labels, Self.seconds(times.microseconds))
      sample(name + "_count", labels, String(times.count))
    }
    begin("jangbu_connections_cut_total", .counter, "Connections that the server ended, and why.")
    for (reason, count) in tally.cuts {
      sample("jangbu_connections_cut_total", [("reason", reason)], String(count))
    }
    single(
      "jangbu_http_requests_under_way", .gauge, "Requests that are being answered.", load.requests)
    single("jangbu_connections", .gauge, "Open connections.", load.connections)
    single("jangbu_event_listeners", .gauge, "Browsers that listen for changes.", load.listeners)
    single(
      "jangbu_incoming_body_bytes", .gauge, "Bytes of bodies that are still coming in.",
      load.incomingBytes)
  }
}
