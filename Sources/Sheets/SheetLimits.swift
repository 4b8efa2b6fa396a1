/// How much a file of sheets may ask of whoever reads it. Whatever is beyond is refused, with the
/// limit in the sentence; nothing is cut off silently.
package struct SheetLimits: Hashable, Sendable {
  /// Of the file as it was sent, packed or as text: 256 MiB.
  package var fileBytes = 256 << 20
  /// Parts inside an .xlsx archive. A workbook of 200 sheets has about 600.
  package var zipEntries = 2_000
  /// Of all parts that are read, counted while they are unpacked: 2 GiB.
  package var unpackedBytes = 2 << 30
  /// A part may unpack to so many times its packed size, once it is larger than
  /// ``freelyUnpackedBytes``. What spreadsheets write packs to a twentieth or a hundredth.
  package var unpackingRatio = 300
  /// What a part may unpack to whatever its packed size: 64 MiB.
  package var freelyUnpackedBytes = 64 << 20
  /// Of one cell, in UTF-8: 1 MiB. A spreadsheet keeps 32,767 characters.
  package var cellTextBytes = 1 << 20
  /// Of all cells of one row, in UTF-8: 8 MiB.
  package var rowTextBytes = 8 << 20
  /// Rows of a sheet of a workbook: what a spreadsheet has.
  package var sheetRows = 1_048_576
  /// Lines of a CSV file.
  package var csvRows = 5_000_000
  /// Columns that a sheet can have at all: `XFD`.
  package var columns = 16_384
  /// From column A on, where something may stand: `ALL`.
  package var usedColumns = 1_000
  package var sheets = 200
  /// Different texts of a workbook.
  package var sharedStrings = 4_000_000
  /// Of all different texts of a workbook, in UTF-8: 128 MiB.
  package var sharedStringBytes = 128 << 20
  /// Formats of cells.
  package var styles = 100_000
  /// Merged cells of one sheet that reach over more than one row.
  package var merges = 65_536
  /// Elements inside elements. A sheet needs eight.
  package var xmlDepth = 64
  /// One tag with its attributes: 1 MiB.
  package var xmlTagBytes = 1 << 20
  /// Of what is handed on of one file, as a rows file: 1 GiB.
  package var rowsFileBytes = 1 << 30

  package init() {}
}
