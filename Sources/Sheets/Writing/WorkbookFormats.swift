internal import CXLSXWriter

/// How cells of our workbooks look: Korean type, separators, red where negative.
final class WorkbookFormats {
  typealias Format = UnsafeMutablePointer<lxw_format>?
  enum Part { case body, total }

  let title: Format
  let subtitle: Format
  private let book: UnsafeMutablePointer<lxw_workbook>
  private var cells: [Key: Format] = [:]
  private var headings: [UInt32: Format] = [:]

  private struct Key: Hashable {
    let kind: OutColumn.Kind
    let part: Part
  }

  init(_ book: UnsafeMutablePointer<lxw_workbook>) {
    self.book = book
    title = Self.plain(book, size: 14)
    subtitle = Self.plain(book, size: 9)
    format_set_bold(title)
    format_set_font_color(subtitle, 0x555555)
  }

  func format(_ kind: OutColumn.Kind, _ part: Part) -> Format {
    let key = Key(kind: kind, part: part)
    if let made = cells[key] { return made }
    let format = Self.plain(book)
    if let code = kind.code { format_set_num_format(format, code) }
    align(format, kind)
    if part == .total {
      format_set_bold(format)
      format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_bg_color(format, 0xF3F4F6)
    }
    cells[key] = format
    return format
  }

  func heading(_ kind: OutColumn.Kind) -> Format {
    if let made = headings[kind.alignment.rawValue] { return made }
    let format = Self.plain(book)
    format_set_bold(format)
    format_set_text_wrap(format)
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    align(format, kind)
    format_set_bg_color(format, 0xE5E7EB)
    format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    headings[kind.alignment.rawValue] = format
    return format
  }

  /// Words keep away from the figures that may stand right before them.
  private func align(_ format: Format, _ kind: OutColumn.Kind) {
    format_set_align(format, UInt8(kind.alignment.rawValue))
    if kind == .text { format_set_indent(format, 1) }
  }

  private static func plain(_ book: UnsafeMutablePointer<lxw_workbook>, size: Double = 10) -> Format
  {
    let format = workbook_add_format(book)
    format_set_font_name(format, "맑은 고딕")
    format_set_font_size(format, size)
    return format
  }
}

extension OutColumn.Kind {
  /// As spreadsheets spell formats; `nil` for their general one.
  fileprivate var code: String? {
    switch self {
    case .text: nil
    case .integer: "0"
    case .amount(let decimals, .one):
      "#,##0\(Self.point(decimals));[Red]-#,##0\(Self.point(decimals))"
    case .amount(_, .thousand): "#,##0,;[Red]-#,##0,"
    case .amount(_, .million): "#,##0,,;[Red]-#,##0,,"
    // Formats leave out groups of three digits only: these are millions with a point between their
    // digits, and a comma from a thousand on.
    case .amount(_, .hundredMillion): #"[>=99999500000]#","000"."00,,;0"."00,,"#
    case .percent(let decimals): "0\(Self.point(decimals))%"
    case .date: "yyyy-mm-dd"
    }
  }

  /// Of the heading and what stands below it.
  fileprivate var alignment: lxw_format_alignments {
    switch self {
    case .integer, .amount, .percent: LXW_ALIGN_RIGHT
    case .date: LXW_ALIGN_CENTER
    case .text: LXW_ALIGN_LEFT
    }
  }

  private static func point(_ decimals: Int) -> String {
    decimals > 0 ? "." + String(repeating: "0", count: min(decimals, 10)) : ""
  }
}
