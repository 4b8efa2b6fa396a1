import FundModel
import Glibc

@testable import Sheets

/// What libFuzzer calls with each input: the reader that `JANGBU_FUZZ` names reads it, and has to
/// come to an end, with rows or with a `SheetProblem`. See `Scripts/fuzz.sh`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = UnsafeBufferPointer(start: start, count: count)
  do { try reader(input) } catch is SheetProblem {} catch { fatalError("\(error)") }
  return 0
}

private typealias Reader = @Sendable (UnsafeBufferPointer<UInt8>) throws -> Void

private let reader: Reader = {
  let name = getenv("JANGBU_FUZZ").map { String(cString: $0) } ?? ""
  guard let reader = readers[name] else { fatalError("JANGBU_FUZZ: \(readers.keys.sorted())") }
  return reader
}()

private let limits: SheetLimits = {
  var limits = SheetLimits()
  limits.fileBytes = 1 << 20
  limits.unpackedBytes = 1 << 20
  limits.cellTextBytes = 1 << 10
  return limits
}()

private let readers: [String: Reader] = [
  "sheet": { input in
    var context = WorkbookContext(days: .from1904)
    for word in ["하나", "", "셋"] { context.strings.append(word) }
    context.formats = [.number, .day, .percent]
    var last = 0
    try parse(input) {
      WorksheetHandler("sheet", context: context, limits: limits) { row in
        guard row.number > last, !row.isBlank, row.cells.last != .empty else {
          fatalError("\(row)")
        }
        last = row.number
      }
    }
  },
  "strings": { input in try parse(input) { SharedStringsHandler("strings", limits: limits) } },
  "styles": { input in try parse(input) { StylesHandler("styles", limits: limits) } },
  "workbook": { input in
    try parse(input) { WorkbookHandler("workbook", limits: limits) }
    try parse(input) { RelationshipsHandler(of: "xl/workbook.xml", most: 100) }
  },
  "file": { input in try readWhole(input) },
  "csv": { input in try readWhole(input) },
  "rows": { input in
    for sheet in try RowsFile(file(input), limits: limits).sheets {
      try sheet.read { row in guard row.number > 0 else { fatalError("\(row)") } }
    }
  },
]

private func parse(
  _ input: UnsafeBufferPointer<UInt8>, by make: () -> any XMLHandler
) throws {
  let handler = make()
  let reader = try XMLReader("part", limits: limits, handler: handler)
  // In two pieces, cut where the first byte says.
  let cut = min(Int(input.first ?? 0), input.count)
  try reader.read(UnsafeBufferPointer(rebasing: input[..<cut]))
  try reader.read(UnsafeBufferPointer(rebasing: input[cut...]))
  try reader.finish()
}

/// Reads it, keeps it in a rows file, and reads that.
private func readWhole(_ input: UnsafeBufferPointer<UInt8>) throws {
  let rows = file([][...]) + ".rows"
  unlink(rows)
  defer { unlink(rows) }
  let writer = try RowsFileWriter(rows)
  try readSheets(in: file(input), named: "a.csv", into: writer, limits: limits)
  try writer.finish()
  // Whatever the reader gives, the rows file has to carry.
  do { for sheet in try RowsFile(rows).sheets { try sheet.read { _ in } } } catch {
    fatalError("\(error)")
  }
}

/// A file in memory that holds the input.
private func file(_ input: some Collection<UInt8>) -> String {
  let path = "/dev/shm/jangbu-fuzz-\(getpid())"
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  defer { close(descriptor) }
  let bytes = Array(input)
  guard write(descriptor, bytes, bytes.count) == bytes.count else { fatalError("\(errno)") }
  return path
}
