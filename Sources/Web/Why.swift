import FundModel

/// A figure as a link to what makes it up, on the day and at the moment of the page it stands on.
///
/// - Parameter text: the figure as it is shown, without its mark and its unit. A dash, where there is
///   no figure, is no link.
/// - Parameter day: the text is the change of the figure since that day.
func why(
  _ figure: Figure, of scope: FigureScope, since day: CalendarDate? = nil, _ text: String,
  _ frame: PageFrame
) -> HTML {
  text == Wording.absent
    ? "\(text)"
    : "<a class=\"why\"\(frame.href(frame.whyLink(figure, of: scope, since: day)))>\(text)</a>"
}

extension FigureScope {
  /// What is asked about, as parameters of an address.
  var parameters: [PageAddress.Parameter] {
    switch self {
    case .total(let currency, let formedOnly):
      [.init("currency", currency.code)] + (formedOnly ? [.init("formed_only", "true")] : [])
    case .fund(let id): [.init("fund", id.description)]
    case .side(let side, let fund):
      [.init("fund", fund.description), .init("side", side.rawValue)]
    case .commitment(let id): [.init("commitment", id.description)]
    case .call(let id): [.init("call", id.description)]
    case .item(let id): [.init("item", id.description)]
    }
  }
}
