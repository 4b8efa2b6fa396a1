import FundModel

/// One side of a fund: a bar of the commitment, its parts, and what else belongs to it.
func sidePanel(_ side: Side, _ standing: FundStanding, _ wording: Wording) -> HTML {
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
  return """
    <section class="panel side" aria-labelledby="side-\(side.rawValue)">
    <div class="side-head"><h2 id="side-\(side.rawValue)">\(wording(words.title))</h2>\
    <span class="side-flow">\(wording(words.flow))</span>\
    <p class="side-percent"><span class="side-ratio">\(wording(words.ratio))</span> \
    \(mark)\(wording.ratio(percent))</p></div>
    \(meter(whole: whole, paid: paid, outstanding: position.outstanding, words.bar))
    <dl class="facts">\(facts(side, position, paid: paid, isStated: stated, wording))</dl>
    <dl class="facts facts-more">\(more(side, standing, wording))</dl>
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
    case .investments:
      (title, flow, paid, ratio) = (.investmentsSide, .investmentsFlow, .invested, .investedRatio)
      (party, lastPaid, table) = (.companyName, .lastInvested, .investmentsTable)
      (none, bar) = (.noInvestments, "invested")
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
  _ side: Side, _ position: Position, paid: Money, isStated: Bool, _ wording: Wording
) -> [HTML] {
  let words = SideWords(side)
  let mark = statedMark(isStated ? wording(.stated) : nil)
  return [
    fact(.commitment, position.committed, wording),
    fact(words.paid, paid, wording, swatch: "meter-\(words.bar)", mark: mark),
    fact(.outstanding, position.outstanding, wording, swatch: "hatched"),
    // What stated paid-in leaves of the bar was not paid, whether or not it was called.
    fact(
      .notYetCalled, position.notYetCalled, wording, swatch: isStated ? nil : "meter-track"),
  ]
}

private func more(_ side: Side, _ standing: FundStanding, _ wording: Wording) -> [HTML] {
  let row = standing.row
  let position = standing.position(of: side)
  let mark = statedMark(wording.mark(row.basis))
  var facts = [
    fact(.noticed, position.noticed, wording),
    fact(.uncalled, position.uncalled, wording, mark: side == .partners ? mark : .none),
  ]
  if !position.creditsDue.isZero {
    facts.append(fact(.creditsDue, position.creditsDue, wording))
  }
  switch side {
  case .partners:
    facts.insert(fact(.commitmentTotal, row.commitmentTotal, wording), at: 0)
    facts.append(fact(.cardGPPaidIn, row.gpPaidIn, wording, mark: mark))
  case .investments:
    facts.append(fact(.cardUninvested, row.uninvested, wording))
    facts.append(fact(.cash, row.cash, wording, mark: mark))
  }
  return facts
}

private func fact(
  _ name: Phrase, _ amount: Money, _ wording: Wording, swatch: String? = nil, mark: HTML = .none
) -> HTML {
  let text = wording.amount(amount)
  let dim: HTML = hasFigure(text) ? .none : " class=\"dim\""
  return """
    <div><dt>\(swatchMark(swatch))\(wording(name))</dt><dd\(dim)>\(mark)\(text)</dd></div>
    """
}

private func swatchMark(_ style: String?) -> HTML {
  guard let style else { return .none }
  let fill: HTML = style == "hatched" ? "fill=\"url(#hatch)\"" : "class=\"\(style)\""
  return """
    <svg class="swatch" aria-hidden="true"><rect width="10" height="10" \(fill)/></svg>
    """
}
