import FundModel

/// The different texts of a workbook, one after the other in one piece of memory.
struct SharedStrings {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  var count: Int { ends.count }
  var byteCount: Int { bytes.count }

  mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    ends.append(UInt32(clamping: bytes.count))
  }

  /// The text of that number, the empty one too; `nil` where there is none.
  subscript(index: Int) -> String? {
    guard ends.indices.contains(index) else { return nil }
    let start = index == 0 ? 0 : Int(ends[index - 1])
    return bytes.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[start..<Int(ends[index])]), as: UTF8.self)
    }
  }
}

/// Reads `xl/sharedStrings.xml`.
final class SharedStringsHandler: XMLHandler {
  private(set) var strings = SharedStrings()
  private let part: String
  private let limits: SheetLimits
  private var item = RichText()
  private var depth = 0

  init(_ part: String, limits: SheetLimits) { (self.part, self.limits) = (part, limits) }

  func start(_ element: XMLElement) throws {
    depth += 1
    if item.isOpen {
      item.start(element)
    } else if depth == 2, element.named("si") {
      item.open()
    } else if depth == 1, !element.named("sst") {
      throw SheetProblem.damaged(part, "글 목록이 아닙니다.", "it holds no texts.")
    }
  }

  func end() throws {
    depth -= 1
    guard item.isOpen, item.end() else { return }
    let text = try cellText(unescapingXString(String(decoding: item.bytes, as: UTF8.self)))
    guard strings.count < limits.sharedStrings else {
      throw SheetProblem.tooLarge(
        "서로 다른 글이 \(limits.sharedStrings)개를 넘습니다.",
        "There are more than \(limits.sharedStrings) different texts.")
    }
    strings.append(text ?? "")
    guard strings.byteCount <= limits.sharedStringBytes else {
      let limit = spelled(bytes: limits.sharedStringBytes)
      throw SheetProblem.tooLarge(
        "글이 모두 \(limit)를 넘습니다.", "The texts come to more than \(limit).")
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    try item.add(bytes, limit: limits.cellTextBytes)
  }
}
