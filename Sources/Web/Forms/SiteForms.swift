import Bookkeeping
import FundModel
import Hummingbird

/// What became of a form.
enum FormOutcome {
  /// Done, with its place in the audit trail; the page to be shown next, where not the same one.
  case done(sequence: Int64, next: String?)
  /// To be shown again: something is wrong with it, or it asked only for a look.
  case again(SentForm, status: Int)
  /// Done, and the page says something that is said only once: it is the answer itself.
  case told
  /// Done, and no matter of the books: the page shows it.
  case changed
}

extension Site {
  /// Does what a form asks for, through the same operation as the API.
  func takeForm(
    _ sent: SentForm, by visit: Visit, on subject: PageSubject?
  ) async throws -> FormOutcome {
    var form = sent.withShareChosen
    guard let route = routeTable.first(where: { $0.id == form.operation && $0.method == .post })
    else { throw Problem.notAForm }
    try await check(form, for: route, on: subject)
    guard form.problems.isEmpty else { return .again(form, status: 422) }
    if form.onlyLooks, !form.wantsPreview { return .again(form, status: 200) }
    let body = form.chosen(of: form.body(of: route))
    do {
      let input = try await route.input(
        SentParts(
          path: form.path(of: route), query: form.wantsPreview ? previewDay(body) : "", body: body,
          requestKeys: form.requestKeys, isTyped: true),
        books: books)
      if form.wantsPreview {
        form.preview = try await previewed(route, input, body)
        return .again(form, status: 200)
      }
      let answer = try await route.carryOut(input, by: visit.by, sent: body)
      guard let sequence = answer.body["audit"]?.wholeNumber else { throw Problem.notAForm }
      let next = nextPage[route.id]?(answer.body["id"]?.wholeNumber ?? 0)
      return .done(sequence: sequence, next: try await pageAfterUndo(route, sequence) ?? next)
    } catch {
      let problem = Problem(error, reference: logged(error, visit.asked))
      guard problem.status == 422 else { throw problem }
      return .again(form.refused(problem), status: 422)
    }
  }

  /// Of an investment that was undone no page is left; its fund's is shown.
  private func pageAfterUndo(_ route: Route, _ sequence: Int64) async throws -> String? {
    guard route.id == "undoInvestment" else { return nil }
    let fund = try await books.answer(FundsTouchedSince(sequence - 1)).funds.first
    return fund.map { PageFrame.fundPath($0) + FundTab.investments.path }
  }

  /// A call changes figures from its notice date on, so that is the day to look at.
  private func previewDay(_ body: JSON) -> String {
    guard case .string(let typed) = body["notice_date"] ?? body["paid_date"],
      let day = try? CalendarDate(typed: typed)
    else { return "" }
    return "reference_date=\(day)"
  }

  /// Reads a form that a page of this site sent.
  func readForm(_ asked: Asked) async throws -> SentForm {
    guard asked.isFromThisSite else { throw Problem.fromElsewhere }
    return try SentForm(try await formText(asked))
  }

  /// The fields of a form as browsers send them.
  func formText(_ asked: Asked) async throws -> String {
    guard isMediaType(asked.header("content-type"), "application/x-www-form-urlencoded") else {
      throw Problem.notFormEncoded(asked.header("content-type"))
    }
    let bytes = try await asked.request.wholeBody()
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem.notAForm }
    return text
  }

  private func previewed(_ route: Route, _ input: Input, _ body: JSON) async throws -> CallPreview {
    do {
      switch route.id {
      case "issueCapitalCall": return try await preview(try NewCall.command(input), input)
      case "openFromStated": return try await preview(try OpeningCall.command(input), input)
      default: throw Problem.notAForm
      }
    } catch let refusal as Refusal { throw Problem(refusal, asked: route, sent: body) }
  }
}

/// Where an operation leads that makes something with a page of its own.
private let nextPage: [String: @Sendable (Int64) -> String] = [
  "issueCapitalCall": { "/calls/\($0)" },
  "openFromStated": { "/calls/\($0)" },
  "registerFund": { "/funds/\($0)" },
]

extension Asked {
  /// Whether a form was sent by a page of this site. A page elsewhere could have a browser send
  /// forms here; browsers say where a form comes from, programs need not.
  var isFromThisSite: Bool {
    if let site = header("sec-fetch-site"), site != "same-origin", site != "none" { return false }
    return header("origin").map { $0 == origin } ?? true
  }
}

extension JSON {
  fileprivate var wholeNumber: Int64? {
    if case .number(let digits) = self { Int64(digits) } else { nil }
  }
}
