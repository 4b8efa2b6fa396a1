import FundModel
private import Glibc

/// Writes what is read of a file of sheets into a rows file.
package final class RowsFileWriter: SheetSink {
  private let descriptor: Int32
  private let limit: Int
  private var buffer: [UInt8] = []
  /// In the file, without what is in the buffer.
  private var written = 0
  private var lastRow = 0
  private var contents: [Listed] = []

  private struct Listed {
    let name: String
    let isHidden: Bool
    let start: Int
    var rows = 0
    var merges: [MergedCell] = []
  }

  /// - Parameter path: is made anew, for this user alone; there may be nothing there.
  package init(_ path: String, limits: SheetLimits = SheetLimits()) throws(SheetProblem) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    limit = limits.rowsFileBytes
    guard descriptor >= 0 else { throw Self.notWritten }
    buffer = RowsFileFormat.begin
  }

  deinit { close(descriptor) }

  package func begin(sheet name: String, isHidden: Bool) {
    contents.append(Listed(name: name, isHidden: isHidden, start: written + buffer.count))
    lastRow = 0
  }

  package func add(_ row: SheetRow) throws {
    put(row.number - lastRow)
    lastRow = row.number
    put(row.cells.count)
    var empty = 0
    for cell in row.cells {
      if cell == .empty {
        empty += 1
        continue
      }
      endEmpty(&empty)
      put(cell)
    }
    endEmpty(&empty)
    contents.indices.last.map { contents[$0].rows += 1 }
    if buffer.count >= Self.pieceBytes { try flush() }
  }

  package func end(merges: [MergedCell]) throws {
    put(0)
    contents.indices.last.map { contents[$0].merges = merges }
    try flush()
  }

  /// Writes the contents; the file is whole afterwards.
  package func finish() throws {
    let place = written + buffer.count
    put(contents.count)
    for sheet in contents {
      put(sheet.name)
      put(sheet.isHidden ? 1 : 0)
      put(sheet.start)
      put(sheet.rows)
      put(sheet.merges.count)
      for merge in sheet.merges {
        put(merge.column)
        put(merge.firstRow)
        put(merge.lastRow - merge.firstRow)
      }
    }
    buffer.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: place >> ($0 * 8)) })
    buffer.append(contentsOf: RowsFileFormat.end)
    try flush()
  }

  private static let pieceBytes = 256 << 10

  private func endEmpty(_ count: inout Int) {
    guard count > 0 else { return }
    put(RowsFileFormat.Kind.empty)
    put(count)
    count = 0
  }

  private func put(_ cell: SheetCell) {
    switch cell {
    case .empty: break
    case .text(let text):
      put(.text)
      put(text)
    case .number(let number, let isPercent):
      put(isPercent ? .percent : .number)
      put(number)
    case .error(let text):
      put(.error)
      put(text)
    case .date(let day):
      put(.date)
      put(day.days(since: .earliest))
    case .truth(let isTrue): put(isTrue ? .yes : .no)
    }
  }

  private func put(_ kind: RowsFileFormat.Kind) { buffer.append(kind.rawValue) }

  private func put(_ text: String) {
    put(text.utf8.count)
    buffer.append(contentsOf: text.utf8)
  }

  private func put(_ number: Int) {
    var rest = UInt64(clamping: number)
    while rest >= 0x80 {
      buffer.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    buffer.append(UInt8(rest))
  }

  private func flush() throws {
    guard written + buffer.count <= limit else {
      throw SheetProblem.tooLarge(
        "내용이 모두 \(spelled(bytes: limit))를 넘습니다. 나누어 올려 주세요.",
        "What it holds comes to more than \(spelled(bytes: limit)). Send it in parts.")
    }
    var done = 0
    while done < buffer.count {
      let count = buffer.withUnsafeBytes {
        write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.notWritten }
      done += count
    }
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  private static let notWritten = SheetProblem(
    .readerEnded,
    Phrase(
      "읽은 내용을 디스크에 쓸 수 없습니다. 남은 공간을 확인해 주세요.",
      "What was read cannot be written to the disk. Is there room left?"))
}
