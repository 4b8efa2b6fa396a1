/// The files that books are imported from and exported to, and the columns of each.
///
/// Columns after the first group are those that a firm's own sheet need not have. Amounts are
/// decimals in the fund's major unit. `sequence` orders facts; `commitment` names a commitment by
/// its sequence where a fund and a party don't say which.
package enum BooksFormat: String, CaseIterable, Hashable, Sendable {
  case parties, companies, funds
  case fundTotalChanges = "fund_total_changes"
  case partners
  case stagedInvestments = "staged_investments"
  case investments
  case commitmentChanges = "commitment_changes"
  case capitalCallItems = "capital_call_items"
  case payments, cancellations

  package var fileName: String { rawValue + ".csv" }

  package var required: [String] {
    switch self {
    case .parties: ["party"]
    case .companies: ["company"]
    case .funds: ["name", "commitment_total"]
    case .fundTotalChanges: ["fund", "amount", "effective_on"]
    case .partners: ["fund", "partner", "type", "commitment"]
    case .stagedInvestments: ["fund", "company", "commitment"]
    case .investments: ["fund", "company", "amount", "investment_date"]
    case .commitmentChanges: ["fund", "party", "amount", "effective_on"]
    case .capitalCallItems:
      ["fund", "call_no", "notice_date", "due_date", "partner", "amount"]
    case .payments: ["fund", "call_no", "partner", "paid_date", "kind", "amount"]
    case .cancellations: ["fund", "call_no", "cancelled_on", "reason"]
    }
  }

  /// All columns in the order of export.
  package var columns: [String] {
    switch self {
    case .parties: ["party", "industry", "sequence"]
    case .companies: ["company", "industry"]
    case .funds:
      [
        "name", "type", "status", "fund_manager", "gp", "currency", "formation_date",
        "investment_period_end", "maturity_date", "commitment_total", "gp_commitment",
        "hurdle_rate", "dissolution_date", "sequence",
      ]
    case .fundTotalChanges: ["fund", "amount", "effective_on", "reason", "sequence"]
    case .partners: ["fund", "partner", "type", "commitment", "stated_paid_in", "sequence"]
    case .stagedInvestments: ["fund", "company", "commitment", "instrument", "sequence"]
    case .investments:
      ["fund", "company", "amount", "instrument", "investment_date", "commitment", "sequence"]
    case .commitmentChanges:
      ["fund", "side", "party", "commitment", "amount", "effective_on", "reason", "sequence"]
    case .capitalCallItems:
      [
        "fund", "call_no", "call_type", "notice_date", "due_date", "partner", "amount", "side",
        "commitment", "over_commitment_reason", "credit_reason", "sequence",
      ]
    case .payments:
      [
        "fund", "call_no", "partner", "paid_date", "kind", "amount", "side", "commitment",
        "reverses", "memo", "reference", "sequence",
      ]
    case .cancellations:
      ["fund", "side", "call_no", "commitment", "cancelled_on", "reason", "sequence"]
    }
  }
}

extension BooksFormat {
  /// What stands in a column.
  enum ColumnKind { case text, amount, date, number, percent }

  func kind(of column: String) -> ColumnKind {
    if amountColumns.contains(column) { return .amount }
    if column == "hurdle_rate" { return .percent }
    if column.hasSuffix("_date")
      || ["effective_on", "cancelled_on", "investment_period_end"].contains(column)
    {
      return .date
    }
    if ["sequence", "call_no", "reverses"].contains(column) { return .number }
    // Elsewhere a commitment is named by its number.
    return column == "commitment" ? .number : .text
  }
}
