/// How a rows file is laid out: what was read of a file of sheets, handed from the process that
/// read it to the one that uses it.
///
/// Numbers are unsigned and little-endian in groups of seven bits (LEB128). Version 1:
/// ```
/// file    = "JBROWS1\n" rows* contents place "JBROWSE\n"     one `rows` for each sheet
/// rows    = row* 0
/// row     = how much its number is above the last (1 or more)  how many cells  cell*
/// cell    = kind what-it-holds
/// contents= how many sheets  sheet*
/// sheet   = text(name) 1 if hidden  where its rows begin  how many rows  how many merges  merge*
/// merge   = column  first row  last row - first row
/// text    = how many bytes  UTF-8
/// place   = where `contents` begins: eight bytes, little-endian
/// ```
enum RowsFileFormat {
  static let begin = Array("JBROWS1\n".utf8)
  static let end = Array("JBROWSE\n".utf8)

  /// What a cell holds.
  enum Kind: UInt8 {
    /// How many empty cells.
    case empty
    /// A text each:
    case text, number, percent, error
    /// Days after 1900-01-01.
    case date
    /// Nothing:
    case no, yes
  }
}
