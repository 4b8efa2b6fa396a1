import Bookkeeping
import FundModel

/// What fits a text, as links; the palette shows the same list.
func findPage(_ text: String, _ found: [Found], frame: PageFrame) -> HTML {
  let say = frame.language
  let search = SearchText(text)
  let items = found.map { foundItem($0, frame) } + pagesFound(search, frame)
  let list: HTML =
    items.isEmpty
    ? "<p class=\"empty\">\(say(.nothingFound))</p>"
    : "<ul class=\"found panel\" aria-label=\"\(say(.foundList))\">\(items)</ul>"
  let kept = frame.address.parameters.filter { PageAddress.shared.contains($0.name) }
  let main: HTML = """
    <div class="head"><h1>\(say(.find))</h1></div>
    <form class="finder" role="search" action="\(PageFrame.findPath)" method="get">
    \(kept.map(hiddenField))
    <input class="input" type="search" name="q" id="find-text" value="\(text)" maxlength="64" \
    autocomplete="off" aria-label="\(say(.findWhat))" placeholder="\(say(.findWhat))">
    <button class="button button-go" type="submit">\(say(.find))</button>
    </form>
    <div id="found" data-told="\(say(.found(items.count)))">\(list)</div>
    """
  return layout(title: say(.find), main: main, frame: frame)
}

private func foundItem(_ found: Found, _ frame: PageFrame) -> HTML {
  switch found.place {
  case .fund(let fund): item(found.name, .fundKind, frame.fundLink(fund), frame)
  case .partner(let fund, let name):
    item(found.name, .partnerKind(of: name), frame.fundLink(fund, .partners), frame)
  case .company(let party): item(found.name, .companyKind, frame.companyLink(party), frame)
  }
}

private func item(_ name: String, _ kind: Phrase, _ link: String, _ frame: PageFrame) -> HTML {
  "<li><a href=\"\(link)\"><b>\(name)</b> <span>\(frame.language(kind))</span></a></li>"
}

/// Pages go by their names in either language; all of them where nothing was asked for.
private func pagesFound(_ search: SearchText, _ frame: PageFrame) -> [HTML] {
  let role = frame.signedIn?.user.role
  let places: [(Phrase, String, Permission)] = [
    (.overview, PageFrame.overviewPath, .signedIn), (.calendar, PageFrame.calendarPath, .signedIn),
    (.companies, "/companies", .readsAll), (.trail, PageFrame.trailPath, .readsAll),
    (.changesTitle, PageFrame.changesPath, .readsAll),
    (.registerFund, PageFrame.newFundPath, .keepsBooks),
    (.importing, PageFrame.importPath, .keepsBooks), (.users, PageFrame.usersPath, .owns),
    (.account, PageFrame.accountPath, .signedIn), (.keys, PageFrame.keysPath, .signedIn),
  ]
  return places.filter { words, _, permission in
    role.map(permission.admits) == true && (permission != .keepsBooks || frame.offersForms)
  }.map { ($0.0, $0.1) }.filter { words, _ in
    search.isEmpty || [words.ko, words.en].contains { search.rank(of: $0) != nil }
  }.map { words, path in
    item(frame.language(words), .pageKind, frame.address.other(path).text, frame)
  }
}

/// All keys, also for those who have no script to press them for.
func keysPage(frame: PageFrame) -> HTML {
  let say = frame.language
  return layout(
    title: say(.keys),
    main: """
      <div class="head"><h1>\(say(.keys))</h1></div>
      <div class="panel">\(keyList(say))</div>
      """, frame: frame)
}

private func keyList(_ say: Language) -> HTML {
  let keys: [([String], Phrase)] = [
    (["[", "]"], .keyMonthEnds), (["/", "Ctrl K", "⌘ K"], .keyFind), (["?"], .keyKeys),
    (["Esc"], .keyEscape), (["↑", "↓"], .keyList), (["Enter"], .keyOpen),
    (["←", "→"], .keyRail), (["Shift ←", "Shift →"], .keyRailDays),
    (["Page Up", "Page Down"], .keyRailYears),
  ]
  let lines = keys.map { keys, words -> HTML in
    "<div><dt>\(keys.map { key -> HTML in "<kbd>\(key)</kbd> " })</dt><dd>\(say(words))</dd></div>"
  }
  return "<dl class=\"key-list\">\(lines)</dl>"
}

/// The palette and the list of keys, which the script opens over any page.
func dialogs(_ frame: PageFrame) -> HTML {
  let say = frame.language
  return """
    <dialog class="palette" id="palette" aria-label="\(say(.find))">
    <input class="input" type="search" id="palette-text" maxlength="64" autocomplete="off" \
    aria-label="\(say(.findWhat))" placeholder="\(say(.findWhat))" spellcheck="false">
    <p class="unseen" id="palette-told" role="status"></p>
    <div class="palette-found" id="palette-found"></div>
    </dialog>
    <dialog class="palette" id="key-dialog" aria-labelledby="key-title">
    <h2 id="key-title">\(say(.keys))</h2>
    \(keyList(say))
    <form method="dialog"><button class="button">\(say(.close))</button></form>
    </dialog>
    """
}

/// The way to the palette in the band; without script it leads to the page.
func findTool(_ frame: PageFrame) -> HTML {
  """
  <a class="tool tool-find" id="find" data-swap data-find \
  href="\(frame.address.other(PageFrame.findPath).text)">\(icon("find"))\
  <span>\(frame.language(.find))</span><kbd aria-hidden="true">/</kbd></a>
  """
}
