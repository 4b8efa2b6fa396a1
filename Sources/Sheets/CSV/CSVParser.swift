import FundModel

/// Walks over the bytes of a CSV file, in UTF-8, in pieces of any length: RFC 4180, with any of
/// `, ; tab |` between fields and CR, LF or both between lines.
struct CSVParser {
  private enum State {
    /// Nothing of the field was read.
    case start
    case plain
    case quoted
    /// After a quote inside a quoted field: a second one means a quote, else the field is closed.
    case closing
  }

  private let separator: UInt8
  private let limits: SheetLimits
  private let add: (SheetRow) throws -> Void
  private var state = State.start
  private var field: [UInt8] = []
  private var cells: [SheetCell] = []
  /// Fields before the one that is read, empty ones too.
  private var column = 0
  private var rowBytes = 0
  /// From 1, where the next byte stands; where the record began; where the open quote stands.
  private var line: Int
  private var firstLine: Int
  private var quoteLine = 1
  /// After a CR: a LF that follows belongs to it.
  private var lastWasReturn = false

  /// - Parameter line: the number of the first line.
  init(
    separator: UInt8, line: Int = 1, limits: SheetLimits, add: @escaping (SheetRow) throws -> Void
  ) {
    (self.separator, self.line, firstLine) = (separator, line, line)
    (self.limits, self.add) = (limits, add)
  }

  mutating func read(_ piece: UnsafeBufferPointer<UInt8>) throws {
    var place = 0
    while place < piece.count {
      if state == .plain || state == .quoted {
        // Most bytes say nothing of where a field ends: they are taken together.
        let run = plainRun(piece, from: place)
        if run > place {
          try take(UnsafeBufferPointer(rebasing: piece[place..<run]))
          place = run
          continue
        }
      }
      try read(piece[place])
      place += 1
    }
  }

  private func plainRun(_ piece: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var place = start
    while place < piece.count {
      let byte = piece[place]
      if byte == 0x22 || byte == 0x0A || byte == 0x0D || byte == separator { break }
      place += 1
    }
    return place
  }

  private mutating func read(_ byte: UInt8) throws {
    if lastWasReturn, byte == 0x0A {
      lastWasReturn = false
      if state == .quoted { try take(byte) }
      return
    }
    lastWasReturn = byte == 0x0D
    switch (state, byte) {
    case (.quoted, 0x22): state = .closing
    case (.quoted, _):
      if byte == 0x0A || byte == 0x0D { line += 1 }
      try take(byte)
    case (.closing, 0x22):
      state = .quoted
      try take(byte)
    case (.start, 0x22):
      state = .quoted
      quoteLine = line
    case (_, separator): try endField()
    case (_, 0x0A), (_, 0x0D):
      try endRecord()
      line += 1
      firstLine = line
    case (.plain, 0x22):
      throw problem(
        "따옴표는 칸의 처음과 끝에만 쓰고, 안에서는 두 번 겹쳐 씁니다.",
        "A quote may only open or close a field; inside it is written twice.", at: line)
    case (.closing, _):
      throw problem(
        "닫는 따옴표 뒤에는 구분 기호나 줄바꿈이 와야 합니다.",
        "A closing quote is followed by a separator or the end of the line.", at: line)
    default:
      state = .plain
      try take(byte)
    }
  }

  /// Says that nothing more comes.
  mutating func finish() throws {
    if state == .quoted {
      throw problem("따옴표가 닫히지 않았습니다.", "A quote is opened and never closed.", at: quoteLine)
    }
    if state != .start || column > 0 { try endRecord() }
  }

  private mutating func take(_ byte: UInt8) throws {
    guard field.count < limits.cellTextBytes else { throw here(.longCell(limits.cellTextBytes)) }
    field.append(byte)
  }

  private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard field.count + bytes.count <= limits.cellTextBytes else {
      throw here(.longCell(limits.cellTextBytes))
    }
    field.append(contentsOf: bytes)
  }

  private mutating func endField() throws {
    defer {
      state = .start
      field.removeAll(keepingCapacity: true)
      column += 1
    }
    guard column < limits.columns else { throw here(.manyColumns(limits.usedColumns)) }
    guard !field.isEmpty else { return }
    do {
      guard let text = try Self.text(field) else { return }
      guard column < limits.usedColumns else { throw SheetProblem.manyColumns(limits.usedColumns) }
      rowBytes += text.utf8.count
      guard rowBytes <= limits.rowTextBytes else { throw SheetProblem.longRow(limits.rowTextBytes) }
      while cells.count < column { cells.append(.empty) }
      cells.append(.text(text))
    } catch let problem as SheetProblem { throw here(problem) }
  }

  private static func text(_ field: [UInt8]) throws(SheetProblem) -> String? {
    let result = field.withUnsafeBufferPointer { field in
      Result { () throws(SheetProblem) in try cellText(field) }
    }
    guard let text = try result.get() else { return nil }
    return try CSVText.reading(text).map(cellText) ?? text
  }

  private mutating func endRecord() throws {
    try endField()
    if !cells.isEmpty {
      try add(SheetRow(number: firstLine, cells: cells))
    }
    guard firstLine <= limits.csvRows else { throw SheetProblem.manyRows(limits.csvRows) }
    cells.removeAll(keepingCapacity: true)
    column = 0
    rowBytes = 0
  }

  private func here(_ problem: SheetProblem) -> SheetProblem {
    problem.at(sheet: nil, row: firstLine, column: column)
  }

  private func problem(_ korean: String, _ english: String, at line: Int) -> SheetProblem {
    SheetProblem(.quotes, row: line, column: column, Phrase(korean, english))
  }
}
