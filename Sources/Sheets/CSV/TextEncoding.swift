/// How the letters of a text file are written.
enum TextEncoding: Hashable {
  case utf8
  /// Windows' Korean, of which EUC-KR is a part.
  case cp949
  case utf16LittleEndian
  case utf16BigEndian

  /// The name by which glibc's iconv knows it.
  var iconvName: StaticString {
    switch self {
    case .utf8: "UTF-8"
    case .cp949: "CP949"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    }
  }

  /// By the byte order mark; else by which bytes are zero; else UTF-8 where all of it is, else
  /// CP949.
  ///
  /// - Returns: `nil` for what is no text.
  init?(of file: FileBytes, start: [UInt8]) throws(SheetProblem) {
    if start.starts(with: [0xEF, 0xBB, 0xBF]) {
      self = .utf8
    } else if start.starts(with: [0xFF, 0xFE]) {
      self = .utf16LittleEndian
    } else if start.starts(with: [0xFE, 0xFF]) {
      self = .utf16BigEndian
    } else if start.contains(0) {
      // Commas and line breaks have a zero byte, which a letter of Hangul has not.
      let places = start.indices.filter { start[$0] == 0 }
      guard file.count.isMultiple(of: 2), let first = places.first,
        places.allSatisfy({ $0 % 2 == first % 2 })
      else { return nil }
      self = first % 2 == 1 ? .utf16LittleEndian : .utf16BigEndian
    } else {
      self = try Self.isUTF8(file) ? .utf8 : .cp949
    }
  }

  private static func isUTF8(_ file: FileBytes) throws(SheetProblem) -> Bool {
    let decoder = try TextDecoder(.utf8)
    var place = 0
    while place < file.count {
      let piece = try file.bytes(from: place, most: TextDecoder.pieceBytes)
      guard !piece.isEmpty else { break }
      guard decoder.decode(piece) != nil else { return false }
      place += piece.count
    }
    return !decoder.isInsideLetter
  }
}
