import Bookkeeping
import FundModel

/// What the forms for people without a session ask for. No operations of the API.
enum SignInForm {
  static let signIn = "signIn"
  static let welcome = "welcome"
}

/// Where one says who one is.
///
/// - Parameter kept: a form of the books that goes along, to be shown again after it.
func signInPage(keeping kept: String? = nil, frame: PageFrame) -> HTML {
  let say = frame.language
  let form = FormView(SignInForm.signIn, first: "name", isOfBooks: false, frame)
  let alongside: HTML = kept.map { form.hiddenField(KeptForm.field, $0) } ?? .none
  return openPage(
    title: .signIn, note: kept == nil ? nil : .signInToSend,
    form(
      """
      \(alongside)\(form.word("name", .userName, autocomplete: "username"))
      \(form.password("password", .password, autocomplete: "current-password"))
      <div class="acts">\(form.button(.signIn))</div>
      """),
    """
    <p class="quiet">\(say(.forgotten))</p>
    """, frame)
}

/// What a one-time link opens.
func welcomePage(_ link: OneTimeLink, frame: PageFrame) -> HTML {
  let form = FormView(SignInForm.welcome, first: "name", isOfBooks: false, frame)
  switch link.purpose {
  case .firstOwner:
    return openPage(
      title: .welcome, note: .welcomeNote,
      form(
        """
        \(form.word("name", .userName, autocomplete: "username"))
        \(newPassword(form))
        <div class="acts">\(form.button(.makeOwner))</div>
        """), .none, frame)
  case .choosePassword:
    let name = link.user?.name ?? ""
    return openPage(
      title: .choosePassword, note: .passwordOf(name),
      form(
        """
        <input type="hidden" name="username" autocomplete="username" value="\(name)">
        \(newPassword(form))
        <div class="acts">\(form.button(.choosePasswordAct))</div>
        """), .none, frame)
  case .enter:
    return openPage(
      title: .lookAround, note: .lookAroundNote,
      form("<div class=\"acts\">\(form.button(.goIn))</div>"), .none, frame)
  }
}

/// A new password, twice: nobody can send a forgotten one.
func newPassword(_ form: FormView) -> HTML {
  """
  \(form.password("new_password", .newPassword, autocomplete: "new-password", note: .passwordRule))
  \(form.password("again", .passwordAgain, autocomplete: "new-password"))
  """
}

private func openPage(
  title: Phrase, note: Phrase?, _ form: HTML, _ after: HTML, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let words: HTML = note.map { "<p>\(say($0))</p>" } ?? .none
  let main: HTML = """
    <section class="panel panel-body door" aria-labelledby="door">\
    <h1 id="door">\(say(title))</h1>\(words)\(form)\(after)</section>
    """
  return layout(title: say(title), main: main, frame: frame)
}
