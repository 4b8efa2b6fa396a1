import Bookkeeping
import FundModel
import RandomBooks
import Store
import Testing

/// `check` finds what another program, a damaged file or a mistake of ours did to the books: each
/// invariant is broken once, past all guards, and has to be named.
@Suite("Check finds what is not so")
struct CheckFinds {
  /// What is done to the file, and the invariant that then fails.
  static let tamperings: [(sql: [String], invariant: String)] = [
    (["DROP TRIGGER IF EXISTS entry_refuses_update"], "facts are only ever added to"),
    (
      ["INSERT INTO fund (currency, commitment_total, audit, step) VALUES ('KRW', 1, 1, 9001)"],
      "a fund, a party, a commitment and a call have a version"
    ),
    (
      ["UPDATE entry SET amount = 1000000000000001, fund_amount = 1000000000000001 WHERE id = 1"],
      "no amount is larger than what is recorded at once"
    ),
    (["DELETE FROM call_item WHERE call_id = 2"], "a call has items"),
    (
      ["UPDATE call_version SET due_date = '2020-01-01' WHERE id = 1"],
      "a call is due on its notice date or later"
    ),
    (
      ["UPDATE call_item SET commitment_id = 3 WHERE id = 2"],
      "an item's commitment belongs to its call"
    ),
    (
      ["UPDATE commitment SET currency = 'USD' WHERE id = 1"],
      "a commitment is in its fund's currency"
    ),
    (
      ["UPDATE commitment_version SET partner_type = '' WHERE id = 1"],
      "a partner has a type, an investment none"
    ),
    (["UPDATE entry SET commitment_id = 2 WHERE id = 1"], "an entry agrees with its item"),
    (["UPDATE entry SET fund_amount = 1 WHERE id = 1"], "an entry agrees with its item"),
    (["UPDATE entry SET item_id = NULL WHERE id = 1"], "an entry of this kind has an item"),
    (
      ["UPDATE entry SET effective_on = '2025-01-01' WHERE id = 1"],
      "no money moved before the notice date"
    ),
    (["UPDATE call_item SET amount = -40 WHERE id = 1"], "a credit takes no payment"),
    (
      ["UPDATE entry SET amount = 1, fund_amount = 1 WHERE kind = 'payment_reversal'"],
      "a reversal names an entry of its kind, item, amount and day"
    ),
    (
      [
        """
        INSERT INTO call_cancellation (call_id, cancelled_on, reason, audit, step)
        VALUES (1, '2026-03-01', 'x', 1, 9001)
        """
      ], "nothing stands on a cancelled call"
    ),
    (
      ["UPDATE call_cancellation SET cancelled_on = '2020-01-01'"],
      "a call is cancelled on its notice date or later"
    ),
    (
      [
        "INSERT INTO stated_paid_in (commitment_id, amount, audit, step) VALUES (3, 1, 1, 9001)"
      ], "paid-in is stated of partners only"
    ),
    (["UPDATE party_version SET name = 'LP' WHERE id = 2"], "no two parties go by one name"),
    (["UPDATE fund_version SET name = 'F'"], "no two funds go by one name"),
    (
      ["UPDATE capital_call SET notice_date = '2026-02-31' WHERE id = 1"],
      "every day is in the calendar"
    ),
    (["UPDATE fund SET currency = 'XXX' WHERE id = 1"], "every currency is known"),
    (["DELETE FROM audit WHERE sequence = 2"], "the audit trail has no gap"),
    (
      ["UPDATE audit SET recorded_at = '2199-01-01T00:00:00.000000Z' WHERE sequence = 2"],
      "the audit trail only goes forward"
    ),
    (["UPDATE audit SET recorded_at = 'soon' WHERE sequence = 2"], "every change has an instant"),
    (
      ["UPDATE entry SET amount = 500, fund_amount = 500 WHERE id = 1"],
      "an item holds between zero and its amount on every day"
    ),
    (
      ["UPDATE commitment_change SET amount = -100000 WHERE id = 1"],
      "no promise is below zero on any day"
    ),
    (["DELETE FROM party WHERE id = 1"], "every row refers to rows that exist"),
    (
      [
        "UPDATE fund SET commitment_total = 9223372036854775807 WHERE id = 1",
        "UPDATE fund_total_change SET amount = 9223372036854775807 WHERE id = 1",
      ], "every sum fits in 64 bits"
    ),
    // The row and its seal made to fit, the entry of the trail left as it was.
    (
      ["UPDATE entry SET amount = 39, fund_amount = 39 WHERE id = 1"],
      "cash entries say what was asked"
    ),
    (["UPDATE entry SET memo = 'other' WHERE id = 2"], "cash entries say what was asked"),
    (
      ["UPDATE entry SET reverses = 1 WHERE reverses IS NOT NULL"],
      "cash entries say what was asked"
    ),
  ]

  /// Who may open the books, changed past the commands that the trail keeps.
  static let doorTamperings: [(sql: [String], invariant: String)] = [
    "UPDATE user_account SET role = 'owner' WHERE name = 'ben'",
    "UPDATE user_account SET name = 'eve' WHERE name = 'ben'",
    "UPDATE user_account SET ended_at = NULL WHERE name = 'gone'",
    "UPDATE user_account SET ended_at = made_at WHERE name = 'ben'",
    "INSERT INTO user_account (name, name_key, role, made_at) VALUES ('eve', 'eve', 'owner', '2026-01-01T00:00:00.000000Z')",
    "INSERT INTO user_party (user_id, party_id) VALUES (3, 2)",
    "DELETE FROM user_party",
    "DELETE FROM feed_reader",
    "UPDATE feed_reader SET user_id = 1",
  ].map { ([$0], "who may open the books is who the trail says") }

  /// Each column of a kind, a kind too many and one too few.
  static let kindTamperings: [(sql: [String], invariant: String)] = [
    "UPDATE entry_kind SET sign = 1 WHERE code = 'refund'",
    "UPDATE entry_kind SET counts_paid_in = 0 WHERE code = 'refund'",
    "UPDATE entry_kind SET counts_cost = 0 WHERE code = 'payment'",
    "UPDATE entry_kind SET needs_item = 0 WHERE code = 'payment'",
    "UPDATE entry_kind SET reverses = NULL WHERE code = 'refund_reversal'",
    "INSERT INTO entry_kind VALUES ('fee', -1, 0, 1, 0, NULL)",
    "DELETE FROM entry_kind WHERE code = 'refund_reversal'",
  ].map { ([$0], "entry kinds are as the program knows them") }

  @Test("each invariant, broken past all guards")
  func eachInvariant() async throws {
    for (sql, invariant) in Self.tamperings + Self.kindTamperings + Self.doorTamperings {
      let story = try await sound()
      #expect(try await story.books.answer(CheckBooks()).isEmpty)
      let tampering = try SQLiteEngine(
        path: story.test.path,
        settings: [SQLiteSetting("foreign_keys", asked: "OFF", expected: "0")])
      try await tampering.write { connection in
        for table in factTables + ["audit", "audit_seal", "entry_kind"] {
          for change in ["update", "delete", "replace"] {
            try connection.run("DROP TRIGGER IF EXISTS \(table)_refuses_\(change)")
          }
        }
        for statement in sql { try connection.run(statement) }
      }
      try tampering.close()
      let found = try await story.books.answer(CheckBooks())
      #expect(
        found.contains { $0.invariant == invariant && !$0.row.isEmpty },
        "\(invariant): \(found.filter { $0.invariant != "facts are only ever added to" })")
    }
  }

  /// Two funds; LP (commitment 1), GP Co (2), an investment (3), three calls, one cancelled, a
  /// reversal, a credit with its refund, changes of both kinds.
  private func sound() async throws -> Story {
    let story = try await Story(
      """
      2026-01-01  fund      F   KRW 1,000
      2026-01-01  partner   LP     기관  900
      2026-01-01  partner   GP Co  GP    100
      2026-01-01  commits   X   100
      2026-01-05  call 1    due 2026-01-20  LP 100  GP Co -10
      2026-01-10  pays 1    LP  40
      2026-01-11  pays 1    LP  5
      """)
    let books = story.books
    _ = try await books.perform(AddUser(name: "owner", role: .owner), by: "local")
    for (name, role) in [("ben", Role.viewer), ("cho", .partner), ("gone", .viewer)] {
      let parties = role == .partner ? [Party.ID(rawValue: 1)] : []
      let user = try await books.perform(
        AddUser(name: name, role: role, parties: parties), by: "owner"
      ).outcome
      let secret = Secret(asSent: "").derived(for: name)
      if role == .partner {
        _ = try await books.perform(
          MakeCalendarFeed(name: "Phone", withAmounts: false, reader: user, token: secret),
          by: "owner")
      }
      if name == "gone" { _ = try await books.perform(EndUser(user: user), by: "owner") }
    }
    let items = try await books.answer(
      CallsAsOf(.one(CapitalCall.ID(rawValue: 1)), AsOf(.latest))
    )[0].items
    let fund = Fund.ID(rawValue: 1)
    let day = CalendarDate(2026, 1, 12)!
    func won(_ units: Int64) -> Money { Money(minorUnits: units, .krw) }
    func perform<C: Command>(_ command: C) async throws {
      _ = try await books.perform(command, by: "maria")
    }
    try await perform(
      RecordRefund(ItemMovement(item: items[1].item.id, amount: won(10), paidDate: day)))
    try await perform(ReverseEntry(entry: Entry.ID(rawValue: 2), reason: "keyed twice"))
    try await perform(
      ChangeCommitment(
        commitment: Commitment.ID(rawValue: 1), amount: won(50), effectiveOn: day))
    try await perform(ChangeCommitmentTotal(fund: fund, amount: won(50), effectiveOn: day))
    for number in [2, 3] as [Int64] {
      try await perform(
        IssueCapitalCall(
          fund: fund, number: number, noticeDate: day, dueDate: day,
          shares: .amount(won(10), by: .commitment, leavingOut: [])))
    }
    try await perform(
      CancelCapitalCall(call: CapitalCall.ID(rawValue: 3), cancelledOn: day, reason: "a mistake"))
    try await perform(
      RegisterFund(terms: FundTerms(name: "G", gpCommitment: won(0)), commitmentTotal: won(5)))
    return story
  }
}
