import Bookkeeping
import FundModel

/// One capital call as of the reference date, with the forms to work on it.
func callPage(_ call: CallInFull.Answer, timeline: CashTimeline, frame: PageFrame) -> HTML {
  let say = frame.language
  let fund = call.fund.row.fund
  let title = callTitle(call, say)
  let main: HTML = """
    <div class="head head-fund">\
    <p class="crumb"><a id="to-fund" href="\(frame.fundLink(fund.id))">\(fund.terms.name)</a>\
    \(investmentCrumb(call, frame))</p>\
    <h1>\(title)</h1></div>
    <section class="panel panel-body call-page" aria-labelledby="call-title">\
    <h2 class="unseen" id="call-title">\(title)</h2>\(callDetails(call, frame))</section>
    """
  return layout(
    title: "\(fund.terms.name) · \(title)", main: main,
    rail: rail(timeline, over: fund.terms, frame), frame: frame)
}

/// On the investments' side: what the call is for.
private func investmentCrumb(_ call: CallInFull.Answer, _ frame: PageFrame) -> HTML {
  guard call.sheet.standing.call.side == .investments, let line = call.sheet.lines.first else {
    return .none
  }
  return """
     · <a href="\(frame.investmentLink(line.commitment.id))">\(line.commitment.party.name)</a>
    """
}
