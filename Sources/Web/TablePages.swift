import FundModel

/// Which rows of a long table a page shows, and the ways to the others.
struct TablePages: Hashable, Sendable {
  /// Rows that a page has at most.
  static let size = 100

  /// How many rows there are in all.
  let count: Int
  /// The page shown, from 1 on.
  let number: Int
  /// At least one, also of no rows.
  let pages: Int
  /// What the address calls the page.
  let parameter: String

  /// - Parameter asked: one past the end shows the last page, none the first.
  init(_ asked: Int?, of count: Int, as parameter: String) {
    self.count = count
    self.parameter = parameter
    pages = max(1, (count + Self.size - 1) / Self.size)
    number = min(max(asked ?? 1, 1), pages)
  }

  /// The page that the address asks for; what is no number there asks for the first.
  init(of count: Int, as parameter: String = Self.ofTable, in address: PageAddress) {
    self.init(address[parameter].flatMap { Int($0) }, of: count, as: parameter)
  }

  /// What most tables that are long call it.
  static let ofTable = "rows"
  /// A second table of the same page.
  static let ofCalls = "calls"

  /// The places of the rows shown, among all.
  var places: Range<Int> {
    let first = (number - 1) * Self.size
    return first..<min(first + Self.size, max(count, first))
  }

  func shown<Row>(of rows: [Row]) -> [Row] {
    Array(rows.dropFirst(places.lowerBound).prefix(Self.size))
  }

  /// The pages that have a link: the first and the last, this one and those beside it; `nil` for
  /// those left out between them, which are two at least.
  var listed: [Int?] {
    let near = Set([1, pages] + (number - 1...number + 1).filter { (1...pages).contains($0) })
    var listed: [Int?] = []
    for page in near.sorted() {
      if let last = listed.last ?? nil, page - last == 2 { listed.append(last + 1) }
      if let last = listed.last ?? nil, page - last > 1 { listed.append(nil) }
      listed.append(page)
    }
    return listed
  }
}

/// The ways to the other pages of a table; nothing where one page holds it all.
///
/// - Parameters:
///   - box: the id of the table's box, which goes back to its top.
///   - title: what the table is called.
///   - page: the page that the table is on, where it is not as `frame` has it.
func tablePages(
  _ pages: TablePages, of box: String, _ title: String, on page: PageAddress? = nil,
  _ frame: PageFrame
) -> HTML {
  guard pages.pages > 1 else { return .none }
  let say = frame.language
  let here = page ?? frame.address
  func link(_ id: String, _ page: Int, _ words: HTML, _ attributes: HTML = .none) -> HTML {
    let address = here.with(pages.parameter, page == 1 ? nil : String(page)).text
    // Where there is no such page the words keep their place, and the hand finds the next one.
    guard (1...pages.pages).contains(page) else {
      return "<span class=\"page-link page-none\" aria-hidden=\"true\">\(words)</span>"
    }
    return """
      <a class="page-link" id="\(box)-\(id)" data-live data-top="\(box)"\(attributes)\
      \(frame.href(address))>\(words)</a>
      """
  }
  let earlier = link(
    "earlier", pages.number - 1, "\(icon("left"))\(say(.earlierPage))", " rel=\"prev\"")
  let next = link("next", pages.number + 1, "\(say(.nextPage))\(icon("right"))", " rel=\"next\"")
  let numbers = pages.listed.map { page -> HTML in
    guard let page else { return "<span class=\"page-gap\" aria-hidden=\"true\">…</span>" }
    let current: HTML = .when(page == pages.number, " aria-current=\"page\"")
    return link(
      "page-\(page)", page,
      "<span class=\"unseen\">\(say(.pageNumber)) </span>\(page)", current)
  }
  let range = Phrase.rowsShown(
    from: pages.places.lowerBound + 1, to: pages.places.upperBound, of: pages.count)
  return """
    <nav class="table-pages" aria-label="\(say(.pages(of: title)))">\(earlier)\(next)\
    <span class="page-numbers">\(numbers)</span>\
    <span class="page-range">\(say(range))</span></nav>
    """
}
