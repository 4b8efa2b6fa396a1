import FundModel

/// Of one currency: since when each company has had a standing payment, in each fund and in the firm.
struct IndexedCompanies: Sendable {
  private struct Holding: Hashable {
    let party: Party.ID
    let slot: Int
  }

  /// How many payments stand on which days, for each fund that holds a company.
  private var payments: [Holding: DaySums] = [:]
  /// The first of those days, by company and fund.
  private var firsts: [Party.ID: [Int: CalendarDate]] = [:]
  /// The first day of each company in any fund, in order.
  private var distinct: [CalendarDate] = []

  /// Takes in that payments stand on a day, or fewer than before.
  ///
  /// - Returns: how the fund's number of companies changes, from which days on.
  mutating func add(
    _ count: Int, of party: Party.ID, in slot: Int, on day: CalendarDate
  ) throws(MoneyError) -> [(amount: Int64, day: CalendarDate)] {
    let holding = Holding(party: party, slot: slot)
    let before = firsts[party]?[slot]
    var standing = payments[holding, default: DaySums()]
    try standing.add(Int64(count), on: day)
    payments[holding] = standing
    let now = standing.sums.first { $0.units > 0 }?.day
    guard before != now else { return [] }
    let firstBefore = firsts[party]?.values.min()
    firsts[party, default: [:]][slot] = now
    move(from: firstBefore, to: firsts[party]?.values.min())
    var moves: [(amount: Int64, day: CalendarDate)] = []
    if let before { moves.append((-1, before)) }
    if let now { moves.append((1, now)) }
    return moves
  }

  private mutating func move(from before: CalendarDate?, to now: CalendarDate?) {
    guard before != now else { return }
    if let before, let place = distinct.place(of: before) { distinct.remove(at: place) }
    if let now { distinct.insert(now, at: distinct.count(through: now)) }
  }

  /// Companies with a standing payment at the close of `day`, each once.
  func distinct(on day: CalendarDate, of counts: ((Int) -> Bool)?) -> Int {
    guard let counts else {
      return distinct.count(through: day)
    }
    return firsts.values.count { funds in
      funds.contains { slot, first in first <= day && counts(slot) }
    }
  }
}

extension [CalendarDate] {
  /// Of days in order, how many are not after `day`.
  fileprivate func count(through day: CalendarDate) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] <= day { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Of days in order, where `day` last stands.
  fileprivate func place(of day: CalendarDate) -> Int? {
    let place = count(through: day) - 1
    return indices.contains(place) && self[place] == day ? place : nil
  }
}
