import FundModel

/// The seven cards of one currency, always in view above the table.
///
/// - Parameters:
///   - scope: what the figures are totals of.
///   - alone: there is no other currency, so the set needs no name of its own.
func overviewCards(
  _ totals: OverviewTotals, of scope: FigureScope, _ overview: Overview,
  _ previousYearEnd: Overview?, _ wording: Wording, alone: Bool, _ frame: PageFrame
) -> HTML {
  let cards = OverviewCard.all.map { each -> HTML in
    let text = each.figure(totals, wording)
    let figure = Figure(rawValue: each.key).map { why($0, of: scope, text, frame) } ?? "\(text)"
    return card(of: each, figure, totals, of: scope, overview, previousYearEnd, wording, frame)
  }
  let longest = OverviewCard.all.map { $0.figure(totals, wording).count }.max() ?? 0
  let size = longest > 15 ? "xxl" : longest > 11 ? "xl" : longest > 8 ? "l" : "m"
  return """
    <section class="cards-set\(alone ? "" : " cards-several")" \
    aria-label="\(wording(.summary(of: totals.currency)))" data-currency="\(totals.currency.code)">
    \(HTML.when(!alone, setName(totals.currency, wording)))<dl class="cards cards-\(size)">\(cards)</dl></section>
    """
}

/// The currency and its unit, in one line where the unit says both.
private func setName(_ currency: Currency, _ wording: Wording) -> HTML {
  let name = wording(Phrase(nameOf: currency))
  let unit = wording(wording.unit.name(for: currency))
  return unit.hasPrefix(name)
    ? "<h2 class=\"cards-name\">\(unit)</h2>"
    : "<h2 class=\"cards-name\">\(name) <small>\(unit)</small></h2>"
}

private func card(
  of card: OverviewCard, _ figure: HTML, _ totals: OverviewTotals, of scope: FigureScope,
  _ overview: Overview, _ previousYearEnd: Overview?, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let unit = card.unit(totals, wording)
  let before = previousYearEnd.flatMap { previous in
    previous.shownTotals.first { $0.currency == totals.currency }.map {
      (date: previous.referenceDate, totals: $0)
    }
  }
  let change = before.flatMap { card.change(from: $0.totals, to: totals) }
  let changed = change.flatMap { $0.isZero ? nil : wording.unit.change($0) }
  let note: String? =
    if let before, change != nil {
      card.isLead
        ? [card.note(totals, overview, wording), changed].compactMap { $0 }
          .joined(separator: " ·| ")
        : wording(.since(before.date, changed))
    } else {
      card.note(totals, overview, wording)
    }
  let link: (text: String, markup: HTML)? =
    if let before, let changed, let figure = Figure(rawValue: card.key) {
      (changed, why(figure, of: scope, since: before.date, changed, frame))
    } else {
      nil
    }
  let mark = statedMark(wording.mark(card.restsOnPaidIn ? totals.basis : nil))
  return """
    <div class="card\(card.isLead ? " card-lead" : "")" data-figure="\(card.key)">\
    <dt><span>\(wording(card.name))</span> \(mark)</dt>\
    <dd class="figure"><b>\(figure)</b>\
    \(HTML.when(!unit.isEmpty, "<small>\(unit)</small>"))</dd>\
    <dd class="card-note">\(unbroken(note ?? "", link))</dd></div>

    """
}

/// One of the seven figures over the table.
private struct OverviewCard: Sendable {
  let key: String
  let name: Phrase
  var isLead = false
  var restsOnPaidIn = false
  /// An amount, or `nil` for the two that count.
  var amount: (@Sendable (OverviewTotals) -> Money)?
  var count: (@Sendable (OverviewTotals) -> Int) = { _ in 0 }
  var countUnit = Phrase("")
  var noteOf: (@Sendable (OverviewTotals, Overview, Wording) -> Phrase?) = { _, _, _ in nil }

  func figure(_ totals: OverviewTotals, _ wording: Wording) -> String {
    amount.map { wording.amount($0(totals)) } ?? wording.count(count(totals))
  }

  func unit(_ totals: OverviewTotals, _ wording: Wording) -> String {
    wording(amount == nil ? countUnit : wording.unit.shortName(for: totals.currency))
  }

  func note(_ totals: OverviewTotals, _ overview: Overview, _ wording: Wording) -> String? {
    noteOf(totals, overview, wording).map { wording($0) }
  }

  func change(from before: OverviewTotals, to now: OverviewTotals) -> Money? {
    amount.flatMap { amount in try? amount(now) - amount(before) }
  }

  static let all: [OverviewCard] = [
    OverviewCard(
      key: "fund_count", name: .cardFunds, count: \.fundCount, countUnit: .fundsUnit,
      noteOf: { totals, overview, _ in states(of: totals, overview) }),
    OverviewCard(
      key: "commitment_total", name: .cardCommitments, amount: \.commitmentTotal),
    OverviewCard(
      key: "paid_in", name: .cardPaidIn, isLead: true, restsOnPaidIn: true, amount: \.paidIn,
      noteOf: { totals, _, wording in
        totals.paidInRatio.map { .ofCommitmentsPaid(wording.ratio($0)) }
      }),
    OverviewCard(
      key: "gp_paid_in", name: .cardGPPaidIn, restsOnPaidIn: true, amount: \.gpPaidIn,
      noteOf: { totals, _, wording in
        Percent(totals.gpPaidIn, of: totals.paidIn).map { .ofPaidIn(wording.ratio($0)) }
      }),
    OverviewCard(
      key: "invested", name: .cardInvested, amount: \.invested,
      noteOf: { totals, _, wording in
        Percent(totals.invested, of: totals.paidIn).map { .ofPaidIn(wording.ratio($0)) }
      }),
    OverviewCard(
      key: "uninvested", name: .cardUninvested, amount: \.uninvested,
      noteOf: { totals, _, wording in
        Percent(totals.uninvested, of: totals.commitmentTotal).map {
          .ofCommitments(wording.ratio($0))
        }
      }),
    OverviewCard(
      key: "company_count", name: .cardCompanies, count: \.companyCount,
      countUnit: .companiesUnit,
      noteOf: { totals, _, wording in
        .distinctCompanies(wording.count(totals.distinctCompanyCount))
      }),
  ]

  private static func states(of totals: OverviewTotals, _ overview: Overview) -> Phrase {
    let states = overview.rows.filter { $0.fund.currency == totals.currency }.map(\.status)
    func count(_ status: FundStatus) -> Int { states.filter { $0 == status }.count }
    return .states(
      formed: count(.active), forming: count(.forming), dissolved: count(.dissolved))
  }
}
