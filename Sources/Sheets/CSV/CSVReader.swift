import FundModel

/// Reads a CSV file as one sheet, all of whose cells are texts.
struct CSVReader {
  private let file: FileBytes
  private let encoding: TextEncoding
  private let limits: SheetLimits
  private let steps: ReadingSteps

  init(_ file: FileBytes, _ encoding: TextEncoding, limits: SheetLimits, steps: ReadingSteps) {
    (self.file, self.encoding, self.limits, self.steps) = (file, encoding, limits, steps)
  }

  func read(named name: String, into sink: any SheetSink) throws {
    try sink.begin(sheet: name, isHidden: false)
    do {
      try read(into: sink)
      try sink.end(merges: [])
    } catch let problem as SheetProblem { throw problem.at(sheet: name) }
  }

  private func read(into sink: any SheetSink) throws {
    let decoder = try TextDecoder(encoding)
    var parser: CSVParser?
    var lines = 1
    var place = 0
    while place < file.count {
      try steps.check()
      let piece = try file.bytes(from: place, most: TextDecoder.pieceBytes)
      guard !piece.isEmpty else { break }
      place += piece.count
      guard let text = decoder.decode(piece) else { throw wrongLetters(after: lines) }
      var rest = text[...]
      if parser == nil {
        let layout = CSVLayout(of: text)
        rest = text[layout.start...]
        parser = CSVParser(
          separator: layout.separator, line: layout.firstLine, limits: limits, add: sink.add)
      }
      try rest.withUnsafeBufferPointer { try parser?.read($0) }
      lines += text.count { $0 == 0x0A }
      steps.progress(Double(place) / Double(file.count))
    }
    guard !decoder.isInsideLetter else { throw wrongLetters(after: lines) }
    try parser?.finish()
  }

  /// - Parameter lines: how many lines were read before the piece in which the letter stands.
  private func wrongLetters(after lines: Int) -> SheetProblem {
    let problem = SheetProblem.noEncoding
    return SheetProblem(
      problem.kind,
      Phrase(
        "\(lines)행부터의 글에서: " + problem.sentence.ko,
        "From line \(lines) on: " + problem.sentence.en))
  }
}
