/// What a person typed or pasted, in one spelling: half-width, one kind of space, one minus.
///
/// Full-width forms become ASCII, no-break, thin and ideographic spaces become plain ones, and
/// U+2212 becomes a hyphen. Everything else stays, so that what is not understood is refused
/// rather than dropped.
struct TypedText {
  /// As typed, without surrounding spaces: what a refusal quotes.
  let shown: String
  private(set) var rest: ArraySlice<Character>

  /// - Returns: `nil` when longer than `limit` characters (Unicode scalars: one visible character
  ///   may hold any number of them), which is found without reading it all.
  init?(_ text: String, limit: Int) {
    guard text.unicodeScalars.prefix(limit + 1).count <= limit else { return nil }
    let typed = Array(text)
    let start = typed.firstIndex { !Self.isSurrounding($0) } ?? typed.endIndex
    let end = typed.lastIndex { !Self.isSurrounding($0) }.map { $0 + 1 } ?? start
    shown = String(typed[start..<end])
    rest = typed[start..<end].map(Self.plain)[...]
  }

  var isEmpty: Bool { rest.isEmpty }
  var first: Character? { rest.first }

  mutating func skipSpaces() { rest = rest.drop { $0 == " " } }
  mutating func skipSpacesAtEnd() { while rest.last == " " { rest.removeLast() } }

  /// Takes `word` off the front, if it is there.
  mutating func take(_ word: String) -> Bool {
    guard rest.starts(with: word) else { return false }
    rest = rest.dropFirst(word.count)
    return true
  }

  /// Takes `word` off the end, if it is there.
  mutating func takeLast(_ word: String) -> Bool {
    guard rest.suffix(word.count).elementsEqual(word) else { return false }
    rest = rest.dropLast(word.count)
    return true
  }

  /// Takes a minus, an accountant's △ or ▲, or a plus off the front.
  mutating func takeSign() -> Sign? {
    guard let sign = rest.first.flatMap(Sign.init) else { return nil }
    rest = rest.dropFirst()
    return sign
  }

  /// Takes the ASCII digits at the front; none where there is none.
  mutating func takeDigits() -> String {
    let digits = rest.prefix(while: Self.isDigit)
    rest = rest.dropFirst(digits.count)
    return String(digits)
  }

  /// Takes a number off the front: digits, perhaps in groups of three, perhaps with decimals.
  ///
  /// Groups are parted by commas or by single spaces, not by both. A grouped number has no
  /// leading zero: `0,500` is more likely half of something than five hundred.
  mutating func takeNumber() throws(NumberProblem) -> TypedNumber {
    var groups = [takeDigits()]
    guard groups != [""] else { throw .unreadable }
    let separator = rest.first
    if separator == "," || separator == " " {
      while rest.first == separator, rest.dropFirst().first.map(Self.isDigit) == true {
        rest = rest.dropFirst()
        groups.append(takeDigits())
      }
    }
    if groups.count > 1 {
      guard groups[0].count <= 3, !groups[0].hasPrefix("0"),
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { throw .badGroups }
    }
    guard rest.first != "," else { throw .badGroups }

    var decimals = ""
    if rest.first == "." {
      rest = rest.dropFirst()
      decimals = takeDigits()
      guard !decimals.isEmpty, rest.first != "," else { throw .unreadable }
    }
    return TypedNumber(whole: groups.joined(), decimals: decimals)
  }

  enum Sign { case plus, minus }

  private static func isDigit(_ character: Character) -> Bool {
    character.asciiValue.map { (0x30...0x39).contains($0) } ?? false
  }

  private static func isSurrounding(_ character: Character) -> Bool {
    plain(character) == " " || "\t\n\r\r\n".contains(character)
  }

  private static func plain(_ character: Character) -> Character {
    guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first else {
      return character
    }
    switch scalar.value {
    case 0xA0, 0x2002...0x200A, 0x202F, 0x205F, 0x3000: return " "
    case 0x2212: return "-"
    case 0xFF01...0xFF5E: return Character(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
    case 0xFFE1: return "£"
    case 0xFFE5: return "¥"
    case 0xFFE6: return "₩"
    default: return character
    }
  }
}

extension TypedText.Sign {
  fileprivate init?(_ character: Character) {
    switch character {
    case "-", "△", "▲": self = .minus
    case "+": self = .plus
    default: return nil
    }
  }
}

/// A number as typed: ASCII digits only, not yet a value.
struct TypedNumber {
  let whole: String
  /// The digits after the point; empty without one.
  let decimals: String

  /// Whole and decimals as one integer; `nil` when even 128 bits don't hold it.
  var coefficient: Int128? { Int128(whole + decimals) }
}

/// Why digits are not a number.
enum NumberProblem: Error {
  case unreadable, badGroups
}
