/// A number, perhaps in Korean units: `1250.5`, `12억 3,400만`, `5천만`. Not negative, exact.
struct KoreanNumber {
  /// The value × 10^`decimals`.
  let coefficient: Int128
  /// Decimals written in the last number.
  let decimals: Int
  /// Whether the last number is counted in a unit, as in `1.5억`.
  let endsInUnit: Bool

  enum Problem: Error {
    case unreadable, badGroups, unitWithoutNumber, unitOrder, tooManyDecimals, tooLarge
  }

  /// More decimals than this are too fine for any currency in any unit, 조 included.
  private static let mostDecimals = 18

  /// Reads all that is left of `typed`.
  init(reading typed: inout TypedText) throws(Problem) {
    let parts = try Self.parts(of: &typed)
    let lastNumber = parts.last { $0.number != nil }?.number
    decimals = lastNumber?.decimals.count ?? 0
    guard decimals <= Self.mostDecimals else { throw .tooManyDecimals }
    endsInUnit = parts.last?.number == nil

    var sum = Sum(one: powerOfTen(decimals))
    for (index, part) in parts.enumerated() {
      switch part {
      case .number(let number, let isSpaced):
        let isLast = parts[(index + 1)...].allSatisfy { $0.number == nil }
        guard isLast || number.decimals.isEmpty else { throw .unreadable }
        guard let coefficient = number.coefficient else { throw .tooLarge }
        try sum.add(isLast ? coefficient : try product(coefficient, sum.one), isSpaced: isSpaced)
      case .unit(let unit) where unit < 10_000: try sum.countIn(smallUnit: unit)
      case .unit(let unit): try sum.countIn(largeUnit: unit)
      }
    }
    coefficient = try sum.total()
  }

  private enum Part {
    case number(TypedNumber, isSpaced: Bool)
    case unit(Int128)

    var number: TypedNumber? {
      if case .number(let number, _) = self { number } else { nil }
    }
  }

  private static func parts(of typed: inout TypedText) throws(Problem) -> [Part] {
    var parts: [Part] = []
    while let next = typed.first {
      if next == " " {
        typed.skipSpaces()
        guard let first = typed.first, unit(first) == nil else { continue }
        parts.append(try numberPart(of: &typed, isSpaced: true))
      } else if let unit = unit(next) {
        _ = typed.take(String(next))
        parts.append(.unit(unit))
      } else {
        parts.append(try numberPart(of: &typed, isSpaced: false))
      }
    }
    guard !parts.isEmpty else { throw .unreadable }
    guard parts.contains(where: { $0.number != nil }) else { throw .unitWithoutNumber }
    return parts
  }

  private static func numberPart(
    of typed: inout TypedText, isSpaced: Bool
  ) throws(Problem) -> Part {
    do throws(NumberProblem) {
      return .number(try typed.takeNumber(), isSpaced: isSpaced)
    } catch {
      switch error {
      case .unreadable: throw .unreadable
      case .badGroups: throw .badGroups
      }
    }
  }

  private static func unit(_ character: Character) -> Int128? {
    switch character {
    case "십": 10
    case "백": 100
    case "천": 1_000
    case "만": 10_000
    case "억": 100_000_000
    case "조": 1_000_000_000_000
    default: nil
    }
  }
}

/// The parts read so far, each smaller than the unit before it. All values × `one`.
private struct Sum {
  let one: Int128
  private var counted: Int128 = 0
  private var largeUnit: Int128?
  /// What the next large unit counts: 3천4백 in 3천4백만.
  private var section: Int128?
  private var smallUnit: Int128?
  private var number: Int128?
  private var isNumberSpaced = false

  init(one: Int128) { self.one = one }

  mutating func add(_ value: Int128, isSpaced: Bool) throws(KoreanNumber.Problem) {
    guard number == nil else { throw .unreadable }
    number = value
    isNumberSpaced = isSpaced
  }

  mutating func countIn(smallUnit unit: Int128) throws(KoreanNumber.Problem) {
    guard let value = number else { throw .unitWithoutNumber }
    let part = try product(value, unit)
    if let smallUnit { guard part < smallUnit * one else { throw .unitOrder } }
    section = try addition(section ?? 0, part)
    smallUnit = unit
    number = nil
  }

  mutating func countIn(largeUnit unit: Int128) throws(KoreanNumber.Problem) {
    if smallUnit != nil, number != nil, isNumberSpaced { throw .unitOrder }
    guard let value = try closedSection() else { throw .unitWithoutNumber }
    let part = try product(value, unit)
    if let largeUnit { guard unit < largeUnit, part < largeUnit * one else { throw .unitOrder } }
    counted = try addition(counted, part)
    largeUnit = unit
  }

  /// The value of everything read.
  mutating func total() throws(KoreanNumber.Problem) -> Int128 {
    let last = try closedSection() ?? 0
    if let largeUnit { guard last < largeUnit * one else { throw .unitOrder } }
    return try addition(counted, last)
  }

  private mutating func closedSection() throws(KoreanNumber.Problem) -> Int128? {
    defer { (section, smallUnit, number) = (nil, nil, nil) }
    guard let value = number else { return section }
    if let smallUnit { guard value < smallUnit * one else { throw .unitOrder } }
    return try addition(section ?? 0, value)
  }
}

func powerOfTen(_ exponent: Int) -> Int128 {
  (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
}

private func product(_ a: Int128, _ b: Int128) throws(KoreanNumber.Problem) -> Int128 {
  let (value, overflow) = a.multipliedReportingOverflow(by: b)
  guard !overflow else { throw .tooLarge }
  return value
}

private func addition(_ a: Int128, _ b: Int128) throws(KoreanNumber.Problem) -> Int128 {
  let (value, overflow) = a.addingReportingOverflow(b)
  guard !overflow else { throw .tooLarge }
  return value
}
