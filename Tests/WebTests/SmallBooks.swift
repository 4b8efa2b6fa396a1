import Testing

/// Small books made through the API alone, and the ids of what is in them by name.
///
/// Fund K (KRW 1,000): GP 100 and LP 900 committed; call 1 of 10 and 90, noticed 2026-01-10, due
/// 2026-01-20, the LP's 90 paid on 2026-01-15; call 2 with a credit of 5 to the LP and 5 to the GP;
/// 500 staged and 50 directly invested in X. Fund U (USD 10.00): LP 10.00. Fund S (KRW): GP 100 and
/// LP 900, 100 and 500 of it stated as paid.
struct SmallBooks {
  private var ids: [String: Int64] = [:]

  subscript(_ name: String) -> Int64 { ids[name] ?? 0 }

  init(in site: TestedSite) async throws {
    for name in ["GP", "LP", "X", "Y"] {
      ids[name] = try await site.made("/api/parties", #"{"name":"\#(name)"}"#)
    }
    ids["K"] = try await site.made(
      "/api/funds",
      #"{"name":"K","currency":"KRW","commitment_total":1000,"formation_date":"2026-01-02"}"#)
    ids["U"] = try await site.made(
      "/api/funds", #"{"name":"U","currency":"USD","commitment_total":"10.00"}"#)
    ids["S"] = try await site.made(
      "/api/funds", #"{"name":"S","currency":"KRW","commitment_total":1000}"#)

    for (fund, party, amount) in [
      ("K", "GP", "100"), ("K", "LP", "900"), ("S", "GP", "100"), ("S", "LP", "900"),
      ("U", "LP", "10"),
    ] {
      ids["\(fund).\(party)"] = try await site.made(
        "/api/funds/\(ids[fund]!)/commitments",
        """
        {"side":"partners","party":\(ids[party]!),"amount":\(amount),
         "partner_type":"\(party == "GP" ? "GP" : "기관")"}
        """)
    }
    ids["staged"] = try await site.made(
      "/api/funds/\(ids["K"]!)/commitments",
      #"{"side":"investments","party":\#(ids["X"]!),"amount":500,"instrument":"보통주"}"#)

    ids["call 1"] = try await site.made(
      "/api/funds/\(ids["K"]!)/calls",
      """
      {"notice_date":"2026-01-10","due_date":"2026-01-20","call_type":"최초납입","items":[
        {"commitment":\(ids["K.GP"]!),"amount":10},{"commitment":\(ids["K.LP"]!),"amount":90}]}
      """)
    ids["call 2"] = try await site.made(
      "/api/funds/\(ids["K"]!)/calls",
      """
      {"notice_date":"2026-01-16","due_date":"2026-01-30","credit_reason":"초과 납입","items":[
        {"commitment":\(ids["K.GP"]!),"amount":5},{"commitment":\(ids["K.LP"]!),"amount":-5}]}
      """)
    for (call, items) in [("call 1", ["GP", "LP"]), ("call 2", ["GP 2", "credit"])] {
      let sheet = try await site.get("/api/calls/\(ids[call]!)").json()
      for (index, name) in items.enumerated() {
        ids[name + " item"] = Int64(sheet.at("items", "\(index)", "id")?.asDigits ?? "")
      }
    }
    ids["paid"] = try await site.made(
      "/api/items/\(ids["LP item"]!)/payments", #"{"amount":90,"paid_date":"2026-01-15"}"#)
    ids["direct"] = try await site.made(
      "/api/funds/\(ids["K"]!)/investments",
      #"{"party":\#(ids["X"]!),"amount":50,"invested_on":"2026-01-12"}"#)
    ids["direct paid"] = self["paid"] + 1
    for (party, amount) in [("GP", "100"), ("LP", "500")] {
      try await site.made(
        "/api/commitments/\(ids["S." + party]!)/stated-paid-in", #"{"amount":\#(amount)}"#)
    }
  }

  /// Names between angle brackets become ids: `/api/funds/<K>/calls`.
  func filled(_ text: String) -> String {
    var filled = text
    for (name, id) in ids { filled = filled.replacing("<\(name)>", with: String(id)) }
    return filled
  }
}
