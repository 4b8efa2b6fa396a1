import Bookkeeping
import FundModel

/// The page on which a fund is registered.
func newFundPage(home: Currency, frame: PageFrame) -> HTML {
  let say = frame.language
  let form = FormView("registerFund", frame)
  let currencies = ([home] + Currency.all.filter { $0 != home })
    .map { (value: $0.code, words: $0.code) }
  let currency = Currency(code: form.value("currency", or: home.code)) ?? home
  let body: HTML = """
    \(form.text("name", .fundName, most: TextLimit.name))
    <div class="form-row">\(form.text("fund_type", .fundType, most: TextLimit.word))\
    \(form.text("fund_manager", .manager, most: TextLimit.word))</div>
    \(form.select("currency", .currency, or: home.code, currencies))
    \(form.amount("commitment_total", .commitmentTotal, in: currency))
    \(form.amount("gp_commitment", .gpCommitment, in: currency))
    <div class="form-row">\(form.date("formation_date", .formation))\
    \(form.date("investment_period_end", .investmentPeriodEnd))\
    \(form.date("maturity_date", .maturity))\
    \(form.text("hurdle_rate", .hurdlePercent, most: 32))</div>
    <div class="acts">\(form.button(.registerFund))</div>
    """
  let main: HTML = """
    <div class="head head-fund"><p class="crumb">\
    <a href="\(frame.wayBack.text)">\(say(.fundOverview))</a></p><h1>\(say(.registerFund))</h1></div>
    <section class="panel panel-body form-panel">\(form(body))</section>
    """
  return layout(title: say(.registerFund), main: main, frame: frame)
}
