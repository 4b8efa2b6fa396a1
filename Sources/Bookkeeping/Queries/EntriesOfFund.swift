/// The condition that the entry `e` is one of a fund, which is found by the fund's commitments.
///
/// - Parameter fund: the parameter that holds its id, such as `$3`.
func isEntry(ofFund fund: String) -> String {
  "e.commitment_id IN (SELECT id FROM commitment WHERE fund_id = \(fund))"
}
