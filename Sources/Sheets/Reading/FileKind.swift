/// What a file is, by its first bytes.
enum FileKind {
  /// A zip archive, as an .xlsx file is one.
  case archive
  /// Text, as a CSV file is one.
  case text(TextEncoding)

  /// - Throws: ``SheetProblem`` for what is neither, in a sentence of its own where it is well known.
  init(of file: FileBytes) throws(SheetProblem) {
    let start = try file.bytes(from: 0, most: 4_096)
    switch start {
    case _ where start.starts(with: [0x50, 0x4B, 0x03, 0x04]),
      _ where start.starts(with: [0x50, 0x4B, 0x05, 0x06]):
      self = .archive
    case _ where start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]):
      throw try Self.isEncrypted(file) ? .wantsPassword : .oldExcel
    // Some have nothing but letters in their beginning.
    case _ where start.starts(with: "%PDF-".utf8): throw .notText
    default:
      guard let encoding = try TextEncoding(of: file, start: start) else { throw .notText }
      if case .utf8 = encoding, Self.isMarkup(start) { throw .webPage }
      self = .text(encoding)
    }
  }

  /// Whether what Excel put into its old container is a workbook under a password.
  private static func isEncrypted(_ file: FileBytes) throws(SheetProblem) -> Bool {
    let name = Array("EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    var place = 0
    while place < file.count {
      let piece = try file.bytes(from: place, most: 1 << 20)
      guard !piece.isEmpty else { break }
      if contains(piece, name) { return true }
      place += piece.count > name.count ? piece.count - name.count : piece.count
    }
    return false
  }

  private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first else { return true }
    var rest = bytes[...]
    while let place = rest.firstIndex(of: first) {
      rest = rest[place...]
      if rest.starts(with: wanted) { return true }
      rest = rest.dropFirst()
    }
    return false
  }

  /// HTML or XML: many programs call a web page `.xls`.
  private static func isMarkup(_ start: [UInt8]) -> Bool {
    let letters = start.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.prefix(16)
      .map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    return ["<!doctype", "<html", "<?xml", "<table", "<meta", "<head"].contains {
      letters.starts(with: $0.utf8)
    }
  }
}
