/// Names of tabs that spreadsheets allow: at most 31 characters (UTF-16 units), none of
/// `[ ] : * ? / \`, no apostrophe at either end, none twice, capitals or not.
struct SheetNames {
  /// Excel keeps `History` for itself.
  private var taken: Set<String> = ["history"]

  /// `wanted` as it can be, with a number where it is taken.
  mutating func fit(_ wanted: String) -> String {
    let allowed = wanted.unicodeScalars.map { scalar -> Character in
      "[]:*?/\\".unicodeScalars.contains(scalar) || scalar.value < 0x20 || scalar.value >= 0xFFFE
        ? " " : Character(scalar)
    }
    var plain = String(allowed)
    plain = String(plain.drop { $0 == "'" || $0 == " " })
    let name = plain.isEmpty ? "Sheet" : plain
    for number in 1... {
      let fitting = Self.cut(name, ending: number == 1 ? "" : " (\(number))")
      if taken.insert(fitting.lowercased()).inserted { return fitting }
    }
    return name
  }

  private static func cut(_ name: String, ending: String) -> String {
    var short = name
    while short.utf16.count + ending.utf16.count > 31 { short.removeLast() }
    while short.last == "'" || short.last == " " { short.removeLast() }
    return (short.isEmpty ? "Sheet" : short) + ending
  }
}
