private import CXLSXWriter
import FundModel
private import Glibc

extension OutBook {
  /// Writes an .xlsx file, row by row: memory does not grow with their number.
  ///
  /// - Parameter path: is made anew or overwritten; pieces are kept in its folder meanwhile.
  /// - Throws: ``OutProblem``, or what the rows throw; then there is no file.
  package func write(xlsx path: String) throws {
    // The library would tell of it too, on the standard output for errors, where nobody looks.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw OutProblem.notWritten(String(cString: strerror(errno))) }
    close(descriptor)
    do { try WorkbookWriter(path).write(self) } catch {
      unlink(path)
      throw error
    }
  }
}

/// One .xlsx file while it is written, by libxlsxwriter.
private final class WorkbookWriter {
  private let book: UnsafeMutablePointer<lxw_workbook>
  private let formats: WorkbookFormats
  private var isClosed = false

  init(_ path: String) throws(OutProblem) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let book = folder.withCString { folder in
      var options = lxw_workbook_options(
        constant_memory: 1, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 1)
      return workbook_new_opt(path, &options)
    }
    guard let book else { throw OutProblem.notWritten("memory") }
    self.book = book
    formats = WorkbookFormats(book)
  }

  deinit { if !isClosed { lxw_workbook_free(book) } }

  func write(_ out: OutBook) throws {
    var properties = lxw_doc_properties()
    properties.created = time_t(out.created.days(since: .earliest) - 25_567) * 86_400
    try check(workbook_set_properties(book, &properties))
    var names = SheetNames()
    for sheet in out.sheets { try write(sheet, as: names.fit(sheet.name)) }
    isClosed = true
    try check(workbook_close(book))
  }

  private func write(_ sheet: OutSheet, as name: String) throws {
    guard let worksheet = workbook_add_worksheet(book, name) else {
      throw OutProblem.notWritten("sheet")
    }
    if sheet.isHidden { worksheet_hide(worksheet) }
    try WorksheetWriter(worksheet, sheet, formats).write()
  }
}

/// One sheet of it.
private struct WorksheetWriter {
  private let worksheet: UnsafeMutablePointer<lxw_worksheet>
  private let sheet: OutSheet
  private let formats: WorkbookFormats
  private let headerRow: UInt32
  /// Columns in which a number is too long for a double: a formula would not count it.
  private var longColumns: Set<Int> = []

  init(
    _ worksheet: UnsafeMutablePointer<lxw_worksheet>, _ sheet: OutSheet, _ formats: WorkbookFormats
  ) {
    (self.worksheet, self.sheet, self.formats) = (worksheet, sheet, formats)
    headerRow = UInt32(clamping: sheet.titles.count)
  }

  func write() throws {
    var writer = self
    try writer.writeTable()
    writer.layOut()
  }

  private mutating func writeTable() throws {
    guard sheet.columns.count <= 16_384 else { throw OutProblem.tooManyColumns }
    for (index, column) in sheet.columns.enumerated() {
      try check(
        worksheet_set_column(
          worksheet, UInt16(clamping: index), UInt16(clamping: index), column.width,
          formats.format(column.kind, .body)))
    }
    for (index, title) in sheet.titles.enumerated() {
      try write(title, UInt32(index), 0, index == 0 ? formats.title : formats.subtitle)
    }
    for (index, column) in sheet.columns.enumerated() {
      try write(column.heading, headerRow, index, formats.heading(column.kind))
    }
    var row = headerRow
    try sheet.rows { cells in
      row += 1
      guard row < 1_048_575 else { throw OutProblem.tooManyRows }
      try write(cells, row, .body, last: row)
    }
    if sheet.isFiltered, row > headerRow, !sheet.columns.isEmpty {
      try check(
        worksheet_autofilter(
          worksheet, headerRow, 0, row, UInt16(clamping: sheet.columns.count - 1)))
    }
    let last = row
    if !sheet.totals.isEmpty {
      row += 1
      try write(sheet.totals, row, .total, last: last)
    }
    guard UInt64(row) + UInt64(sheet.notes.count) < 1_048_575 else { throw OutProblem.tooManyRows }
    for note in sheet.notes {
      row += 1
      try write(note, row, 0, formats.subtitle)
    }
  }

  private func layOut() {
    worksheet_freeze_panes(worksheet, headerRow + 1, UInt16(clamping: sheet.frozenColumns))
    worksheet_set_landscape(worksheet)
    let a4: UInt8 = 9
    worksheet_set_paper(worksheet, a4)
    worksheet_fit_to_pages(worksheet, 1, 0)
    worksheet_set_margins(worksheet, 0.4, 0.4, 0.5, 0.6)
    _ = worksheet_repeat_rows(worksheet, headerRow, headerRow)
    let text = String(cellSafe(sheet.footer).prefix(100)).split(
      separator: "&", omittingEmptySubsequences: false
    ).joined(separator: "&&")
    _ = worksheet_set_footer(worksheet, "&L\(text)&R&P / &N")
  }

  /// - Parameter last: the last row of the table so far: what sums are taken up to.
  private mutating func write(
    _ cells: [OutCell], _ row: UInt32, _ part: WorkbookFormats.Part, last: UInt32
  ) throws(OutProblem) {
    for (index, cell) in cells.enumerated() {
      guard index < sheet.columns.count else { throw .tooManyColumns }
      var kind = sheet.columns[index].kind
      if case .amount(_, let decimals) = cell { kind = .amount(decimals: decimals) }
      let format = formats.format(kind, part)
      let column = UInt16(clamping: index)
      switch cell {
      case .empty: try check(worksheet_write_blank(worksheet, row, column, format))
      case .text(let text): try write(text, row, index, format)
      case .date(let day): try write(day, row, column, format)
      case .number, .amount, .sum, .ratio:
        try write(number: cell, row, index, format, last: last)
      }
    }
  }

  private func write(
    _ day: CalendarDate, _ row: UInt32, _ column: UInt16,
    _ format: UnsafeMutablePointer<lxw_format>?
  ) throws(OutProblem) {
    let days = day.days(since: .earliest)
    // 1900 has a 29 February there that never was.
    let serial = Double(days + (days < 59 ? 1 : 2))
    try check(worksheet_write_number(worksheet, row, column, serial, format))
  }

  private mutating func write(
    number cell: OutCell, _ row: UInt32, _ index: Int,
    _ format: UnsafeMutablePointer<lxw_format>?, last: UInt32
  ) throws(OutProblem) {
    let column = UInt16(clamping: index)
    guard let written = cell.number else {
      return try check(worksheet_write_blank(worksheet, row, column, format))
    }
    guard let value = Double(written), isKept(written),
      let formula = formula(cell, row, index, last)
    else {
      longColumns.insert(index)
      return try write(written, row, index, format)
    }
    if formula.isEmpty {
      try check(worksheet_write_number(worksheet, row, column, value, format))
    } else {
      try check(worksheet_write_formula_num(worksheet, row, column, formula, format, value))
    }
  }

  /// The formula of a cell, empty for a number; `nil` where a formula would give something else.
  private func formula(_ cell: OutCell, _ row: UInt32, _ index: Int, _ last: UInt32) -> String? {
    switch cell {
    case .sum:
      guard !longColumns.contains(index) else { return nil }
      // Of no rows at all the sum is what it is.
      guard last > headerRow else { return "" }
      let letters = columnLetters(index)
      return "=SUM(\(letters)\(headerRow + 2):\(letters)\(last + 1))"
    case .ratio(let top, by: let bottom, _):
      guard !longColumns.contains(top), !longColumns.contains(bottom) else { return "" }
      let below = "\(columnLetters(bottom))\(row + 1)"
      let quotient = "\(columnLetters(top))\(row + 1)/\(below)"
      guard case .percent(let decimals) = sheet.columns[index].kind else {
        return "=IF(\(below)=0,\"\",\(quotient))"
      }
      return "=IF(\(below)=0,\"\",ROUND(\(quotient),\(decimals + 2)))"
    case .empty, .text, .number, .amount, .date: return ""
    }
  }

  /// Whether a spreadsheet shows all its digits: at most 15, without zeros at either end.
  private func isKept(_ written: String) -> Bool {
    guard written.utf8.count > 15 else { return true }
    var digits = written.utf8.filter { (0x30...0x39).contains($0) }.drop { $0 == 0x30 }
    while digits.last == 0x30 { digits.removeLast() }
    return digits.count <= 15
  }

  private func write(
    _ text: String, _ row: UInt32, _ column: Int, _ format: UnsafeMutablePointer<lxw_format>?
  ) throws(OutProblem) {
    let safe = cellSafe(text)
    guard safe.utf16.count <= 32_767 else {
      throw OutProblem(
        sentence: Phrase(
          "시트 \"\(sheet.name)\", \(columnLetters(column))\(row + 1): 엑셀의 한 칸에는 32,767자까지 들어갑니다. CSV로 내보내 주세요.",
          "Sheet \"\(sheet.name)\", \(columnLetters(column))\(row + 1): a cell of Excel holds 32,767 "
            + "characters. Export as CSV."), isTooMuch: true)
    }
    let place = UInt16(clamping: column)
    guard !safe.isEmpty else {
      return try check(worksheet_write_blank(worksheet, row, place, format))
    }
    try check(worksheet_write_string(worksheet, row, place, safe, format))
  }
}

/// A text that XML and C can carry: what they cannot is replaced by `�`, and a word that a
/// spreadsheet would take for a control character (`_x0041_`) is kept from it.
private func cellSafe(_ text: String) -> String {
  let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
    scalar.value == 0 || scalar.value == 0xFFFE || scalar.value == 0xFFFF ? "\u{FFFD}" : scalar
  }
  let plain = String(String.UnicodeScalarView(scalars))
  guard plain.contains("_x") else { return plain }
  return plain.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
}

private func check(_ error: lxw_error) throws(OutProblem) {
  guard error == LXW_NO_ERROR else {
    throw .notWritten(String(cString: lxw_strerror(error)))
  }
}

extension OutProblem {
  fileprivate static func notWritten(_ reason: String) -> OutProblem {
    OutProblem(
      sentence: Phrase(
        "엑셀 파일을 쓸 수 없습니다(\(reason)). 디스크에 남은 공간을 확인해 주세요.",
        "The workbook cannot be written (\(reason)). Is there room left on the disk?"),
      isTooMuch: false)
  }

  fileprivate static let tooManyRows = OutProblem(
    sentence: Phrase(
      "엑셀의 한 시트에는 1,048,576행까지 들어갑니다. CSV로 내보내 주세요.",
      "A sheet of Excel holds 1,048,576 rows. Export as CSV."), isTooMuch: true)

  fileprivate static let tooManyColumns = OutProblem(
    sentence: Phrase("열이 너무 많습니다.", "There are too many columns."), isTooMuch: true)
}
