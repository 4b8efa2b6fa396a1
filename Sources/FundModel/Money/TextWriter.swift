/// Writes ASCII into memory that is there: digits eight at a time, texts sixteen bytes at a time.
///
/// Whole words are stored, whose rest the next piece overwrites; so there must be room for
/// ``slack`` bytes beyond what is written. Made by `[UInt8].append(atMost:_:)`, which sees to it.
///
/// All of it is inlined where it is used: so the place to write at stays in a register. From piece to
/// piece in memory it took longer than the pieces.
package struct TextWriter {
  @usableFromInline var place: UnsafeMutableRawPointer
  /// Behind the last byte that may be stored.
  @usableFromInline let end: UnsafeMutableRawPointer
  @usableFromInline let fours: UnsafePointer<UInt32>

  @usableFromInline
  init(
    _ place: UnsafeMutableRawPointer, until end: UnsafeMutableRawPointer,
    _ fours: UnsafePointer<UInt32>
  ) {
    (self.place, self.end, self.fours) = (place, end, fours)
  }

  /// How many bytes may be touched behind the last one that is written.
  @inlinable package static var slack: Int { 16 }
  /// How many bytes a number takes at most: 20 digits, a point, a zero before it and a sign.
  @inlinable package static var mostDigits: Int { 24 }
}

extension TextWriter {
  @inlinable @inline(__always)
  package mutating func write(_ byte: UInt8) {
    assert(place < end)
    place.storeBytes(of: byte, as: UInt8.self)
    place += 1
  }

  /// Inlined wherever it stands: of a text that is known there, a few words are stored.
  @inlinable @inline(__always)
  package mutating func write(_ text: StaticString) {
    assert(place + text.utf8CodeUnitCount <= end)
    place.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
    place += text.utf8CodeUnitCount
  }

  /// Writes `count` bytes as they are.
  ///
  /// - Parameter bytes: with ``slack`` bytes behind them that may be read.
  @inlinable @inline(__always)
  package mutating func write(_ bytes: UnsafeRawPointer, count: Int) {
    precondition(count >= 0 && end - place >= count + Self.slack)
    var done = 0
    while done < count {
      let part = bytes.loadUnaligned(fromByteOffset: done, as: SIMD16<UInt8>.self)
      (place + done).storeBytes(of: part, as: SIMD16<UInt8>.self)
      done += 16
    }
    place += count
  }

  /// Writes a whole number's digits, at least one.
  @inlinable @inline(__always)
  package mutating func write(_ number: UInt64) {
    guard number >= 100_000_000 else { return writeUpToEight(number) }
    let (high, low) = number.quotientAndRemainder(dividingBy: 100_000_000)
    if high < 100_000_000 {
      writeUpToEight(high)
    } else {
      let (top, middle) = high.quotientAndRemainder(dividingBy: 100_000_000)
      writeUpToEight(top)
      writeLast(8, of: middle)
    }
    writeLast(8, of: low)
  }

  /// Writes digits with a point: 1250 with two decimals is `12.50`.
  ///
  /// - Parameter decimals: 0 to 8.
  @inlinable @inline(__always)
  package mutating func write(_ number: UInt64, decimals: Int) {
    guard decimals > 0 else { return write(number) }
    if decimals == 2, number < 10_000_000 { return writeUpToSeven(number) }
    var unit: UInt64 = 1
    for _ in 0..<min(decimals, 8) { unit &*= 10 }
    let (whole, part) = number.quotientAndRemainder(dividingBy: unit)
    write(whole)
    write(UInt8(ascii: "."))
    writeLast(min(decimals, 8), of: part)
  }

  /// Writes a number below 100,000,000 without zeros before it.
  ///
  /// How many digits there are is not taken from the digits: where the next piece goes is known
  /// before they are, so several pieces are made at the same time.
  @inlinable @inline(__always)
  mutating func writeUpToEight(_ number: UInt64) {
    var count = 1
    count &+= number >= 10 ? 1 : 0
    count &+= number >= 100 ? 1 : 0
    count &+= number >= 1_000 ? 1 : 0
    count &+= number >= 10_000 ? 1 : 0
    count &+= number >= 100_000 ? 1 : 0
    count &+= number >= 1_000_000 ? 1 : 0
    count &+= number >= 10_000_000 ? 1 : 0
    writeLast(count, of: number)
  }

  /// Writes a number below 10,000,000 with a point before its last two digits.
  @inlinable @inline(__always)
  mutating func writeUpToSeven(_ number: UInt64) {
    var whole = 1
    whole &+= number >= 1_000 ? 1 : 0
    whole &+= number >= 10_000 ? 1 : 0
    whole &+= number >= 100_000 ? 1 : 0
    whole &+= number >= 1_000_000 ? 1 : 0
    let digits = eightDigits(of: number) >> UInt64(64 - 8 * (whole + 2))
    let point = UInt64(8 * whole)
    let before = digits & ((1 << point) &- 1)
    let after = (digits >> point) << (point + 8)
    store(before | UInt64(UInt8(ascii: ".")) << point | after, count: whole + 3)
  }

  /// Writes the last `count` digits of eight, zeros and all.
  @inlinable @inline(__always)
  mutating func writeLast(_ count: Int, of number: UInt64) {
    store(eightDigits(of: number) >> UInt64(64 - 8 * count), count: count)
  }

  @inlinable @inline(__always)
  mutating func store(_ word: UInt64, count: Int) {
    assert(place + 8 <= end)
    place.storeBytes(of: word.littleEndian, as: UInt64.self)
    place += count
  }

  /// The eight decimal digits of a number below 100,000,000 in ASCII, the first in the lowest byte.
  @inlinable @inline(__always)
  func eightDigits(of number: UInt64) -> UInt64 {
    precondition(number < 100_000_000)
    let (high, low) = number.quotientAndRemainder(dividingBy: 10_000)
    return UInt64(fours[Int(high)]) | UInt64(fours[Int(low)]) << 32
  }
}

/// `0000` to `9999` in ASCII, the first digit in the lowest byte.
private let fourDigits: [UInt32] = (UInt32(0)..<10_000).map { number in
  let digits: [UInt32] = [number / 1_000, number / 100 % 10, number / 10 % 10, number % 10]
  return digits.reversed().reduce(0) { $0 << 8 | $1 | 0x30 }
}

extension [UInt8] {
  /// Appends what `write` writes, at most `count` bytes.
  package mutating func append(atMost count: Int, _ write: (inout TextWriter) -> Void) {
    append(addingCapacity: count + TextWriter.slack) { room in
      room.withUnsafeMutableBufferPointer { buffer, initialized in
        fourDigits.withUnsafeBufferPointer { fours in
          guard let base = buffer.baseAddress, let fours = fours.baseAddress else { return }
          let start = UnsafeMutableRawPointer(base + initialized)
          var writer = TextWriter(start, until: start + (count + TextWriter.slack), fours)
          write(&writer)
          let written = writer.place - start
          precondition(written <= count)
          initialized += written
        }
      }
    }
  }
}

extension String {
  /// The text that `write` writes, at most `count` bytes of ASCII.
  package init(atMost count: Int, _ write: (inout TextWriter) -> Void) {
    var text: [UInt8] = []
    text.append(atMost: count, write)
    self.init(decoding: text, as: UTF8.self)
  }
}
