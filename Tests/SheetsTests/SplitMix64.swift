/// Random numbers from a seed, the same on every machine: after Steele, Lea and Flood, *Fast
/// Splittable Pseudorandom Number Generators* (2014).
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 up to, not including, `limit`.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// Of that many bits at most (0 to 63), either sign.
  mutating func signed(bits: Int) -> Int64 {
    let magnitude = bits == 0 ? 0 : Int64(next() >> UInt64(64 - bits))
    return next() % 2 == 0 ? magnitude : -magnitude
  }
}
