import FundModel
import NIOHTTP1

/// Requests that are turned away before anyone reads them.
extension HTTPRequestHead {
  /// What is wrong with it, where something is.
  func oddity(under limits: Limits) -> Problem? {
    guard uri.utf8.count <= limits.targetBytes else {
      return .targetTooLong(most: limits.targetBytes)
    }
    let size = headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    guard size <= limits.headerBytes, headers.count <= limits.headerCount else {
      return .headersTooLarge(limits)
    }
    let hosts = headers["Host"].count
    guard hosts == 1 || (hosts == 0 && isOfOldVersion) else { return .oneHost(hosts) }
    guard headers["Expect"].allSatisfy({ $0.lowercased() == "100-continue" }) else {
      return .unmetExpectation
    }
    return nil
  }

  /// Whether whoever sends it waits to be told to go on with the body.
  var waitsToGoOn: Bool { headers.contains(name: "Expect") && !isOfOldVersion }

  /// How long its body is to be, where it says so.
  var declaredLength: Int? { headers.first(name: "Content-Length").flatMap { Int($0) } }

  /// Whether a file of sheets comes along: see `Asked.isUpload`.
  var isUpload: Bool {
    method == .POST && uri.prefix { $0 != "?" } == PageFrame.importPath
      && headers.first(name: "Content-Type")?.lowercased().hasPrefix("multipart/form-data") == true
  }

  /// Whether the connection ends with its answer. After an upgrade, which is never taken up, the
  /// rest could not be read; a client of HTTP/1.0 may not know where an answer ends.
  var endsConnection: Bool {
    isOfOldVersion || method == .CONNECT
      || headers[canonicalForm: "Connection"].contains {
        ["close", "upgrade"].contains($0.lowercased())
      }
  }

  private var isOfOldVersion: Bool { version.major == 1 && version.minor == 0 }
}

extension Problem {
  static func targetTooLong(most: Int) -> Problem {
    Problem(
      status: 414, code: "address-too-long",
      sentence: Phrase(
        "주소가 너무 깁니다. \(most)바이트까지 받습니다.",
        "The address is too long: at most \(most) bytes are taken."))
  }

  static func headersTooLarge(_ limits: Limits) -> Problem {
    Problem(
      status: 431, code: "headers-too-large",
      sentence: Phrase(
        "요청 헤더가 너무 많거나 깁니다. \(limits.headerCount)개, \(limits.headerBytes)바이트까지 받습니다.",
        """
        The headers are too many or too long: at most \(limits.headerCount) of them and \
        \(limits.headerBytes) bytes are taken.
        """))
  }

  static func oneHost(_ count: Int) -> Problem {
    Problem(
      status: 400, code: "not-one-host",
      sentence: Phrase(
        "Host 헤더는 하나여야 합니다 (받은 것: \(count)개).",
        "A request has exactly one Host header; this one has \(count)."))
  }

  static let misdirected = Problem(
    status: 421, code: "not-this-site",
    sentence: Phrase(
      "이 이름으로 온 요청에는 답하지 않습니다. 장부의 주소로 물어 주세요.",
      "Requests for that name are not answered here. Ask by the address of the books."))

  static let unmetExpectation = Problem(
    status: 417, code: "unknown-expectation",
    sentence: Phrase(
      "Expect 헤더에는 100-continue만 쓸 수 있습니다.", "Of Expect only 100-continue is understood."))

  static let notHTTP = Problem(
    status: 400, code: "not-http",
    sentence: Phrase("HTTP 요청으로 읽을 수 없습니다.", "This is no request as HTTP has it."))

  static let tooSlow = Problem(
    status: 408, code: "too-slow",
    sentence: Phrase(
      "요청이 제때 다 오지 않았습니다. 아무것도 적지 않았습니다.",
      "The request did not arrive in time; nothing was written."))

  static let tooBusy = Problem(
    status: 503, code: "too-busy",
    sentence: Phrase(
      "한꺼번에 너무 많은 요청이 왔습니다. 잠시 뒤에 다시 해 주세요.",
      "Too much is asked at this moment. Try again in a moment."),
    headers: [("Retry-After", "1")])
}
