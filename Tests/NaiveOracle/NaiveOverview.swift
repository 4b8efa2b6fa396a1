/// One fund's line of the overview.
package struct NaiveRow: Equatable, Sendable {
  package let no: Int
  package let fund: String
  package let currency: String
  package let status: String
  package let formed: Bool
  package let commitmentTotal: Int
  package let paidIn: Int
  package let basis: String
  package let ratio: String?
  package let gpCommitment: Int
  package let gpPaidIn: Int
  package let invested: Int
  package let uninvested: Int
  package let assets: Int
  package let cash: Int
  package let companies: Int
  package let progress: String?
  package let remaining: NaiveRemaining?
  /// As the file has it.
  package let hurdleRate: String
}

/// The sums of one currency.
package struct NaiveTotals: Equatable, Sendable {
  package let currency: String
  package var funds = 0
  package var commitmentTotal = 0
  package var paidIn = 0
  package var basis = ""
  package var ratio: String?
  package var gpPaidIn = 0
  package var invested = 0
  package var uninvested = 0
  package var assets = 0
  package var companies = 0
  package var distinctCompanies = 0
}

package struct NaiveOverview: Equatable, Sendable {
  package var rows: [NaiveRow] = []
  /// One for each currency that a row has, in the order of the rows.
  package var totals: [NaiveTotals] = []
}

extension NaiveBooks {
  package func overview(on day: String, formedOnly: Bool = false) -> NaiveOverview {
    var overview = NaiveOverview()
    let standing = standingEntries(on: day)
    for fund in funds {
      if formedOnly && status(fund, on: day) == "forming" { continue }
      overview.rows.append(row(fund, on: day, no: overview.rows.count + 1, standing))
    }
    for row in overview.rows
    where !overview.totals.contains(where: { $0.currency == row.currency }) {
      overview.totals.append(totals(row.currency, overview.rows, standing))
    }
    return overview
  }

  private func status(_ fund: NaiveFund, on day: String) -> String {
    if fund.formation.isEmpty || day < fund.formation { return "forming" }
    if !fund.dissolution.isEmpty && fund.dissolution <= day { return "dissolved" }
    return "active"
  }

  private func row(
    _ fund: NaiveFund, on day: String, no: Int, _ standing: [NaiveEntry]
  ) -> NaiveRow {
    let total = total(fund, on: day)
    let status = status(fund, on: day)
    let invested = paid(standing.filter { $0.fund == fund.name && $0.side == "investments" })
    var paidIn = 0
    var ofPartnersGP = 0
    var hasPartnerGP = false
    let stated = restsOnStated(fund.name, on: day)
    for commitment in commitments
    where commitment.fund == fund.name && commitment.side == "partners" {
      let amount =
        stated
        ? commitment.stated
        : paid(standing.filter { $0.commitment == commitment.sequence && $0.side == "partners" })
      paidIn += amount
      if commitment.type == "GP" {
        hasPartnerGP = true
        ofPartnersGP += amount
      }
    }
    var gpPaidIn = ofPartnersGP
    if stated {
      if !hasPartnerGP { gpPaidIn = fund.gpCommitment }
      if gpPaidIn > paidIn { gpPaidIn = paidIn }
    }
    return NaiveRow(
      no: no, fund: fund.name, currency: fund.currency, status: status,
      formed: status != "forming", commitmentTotal: total, paidIn: paidIn,
      basis: stated ? "stated" : "cash", ratio: naivePercent(paidIn, of: total),
      gpCommitment: fund.gpCommitment, gpPaidIn: gpPaidIn, invested: invested,
      uninvested: total - invested, assets: invested, cash: paidIn - invested,
      companies: companies([fund.name], standing).count, progress: progress(fund, on: day),
      remaining: remaining(fund, on: day), hurdleRate: fund.hurdleRate)
  }

  /// Distinct parties with a standing payment on the investments side.
  private func companies(_ funds: [String], _ standing: [NaiveEntry]) -> [String] {
    var found: [String] = []
    for entry in standing
    where entry.side == "investments" && entry.kind == "payment" && funds.contains(entry.fund) {
      for commitment in commitments
      where commitment.sequence == entry.commitment && !found.contains(commitment.party) {
        found.append(commitment.party)
      }
    }
    return found
  }

  private func progress(_ fund: NaiveFund, on day: String) -> String? {
    guard let formation = NaiveDay(fund.formation), let end = NaiveDay(fund.periodEnd),
      let reference = NaiveDay(day)
    else { return nil }
    let length = end.count - formation.count
    // A period of no days is over as soon as it begins.
    if length == 0 { return reference.count < formation.count ? "0.00" : "100.00" }
    var elapsed = reference.count - formation.count
    if elapsed < 0 { elapsed = 0 }
    if elapsed > length { elapsed = length }
    return naivePercent(elapsed, of: length)
  }

  private func remaining(_ fund: NaiveFund, on day: String) -> NaiveRemaining? {
    guard let maturity = NaiveDay(fund.maturity), let reference = NaiveDay(day) else { return nil }
    return NaiveRemaining(from: reference, to: maturity)
  }

  private func totals(
    _ currency: String, _ rows: [NaiveRow], _ standing: [NaiveEntry]
  ) -> NaiveTotals {
    var totals = NaiveTotals(currency: currency)
    var names: [String] = []
    for row in rows where row.currency == currency {
      names.append(row.fund)
      totals.funds += 1
      totals.commitmentTotal += row.commitmentTotal
      totals.paidIn += row.paidIn
      totals.gpPaidIn += row.gpPaidIn
      totals.invested += row.invested
      totals.assets += row.assets
      totals.companies += row.companies
      if totals.basis.isEmpty {
        totals.basis = row.basis
      } else if totals.basis != row.basis {
        totals.basis = "mixed"
      }
    }
    totals.uninvested = totals.commitmentTotal - totals.invested
    totals.ratio = naivePercent(totals.paidIn, of: totals.commitmentTotal)
    totals.distinctCompanies = companies(names, standing).count
    return totals
  }
}
