import FundModel

/// A drawing from the sprite that every page carries.
func icon(_ name: String) -> HTML {
  "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-\(name)\"/></svg>"
}

/// The outlined word before a figure that rests on stated paid-in.
func statedMark(_ word: String?) -> HTML {
  guard let word else { return .none }
  return "<span class=\"stated\">\(word)</span> "
}

/// A status or flag: icon, word and colour. `kind` names all but the word.
///
/// - Parameter other: an icon in its place.
func chip(_ kind: String, _ word: String, icon other: String? = nil) -> HTML {
  "<span class=\"chip chip-\(kind)\">\(icon(other ?? kind))\(word)</span>"
}

/// Words that break at `|` and nowhere else; a space after the mark stands between the parts.
///
/// - Parameter link: stands in the place of the part that says the same.
func unbroken(_ marked: String, _ link: (text: String, markup: HTML)? = nil) -> HTML {
  let parts = marked.split(separator: "|").map { part -> HTML in
    let spaced = part.hasPrefix(" ")
    let words = String(spaced ? part.dropFirst() : part)
    let shown = link.flatMap { $0.text == words ? $0.markup : nil } ?? "\(words)"
    return "\(spaced ? " " : "")<span>\(shown)</span>"
  }
  return "\(parts)"
}

/// Words that may take several lines, as wide as a column of words may be.
func wrapped(_ words: HTML) -> HTML { "<span class=\"words\">\(words)</span>" }

/// A small bar under a percentage that says the same; nothing where there is none.
func gauge(_ percent: Percent?, _ style: String) -> HTML {
  guard let percent else { return .none }
  return """
    <svg class="gauge \(style)" aria-hidden="true"><rect width="\(barWidth(percent))"/></svg>
    """
}

/// A percentage as the width of a bar: between nothing and the whole.
func barWidth(_ percent: Percent) -> String {
  let whole = Percent(tenThousandths: 1_000_000)
  return max(Percent(tenThousandths: 0), min(percent, whole)).digits(decimals: 2) + "%"
}

/// Drawings and patterns that the page refers to by name.
let sprite: HTML = """
  <svg class="sprite" aria-hidden="true" focusable="false"><defs>\
  <symbol id="i-scheduled" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/></symbol>\
  <symbol id="i-partial" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/>\
  <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/></symbol>\
  <symbol id="i-complete" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/>\
  <path d="m5.4 8.2 1.9 1.9 3.4-3.9"/></symbol>\
  <symbol id="i-overdue" viewBox="0 0 16 16"><path d="M8 2.2 14.3 13H1.7z"/>\
  <path d="M8 6.5v3M8 11.3v.1"/></symbol>\
  <symbol id="i-forming" viewBox="0 0 16 16">\
  <circle cx="8" cy="8" r="5.5" stroke-dasharray="2 2.3"/></symbol>\
  <symbol id="i-closed" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/>\
  <path d="M4.2 11.8l7.6-7.6"/></symbol>\
  <symbol id="i-same" viewBox="0 0 16 16"><path d="M3.5 6.2h9M3.5 9.8h9"/></symbol>\
  <symbol id="i-left" viewBox="0 0 16 16"><path d="m9.8 3.5-4.5 4.5 4.5 4.5"/></symbol>\
  <symbol id="i-right" viewBox="0 0 16 16"><path d="m6.2 3.5 4.5 4.5-4.5 4.5"/></symbol>\
  <symbol id="i-plus" viewBox="0 0 16 16"><path d="M8 3v10M3 8h10"/></symbol>\
  <symbol id="i-download" viewBox="0 0 16 16"><path d="M8 2.5v7.3M4.8 6.8 8 10l3.2-3.2\
  M2.8 12.8h10.4"/></symbol>\
  <symbol id="i-theme" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/>\
  <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentColor"/></symbol>\
  <symbol id="i-close" viewBox="0 0 16 16"><path d="m4 4 8 8M12 4l-8 8"/></symbol>\
  <symbol id="i-cut" viewBox="0 0 16 16"><path d="M2 6.2a9 9 0 0 1 12 0M4.4 9a5.5 5.5 0 0 1 7.2 0\
  M8 12.2v.1M3 2.5l10 11"/></symbol>\
  <symbol id="i-find" viewBox="0 0 16 16"><circle cx="7" cy="7" r="4.2"/>\
  <path d="m10.2 10.2 3.3 3.3"/></symbol>\
  <symbol id="i-person" viewBox="0 0 16 16"><circle cx="8" cy="5.2" r="2.7"/>\
  <path d="M2.8 13.5a5.2 5.2 0 0 1 10.4 0"/></symbol>\
  <symbol id="i-clock" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/>\
  <path d="M8 4.8V8l2.2 1.6"/></symbol>\
  <symbol id="i-note" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/>\
  <path d="M8 7.5v3.2M8 5.3v.1"/></symbol>\
  <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" \
  patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/>\
  <path class="hatch-line" d="M1 0v6"/></pattern>\
  </defs></svg>
  """

/// The three lines of an account book.
let brandMark: HTML = """
  <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">\
  <rect class="mark-cover" x="1" y="1" width="22" height="22" rx="5"/>\
  <path class="mark-lines" d="M6 7.5h12M6 12h12M6 16.5h7"/>\
  <circle class="mark-dot" cx="17" cy="16.5" r="1.8"/></svg>
  """
