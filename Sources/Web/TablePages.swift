import FundModel

/// Which rows of a long table a page shows, and the ways to the others.
struct TablePages: Hashable, Sendable {
  /// Rows that a page has at most, unless all are asked for.
  static let size = 100
  /// Asks for all rows on one page, such as for paper.
  static let all = "all"

  /// How many rows there are in all.
  let count: Int
  /// The page shown, from 1 on.
  let number: Int
  /// At least one, also of no rows.
  let pages: Int
  /// What the address calls the page.
  let parameter: String
  /// Rows of this page at most.
  private let size: Int

  /// - Parameter asked: a number, or ``all``. One past the end shows the last page; what is neither
  ///   shows the first.
  init(_ asked: String?, of count: Int, as parameter: String) {
    self.count = count
    self.parameter = parameter
    size = asked == Self.all ? max(count, Self.size) : Self.size
    pages = max(1, (count + size - 1) / size)
    number = min(max(asked.flatMap { Int($0) } ?? 1, 1), pages)
  }

  /// The page that the address asks for.
  init(of count: Int, as parameter: String = Self.ofTable, in address: PageAddress) {
    self.init(address[parameter], of: count, as: parameter)
  }

  /// More rows than a page has by itself.
  var isLong: Bool { count > Self.size }

  /// What most tables that are long call it.
  static let ofTable = "rows"
  /// A second table of the same page.
  static let ofCalls = "calls"

  /// The places of the rows shown, among all.
  var places: Range<Int> {
    let first = (number - 1) * size
    return first..<min(first + size, max(count, first))
  }

  func shown<Row>(of rows: [Row]) -> [Row] {
    Array(rows.dropFirst(places.lowerBound).prefix(size))
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

/// The ways to the other pages of a table; nothing where it is short.
///
/// - Parameters:
///   - box: the id of the table's box, which goes back to its top.
///   - title: what the table is called.
///   - page: the page that the table is on, where it is not as `frame` has it.
func tablePages(
  _ pages: TablePages, of box: String, _ title: String, on page: PageAddress? = nil,
  _ frame: PageFrame
) -> HTML {
  guard pages.isLong else { return .none }
  let say = frame.language
  let here = page ?? frame.address
  func link(
    _ id: String, _ page: String?, _ words: HTML, _ attributes: HTML = .none
  ) -> HTML {
    """
    <a class="page-link" id="\(box)-\(id)" data-live data-top="\(box)"\(attributes)\
    \(frame.href(here.with(pages.parameter, page).text))>\(words)</a>
    """
  }
  func beside(_ id: String, _ page: Int, _ words: HTML, _ relation: HTML) -> HTML {
    // Where there is no such page the words keep their place, and the hand finds the next one.
    guard (1...pages.pages).contains(page) else {
      return "<span class=\"page-link page-none\" aria-hidden=\"true\">\(words)</span>"
    }
    return link(id, page == 1 ? nil : String(page), words, relation)
  }
  let numbers = pages.listed.map { page -> HTML in
    guard let page else { return "<span class=\"page-gap\" aria-hidden=\"true\">…</span>" }
    let current: HTML = .when(page == pages.number, " aria-current=\"page\"")
    return link(
      "page-\(page)", page == 1 ? nil : String(page),
      "<span class=\"unseen\">\(say(.pageNumber)) </span>\(page)", current)
  }
  let ways: HTML =
    pages.pages > 1
    ? """
    \(beside("earlier", pages.number - 1, "\(icon("left"))\(say(.earlierPage))", " rel=\"prev\""))\
    \(beside("next", pages.number + 1, "\(say(.nextPage))\(icon("right"))", " rel=\"next\""))\
    <span class="page-numbers">\(numbers)</span>\
    \(link("all", TablePages.all, "\(say(.showAllRows))"))
    """ : link("pages", nil, "\(say(.inPages))")
  let range = Phrase.rowsShown(
    from: pages.places.lowerBound + 1, to: pages.places.upperBound, of: pages.count)
  return """
    <nav class="table-pages" aria-label="\(say(.pages(of: title)))">\(ways)\
    <span class="page-range">\(say(range))</span></nav>
    """
}
