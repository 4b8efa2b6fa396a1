/// Gathers the text of an item of shared strings or of a cell's own text: of the item itself or of
/// its runs, without how it is pronounced (`rPh`).
struct RichText {
  private enum Place { case item, run, text, other }

  private var places: [Place] = []
  private(set) var bytes: [UInt8] = []

  /// Whether an item is open.
  var isOpen: Bool { !places.isEmpty }

  mutating func open() {
    places = [.item]
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func start(_ element: XMLElement) {
    switch places.last {
    case .item where element.named("r"): places.append(.run)
    case .item where element.named("t"), .run where element.named("t"): places.append(.text)
    default: places.append(.other)
    }
  }

  /// - Returns: whether the item itself has ended.
  mutating func end() -> Bool {
    _ = places.popLast()
    return places.isEmpty
  }

  mutating func add(_ text: UnsafeBufferPointer<UInt8>, limit: Int) throws(SheetProblem) {
    guard places.last == .text else { return }
    guard bytes.count + text.count <= limit else { throw .longCell(limit) }
    bytes.append(contentsOf: text)
  }
}

/// Control characters are written as `_x000D_` in texts of a workbook, and such a word itself as
/// `_x005F_x000D_` (ECMA-376, `ST_Xstring`).
func unescapingXString(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
  var scalars = String.UnicodeScalarView()
  var rest = Substring(text).unicodeScalars
  while let scalar = rest.popFirst() {
    let word = rest.prefix(6)
    if scalar == "_", word.count == 6, word.first == "x", word.last == "_",
      word.dropFirst().dropLast().allSatisfy(\.properties.isASCIIHexDigit),
      let value = UInt32(String(word.dropFirst().dropLast()), radix: 16),
      let meant = Unicode.Scalar(value)
    {
      scalars.append(meant)
      rest = rest.dropFirst(6)
    } else {
      scalars.append(scalar)
    }
  }
  return String(scalars)
}
