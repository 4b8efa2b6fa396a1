/// What the amounts of a sheet are counted in.
package enum SheetUnit: String, CaseIterable, Hashable, Sendable {
  case one
  case thousands
  case tenThousands = "ten_thousands"
  case millions
  case tenMillions = "ten_millions"
  case hundredMillions = "hundred_millions"
  case billions

  /// By how many decimal places an amount is larger than what stands in the cell.
  var places: Int {
    switch self {
    case .one: 0
    case .thousands: 3
    case .tenThousands: 4
    case .millions: 6
    case .tenMillions: 7
    case .hundredMillions: 8
    case .billions: 9
    }
  }

  /// What a text says of the unit: `(단위: 백만원)`, `금액단위 천원`, `납입액(원)`, `in millions`. An amount
  /// within a sentence, such as `1억원 이상`, says nothing of it.
  ///
  /// - Returns: `nil` where it names no unit.
  init?(in text: String) {
    let plain = text.lowercased().filter { !$0.isWhitespace }
    guard let found = Self.noted(in: plain) ?? Self.bracketed(in: plain) ?? Self.said(in: plain)
    else { return nil }
    self = found
  }

  /// Behind the word 단위, up to the end of what is said of it.
  private static func noted(in plain: String) -> SheetUnit? {
    var rest = plain[...]
    while let word = rest.firstRange(of: "단위") {
      rest = rest[word.upperBound...]
      let name = rest.drop { ":：=-(（[".contains($0) }.prefix { !")）],，;；/·.、".contains($0) }
      if let unit = names[String(name)] { return unit }
    }
    return nil
  }

  /// In brackets, by itself.
  private static func bracketed(in plain: String) -> SheetUnit? {
    var rest = plain[...]
    while let start = rest.firstIndex(where: { "(（[".contains($0) }) {
      rest = rest[rest.index(after: start)...]
      if let unit = names[String(rest.prefix { !")）]".contains($0) })] { return unit }
    }
    return nil
  }

  private static func said(in plain: String) -> SheetUnit? {
    let words: [(String, SheetUnit)] = [
      ("inmillions", .millions), ("inthousands", .thousands), ("inbillions", .billions),
      ("krwmillion", .millions), ("krwthousand", .thousands), ("krwbillion", .billions),
      ("usdmillion", .millions), ("usdthousand", .thousands),
    ]
    return words.first { plain.contains($0.0) }?.1
  }

  private static let names: [String: SheetUnit] = [
    "원": .one, "krw": .one, "won": .one, "달러": .one, "usd": .one, "$": .one, "₩": .one,
    "천": .thousands, "천원": .thousands, "천달러": .thousands, "thousands": .thousands,
    "만": .tenThousands, "만원": .tenThousands,
    "백만": .millions, "백만원": .millions, "백만달러": .millions, "millions": .millions,
    "천만": .tenMillions, "천만원": .tenMillions,
    "억": .hundredMillions, "억원": .hundredMillions,
    "십억": .billions, "십억원": .billions, "billions": .billions,
  ]
}
