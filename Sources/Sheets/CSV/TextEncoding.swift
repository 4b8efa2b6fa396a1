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
      guard file.count.isMultiple(of: 2), let guessed = Self.unmarkedUTF16(start) else {
        return nil
      }
      self = guessed
    } else {
      self = try Self.isUTF8(file) ? .utf8 : .cp949
    }
  }

  /// UTF-16 where it is plain to see: commas and line breaks have a zero byte on one side, which few
  /// letters have on the other, and nothing else is a control character.
  private static func unmarkedUTF16(_ start: [UInt8]) -> TextEncoding? {
    let pairs = stride(from: 0, to: start.count - 1, by: 2).map { (start[$0], start[$0 + 1]) }
    let little = pairs.count { $0.1 == 0 }
    let big = pairs.count { $0.0 == 0 }
    guard max(little, big) >= 4 * min(little, big) else { return nil }
    let letters = pairs.map {
      little > big ? UInt16($0.1) << 8 | UInt16($0.0) : UInt16($0.0) << 8 | UInt16($0.1)
    }
    let breaks: Set<UInt16> = [0x0A, 0x0D]
    guard letters.contains(where: breaks.contains),
      letters.allSatisfy({ $0 >= 0x20 || $0 == 0x09 || breaks.contains($0) })
    else { return nil }
    return little > big ? .utf16LittleEndian : .utf16BigEndian
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
