private import Glibc

/// Turns a text file into UTF-8, piece by piece, with glibc's iconv.
final class TextDecoder {
  static let pieceBytes = 256 << 10

  private let converter: iconv_t
  /// The beginning of a letter whose rest is in the next piece.
  private var begun: [UInt8] = []

  init(_ encoding: TextEncoding) throws(SheetProblem) {
    let converter = encoding.iconvName.withUTF8Buffer { name in
      iconv_open(
        "UTF-8", UnsafeRawPointer(name.baseAddress)?.assumingMemoryBound(to: CChar.self))
    }
    guard let converter, Int(bitPattern: converter) != -1 else {
      throw SheetProblem(.encoding, SheetProblem.noEncoding.sentence)
    }
    self.converter = converter
  }

  deinit { iconv_close(converter) }

  /// Whether what came so far ends inside a letter.
  var isInsideLetter: Bool { !begun.isEmpty }

  /// - Returns: `nil` where a letter is none of the encoding.
  func decode(_ piece: [UInt8]) -> [UInt8]? {
    var input = begun + piece
    begun = []
    // No letter of two bytes becomes more than three.
    var output = [UInt8](repeating: 0, count: input.count * 3 / 2 + 16)
    let (status, left, free) = convert(&input, into: &output)
    if status == -1 {
      guard errno == EINVAL, left <= 4 else { return nil }
      begun = Array(input.suffix(left))
    }
    output.removeLast(free)
    return output
  }

  private func convert(
    _ input: inout [UInt8], into output: inout [UInt8]
  ) -> (status: Int, left: Int, free: Int) {
    var left = input.count
    var free = output.count
    let status = input.withUnsafeMutableBytes { input in
      output.withUnsafeMutableBytes { output in
        var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        return iconv(converter, &from, &left, &to, &free)
      }
    }
    return (status, left, free)
  }
}
