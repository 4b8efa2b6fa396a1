import Bookkeeping
import Hummingbird

/// A form of the books that no page of the sender's session sent: the session ended while they
/// keyed in, or they signed in again in another tab. Nothing is carried out. What was typed goes
/// along through signing in and is shown again, to be looked at and sent once more.
enum KeptForm {
  /// The hidden field of the sign-in form that holds such a form as it was sent. Only forms of the
  /// books go along: in them nobody types a password.
  static let field = "kept"

  /// - Returns: what goes along of a body, without the token of the session that ended.
  static func text(of body: String) -> String {
    body.split(separator: "&").filter { !$0.hasPrefix("\(SentForm.token)=") }
      .joined(separator: "&")
  }
}

/// A form as a page received it.
enum ReceivedForm {
  /// A page of this session sent it.
  case own(SentForm)
  /// It is shown again and not taken.
  case shownAgain(SentForm, status: Int)
}

extension Site {
  /// Answers a form that was sent without a session: where it is one of the books, with the way to
  /// sign in on the spot, which keeps what was typed.
  func signInToSend(_ asked: Asked, _ path: [String]) async -> Response {
    guard keepsForms(path) else { return askToSignIn(asked) }
    do {
      guard asked.isFromThisSite else { throw Problem.fromElsewhere }
      guard let text = try? await formText(asked), (try? SentForm(text)) != nil else {
        return askToSignIn(asked)
      }
      let frame = openFrame(asked, PageFrame.signInPath, [("next", asked.place)])
      return html(signInPage(keeping: KeptForm.text(of: text), frame: frame), 401, asked)
    } catch { return problem(error, asked) }
  }

  /// Reads a form that was sent to a page.
  ///
  /// - Throws: `Problem` 403 for one from elsewhere, and for one of another session where the page's
  ///   forms are not kept.
  func receivedForm(_ visit: Visit) async throws -> ReceivedForm {
    let form = try await readForm(visit.asked)
    if let token = visit.by.formToken,
      Secret(asSent: form[SentForm.token] ?? "").matches(token)
    {
      return .own(form)
    }
    guard visit.keepsForms else { throw Problem.ofAnotherSession }
    // Sent by whoever has just signed in on the spot, with the form that went along.
    if form.operation == SignInForm.signIn, let kept = form[KeptForm.field] {
      let again = try SentForm(kept).withShareChosen
      return .shownAgain(again.toBeSentAgain(.signedInNotWritten), status: 422)
    }
    return .shownAgain(
      form.withShareChosen.toBeSentAgain(.otherSessionNotWritten), status: 403)
  }
}

extension Asked {
  /// The page that was asked for, with what it was asked with.
  var place: String { query.isEmpty ? rawPath : "\(rawPath)?\(query)" }
}
