import Bookkeeping
import FundModel
import Sheets

/// Something that was asked for and cannot be had, as RFC 9457 wants it told.
struct Problem: Error {
  let status: Int
  /// Stable, for programs.
  let code: String
  let sentence: Phrase
  var fields: [FieldProblem] = []
  var more: [JSON.Member] = []
  var headers: [(name: String, value: String)] = []
  /// The most that the item takes, where more was asked.
  var most: Money?

  func json(in language: Language) -> JSON {
    var members: [JSON.Member] = [
      .init(name: "type", value: JSON("urn:jangbu:problem:\(code)")),
      .init(name: "title", value: JSON(language(Self.title(of: status)))),
      .init(name: "status", value: JSON(status)),
      .init(name: "code", value: JSON(code)),
      .init(name: "detail", value: JSON(language(sentence))),
    ]
    if !fields.isEmpty {
      members.append(.init(name: "errors", value: .array(fields.map { $0.json(in: language) })))
    }
    return .object(members + more)
  }

  var headline: Phrase {
    // Refused for where it came from, not for who sent it.
    [Self.fromElsewhere.code, Self.ofAnotherSession.code].contains(code)
      ? Phrase("받지 않았습니다", "Not taken") : Self.title(of: status)
  }

  private static func title(of status: Int) -> Phrase {
    switch status {
    case 400: Phrase("읽을 수 없습니다", "Not readable")
    case 401: Phrase("로그인이 필요합니다", "Not signed in")
    case 403: Phrase("권한이 없습니다", "Not allowed")
    case 404: Phrase("없습니다", "Not found")
    case 405: Phrase("쓸 수 없는 메서드입니다", "Method not allowed")
    case 408: Phrase("너무 오래 걸립니다", "Too slow")
    case 413, 414, 431: Phrase("너무 큽니다", "Too large")
    case 421: Phrase("여기로 올 요청이 아닙니다", "Misdirected")
    case 415: Phrase("다른 형식으로 보내야 합니다", "Unsupported media type")
    case 422: Phrase("받아들일 수 없습니다", "Not accepted")
    case 503: Phrase("잠시 뒤에 다시 해 주세요", "Try again")
    case 507: Phrase("디스크가 찼습니다", "No room left")
    default: Phrase("문제가 생겼습니다", "Something went wrong")
    }
  }
}

extension FieldProblem {
  /// As people read it: `items.0.amount`.
  fileprivate var name: String { JSON.shortened(steps.joined(separator: ".")) }

  /// The sentence with the field that it is about.
  fileprivate var namedSentence: Phrase {
    guard !steps.isEmpty, !sentence.en.hasPrefix(name) else { return sentence }
    return Phrase("\(name): \(sentence.ko)", "\(name): \(sentence.en)")
  }

  func json(in language: Language) -> JSON {
    [
      "in": JSON(place.rawValue), "pointer": JSON(pointer), "code": JSON(code),
      "detail": JSON(language(sentence)),
    ]
  }
}

extension Problem {
  /// What to say of whatever went wrong: the one place where errors become statuses.
  ///
  /// - Parameter reference: under which a failure is to be found in the log.
  init(_ error: any Error, reference: @autoclosure () -> String) {
    switch error {
    case let problem as Problem: self = problem
    case let problems as FieldProblems: self.init(problems)
    case let problem as JSONProblem: self.init(problem)
    case let refusal as Refusal: self.init(refusal, at: nil, [])
    case let problem as OutProblem:
      self = Problem(
        status: problem.isTooMuch ? 422 : 507, code: problem.isTooMuch ? "too-much" : "not-written",
        sentence: problem.sentence)
    default:
      switch BooksFailure(error) {
      case .figureTooLarge: self.init(Refusal.figureTooLarge, at: nil, [])
      case .busy: self = .busy
      case .fileReplaced: self = .fileReplaced(reference())
      case .cancelled: self = .cancelled
      case .full: self = .full
      case .broken: self = .failure(reference())
      }
    }
  }

  private init(_ refusal: Refusal, at place: FieldProblem.Place?, _ steps: [String]) {
    status = if case .unknown = refusal { 404 } else { 422 }
    code = refusal.code
    sentence = refusal.sentence
    if let place { fields = [FieldProblem(code, sentence, at: steps, in: place)] }
    if case .entry(let entry) = refusal, let most = entry.most {
      self.most = most
      more = [
        .init(name: "most", value: JSON(most)),
        .init(name: "currency", value: JSON(most.currency.code)),
      ]
    }
  }

  /// What the books refuse, with a pointer to what they refuse it for.
  init(_ refusal: Refusal, asked: Route, sent: JSON?) {
    if case .requestKeyReused = refusal {
      self.init(refusal, at: .header, [requestKeyHeader])
    } else if let steps = sent.flatMap({ refusal.steps(in: $0) }) {
      self.init(refusal, at: .body, steps)
    } else if let name = refusal.field, let place = asked.place(of: name) {
      self.init(refusal, at: place, [name])
    } else {
      self.init(refusal, at: nil, [])
    }
  }

  /// One problem speaks for itself; of several the fields are named.
  init(_ problems: FieldProblems) {
    status = 422
    // As many as anyone will read: a body of nothing but mistakes gets no larger answer.
    fields = Array(problems.all.prefix(100))
    if let only = problems.all.first, problems.all.count == 1 {
      code = only.code
      sentence = only.namedSentence
    } else {
      let names = problems.all.prefix(20).map(\.name).joined(separator: ", ")
      code = "invalid-fields"
      sentence = Phrase(
        "\(problems.all.count)곳을 고쳐야 합니다: \(names).",
        "\(problems.all.count) fields have to be put right: \(names).")
    }
  }

  private init(_ problem: JSONProblem) {
    status = 400
    code = "not-json"
    sentence = problem.sentence
    more = [
      .init(name: "line", value: JSON(problem.line)),
      .init(name: "column", value: JSON(problem.column)),
    ]
  }
}

extension Problem {
  static let notFound = Problem(
    status: 404, code: "no-such-path",
    sentence: Phrase(
      "없는 주소입니다. /api/openapi.json을 보세요.", "There is nothing here; see /api/openapi.json."))

  static func methodNotAllowed(_ method: String, allowed: [String]) -> Problem {
    let list = allowed.joined(separator: ", ")
    let shown = JSON.shortened(method)
    return Problem(
      status: 405, code: "method-not-allowed",
      sentence: Phrase(
        "이 주소에는 \(shown)을(를) 쓸 수 없습니다. 쓸 수 있는 메서드: \(list)",
        "\(shown) cannot be used here; use \(list)."),
      headers: [("Allow", list)])
  }

  static func wrongMediaType(_ found: String?) -> Problem {
    let shown = found.map(JSON.shortened)
    return Problem(
      status: 415, code: "not-application-json",
      sentence: Phrase(
        "Content-Type: application/json으로 보내세요"
          + (shown.map { " (받은 것: \($0))." } ?? " (없었습니다)."),
        "Send Content-Type: application/json"
          + (shown.map { ", not \($0)." } ?? "; there was none.")),
      headers: [("Accept-Post", "application/json")])
  }

  static func tooLarge(most: Int) -> Problem {
    Problem(
      status: 413, code: "body-too-large",
      sentence: Phrase(
        "보낸 내용이 너무 큽니다. \(most)바이트까지 받습니다.",
        "The body is too large: at most \(most) bytes are taken."))
  }

  static let notAForm = Problem(
    status: 400, code: "not-a-form",
    sentence: Phrase(
      "보낸 내용이 이 페이지의 양식이 아닙니다.", "What was sent is not a form of this page."))

  static let writtenInThePast = Problem(
    status: 422, code: "known-at-is-read-only",
    sentence: Phrase(
      "기록시점을 고른 페이지에서는 적을 수 없습니다. 최신 기록으로 본 다음 적어 주세요.",
      "Nothing can be recorded on a page of what the books knew earlier. Show everything known now first."
    ))

  static let ofAnotherPage = Problem(
    status: 422, code: "of-another-page",
    sentence: Phrase(
      "이 페이지에 없는 것을 바꾸려는 양식이라 받지 않았습니다. 장부는 바뀌지 않았습니다. 그 페이지를 열어 적어 주세요.",
      """
      The form is about something that is not on this page, and was not taken; the books are \
      unchanged. Open its own page and send it there.
      """))

  static func tooManyFields(_ count: Int, most: Int) -> Problem {
    Problem(
      status: 413, code: "too-many-fields",
      sentence: Phrase(
        "양식에 칸이 \(count)개 있습니다. \(most)개까지 받습니다.",
        "The form has \(count) fields; at most \(most) are taken."))
  }

  static let fromElsewhere = Problem(
    status: 403, code: "from-elsewhere",
    sentence: Phrase(
      "다른 사이트에서 보낸 양식이라 받지 않았습니다. 이 페이지에서 다시 보내 주세요.",
      "The form came from another site and was not taken. Send it again from this page."))

  static let ofAnotherSession = Problem(
    status: 403, code: "of-another-session",
    sentence: Phrase(
      "다른 로그인에서 열린 페이지의 양식이라 받지 않았습니다. 페이지를 새로 열고 다시 보내 주세요.",
      "The form is of a page from another session and was not taken. Open the page anew and send it again."
    ))

  static func notFormEncoded(_ found: String?) -> Problem {
    Problem(
      status: 415, code: "not-form-encoded",
      sentence: Phrase(
        "양식은 UTF-8인 application/x-www-form-urlencoded로 보냅니다"
          + (found.map { " (받은 것: \(JSON.shortened($0)))." } ?? " (없었습니다)."),
        "A form is sent as application/x-www-form-urlencoded in UTF-8"
          + (found.map { ", not \(JSON.shortened($0))." } ?? "; there was none.")))
  }

  static let brokenBody = Problem(
    status: 400, code: "body-broken",
    sentence: Phrase(
      "보낸 내용이 끝나기 전에 끊겼거나 HTTP 형식에 맞지 않습니다.",
      "The body broke off before its end, or is not sent as HTTP has it."))

  static let busy = Problem(
    status: 503, code: "busy",
    sentence: Phrase(
      "다른 작업이 장부를 쓰고 있습니다. 잠시 뒤에 다시 해 주세요.",
      "The books are in use by something else. Try again in a moment."),
    headers: [("Retry-After", "1")])

  static func fileReplaced(_ reference: String) -> Problem {
    Problem(
      status: 503, code: "books-moved",
      sentence: Phrase(
        "장부 파일이 옮겨졌거나 바뀌어 아무것도 적지 않았습니다. 관리자에게 이 번호를 알려 주세요: \(reference)",
        """
        The file of the books was moved or replaced; nothing was written. Tell whoever runs this \
        server: \(reference).
        """),
      more: [.init(name: "reference", value: JSON(reference))])
  }

  static let cancelled = Problem(
    status: 503, code: "cancelled",
    sentence: Phrase("작업이 끝나기 전에 멈췄습니다.", "The work was stopped before its end."),
    headers: [("Retry-After", "1")])

  static let full = Problem(
    status: 507, code: "disk-full",
    sentence: Phrase(
      "디스크에 자리가 없어 아무것도 적지 않았습니다.",
      "There is no room left on the disk; nothing was written."))

  static func failure(_ reference: String) -> Problem {
    Problem(
      status: 500, code: "failure",
      sentence: Phrase(
        "장부는 바뀌지 않았습니다. 다시 해 보고, 또 같으면 이 번호를 알려 주세요: \(reference)",
        "The books are unchanged. Try again; if it happens again, report \(reference)."),
      more: [.init(name: "reference", value: JSON(reference))])
  }
}

let requestKeyHeader = "Idempotency-Key"

extension Route {
  /// Where a field of that name stands in the request.
  fileprivate func place(of name: String) -> FieldProblem.Place? {
    if path.fields.contains(where: { $0.name == name }) { return .path }
    if body?.fields.contains(where: { $0.name == name }) == true { return .body }
    return query.contains { $0.name == name } ? .query : nil
  }
}

extension Refusal {
  /// Where in a body the id stands that is refused; `nil` where it is no matter of one id.
  fileprivate func steps(in sent: JSON) -> [String]? {
    switch self {
    case .unknown(.party, let id): sent.steps(to: id, called: ["party", "general_partner"]).first
    case .unknown(.commitment, let id), .commitmentElsewhere(let id):
      sent.steps(to: id, called: ["commitment", "leave_out"]).first
    case .unknown(.item, let id): sent.steps(to: id, called: ["items"]).first
    case .itemTwice(let id): sent.steps(to: id, called: ["commitment"]).last
    default: nil
    }
  }
}

extension JSON {
  /// The ways down to every number `id` that is a member of one of those names, or of a list of it.
  fileprivate func steps(to id: Int64, called names: [String]) -> [[String]] {
    switch self {
    case .object(let members):
      members.flatMap { member -> [[String]] in
        let isCalledSo = names.contains(member.name)
        return member.value.steps(to: id, called: names, isCalledSo).map { [member.name] + $0 }
      }
    default: []
    }
  }

  private func steps(to id: Int64, called names: [String], _ isCalledSo: Bool) -> [[String]] {
    switch self {
    case .number(let digits): isCalledSo && plainDecimal(digits) == String(id) ? [[]] : []
    // A form sends ids as texts.
    case .string(let text): isCalledSo && text == String(id) ? [[]] : []
    case .array(let elements):
      elements.enumerated().flatMap { index, element in
        element.steps(to: id, called: names, isCalledSo).map { [String(index)] + $0 }
      }
    case .object: steps(to: id, called: names)
    default: []
    }
  }
}

extension JSONProblem {
  fileprivate var sentence: Phrase {
    let what: Phrase =
      switch kind {
      case .empty: Phrase("비어 있습니다", "it is empty")
      case .unexpected: Phrase("여기에 올 수 없는 것이 있습니다", "something else is wanted there")
      case .trailing: Phrase("값 뒤에 다른 것이 더 있습니다", "something follows the value")
      case .badNumber: Phrase("숫자가 아닙니다", "that is not a number")
      case .badString:
        Phrase("문자열이 끝나지 않았거나 제어 문자가 있습니다", "a text is not closed, or holds a control character")
      case .badEscape: Phrase("이스케이프를 읽을 수 없습니다", "that escape cannot be read")
      case .tooManyMarks:
        Phrase("한 글자에 부호가 30개 넘게 붙어 있습니다", "a letter has more than 30 marks upon it")
      case .badUTF8: Phrase("UTF-8이 아닙니다", "the bytes are not UTF-8")
      case .tooDeep:
        Phrase(
          "\(JSONReader.deepest)겹보다 깊습니다", "it is nested more than \(JSONReader.deepest) deep")
      case .nameTwice(let name):
        Phrase(
          "‘\(JSON.shortened(name))’이(가) 두 번 있습니다",
          "“\(JSON.shortened(name))” stands twice in one object")
      }
    return Phrase(
      "보낸 내용이 JSON이 아닙니다: \(line)행 \(column)열, \(what.ko).",
      "The body is not JSON: line \(line), column \(column), \(what.en).")
  }
}
