/// Words to look for in names: whole syllables, initial consonants (초성), or both mixed.
///
/// `ㅁㄹㅌㅈ`, `미ㄹ` and `미래 투자` all find 미래투자조합. Case, width and spaces make no difference,
/// nor how Hangul is put together (composed, or in single letters). Every word must be found.
package struct SearchText: Hashable, Sendable {
  /// As typed; and with the last syllable on its way: 밀 may become 미래.
  private let readings: [[[Unit]]]

  /// - Parameter text: as typed; of a very long one the first 64 scalars count.
  package init(_ text: String) {
    var shortened = String.UnicodeScalarView()
    shortened.append(contentsOf: text.unicodeScalars.prefix(64))
    let units = Letters(String(shortened)).units
    readings = ([units] + (Hangul.onItsWay(units).map { [$0] } ?? [])).map { units in
      units.split(separator: Unit.space).map(Array.init)
    }
  }

  /// Nothing was asked for, which finds nothing in particular.
  package var isEmpty: Bool { readings.allSatisfy(\.isEmpty) }

  /// How well `name` fits: the lower, the better; `nil` when it does not.
  ///
  /// 0 is the whole name, 1 its beginning, 2 the beginning of a word in it, 3 anywhere.
  package func rank(of name: String) -> Int? {
    guard !isEmpty else { return nil }
    let spaced = Letters(name).units
    let name = spaced.filter { $0 != Unit.space }
    var starts: Set<Int> = []
    var place = 0
    for (unit, next) in zip(spaced, spaced.dropFirst()) {
      if unit != Unit.space { place += 1 } else if next != Unit.space { starts.insert(place) }
    }
    return readings.compactMap { Self.rank(of: $0, in: name, words: starts) }.min()
  }

  private static func rank(of words: [[Unit]], in name: [Unit], words starts: Set<Int>) -> Int? {
    let joined = words.flatMap { $0 }
    guard let place = place(of: joined, in: name) else {
      return words.allSatisfy { self.place(of: $0, in: name) != nil } ? 3 : nil
    }
    guard place > 0 else { return joined.count == name.count ? 0 : 1 }
    return starts.contains { self.place(of: joined, in: Array(name[$0...])) == 0 } ? 2 : 3
  }

  private static func place(of word: [Unit], in name: [Unit]) -> Int? {
    guard word.count <= name.count else { return nil }
    return (0...(name.count - word.count)).first { start in
      zip(word, name[start...]).allSatisfy { $0.finds($1) }
    }
  }
}

/// What is compared: one syllable or other sign, or an initial consonant that stands for any
/// syllable that begins with it.
enum Unit: Hashable, Sendable {
  case sign(Character)
  /// Initial, medial and final letter, each counted from 0; final 0 is none.
  case syllable(Int, Int, Int)
  case consonant(Unicode.Scalar)

  static let space = Unit.sign(" ")

  /// Whether what was typed stands for what is in the name. A syllable without a final consonant
  /// stands for those with one too, as it is what one has typed on the way: 미 of 민, but not 민 of 미.
  func finds(_ other: Unit) -> Bool {
    switch (self, other) {
    case (.consonant(let typed), .syllable(let initial, _, _)):
      Hangul.initials[initial] == typed
    case (.syllable(let a, let b, 0), .syllable(let c, let d, _)): a == c && b == d
    default: self == other
    }
  }
}

/// The letters of modern Hangul, in the order in which Unicode counts syllables by them.
enum Hangul {
  static let initials = Array("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ".unicodeScalars)
  static let firstSyllable: UInt32 = 0xAC00
  static let medials = 21
  /// With none as the first.
  static let finals = 28
  static let syllables = UInt32(19 * medials * finals)

  /// What an input method makes of two consonants typed in a row: they are two initials.
  static let pairs: [Unicode.Scalar: [Unicode.Scalar]] = [
    "ㄳ": ["ㄱ", "ㅅ"], "ㄵ": ["ㄴ", "ㅈ"], "ㄶ": ["ㄴ", "ㅎ"], "ㄺ": ["ㄹ", "ㄱ"], "ㄻ": ["ㄹ", "ㅁ"],
    "ㄼ": ["ㄹ", "ㅂ"], "ㄽ": ["ㄹ", "ㅅ"], "ㄾ": ["ㄹ", "ㅌ"], "ㄿ": ["ㄹ", "ㅍ"], "ㅀ": ["ㄹ", "ㅎ"],
    "ㅄ": ["ㅂ", "ㅅ"],
  ]

  private static let finalLetters = Array("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ".unicodeScalars)

  /// The final consonant of the last syllable as the initial of the next, which is what it turns
  /// into when a vowel follows; `nil` where there is none.
  static func onItsWay(_ units: [Unit]) -> [Unit]? {
    guard case .syllable(let initial, let medial, let final)? = units.last, final > 0 else {
      return nil
    }
    let letter = finalLetters[final - 1]
    let pair = pairs[letter] ?? []
    let stays = pair.first.flatMap { finalLetters.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    return units.dropLast() + [
      .syllable(initial, medial, stays), .consonant(pair.last ?? letter),
    ]
  }

  /// A syllable, or a letter that makes one.
  static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    syllable(scalar) != nil || (0x1100...0x11FF).contains(scalar.value)
  }

  static func syllable(_ scalar: Unicode.Scalar) -> Unit? {
    guard scalar.value >= firstSyllable, scalar.value < firstSyllable + syllables else {
      return nil
    }
    let index = Int(scalar.value - firstSyllable)
    return .syllable(index / (medials * finals), index / finals % medials, index % finals)
  }
}

extension String {
  /// The name as names are compared: small letters, half-width, Hangul composed, no spaces.
  ///
  /// `하이테크 1호 조합` and `하이테크１호조합` are one.
  package var foldedName: String {
    var folded = String.UnicodeScalarView()
    for unit in Letters(self).units where unit != .space {
      switch unit {
      case .sign(let character): folded.append(contentsOf: character.unicodeScalars)
      case .consonant(let scalar): folded.append(scalar)
      case .syllable(let initial, let medial, let final):
        let index = (initial * Hangul.medials + medial) * Hangul.finals + final
        if let scalar = Unicode.Scalar(Hangul.firstSyllable + UInt32(index)) {
          folded.append(scalar)
        }
      }
    }
    return String(folded)
  }
}

/// A text as units: small letters, half-width, Hangul composed, no invisible signs.
private struct Letters {
  private(set) var units: [Unit] = []

  init(_ text: String) {
    for character in text.lowercased() {
      let scalars = character.unicodeScalars
      // A letter with its accents is one sign, in whatever spelling; Hangul is taken to pieces.
      if scalars.count > 1, let first = scalars.first, !Hangul.isPart(first) {
        units.append(.sign(character))
      } else {
        for scalar in scalars { take(Self.halfWidth(scalar)) }
      }
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if let syllable = Hangul.syllable(scalar) {
      units.append(syllable)
    } else if let pair = Hangul.pairs[scalar] {
      units += pair.map(Unit.consonant)
    } else if Hangul.initials.contains(scalar) {
      units.append(.consonant(scalar))
    } else if (0x1100...0x1112).contains(value) {
      units.append(.consonant(Hangul.initials[Int(value - 0x1100)]))
    } else if (0x1161...0x1175).contains(value), case .consonant(let initial)? = units.last,
      let index = Hangul.initials.firstIndex(of: initial)
    {
      units[units.count - 1] = .syllable(index, Int(value - 0x1161), 0)
    } else if (0x11A8...0x11C2).contains(value),
      case .syllable(let initial, let medial, 0)? = units.last
    {
      units[units.count - 1] = .syllable(initial, medial, Int(value - 0x11A7))
    } else if scalar.properties.isWhitespace {
      units.append(.space)
    } else if !scalar.properties.isDefaultIgnorableCodePoint {
      units.append(.sign(Character(scalar)))
    }
  }

  /// Full-width forms of ASCII as ASCII.
  private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }
}
