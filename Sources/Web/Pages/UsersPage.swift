import Bookkeeping
import FundModel

/// What the forms about users ask for. No operations of the API: people let people in.
enum UsersForm {
  static let add = "addUser"
  static let change = "changeUser"
  static let end = "endUser"
  static let link = "linkUser"
  /// Before the number of a party in the name of its tick.
  static let party = "party."
}

/// A link that was just made.
struct MadeLink {
  let address: String
  /// Whose it is.
  let name: String
  /// From when on it is good no more.
  let end: Instant
}

/// Who may open the books.
func usersPage(
  _ users: [User], partners: [Party], made: MadeLink?, frame: PageFrame
) -> HTML {
  let say = frame.language
  let names = Dictionary(
    partners.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  let rows = users.map { userRow($0, names, frame) }
  let main: HTML = """
    <div class="head"><h1>\(say(.users))</h1></div>
    <div class="stack account">
    \(made.map { madeLink($0, frame) } ?? .none)
    <section class="panel stacking"><div class="box box-plain box-whole" id="box-users" role="region" \
    tabindex="0" aria-label="\(say(.users))"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.userName))</th><th scope="col" class="key">\(say(.role))</th>\
    <th scope="col">\(say(.sees))</th><th scope="col">\(say(.madeOn))</th>\
    <th scope="col">\(say(.endedOn))</th>\
    <th scope="col"><span class="unseen">\(say(.actions))</span></th></tr></thead>
    <tbody>\(rows)</tbody></table></div></section>
    \(opened(users, partners, frame))
    \(newUserPanel(partners, frame))
    </div>
    """
  return layout(title: say(.users), main: main, frame: frame)
}

private func madeLink(_ made: MadeLink, _ frame: PageFrame) -> HTML {
  shownOnce(
    .linkMade(of: made.name, until: frame.civilTime(made.end).toTheMinute), .link, made.address,
    frame)
}

private func userRow(_ user: User, _ names: [Party.ID: String], _ frame: PageFrame) -> HTML {
  let say = frame.language
  let change = frame.address.with("user", user.id.description).with("do", "change")
  let act: HTML =
    user.endedAt != nil
    ? .none
    : """
    <a class="act" id="change-\(user.id)" data-live data-focus="user-form" \
    href="\(change.text)">\(say(.changeUserOpens))<span class="unseen"> \(user.name)</span></a>
    """
  let sees: HTML =
    user.role.readsAll
    ? "\(say(.everything))"
    : wrapped("\(user.parties.map { names[$0] ?? $0.description }.joined(separator: ", "))")
  let waits: HTML =
    user.hasPassword || user.endedAt != nil
    ? .none : " <small class=\"quiet\">\(say(.noPasswordYet))</small>"
  return """
    <tr\(HTML.when(user.endedAt != nil, " class=\"uncounted\"")) data-user="\(user.id)">\
    <th scope="row" class="name">\(wrapped("\(user.name)"))\(waits)</th>\
    <td class="key">\(say(user.role.words))</td><td data-label="\(say(.sees))">\(sees)</td>\
    <td data-label="\(say(.madeOn))">\(frame.civilDate(user.madeAt))</td>\
    <td data-label="\(say(.endedOn))">\
    \(user.endedAt.map { frame.civilDate($0).description } ?? Wording.absent)</td>\
    <td class="acts-cell">\(act)</td></tr>

    """
}

/// What may be changed of one user: of the one that the address or the form names.
private func opened(_ users: [User], _ partners: [Party], _ frame: PageFrame) -> HTML {
  let ofUser = [UsersForm.change, UsersForm.link, UsersForm.end]
  let sent = frame.sent.flatMap { ofUser.contains($0.operation) ? $0["user"] : nil }
  let asked = frame.address["do"] == "change" ? frame.address["user"] : nil
  guard let user = users.first(where: { $0.id.description == sent ?? asked }), user.endedAt == nil
  else { return .none }
  let say = frame.language
  let subject: KeyValuePairs = ["user": user.id.description]
  let change = FormView(UsersForm.change, about: subject, isOfBooks: false, frame)
  let link = FormView(UsersForm.link, about: subject, isOfBooks: false, frame)
  let end = FormView(UsersForm.end, about: subject, isOfBooks: false, frame)
  let close = frame.address.with("user", nil).with("do", nil)
  return """
    <section class="panel panel-body user-form" id="user-form" tabindex="-1" \
    aria-labelledby="user-form-title"><h2 id="user-form-title">\(user.name)</h2>
    \(change(
      """
      \(roleAndParties(change, user.role, user.parties, partners))
      <div class="acts">\(change.button(.changeUser))\
      <a class="button" data-live data-focus="change-\(user.id)" href="\(close.text)">\
      \(say(.cancel))</a></div>
      """, style: "form feed-form"))
    \(link(
      """
      <h3>\(say(.newLink))</h3><p class="quiet">\(say(.newLinkNote))</p>
      <div class="acts">\(link.button(.makeLink, style: "button"))</div>
      """, style: "form feed-form form-apart"))
    \(end(
      """
      <h3>\(say(.endUser))</h3>\
      <details class="ask"\(HTML.when(end.sent != nil, " open"))>\
      <summary class="button">\(say(.endUserOpens))</summary>\
      <p class="quiet">\(say(.endUserNote))</p>\
      \(end.button(.endUserNow, style: "button button-bad"))</details>
      """, style: "form feed-form form-apart"))</section>
    """
}

private func newUserPanel(_ partners: [Party], _ frame: PageFrame) -> HTML {
  let form = FormView(UsersForm.add, isOfBooks: false, frame)
  return """
    <section class="panel panel-body" aria-labelledby="new-user">\
    <h2 id="new-user">\(frame.language(.newUser))</h2>\
    \(form(
      """
      \(form.text("name", .userName, most: TextLimit.word))
      \(roleAndParties(form, .bookkeeper, [], partners))
      <div class="acts">\(form.button(.addUser))</div>
      """, style: "form feed-form"))</section>
    """
}

private func roleAndParties(
  _ form: FormView, _ role: Role, _ chosen: [Party.ID], _ partners: [Party]
) -> HTML {
  let roles = form.radios(
    "role", .role, or: role.rawValue,
    Role.allCases.map { (value: $0.rawValue, words: $0.words, note: $0.note) })
  guard !partners.isEmpty else { return roles }
  let ticks = partners.map { party -> HTML in
    let name = "\(UsersForm.party)\(party.id)"
    let isTicked = form.sent.map { $0[name] != nil } ?? chosen.contains(party.id)
    return """
      <label class="tick"><input type="checkbox" name="\(name)" value="true"\
      \(HTML.when(isTicked, " checked"))> \(party.name)</label>
      """
  }
  return """
    \(roles)
    \(form.choice("parties"))<legend>\(form.frame.language(.seesParties))</legend>\
    <div class="ticks">\(ticks)</div>\(form.problem(of: "parties"))</fieldset>
    """
}
