import Bookkeeping
import FundModel

/// What a card says of a call, on the calendar and in feeds.
struct CardWords {
  /// The fund; on the investments side also whom the call asks for.
  let title: String
  let call: String
  /// The live status, then what stands beside it.
  let statuses: [String]
  /// Of what was asked, how much is paid, where it is paid in part.
  let share: Percent?
  /// What the amount is, where it isn't what was asked for.
  let amountName: String?
  let amount: String
  let paidOn: String

  init(_ card: CallCard, _ wording: Wording) {
    let standing = card.standing
    let fund = card.fund.terms.name
    title = card.investment.map { "\(fund) → \($0.name)" } ?? fund
    let number = wording(.callNumber(standing.call.number, type: standing.call.callType))
    call = "\(wording(SideWords(standing.call.side).title)) · \(number)"
    share = standing.status == .partiallyPaid ? standing.paidPercent : nil
    statuses = Self.statuses(standing, share, wording)
    let (name, money) = Self.amount(of: standing)
    amountName = name.map { wording($0) }
    amount = wording.amountWithUnit(money)
    paidOn = wording(.paidOn(wording.date(standing.lastPaidOn)))
  }

  private static func statuses(
    _ standing: CallStanding, _ share: Percent?, _ wording: Wording
  ) -> [String] {
    let status: Phrase =
      switch standing.status {
      case .scheduled: .scheduled
      case .partiallyPaid: .partiallyPaid
      case .complete: .complete
      }
    return [wording(status) + (share.map { " " + wording.ratio($0) } ?? "")]
      + (standing.isNoticed ? [] : [wording(.notYetNoticed)])
      + (standing.isOverdue ? [wording(.overdue(days: standing.daysOverdue))] : [])
  }

  /// What is still to come where something came or should have; else what was asked for.
  private static func amount(of standing: CallStanding) -> (name: Phrase?, Money) {
    guard standing.status == .partiallyPaid || standing.isOverdue else {
      return (nil, standing.amount)
    }
    return standing.outstanding.isZero && !standing.creditsDue.isZero
      ? (.creditsDue, standing.creditsDue) : (.outstanding, standing.outstanding)
  }
}

extension Wording {
  /// `1,350백만원`, `1,350 ₩ m`, `USD 300,000.00`.
  func amountWithUnit(_ money: Money) -> String {
    let text = amount(money)
    guard money.currency == .krw else { return "\(money.currency.code) \(text)" }
    return self(
      Phrase(text + unit.name(for: .krw).ko, "\(text) \(unit.shortName(for: .krw).en)"))
  }
}

/// A card, which leads to the call's drawer on the same page.
func callCard(_ card: CallCard, isOpen: Bool, _ wording: Wording, _ frame: PageFrame) -> HTML {
  let standing = card.standing
  let words = CardWords(card, wording)
  let current: HTML = .when(isOpen, " aria-current=\"true\"")
  // The drawer is where the books are kept; a partner has a page of its own items.
  let link: HTML =
    frame.sight == .everything
    ? "data-live href=\"\(frame.address.opening(standing.call.id).text)#drawer\""
    : "href=\"\(frame.callLink(standing.call.id))\""
  let share = words.share
  let shareText: HTML =
    share.map { "<span class=\"due-share\">\(wording.ratio($0))</span>" } ?? .none
  return """
    <a class="due-card due-card-\(standing.status.rawValue)\
    \(HTML.when(!standing.isNoticed, " due-card-ahead"))" \
    id="call-\(standing.call.id)" \(link)\(current)>\
    <span class="due-status">\(statusChips(standing, wording))\(shareText)</span>\
    <span class="due-name">\(words.title)</span><span class="due-call">\(words.call)</span>\
    <span class="due-amount">\
    \(words.amountName.map { name -> HTML in "\(name) " } ?? .none)<span>\(words.amount)</span></span><span class="due-paid">\(unbroken(words.paidOn.replacing(" ", with: "| ")))</span>\
    \(share.map(thinMeter) ?? .none)</a>

    """
}

private func thinMeter(_ percent: Percent) -> HTML {
  """
  <svg class="due-meter" aria-hidden="true"><rect class="meter-track" width="100%"/>\
  <rect class="meter-paid" width="\(barWidth(percent))"/></svg>
  """
}
