/// What stands between the fields of a CSV file, as its first lines show it.
struct CSVLayout: Hashable {
  let separator: UInt8
  /// Where the first line of the table begins: after a byte order mark and a line `sep=;`.
  let start: Int
  /// Its number.
  let firstLine: Int

  /// Known separators; of several that fit equally the first.
  private static let separators = [0x09, UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "|")]

  /// - Parameter text: the beginning of the file, in UTF-8.
  init(of text: [UInt8]) {
    let afterMark = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if let said = Self.said(text[afterMark...]) {
      (separator, start, firstLine) = (said.separator, said.end, 2)
    } else {
      (separator, start, firstLine) = (Self.guessed(text[afterMark...]), afterMark, 1)
    }
  }

  /// `sep=;` and the end of that line, which Excel writes and reads.
  private static func said(_ text: ArraySlice<UInt8>) -> (separator: UInt8, end: Int)? {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count == 5, String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep=",
      let separator = line.last, separators.contains(separator)
    else { return nil }
    let rest = text[line.endIndex...]
    let breaks = rest.starts(with: [0x0D, 0x0A]) ? 2 : min(rest.count, 1)
    return (separator, line.endIndex + breaks)
  }

  /// The one that stands equally often in most lines: a comma inside of amounts does not.
  private static func guessed(_ text: ArraySlice<UInt8>) -> UInt8 {
    let lines = counts(in: text)
    var best = (separator: UInt8(ascii: ","), lines: 0, times: 0)
    for (index, separator) in separators.enumerated() {
      let times = lines.map { $0[index] }.filter { $0 > 0 }
      let frequent = Dictionary(times.map { ($0, 1) }, uniquingKeysWith: +)
        .max { ($0.value, $0.key) < ($1.value, $1.key) }
      guard let frequent, (frequent.value, frequent.key) > (best.lines, best.times) else {
        continue
      }
      best = (separator, frequent.value, frequent.key)
    }
    return best.separator
  }

  /// How often each separator stands outside of quotes in each of the first 50 lines.
  private static func counts(in text: ArraySlice<UInt8>) -> [[Int]] {
    let none = separators.map { _ in 0 }
    var lines: [[Int]] = []
    var line = none
    var isQuoted = false
    for byte in text.prefix(64 << 10) {
      if byte == 0x22 {
        isQuoted.toggle()
      } else if isQuoted {
        continue
      } else if byte == 0x0A || byte == 0x0D {
        if line != none { lines.append(line) }
        line = none
        if lines.count == 50 { return lines }
      } else if let index = separators.firstIndex(of: byte) {
        line[index] += 1
      }
    }
    return line == none ? lines : lines + [line]
  }
}
