import FundModel

/// What `xl/styles.xml` says of each style of cells: what it shows a number as.
final class StylesHandler: XMLHandler {
  /// By the index that cells name.
  private(set) var formats: [NumberFormat] = []
  private var codes: [Int: NumberFormat] = [:]
  private let part: String
  private let limits: SheetLimits
  /// The element two levels down that is open, such as `cellXfs`; the others hold other styles.
  private var isInCellFormats = false
  private var depth = 0

  init(_ part: String, limits: SheetLimits) { (self.part, self.limits) = (part, limits) }

  func start(_ element: XMLElement) throws {
    depth += 1
    switch depth {
    case 1:
      guard element.named("styleSheet") else {
        throw SheetProblem.damaged(part, "서식이 아닙니다.", "it holds no formats.")
      }
    case 2: isInCellFormats = element.named("cellXfs")
    case 3:
      if element.named("numFmt"), let id = element.number("numFmtId"),
        let code = element.text("formatCode")
      {
        try count(codes.count)
        codes[id] = NumberFormat(code: code)
      } else if isInCellFormats, element.named("xf") {
        try count(formats.count)
        let id = element.number("numFmtId") ?? 0
        formats.append(codes[id] ?? NumberFormat(builtIn: id))
      }
    default: break
    }
  }

  func end() { depth -= 1 }

  private func count(_ so: Int) throws(SheetProblem) {
    guard so < limits.styles else {
      throw .tooLarge(
        "서식이 \(limits.styles)개를 넘습니다.", "There are more than \(limits.styles) formats.")
    }
  }
}
