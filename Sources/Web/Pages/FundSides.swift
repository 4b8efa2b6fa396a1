import FundModel

/// One side of a fund: a bar of the commitment, its parts, and what else belongs to it.
func sidePanel(
  _ side: Side, _ standing: FundStanding, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let words = SideWords(side)
  let row = standing.row
  let position = standing.position(of: side)
  let stated = side == .partners && row.basis == .stated
  // 납입비율 is over the registered total, as on the overview, also when not every partner's
  // commitment is keyed in yet.
  let percent = side == .partners ? row.paidInRatio : position.paidPercent
  let whole = side == .partners ? row.commitmentTotal : position.committed
  let paid = side == .partners ? row.paidIn : position.paid
  let mark = statedMark(stated ? wording(.stated) : nil)
  let scope: FigureScope = side == .partners ? .fund(row.fund.id) : .side(side, of: row.fund.id)
  let ratio = why(
    side == .partners ? .paidInRatio : .paidPercent, of: scope, wording.ratio(percent), frame)
  return """
    <section class="panel side" aria-labelledby="side-\(side.rawValue)">
    <div class="side-head"><h2 id="side-\(side.rawValue)">\(wording(words.title))</h2>\
    <span class="side-flow">\(wording(words.flow))</span>\
    <p class="side-percent"><span class="side-ratio">\(wording(words.ratio))</span> \
    \(mark)\(ratio)</p></div>
    \(meter(whole: whole, paid: paid, outstanding: position.outstanding, words.bar))
    <dl class="facts">\(facts(side, standing, isStated: stated, wording, frame))</dl>
    <dl class="facts facts-more">\(more(side, standing, wording, frame))</dl>
    </section>
    """
}

/// What the same things are called on either side.
struct SideWords {
  let title: Phrase
  let flow: Phrase
  let paid: Phrase
  let ratio: Phrase
  let party: Phrase
  let lastPaid: Phrase
  /// What is done when money moves as a call asked: on a row, as a form's name, its day.
  let pay: Phrase
  let recordPayment: Phrase
  let paidOn: Phrase
  /// Over the table of commitments.
  let table: Phrase
  let none: Phrase
  /// The class of what is paid in bars.
  let bar: String

  init(_ side: Side) {
    switch side {
    case .partners:
      (title, flow, paid, ratio) = (.partnersSide, .partnersFlow, .paid, .paidRatio)
      (party, lastPaid, table) = (.partnerName, .lastPaid, .partnersTable)
      (none, bar) = (.noPartners, "paid")
      (pay, recordPayment) = (Phrase("납입", "Pay"), Phrase("납입 기록", "Record payment"))
      paidOn = .paidDate
    case .investments:
      (title, flow, paid, ratio) = (.investmentsSide, .investmentsFlow, .invested, .investedRatio)
      (party, lastPaid, table) = (.companyName, .lastInvested, .investmentsTable)
      (none, bar) = (.noInvestments, "invested")
      (pay, recordPayment) = (Phrase("투자", "Pay"), Phrase("투자 기록", "Record payment"))
      paidOn = .investedOn
    }
  }
}

/// Paid, outstanding (hatched), the rest. Says nothing that the facts below do not.
func meter(whole: Money, paid: Money, outstanding: Money, _ style: String) -> HTML {
  let paidShare = Percent(paid, of: whole) ?? Percent(tenThousandths: 0)
  let owedShare = Percent(outstanding, of: whole) ?? Percent(tenThousandths: 0)
  return """
    <svg class="meter" aria-hidden="true"><rect class="meter-track" width="100%"/>\
    <rect x="\(barWidth(paidShare))" width="\(barWidth(owedShare))" fill="url(#hatch)"/>\
    <rect class="meter-\(style)" width="\(barWidth(paidShare))"/></svg>
    """
}

private func facts(
  _ side: Side, _ standing: FundStanding, isStated: Bool, _ wording: Wording, _ frame: PageFrame
) -> [HTML] {
  let words = SideWords(side)
  let position = standing.position(of: side)
  let mark = statedMark(isStated ? wording(.stated) : nil)
  let fact = Fact(.side(side, of: standing.row.fund.id), wording, frame)
  return [
    fact(.commitment, .committed, position.committed),
    fact(words.paid, .paid, position.paid, swatch: "meter-\(words.bar)", mark: mark),
    fact(.outstanding, .outstanding, position.outstanding, swatch: "hatched"),
    // What stated paid-in leaves of the bar was not paid, whether or not it was called.
    fact(
      .notYetCalled, .notYetCalled, position.notYetCalled,
      swatch: isStated ? nil : "meter-track"),
  ]
}

private func more(
  _ side: Side, _ standing: FundStanding, _ wording: Wording, _ frame: PageFrame
) -> [HTML] {
  let row = standing.row
  let position = standing.position(of: side)
  let mark = statedMark(wording.mark(row.basis))
  let fact = Fact(.side(side, of: row.fund.id), wording, frame)
  let ofFund = Fact(.fund(row.fund.id), wording, frame)
  var facts = [
    fact(.noticed, .noticed, position.noticed),
    fact(.uncalled, .uncalled, position.uncalled, mark: side == .partners ? mark : .none),
  ]
  if !position.creditsDue.isZero {
    facts.append(fact(.creditsDue, .creditsDue, position.creditsDue))
  }
  switch side {
  case .partners:
    facts.insert(ofFund(.commitmentTotal, .commitmentTotal, row.commitmentTotal), at: 0)
    facts.append(ofFund(.cardGPPaidIn, .gpPaidIn, row.gpPaidIn, mark: mark))
    // 납입비율 above is over the registered total; this is over what partners have committed.
    let percent = why(
      .paidPercent, of: .side(side, of: row.fund.id), wording.ratio(position.paidPercent), frame)
    facts.append("<div><dt>\(wording(.paidOfCommitment))</dt><dd>\(mark)\(percent)</dd></div>")
  case .investments:
    facts.append(ofFund(.investmentAssets, .investmentAssets, row.investmentAssets))
    facts.append(ofFund(.cardUninvested, .uninvested, row.uninvested))
    facts.append(ofFund(.cash, .cash, row.cash, mark: mark))
    facts.append(
      """
      <div><dt>\(wording(.companies))</dt>\
      <dd><a href="\(frame.fundLink(row.fund.id, .investments))">\(wording.count(row.companyCount))</a></dd></div>
      """)
  }
  return facts
}

/// Amounts of one thing with their names, each a link to what makes it up.
private struct Fact {
  private let scope: FigureScope
  private let wording: Wording
  private let frame: PageFrame

  init(_ scope: FigureScope, _ wording: Wording, _ frame: PageFrame) {
    self.scope = scope
    self.wording = wording
    self.frame = frame
  }

  func callAsFunction(
    _ name: Phrase, _ figure: Figure, _ amount: Money, swatch: String? = nil, mark: HTML = .none
  ) -> HTML {
    let text = wording.amount(amount)
    let dim: HTML = hasFigure(text) ? .none : " class=\"dim\""
    return """
      <div><dt>\(swatchMark(swatch))\(wording(name))</dt>\
      <dd\(dim)>\(mark)\(why(figure, of: scope, text, frame))</dd></div>
      """
  }
}

private func swatchMark(_ style: String?) -> HTML {
  guard let style else { return .none }
  let fill: HTML = style == "hatched" ? "fill=\"url(#hatch)\"" : "class=\"\(style)\""
  return """
    <svg class="swatch" aria-hidden="true"><rect width="10" height="10" \(fill)/></svg>
    """
}
