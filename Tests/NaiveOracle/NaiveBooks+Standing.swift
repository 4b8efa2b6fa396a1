/// What every figure is made of. Days are compared as the texts that they are: `2026-02-14`.
extension NaiveBooks {
  /// An entry stands when it is a payment or a refund and no reversal names it.
  func stands(_ entry: NaiveEntry) -> Bool {
    if entry.kind != "payment" && entry.kind != "refund" { return false }
    for other in entries where other.reverses == entry.sequence { return false }
    return true
  }

  func standingEntries(on day: String) -> [NaiveEntry] {
    var standing: [NaiveEntry] = []
    for entry in entries where entry.day <= day && stands(entry) { standing.append(entry) }
    return standing
  }

  /// Payments add, refunds take away.
  func paid(_ entries: [NaiveEntry]) -> Int {
    var sum = 0
    for entry in entries { sum += entry.kind == "payment" ? entry.units : -entry.units }
    return sum
  }

  func committed(_ commitment: NaiveCommitment, on day: String) -> Int {
    var sum = commitment.first
    for change in commitment.changes where change.day.isEmpty || change.day <= day {
      sum += change.units
    }
    return sum
  }

  func total(_ fund: NaiveFund, on day: String) -> Int {
    var sum = fund.total
    for change in fund.changes where change.day.isEmpty || change.day <= day {
      sum += change.units
    }
    return sum
  }

  /// A fund without a standing item on its partners' side has no history there. Before it is
  /// cancelled a call counts as it did.
  func restsOnStated(_ fund: String, on day: String) -> Bool {
    for call in calls
    where call.fund == fund && call.side == "partners" && !isCancelled(call, on: day)
      && (call.cancelledOn.isEmpty || call.cancelledOn > call.notice)
      && !call.items.isEmpty
    {
      return false
    }
    return true
  }

  func isCancelled(_ call: NaiveCall, on day: String) -> Bool {
    !call.cancelledOn.isEmpty && call.cancelledOn <= day
  }

  /// Whether the call is noticed and not cancelled.
  func counts(_ call: NaiveCall, on day: String) -> Bool {
    call.notice <= day && !isCancelled(call, on: day)
  }

  func belongs(_ entry: NaiveEntry, to call: NaiveCall, _ commitment: Int) -> Bool {
    entry.fund == call.fund && entry.side == call.side && entry.callNumber == call.number
      && entry.commitment == commitment
  }
}
