import Bookkeeping
import FundModel
import Hummingbird

/// Everything that answers a request, and what it needs for that.
struct Site: Sendable {
  let books: Books
  let trail: TrailWatch
  let door: Door
  let limits: Limits
  let load: Load
  let heavyLane = HeavyLane()
  let tally = Tally()
  let upkeep: Upkeep
  /// What lets programs watch over the server, besides those of this machine.
  let metricsToken: String?
  /// `nil` where files of sheets are not taken.
  let imports: ImportDesk?
  let write: @Sendable (LogEntry) -> Void
  /// Whether each request is told to the log.
  let tellsRequests: Bool
  let httpDate = HTTPDate()
  let passwords = PasswordPool()
  let throttle = SignInThrottle()
  /// A key that no page had before.
  let newRequestKey: @Sendable () -> String
  /// 64 bits that nobody can guess.
  let newBits: @Sendable () -> UInt64
}

/// Takes every request, finds what it is for, and sees that no failure leaves without an answer.
struct SiteResponder: HTTPResponder {
  let site: Site

  func respond(to request: Request, context: SiteContext) async throws -> Response {
    let started = site.books.clock.now()
    let asked = Asked(
      request, site.requestID(request), from: context.peer, through: site.door)
    var response =
      asked.isForThisSite || asked.isForAnySite
      ? await site.inItsLane(asked) : site.refusal(.misdirected, asked)
    for (name, value) in securityHeaders { response.headers[name] = value }
    response.headers[.requestID] = asked.id
    site.tell(asked, response, since: started)
    return asked.method == "HEAD" ? response.createHeadResponse() : response
  }
}

/// A request as the rest of the program sees it.
struct Asked: Sendable {
  let method: String
  /// The decoded parts of the path; `nil` when it is no UTF-8.
  let path: [String]?
  let rawPath: String
  let query: String
  let request: Request
  /// Under which it stands in the log, and which its answer carries.
  let id: String
  let notes = RequestNotes()
  /// The address at the other end of the connection.
  let peer: String?
  let door: Door

  init(_ request: Request, _ id: String, from peer: String?, through door: Door) {
    self.id = id
    self.peer = peer
    self.door = door
    method = request.method.rawValue
    let target = Self.withoutAuthority(request.head.path ?? "/").utf8
    let path = target.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    rawPath = String(Substring(path))
    query = String(
      Substring(target.dropFirst(path.count + 1).prefix { $0 != UInt8(ascii: "#") }))
    self.request = request
    var parts: [String]? = path.first == UInt8(ascii: "/") ? [] : nil
    for part in path.dropFirst().split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    {
      let decoded = Decoded(part, plusIsSpace: false)
      guard decoded.problem == nil else {
        parts = nil
        break
      }
      parts?.append(decoded.text)
    }
    self.path = parts == [""] ? [] : parts
  }

  /// Proxies may send the whole address (RFC 9112, §3.2.2).
  private static func withoutAuthority(_ target: String) -> Substring {
    guard target.utf8.first != UInt8(ascii: "/"),
      let scheme = ["http://", "https://"].first(where: target.lowercased().hasPrefix)
    else {
      return target[...]
    }
    let rest = target.dropFirst(scheme.count).drop { $0 != "/" && $0 != "?" && $0 != "#" }
    return rest.hasPrefix("/") ? rest : "/" + rest
  }

  /// HEAD is answered like GET, without the body.
  var answeredMethod: String { method == "HEAD" ? "GET" : method }

  /// - Parameter name: in lower case.
  func header(_ name: String) -> String? {
    assert(name == name.lowercased())
    return request.headers.first { $0.name.canonicalName == name }?.value
  }

  /// - Parameter name: in lower case.
  func headers(_ name: String) -> [String] {
    assert(name == name.lowercased())
    return request.headers.compactMap { $0.name.canonicalName == name ? $0.value : nil }
  }
}

extension Site {
  /// What is quick is answered where the connection is read; pages and long answers, which take
  /// longer to make, by the threads that are there for that. Large requests wait for each other, not
  /// others for them.
  fileprivate func inItsLane(_ asked: Asked) async -> Response {
    guard asked.isLarge else {
      let route = routes(for: asked.path ?? []).first { $0.method.rawValue == asked.answeredMethod }
      if route?.isQuick == true { return await respond(to: asked) }
      return await withTaskExecutorPreference(globalConcurrentExecutor) {
        await respond(to: asked)
      }
    }
    guard load.take(of: \.heavy, under: limits.heavyRequests) else {
      return refusal(.tooBusy, asked)
    }
    defer { load.give(of: \.heavy) }
    return await heavyLane.inTurn { await respond(to: asked) }
  }

  /// Open pages for anyone; everything else for those who have signed in.
  private func respond(to asked: Asked) async -> Response {
    let path = asked.path ?? []
    if let told = await watched(asked) { return told }
    if let open = await openPage(asked, path) { return open }
    let fitting = asked.path == nil ? [] : routes(for: path)
    guard fitting.isEmpty, path.first != "api" else {
      return await respond(to: asked, path, fitting)
    }
    do {
      guard let visitor = try await visitor(asked) else {
        return asked.method == "POST"
          ? await signInToSend(asked, path) : askToSignIn(asked)
      }
      return await pages(Visit(asked: asked, by: visitor), path)
    } catch { return problem(error, asked) }
  }

  private func respond(to asked: Asked, _ path: [String], _ fitting: [Route]) async -> Response {
    let route = fitting.first { $0.method.rawValue == asked.answeredMethod }
    do {
      guard let sender = try await sender(of: asked) else { throw Problem.notSignedIn }
      if path == ["api", "openapi.json"] {
        guard asked.answeredMethod == "GET" else {
          throw Problem.methodNotAllowed(asked.method, allowed: ["GET", "HEAD"])
        }
        return Response(json: openAPIDocument, status: 200)
      }
      guard !fitting.isEmpty else { throw Problem.notFound }
      guard let route else {
        throw Problem.methodNotAllowed(asked.method, allowed: allowedMethods(fitting))
      }
      try sender.check(route.permission)
      if route.method == .post, sender.session != nil { throw Problem.changesWantToken }
      let answer = try await route.answer(
        RawRequest(
          path: route.path.match(path) ?? [:], query: asked.query,
          contentType: asked.header("content-type"),
          requestKeys: asked.headers(requestKeyHeader.lowercased()),
          body: { try await asked.request.wholeBody() }), by: sender, books: books)
      var response = Response(json: answer.body, status: answer.status)
      if let location = answer.location { response.set("Location", location) }
      return response
    } catch {
      return refusal(Problem(error, reference: logged(error, asked)), asked)
    }
  }

  /// The routes of the path that says most among those that fit.
  private func routes(for path: [String]) -> [Route] {
    let fitting = routeTable.filter { $0.path.fits(path) }
    let most = fitting.map(\.path.literals).max()
    return fitting.filter { $0.path.literals == most }
  }

  private func allowedMethods(_ routes: [Route]) -> [String] {
    routes.flatMap { $0.method == .get ? ["GET", "HEAD"] : [$0.method.rawValue] }
  }

  /// What is told to programs of what cannot be done.
  func refusal(_ problem: Problem, _ asked: Asked) -> Response {
    let language = Language(accepted: asked.header("accept-language"))
    var response = Response(json: problem.json(in: language), status: problem.status)
    response.set("Content-Type", "application/problem+json")
    response.set("Content-Language", language.rawValue)
    for header in problem.headers { response.set(header.name, header.value) }
    return response
  }
}

/// No page needs anything from elsewhere, and nothing elsewhere may frame a page.
let securityHeaders: [(HTTPFields.Element.Name, String)] = [
  (
    .contentSecurityPolicy,
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
      + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
  ),
  (.contentTypeOptions, "nosniff"),
  (.referrerPolicy, "same-origin"),
]
