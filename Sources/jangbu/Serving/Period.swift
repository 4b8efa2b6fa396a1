import ArgumentParser

/// A length of time as people write it: `24h`, `30m`, `90s`, `7d`.
struct Period: ExpressibleByArgument, Hashable, Sendable, CustomStringConvertible {
  let seconds: Int64
  let description: String

  init?(argument: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    guard let unit = argument.last.flatMap({ units[$0] }), let number = Int64(argument.dropLast()),
      (1...100_000_000).contains(number), argument.first?.isNumber == true
    else { return nil }
    seconds = number * unit
    description = argument
  }
}
