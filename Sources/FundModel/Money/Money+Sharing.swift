extension Money {
  /// Shares this sum out in proportion to `weights`, to the last minor unit.
  ///
  /// Largest-remainder method: every share is first rounded down, then the units left over go one
  /// each to the largest remainders, earlier weights first on a tie.
  ///
  /// - Parameter weights: not negative, at least one positive; commonly commitments, or what of
  ///   them is not yet called.
  /// - Returns: one share per weight, in the same order; they add up to `self` exactly.
  package func shared(in weights: [Int64]) throws(SharingError) -> [Money] {
    guard minorUnits >= 0 else { throw .negativeSum }
    guard weights.allSatisfy({ $0 >= 0 }) else { throw .negativeWeight }
    let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard total > 0 else { throw .nothingToShareBy }

    let exact = weights.map {
      (Int128(minorUnits) * Int128($0)).quotientAndRemainder(dividingBy: total)
    }
    var units = exact.map { Int64($0.quotient) }
    let leftOver = Int(minorUnits - units.reduce(0, +))
    let byRemainder = exact.indices.sorted {
      (exact[$1].remainder, $0) < (exact[$0].remainder, $1)
    }
    for index in byRemainder.prefix(leftOver) { units[index] += 1 }
    return units.map { Money(minorUnits: $0, currency) }
  }
}

/// Why a sum cannot be shared out.
package enum SharingError: Error, Hashable, Sendable {
  case negativeSum, negativeWeight, nothingToShareBy
}
