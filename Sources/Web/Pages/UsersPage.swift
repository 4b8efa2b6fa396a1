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

/// A link that was just made, for whom.
struct MadeLink {
  let address: String
}

/// Who may open the books.
func usersPage(
  _ users: [User], partners: [Party], made: MadeLink?, frame: PageFrame
) -> HTML {
  let say = frame.language
  let names = Dictionary(
    partners.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  let rows = users.map { userRow($0, partners, names, frame) }
  let main: HTML = """
    <div class="head"><h1>\(say(.users))</h1></div>
    \(made.map { shownOnce(.linkMade, .link, $0.address, frame) } ?? .none)
    <div class="stack account">
    <section class="panel"><div class="box box-plain" id="box-users" role="region" tabindex="0" \
    aria-label="\(say(.users))"><table class="ledger ledger-roomy"><thead><tr>\
    <th scope="col" class="name">\(say(.userName))</th><th scope="col">\(say(.role))</th>\
    <th scope="col">\(say(.sees))</th><th scope="col">\(say(.madeOn))</th>\
    <th scope="col">\(say(.endedOn))</th>\
    <th scope="col"><span class="unseen">\(say(.actions))</span></th></tr></thead>
    <tbody>\(rows)</tbody></table></div></section>
    \(newUserPanel(partners, frame))
    </div>
    """
  return layout(title: say(.users), main: main, frame: frame)
}

private func userRow(
  _ user: User, _ partners: [Party], _ names: [Party.ID: String], _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let subject: KeyValuePairs = ["user": user.id.description]
  let change = FormView(UsersForm.change, about: subject, isOfBooks: false, frame)
  let link = FormView(UsersForm.link, about: subject, isOfBooks: false, frame)
  let end = FormView(UsersForm.end, about: subject, isOfBooks: false, frame)
  let isOpen = [change, link, end].contains { $0.sent != nil }
  let acts: HTML =
    user.endedAt != nil
    ? .none
    : """
    <details class="ask"\(HTML.when(isOpen, " open"))><summary class="button">\(say(.changeUser))\
    <span class="unseen"> \(user.name)</span></summary><div class="ask-body">
    \(change(
      """
      \(roleAndParties(change, user.role, user.parties, partners))
      <div class="acts">\(change.button(.changeUser, style: "button"))</div>
      """))
    \(link("<div class=\"acts\">\(link.button(.newLink, style: "button"))</div>", style: "form-plain"))
    \(end(
      """
      <p class="quiet">\(say(.endUserNote))</p>
      <div class="acts">\(end.button(.endUser, style: "button button-bad"))</div>
      """))</div></details>
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
    <td>\(say(user.role.words))</td><td>\(sees)</td><td>\(frame.civilDate(user.madeAt))</td>\
    <td>\(user.endedAt.map { frame.civilDate($0).description } ?? Wording.absent)</td>\
    <td class="acts-cell">\(acts)</td></tr>

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
    <fieldset class="field"><legend>\(form.frame.language(.seesParties))</legend>\
    <div class="ticks">\(ticks)</div>\(form.problem(of: "parties"))</fieldset>
    """
}
