import FundModel

/// A cell of a sheet while it is read.
struct OpenCell {
  /// As the sheet names it; `n`, a number, where left out.
  var type = "n"
  var style: String?
  var hasFormula = false
  var hasValue = false
  var value: [UInt8] = []
  var ownText: [UInt8]?

  mutating func reset() {
    type = "n"
    style = nil
    hasFormula = false
    hasValue = false
    value.removeAll(keepingCapacity: true)
    ownText = nil
  }

  /// What it holds, as a person sees it.
  func cell(_ context: WorkbookContext) throws(SheetProblem) -> SheetCell {
    // Only a text can be empty.
    if hasFormula, value.isEmpty, type != "str" || !hasValue { throw .notCalculated }
    if type == "inlineStr" { return try text(ownText ?? value) }
    guard !value.isEmpty else { return .empty }
    switch type {
    case "n": return try number(context)
    case "s": return try shared(context)
    case "str": return try text(value)
    case "b": return try truth()
    case "e": return try text(value).asError
    case "d": return try day()
    default:
      throw .cell(
        "칸의 종류 \(quoted(type))를 알 수 없습니다.", "The kind of cell \(quoted(type)) is not known.")
    }
  }

  private func text(_ bytes: [UInt8]) throws(SheetProblem) -> SheetCell {
    let unescaped = unescapingXString(String(decoding: bytes, as: UTF8.self))
    return try cellText(unescaped).map(SheetCell.text) ?? .empty
  }

  private func shared(_ context: WorkbookContext) throws(SheetProblem) -> SheetCell {
    guard let index = Int(spelled), let text = context.strings[index] else {
      throw .cell(
        "글 목록에 \(quoted(spelled))번이 없습니다. 목록에는 \(context.strings.count)개가 있습니다.",
        "The list of texts has no number \(quoted(spelled)); it has \(context.strings.count).")
    }
    return text.isEmpty ? .empty : .text(text)
  }

  private func truth() throws(SheetProblem) -> SheetCell {
    switch spelled {
    case "1", "true": return .truth(true)
    case "0", "false": return .truth(false)
    default:
      throw .cell(
        "참·거짓 칸에 \(quoted(spelled))가 있습니다.",
        "A cell for true or false holds \(quoted(spelled)).")
    }
  }

  /// ISO 8601, such as `2026-02-14T00:00:00`; its time is cut off.
  private func day() throws(SheetProblem) -> SheetCell {
    let text = spelled
    guard let day = CalendarDate(text.prefix(10)),
      text.utf8.count == 10 || text.dropFirst(10).first == "T"
    else {
      throw .cell(
        "날짜 칸에 \(quoted(text))가 있습니다. 1900년부터 2199년까지의 날짜를 읽습니다.",
        "A cell for a day holds \(quoted(text)). Days from 1900 to 2199 are read.")
    }
    return .date(day)
  }

  private func number(_ context: WorkbookContext) throws(SheetProblem) -> SheetCell {
    guard let kept = value.withUnsafeBufferPointer({ keptNumber($0) }) else {
      throw .cell("\(quoted(spelled))는 수가 아닙니다.", "\(quoted(spelled)) is no number.")
    }
    switch try format(context) {
    case .number: return .number(kept, isPercent: false)
    case .percent: return .number(kept, isPercent: true)
    case .day: return context.days.day(kept).map(SheetCell.date) ?? .number(kept, isPercent: false)
    }
  }

  private func format(_ context: WorkbookContext) throws(SheetProblem) -> NumberFormat {
    guard let style, style != "0" || !context.formats.isEmpty else { return .number }
    guard let index = Int(style), context.formats.indices.contains(index) else {
      throw .cell(
        "서식 목록에 \(quoted(style))번이 없습니다. 목록에는 \(context.formats.count)개가 있습니다.",
        "The list of formats has no number \(quoted(style)); it has \(context.formats.count).")
    }
    return context.formats[index]
  }

  private var spelled: String { String(decoding: value, as: UTF8.self) }
}

extension SheetCell {
  /// A text as the error that it names.
  fileprivate var asError: SheetCell {
    if case .text(let text) = self { .error(text) } else { self }
  }
}
