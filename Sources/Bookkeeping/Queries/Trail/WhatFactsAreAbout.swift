/// Every row of facts with what it is about, one part for each table: which fund, call, commitment
/// and party it names, directly or through what it belongs to.
///
/// - Parameter condition: on the rows of each table, which go by `f`.
func whatFactsAreAbout(where condition: String) -> String {
  aboutEachTable.map { table, columns, joins in
    """
    SELECT '\(table)' AS fact, f.id, f.audit, f.step, \(columns)
    FROM \(table) f \(joins)
    WHERE \(condition)
    """
  }.joined(separator: "\nUNION ALL\n")
}

/// The sequences of the entries that recorded anything of a fund, or of a party that it names.
///
/// - Parameter fund: the fund's id as it stands in the statement, such as `$4`.
func entriesTouching(fund: String) -> String {
  """
  SELECT audit FROM (\(whatFactsAreAbout(where: "1 = 1"))) AS about WHERE fund_id = \(fund)
  UNION
  SELECT f.audit FROM party_version f JOIN commitment c ON c.party_id = f.party_id
  WHERE c.fund_id = \(fund) AND c.audit <= f.audit
  UNION
  SELECT f.audit FROM party_version f JOIN fund_version v ON v.gp_party_id = f.party_id
  WHERE v.fund_id = \(fund) AND v.audit <= f.audit
  """
}

/// The columns that say what a row of a table is about, in the same order for all.
private let aboutEachTable: [(table: String, columns: String, joins: String)] = {
  func columns(
    fund: String = "NULL", call: String = "NULL", commitment: String = "NULL",
    party: String = "NULL"
  ) -> String {
    "\(fund) AS fund_id, \(call) AS call_id, \(commitment) AS commitment_id, \(party) AS party_id"
  }
  let commitment = "JOIN commitment c ON c.id = f.commitment_id"
  let call = "JOIN capital_call q ON q.id = f.call_id"
  let ofCommitment = columns(
    fund: "c.fund_id", commitment: "f.commitment_id", party: "c.party_id")
  let ofCall = columns(fund: "q.fund_id", call: "f.call_id")
  return [
    ("fund", columns(fund: "f.id"), ""),
    ("party", columns(party: "f.id"), ""),
    ("fund_version", columns(fund: "f.fund_id"), ""),
    ("fund_total_change", columns(fund: "f.fund_id"), ""),
    ("party_version", columns(party: "f.party_id"), ""),
    ("commitment", columns(fund: "f.fund_id", commitment: "f.id", party: "f.party_id"), ""),
    ("commitment_version", ofCommitment, commitment),
    ("commitment_change", ofCommitment, commitment),
    ("stated_paid_in", ofCommitment, commitment),
    ("capital_call", columns(fund: "f.fund_id", call: "f.id"), ""),
    ("call_version", ofCall, call),
    ("call_cancellation", ofCall, call),
    (
      "call_item",
      columns(
        fund: "q.fund_id", call: "f.call_id", commitment: "f.commitment_id", party: "c.party_id"),
      "\(call) \(commitment)"
    ),
    ("settlement", columns(fund: "f.fund_id"), ""),
    (
      "entry",
      columns(
        fund: "f.fund_id", call: "i.call_id", commitment: "f.commitment_id", party: "c.party_id"),
      "\(commitment) LEFT JOIN call_item i ON i.id = f.item_id"
    ),
    ("feed", columns(), ""),
    ("feed_end", columns(), ""),
    ("import_batch", columns(), ""),
    ("import_undo", columns(), ""),
    ("fund_withdrawal", columns(fund: "f.fund_id"), ""),
  ]
}()

/// The tables that ``whatFactsAreAbout(where:)`` looks at.
package let tablesOfFactsAbout = aboutEachTable.map(\.table)
