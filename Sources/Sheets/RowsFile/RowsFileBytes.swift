/// Reads a part of a rows file from front to back; never beyond its end.
struct RowsFileBytes {
  private let file: FileBytes
  private let end: Int
  /// Where in the file the buffer ends.
  private var read: Int
  private var buffer: [UInt8]
  private var place = 0
  private var filled = 0

  init(_ file: FileBytes, from start: Int, to end: Int) throws(SheetProblem) {
    guard start >= 0, start <= end, end <= file.count else { throw .bentRows }
    (self.file, self.end, read) = (file, end, start)
    buffer = [UInt8](repeating: 0, count: min(Self.pieceBytes, end - start))
  }

  private static let pieceBytes = 256 << 10

  mutating func byte() throws(SheetProblem) -> UInt8 {
    if place == filled { try refill() }
    defer { place += 1 }
    return buffer[place]
  }

  /// A number up to `most`.
  mutating func number(most: Int) throws(SheetProblem) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
      guard shift < 63 else { throw .bentRows }
    }
    guard value <= UInt64(clamping: most) else { throw .bentRows }
    return Int(value)
  }

  /// A text of up to `most` bytes.
  mutating func text(most: Int) throws(SheetProblem) -> String {
    let count = try number(most: most)
    if filled - place >= count {
      defer { place += count }
      return try Self.text(buffer[place..<place + count])
    }
    var bytes: [UInt8] = []
    while bytes.count < count {
      if place == filled { try refill() }
      let piece = buffer[place..<min(filled, place + count - bytes.count)]
      bytes.append(contentsOf: piece)
      place += piece.count
    }
    return try Self.text(bytes[...])
  }

  /// A number as ``keptNumber(_:)`` spells it: digits, perhaps a minus before them, perhaps a point
  /// and digits behind them.
  mutating func decimal() throws(SheetProblem) -> String {
    let text = try text(most: 400)
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let parts = rest.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard
      parts.allSatisfy({ part in !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) } })
    else { throw .bentRows }
    return text
  }

  private static func text(_ bytes: ArraySlice<UInt8>) throws(SheetProblem) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .bentRows }
    return text
  }

  private mutating func refill() throws(SheetProblem) {
    let most = min(buffer.count, end - read)
    guard most > 0 else { throw .bentRows }
    if most < buffer.count { buffer.removeSubrange(most...) }
    filled = try file.read(from: read, into: &buffer)
    guard filled == most else { throw .bentRows }
    read += filled
    place = 0
  }
}
