import FundModel
import Testing

/// Sums that change on days, against adding everything up anew for each day.
@Suite("Running totals")
struct RunningTotalsTests {
  @Test("A pencil's worth: two places, what counts always, a back-dated change")
  func byHand() throws {
    var totals = try RunningTotals(
      [
        .init(day: 10, place: 0, amount: 100),
        .init(day: RunningTotals.always, place: 1, amount: 7),
        .init(day: 12, place: 0, amount: -40), .init(day: 10, place: 1, amount: 3),
      ], placeCount: 2)
    #expect(try totals.sums(on: 9) == [0, 7])
    #expect(try totals.sums(on: 10) == [100, 10])
    #expect(try totals.sums(on: 11) == [100, 10])
    #expect(try totals.sums(on: 12) == [60, 10])
    try totals.add(.init(day: 8, place: 0, amount: 5))
    #expect(try totals.sums(on: 7) == [0, 7])
    #expect(try totals.sums(on: 8) == [5, 7])
    #expect(try totals.sums(on: 12) == [65, 10])
    totals.addPlaces(1)
    try totals.add(.init(day: 11, place: 2, amount: 1))
    #expect(try totals.sums(on: 12) == [65, 10, 1])
    #expect(try totals.sums(on: 10) == [105, 10, 0])
  }

  @Test("Nothing at all is zero on every day")
  func empty() throws {
    let totals = try RunningTotals([], placeCount: 2)
    #expect(try totals.sums(on: 0) == [0, 0])
    #expect(try RunningTotals([], placeCount: 0).sums(on: 0).isEmpty)
  }

  /// Many changes on few days, so that days reach over the ends of blocks; read at once, or one after
  /// another in any order, or some of each.
  @Test("Any changes, in any order, on any day", arguments: 1...20 as ClosedRange<UInt64>)
  func againstAddingUp(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let places = Int.random(in: 1...40, using: &random)
    let days = Int32.random(in: 1...400, using: &random)
    let changes = (0..<Int.random(in: 0...3_000, using: &random)).map { _ in
      RunningTotals.Change(
        day: Int.random(in: 0..<20, using: &random) == 0
          ? RunningTotals.always : Int32.random(in: -days...days, using: &random),
        place: Int32.random(in: 0..<Int32(places), using: &random),
        amount: Int64.random(in: -1_000...1_000, using: &random))
    }
    let atOnce = Int.random(in: 0...changes.count, using: &random)
    // Places come in at the beginning, or later too.
    let placesAtOnce = atOnce == 0 ? 1 : places
    var totals = try RunningTotals(Array(changes.prefix(atOnce)), placeCount: placesAtOnce)
    totals.addPlaces(places - placesAtOnce)
    for change in changes.dropFirst(atOnce) { try totals.add(change) }
    for _ in 0..<40 {
      let day = Int32.random(in: -days - 2...days + 2, using: &random)
      var sums = [Int64](repeating: 0, count: places)
      for change in changes where change.day <= day { sums[Int(change.place)] += change.amount }
      #expect(try totals.sums(on: day) == sums, "seed \(seed), day \(day)")
    }
  }

  @Test("A sum that does not fit in 64 bits is refused, wherever it comes about")
  func overflow() throws {
    let most = RunningTotals.Change(day: 5, place: 0, amount: .max)
    #expect(throws: MoneyError.overflow) {
      try RunningTotals([most, .init(day: 6, place: 0, amount: 1)], placeCount: 1)
    }
    var totals = try RunningTotals([most], placeCount: 1)
    try totals.add(.init(day: 9, place: 0, amount: 1))
    #expect(try totals.sums(on: 8) == [.max])
    #expect(throws: MoneyError.overflow) { try totals.sums(on: 9) }
  }
}
