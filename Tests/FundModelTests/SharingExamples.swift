import FundModel
import Testing

/// cases.md 7.
@Suite("Pro rata to the last unit")
struct SharingExamples {
  @Test("10,000,000.01 over 60, 30 and 10 million: the odd cent goes to the largest remainder")
  func oddCent() throws {
    let shares = try usd(1_000_000_001).shared(in: [6_000_000_000, 3_000_000_000, 1_000_000_000])
    #expect(shares.map(\.grouped) == ["6,000,000.01", "3,000,000.00", "1,000,000.00"])
  }

  @Test("100 won over three equals is 34, 33, 33; 1 won over two is 1, 0")
  func equals() throws {
    #expect(try won(100).shared(in: [5, 5, 5]).map(\.minorUnits) == [34, 33, 33])
    #expect(try won(1).shared(in: [7, 7]).map(\.minorUnits) == [1, 0])
    #expect(try won(0).shared(in: [7, 7]).map(\.minorUnits) == [0, 0])
    #expect(try won(10).shared(in: [0, 3, 0]).map(\.minorUnits) == [0, 10, 0])
  }

  @Test("What can't be shared is refused")
  func refused() {
    #expect(throws: SharingError.negativeSum) { try won(-1).shared(in: [1]) }
    #expect(throws: SharingError.negativeWeight) { try won(1).shared(in: [2, -1]) }
    #expect(throws: SharingError.nothingToShareBy) { try won(1).shared(in: [0, 0]) }
    #expect(throws: SharingError.nothingToShareBy) { try won(1).shared(in: []) }
  }

  @Test("Any sum over any weights: adds up, within one unit of exact, larger remainders first")
  func properties() throws {
    var random = SplitMix64(seed: 7)
    for round in 0..<4_000 {
      let sum = random.signed(bits: random.below(64)).magnitude
      let units = Int64(clamping: sum)
      let bits = 1 + random.below(63)
      var weights = (0...random.below(9)).map { _ in Int64(random.next() >> UInt64(64 - bits)) }
      if random.below(3) == 0 { weights.append(weights[0]) }
      if round % 50 == 0 { (weights, _) = ([.max, .max, 1, .max], 0) }
      guard weights.contains(where: { $0 > 0 }) else { continue }

      let shares = try won(units).shared(in: weights).map(\.minorUnits)
      let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
      // exact − share, in units of 1 ÷ total.
      let short = zip(weights, shares).map { Int128(units) * Int128($0) - Int128($1) * total }
      let hasUnit = short.map { $0 < 0 }
      var isFair =
        shares.count == weights.count
        && shares.reduce(Int128(0)) { $0 + Int128($1) } == Int128(units)
        && short.allSatisfy { -total < $0 && $0 < total }
      for a in weights.indices where hasUnit[a] {
        for b in weights.indices where b != a && !hasUnit[b] {
          // a was rounded up and b was not: a's remainder is larger, or as large and earlier.
          let (ofA, ofB) = (short[a] + total, short[b])
          if ofA < ofB || (ofA == ofB && b < a) { isFair = false }
        }
      }
      if !isFair {
        Issue.record("round \(round): \(units) over \(weights) gave \(shares)")
        return
      }
    }
  }
}
