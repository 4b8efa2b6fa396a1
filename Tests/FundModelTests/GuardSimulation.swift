import FundModel
import Testing

@Suite("The guard against a day-by-day simulation")
struct GuardSimulation {
  /// Six days, so that entries fall on the same day and before one another all the time.
  private static let days = 6

  @Test("In thousands of random histories the books take exactly what no day forbids")
  func randomHistories() throws {
    var random = SplitMix64(seed: 42)
    var taken = 0
    var refused = 0
    for history in 0..<3_000 {
      let amount = Int64(random.below(2) == 0 ? 1 + random.below(12) : -1 - random.below(12))
      let notice = random.below(2)
      var story = ItemStory(amount: won(amount), noticed: day(notice))
      story.today = day(Self.days - 2)
      var naive = NaiveItem(amount: amount, notice: notice, today: Self.days - 2)
      for step in 0..<10 {
        let isTaken: Bool
        let isAllowed: Bool
        let told: String
        if !story.entries.isEmpty, random.below(4) == 0 {
          let index = random.below(story.entries.count)
          told = "reverse \(index)"
          isAllowed = naive.reverse(index)
          isTaken = (try? story.reverse(index)) != nil
        } else {
          let kind: Entry.Kind = random.below(5) < 3 ? .payment : .refund
          let units = Int64(random.below(14))
          let number = random.below(Self.days)
          told = "\(kind) \(units) on \(number)"
          let most = naive.most(kind, on: number)
          let ours = try story.history.most(kind, on: day(number)).minorUnits
          if ours != most {
            Issue.record("history \(history) of \(amount), step \(step): most \(ours), not \(most)")
            return
          }
          isAllowed = naive.take(kind, units, on: number)
          isTaken = (try? story.take(kind, units, on: day(number))) != nil
        }
        if isTaken != isAllowed {
          Issue.record("history \(history) of \(amount), step \(step), \(told): taken \(isTaken)")
          return
        }
        taken += isTaken ? 1 : 0
        refused += isTaken ? 0 : 1
        for number in 0..<Self.days {
          let ours = try story.history.paid(on: day(number)).minorUnits
          let theirs = naive.total(on: number)
          if ours != theirs || !naive.bounds.contains(ours) {
            Issue.record("history \(history), step \(step), day \(number): \(ours), not \(theirs)")
            return
          }
        }
        let breaches = try story.history.breaches
        if !breaches.isEmpty {
          Issue.record("history \(history), step \(step): breaches on \(breaches)")
          return
        }
      }
    }
    // Neither side of the comparison may be starved.
    #expect(taken > 3_000)
    #expect(refused > 3_000)
  }

  @Test("Breaches are found on exactly the days that lie outside zero … amount")
  func breaches() throws {
    let history = try ItemHistory(
      amount: won(100),
      movements: [(day(4), 50), (day(2), 120), (day(3), -20), (day(6), -151), (day(4), -1)])
    #expect(history.breaches == [day(2), day(4), day(6)])
    #expect(
      [1, 2, 3, 4, 5, 6, 7].map { history.paid(on: day($0)).minorUnits }
        == [0, 120, 100, 149, 149, -2, -2])
    #expect(throws: MoneyError.overflow) {
      try ItemHistory(amount: won(1), movements: [(day(1), .max), (day(2), 1)])
    }
  }
}

/// The guard as one would do it on paper: strike out what was reversed, then walk every day.
private struct NaiveItem {
  let amount: Int64
  let notice: Int
  let today: Int
  private var lines: [(units: Int64, day: Int, isStruckOut: Bool, isReversal: Bool)] = []

  init(amount: Int64, notice: Int, today: Int) {
    self.amount = amount
    self.notice = notice
    self.today = today
  }

  var bounds: ClosedRange<Int64> { min(amount, 0)...max(amount, 0) }

  func total(on day: Int) -> Int64 {
    lines.filter { !$0.isStruckOut && $0.day <= day }.reduce(0) { $0 + $1.units }
  }

  private var isSound: Bool { (0...10).allSatisfy { bounds.contains(total(on: $0)) } }

  /// Tries every amount, one by one, until one breaks a day.
  func most(_ kind: Entry.Kind, on day: Int) -> Int64 {
    if kind == .payment, amount < 0 { return 0 }
    var most: Int64 = 0
    while true {
      var tried = self
      tried.lines.append((kind == .payment ? most + 1 : -most - 1, day, false, false))
      guard tried.isSound else { return most }
      most += 1
    }
  }

  mutating func take(_ kind: Entry.Kind, _ units: Int64, on day: Int) -> Bool {
    guard units > 0, day >= notice, day <= today, !(kind == .payment && amount < 0) else {
      return false
    }
    var tried = self
    tried.lines.append((kind == .payment ? units : -units, day, false, false))
    guard tried.isSound else { return false }
    self = tried
    return true
  }

  mutating func reverse(_ index: Int) -> Bool {
    guard !lines[index].isStruckOut, !lines[index].isReversal else { return false }
    var tried = self
    tried.lines[index].isStruckOut = true
    tried.lines.append((0, tried.lines[index].day, false, true))
    guard tried.isSound else { return false }
    self = tried
    return true
  }
}
