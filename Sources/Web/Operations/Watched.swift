import Bookkeeping
import FundModel
import Hummingbird

/// What those ask who watch over the server: programs, without signing in.
extension Site {
  /// - Returns: `nil` for anything else.
  func watched(_ asked: Asked) async -> Response? {
    guard asked.path?.count == 1, let name = asked.path?.first else { return nil }
    switch name {
    case "livez", "readyz", "metrics": break
    default: return nil
    }
    guard asked.answeredMethod == "GET" else {
      return refusal(.methodNotAllowed(asked.method, allowed: ["GET", "HEAD"]), asked)
    }
    switch name {
    case "livez": return Response(json: ["alive": true], status: 200)
    case "readyz": return await ready(asked)
    default:
      guard asked.mayWatch(by: metricsToken) else { return refusal(.notForWatching, asked) }
      return await metrics()
    }
  }

  /// Whether the books can be read and written. Why not is told only to those who may watch.
  private func ready(_ asked: Asked) async -> Response {
    let checks = await upkeep.checks()
    let isReady = checks.allSatisfy { $0.isGood || !$0.isNeeded }
    var answer: [JSON.Member] = [.init(name: "ready", value: .bool(isReady))]
    if asked.mayWatch(by: metricsToken) {
      let list = checks.map { check -> JSON in
        [
          "name": JSON(check.name), "ok": .bool(check.isGood), "needed": .bool(check.isNeeded),
          "found": JSON(check.found),
        ]
      }
      answer.append(.init(name: "checks", value: .array(list)))
    }
    return Response(json: .object(answer), status: isReady ? 200 : 503)
  }

  private func metrics() async -> Response {
    var text = Prometheus()
    text.add(tally, load.now)
    if let sequence = try? await books.answer(TrailEnd()) {
      text.single(
        "jangbu_audit_trail_sequence", .gauge, "The last entry of the audit trail.", sequence)
    }
    for figure in await upkeep.figures() {
      text.single(figure.name, figure.isCounter ? .counter : .gauge, figure.about, figure.value)
    }
    var response = Response(
      bytes: Array(text.text.utf8), "text/plain; version=0.0.4; charset=utf-8", status: 200)
    response.set("Cache-Control", "no-store")
    return response
  }
}

extension Asked {
  /// Whether the inside of the server may be shown: to this machine, or to who knows the token.
  /// Behind a proxy everyone comes from this machine, so only the token counts.
  fileprivate func mayWatch(by token: String?) -> Bool {
    if case .thisMachine = door { return true }
    guard let token, let sent = header("authorization"), sent.lowercased().hasPrefix("bearer ")
    else { return false }
    // Digests take equally long to compare, however much of the token is right.
    return SHA256.bytes(of: Array(sent.dropFirst(7).utf8)) == SHA256.bytes(of: Array(token.utf8))
  }

  /// Whether it may be asked under any name: a balancer that looks after the server knows only its
  /// address. What it is told is no secret.
  var isForAnySite: Bool { path == ["livez"] || path == ["readyz"] }
}

extension Problem {
  fileprivate static let notForWatching = Problem(
    status: 403, code: "not-for-watching",
    sentence: Phrase(
      "이 서버의 상태는 토큰을 보내야 볼 수 있습니다 (--metrics-token-file).",
      "What goes on in the server is told to who sends the token (--metrics-token-file)."))
}
