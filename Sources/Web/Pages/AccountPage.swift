import Bookkeeping
import FundModel

/// What the forms of one's own account ask for. No operations of the API.
enum AccountForm {
  static let password = "changePassword"
  static let signOut = "signOut"
  static let endSession = "endSession"
  static let endOthers = "endOtherSessions"
  static let makeToken = "makeToken"
  static let endToken = "endToken"
}

/// One's own account: what is shown once besides.
struct AccountContent {
  let user: User
  let sessions: [Session]
  let this: Session.ID
  let tokens: [APIToken]
  /// A token that was just made.
  var madeToken: Secret?
  /// What was just done.
  var done: Phrase?
}

func accountPage(_ content: AccountContent, frame: PageFrame) -> HTML {
  let say = frame.language
  let out = FormView(AccountForm.signOut, isOfBooks: false, frame)
  let done: HTML =
    content.done.map {
      "<p class=\"msg msg-done\" role=\"status\">\(icon("complete"))<span>\(say($0))</span></p>"
    } ?? .none
  let main: HTML = """
    <div class="head"><h1>\(say(.account))</h1>\
    <p class="sub">\(content.user.name) · \(say(content.user.role.words))</p>\
    <div class="head-tools">\(usersLink(content.user, frame))\(out(out.button(.signOut, style: "button"), style: "form-plain"))</div></div>
    <div class="stack account">
    \(done)\(content.madeToken.map { shownOnce(.tokenMade, .token, $0.text, frame) } ?? .none)
    \(sessionsPanel(content, frame))
    \(passwordPanel(frame))
    \(content.user.role.readsAll ? tokensPanel(content, frame) : .none)
    </div>
    """
  return layout(title: say(.account), main: main, frame: frame)
}

/// An owner comes from here to who may open the books.
private func usersLink(_ user: User, _ frame: PageFrame) -> HTML {
  guard user.role == .owner else { return .none }
  return """
    <a class="button" id="to-users" \
    href="\(frame.address.other(PageFrame.usersPath).text)">\(frame.language(.users))</a>
    """
}

/// Something secret, to be copied now.
func shownOnce(_ words: Phrase, _ label: Phrase, _ secret: String, _ frame: PageFrame) -> HTML {
  // Nothing that changes in the books may take it away before it was copied.
  """
  <div class="msg msg-done" role="status" data-own>\(icon("complete"))<div class="new-feed">\
  <p>\(frame.language(words))</p><label for="shown-once">\(frame.language(label))</label>\
  <input class="input" id="shown-once" readonly value="\(secret)" spellcheck="false"></div></div>
  """
}

private func passwordPanel(_ frame: PageFrame) -> HTML {
  let form = FormView(AccountForm.password, isOfBooks: false, frame)
  return """
    <section class="panel panel-body" aria-labelledby="change-password">\
    <h2 id="change-password">\(frame.language(.changePassword))</h2>\
    \(form(
      """
      \(form.password("password", .currentPassword, autocomplete: "current-password"))
      \(newPassword(form))
      <div class="acts">\(form.button(.changePassword))</div>
      """, style: "form feed-form"))</section>
    """
}

private func sessionsPanel(_ content: AccountContent, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let rows = content.sessions.map { session -> HTML in
    let isThis = session.id == content.this
    let form = FormView(
      AccountForm.endSession, about: ["session": session.id.description], isOfBooks: false, frame)
    let act: HTML =
      isThis
      ? "<b>\(say(.thisSession))</b>"
      : form(form.button(.endSession, style: "button"), style: "form-plain")
    return """
      <tr><th scope="row" class="name">\(wrapped("\(browserName(session.browser))"))</th>\
      <td data-label="\(say(.address))">\(session.address)</td>\
      <td data-label="\(say(.signedInAt))">\(frame.civilTime(session.madeAt).toTheMinute)</td>\
      <td data-label="\(say(.lastSeen))">\(frame.civilTime(session.seenAt).toTheMinute)</td><td class="acts-cell">\(act)</td></tr>

      """
  }
  let others = FormView(AccountForm.endOthers, isOfBooks: false, frame)
  return """
    <section class="panel stacking">\
    <div class="panel-body"><h2 id="sessions">\(say(.sessions))</h2></div>\
    <div class="box box-plain" role="region" tabindex="0" aria-label="\(say(.sessions))">\
    <table class="ledger ledger-roomy stacks"><thead><tr><th scope="col" class="name">\(say(.browser))</th>\
    <th scope="col">\(say(.address))</th><th scope="col">\(say(.signedInAt))</th>\
    <th scope="col">\(say(.lastSeen))</th>\
    <th scope="col"><span class="unseen">\(say(.actions))</span></th></tr></thead>
    <tbody>\(rows)</tbody></table></div>
    \(content.sessions.count > 1
      ? "<div class=\"panel-body\">\(others(others.button(.endOthers, style: "button"), style: "form-plain"))</div>"
      : .none)</section>
    """
}

private func tokensPanel(_ content: AccountContent, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let form = FormView(AccountForm.makeToken, isOfBooks: false, frame)
  let scopes: [APIToken.Scope] = content.user.role.keepsBooks ? [.read, .write] : [.read]
  let rows = content.tokens.map { token -> HTML in
    let end = FormView(
      AccountForm.endToken, about: ["token": token.id.description], isOfBooks: false, frame)
    let act: HTML =
      token.endedAt == nil
      ? end(end.button(.endSession, style: "button"), style: "form-plain") : .none
    let ends = token.endedAt ?? token.endsAt
    return """
      <tr\(HTML.when(token.endedAt != nil, " class=\"uncounted\""))>\
      <th scope="row" class="name">\(wrapped("\(token.name)"))</th>\
      <td data-label="\(say(.tokenScope))">\(say(token.scope.words))</td>\
      <td data-label="\(say(.madeOn))">\(frame.civilDate(token.madeAt))</td>\
      <td data-label="\(say(.endsOn))">\(frame.civilDate(ends))</td><td class="acts-cell">\(act)</td></tr>

      """
  }
  let table: HTML =
    rows.isEmpty
    ? "<p class=\"quiet panel-body\">\(say(.noTokens))</p>"
    : """
    <div class="box box-plain" role="region" tabindex="0" aria-label="\(say(.tokens))">\
    <table class="ledger ledger-roomy stacks"><thead><tr><th scope="col" class="name">\(say(.tokenName))</th>\
    <th scope="col">\(say(.tokenScope))</th><th scope="col">\(say(.madeOn))</th>\
    <th scope="col">\(say(.endsOn))</th>\
    <th scope="col"><span class="unseen">\(say(.actions))</span></th></tr></thead>
    <tbody>\(rows)</tbody></table></div>
    """
  return """
    <section class="panel stacking"><div class="panel-body">\
    <h2 id="tokens">\(say(.tokens))</h2><p class="quiet note-over-form">\(say(.tokensNote))</p>\
    \(form(
      """
      \(form.text("name", .tokenName, most: TextLimit.name))
      \(form.select("scope", .tokenScope, or: "read", scopes.map { ($0.rawValue, say($0.words)) }))
      \(form.text("days", .tokenDays, or: "90", most: 4))
      <div class="acts">\(form.button(.makeToken))</div>
      """, style: "form feed-form"))</div>\(table)</section>
    """
}

/// What a browser calls itself, as people call it: `Chromium`, else its own words.
private func browserName(_ text: String) -> String {
  let known = [
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("Whale/", "Whale"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
  ]
  let systems = [
    ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
  ]
  guard let name = known.first(where: { text.contains($0.0) })?.1 else {
    return text.isEmpty ? Wording.absent : String(text.prefix(60))
  }
  let system = systems.first { text.contains($0.0) }.map { " · \($0.1)" } ?? ""
  return name + system
}
