/// What one commitment, or one side of a fund, comes to.
package struct NaivePosition: Equatable, Sendable {
  package let fund: String
  package let side: String
  /// Empty for a whole side.
  package let party: String
  /// The sequence that tells commitments apart; 0 for a whole side.
  package let commitment: Int
  package var committed = 0
  package var noticed = 0
  package var paid = 0
  package var outstanding = 0
  package var creditsDue = 0
  package var notYetCalled: Int { committed - noticed }
  package var uncalled: Int { committed - paid }
  package var paidPercent: String? { naivePercent(paid, of: committed) }
}

/// One call and its items.
package struct NaiveCallStanding: Equatable, Sendable {
  package let fund: String
  package let side: String
  package let number: Int
  /// The company that an investments call asks for; empty on the partners' side.
  package let company: String
  package let callType: String
  package let notice: String
  package let due: String
  package let status: String
  package let isNoticed: Bool
  package let isCancelled: Bool
  package let isOverdue: Bool
  package let percent: String?
  package let lastPaid: String
  package let amount: Int
  package let paid: Int
  package let outstanding: Int
  package let creditsDue: Int
  package let items: [NaiveItemStanding]
}

/// One item.
package struct NaiveItemStanding: Equatable, Sendable {
  package let party: String
  package let commitment: Int
  package let amount: Int
  package let paid: Int
  package let status: String
  package let outstanding: Int
  package let creditDue: Int
  package let lastPaid: String
}

extension NaiveBooks {
  /// Every call, in the order of the files: direct investments first, those not yet made or undone
  /// left out.
  package func calls(on day: String) -> [NaiveCallStanding] {
    let standing = standingEntries(on: day)
    return calls.filter { !$0.isDirect || counts($0, on: day) }.map {
      call(of: $0, on: day, standing)
    }
  }

  /// Every commitment in order of registration; an investment not yet made, or undone, is not there.
  package func positions(on day: String) -> [NaivePosition] {
    let standing = standingEntries(on: day)
    var positions: [NaivePosition] = []
    for commitment in commitments {
      let committed = committed(commitment, on: day)
      if commitment.isDirect && committed == 0 { continue }
      var position = NaivePosition(
        fund: commitment.fund, side: commitment.side, party: commitment.party,
        commitment: commitment.sequence, committed: committed)
      for call in calls {
        for place in call.items where place.commitment == commitment.sequence {
          let item = item(place, of: call, on: day, standing)
          if counts(call, on: day) { position.noticed += item.amount }
          position.outstanding += item.outstanding
          position.creditsDue += item.creditDue
        }
      }
      position.paid =
        commitment.side == "partners" && restsOnStated(commitment.fund, on: day)
        ? commitment.stated : paid(standing.filter { $0.commitment == commitment.sequence })
      positions.append(position)
    }
    return positions
  }

  /// A fund's side as a whole, from the positions of all commitments.
  package func position(
    of fund: String, side: String, among positions: [NaivePosition]
  ) -> NaivePosition {
    var sum = NaivePosition(fund: fund, side: side, party: "", commitment: 0)
    for position in positions where position.fund == fund && position.side == side {
      sum.committed += position.committed
      sum.noticed += position.noticed
      sum.paid += position.paid
      sum.outstanding += position.outstanding
      sum.creditsDue += position.creditsDue
    }
    return sum
  }

  /// What partners paid in to these funds, from cash alone.
  package func cashPaidIn(of names: [String], on day: String) -> Int {
    var sum = 0
    for name in names {
      sum += paid(standingEntries(on: day).filter { $0.fund == name && $0.side == "partners" })
    }
    return sum
  }

  /// Due dates of these funds' calls on partners that something is still to move on.
  package func dueDaysAhead(of names: [String]) -> [String] {
    var days: [String] = []
    for call in calls(on: "9999-12-31")
    where names.contains(call.fund) && call.side == "partners" && call.status != "complete"
      && !call.isCancelled && !days.contains(call.due)
    {
      days.append(call.due)
    }
    return days.sorted()
  }

  private func party(_ sequence: Int) -> String {
    for commitment in commitments where commitment.sequence == sequence { return commitment.party }
    fatalError("There is no commitment \(sequence).")
  }

  private func item(
    _ place: (commitment: Int, units: Int), of call: NaiveCall, on day: String,
    _ standing: [NaiveEntry]
  ) -> NaiveItemStanding {
    let own = standing.filter { belongs($0, to: call, place.commitment) }
    let paid = paid(own)
    var lastPaid = ""
    for entry in own where entry.day > lastPaid { lastPaid = entry.day }
    var status = "partially_paid"
    if own.isEmpty {
      status = "scheduled"
    } else if paid == place.units {
      status = "complete"
    }
    let counts = counts(call, on: day)
    return NaiveItemStanding(
      party: party(place.commitment), commitment: place.commitment, amount: place.units,
      paid: paid, status: status, outstanding: counts && place.units > 0 ? place.units - paid : 0,
      creditDue: counts && place.units < 0 ? paid - place.units : 0, lastPaid: lastPaid)
  }

  private func call(
    of call: NaiveCall, on day: String, _ standing: [NaiveEntry]
  ) -> NaiveCallStanding {
    var items: [NaiveItemStanding] = []
    for place in call.items { items.append(item(place, of: call, on: day, standing)) }
    var (amount, paid, outstanding, creditsDue) = (0, 0, 0, 0)
    var (asked, answered) = (0, 0)
    var (scheduled, complete) = (0, 0)
    var lastPaid = ""
    for item in items {
      amount += item.amount
      paid += item.paid
      outstanding += item.outstanding
      creditsDue += item.creditDue
      if item.amount > 0 {
        asked += item.amount
        answered += item.paid
      }
      if item.status == "scheduled" { scheduled += 1 }
      if item.status == "complete" { complete += 1 }
      if item.lastPaid > lastPaid { lastPaid = item.lastPaid }
    }
    var status = "partially_paid"
    if complete == items.count { status = "complete" }
    if scheduled == items.count { status = "scheduled" }
    return NaiveCallStanding(
      fund: call.fund, side: call.side, number: call.number,
      company: call.commitment.map { party($0) } ?? "", callType: call.type, notice: call.notice,
      due: call.due, status: status, isNoticed: call.notice <= day,
      isCancelled: isCancelled(call, on: day), isOverdue: outstanding > 0 && call.due < day,
      percent: naivePercent(answered, of: asked), lastPaid: lastPaid, amount: amount, paid: paid,
      outstanding: outstanding, creditsDue: creditsDue, items: items)
  }
}
