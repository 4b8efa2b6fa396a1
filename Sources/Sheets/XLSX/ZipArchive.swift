private import CZip
import FundModel
private import Glibc

/// The archive that an .xlsx file is: parts by name, unpacked piece by piece and counted.
final class ZipArchive {
  private let handle: OpaquePointer
  private let limits: SheetLimits
  /// By name in small letters: names of parts do not tell capitals apart.
  private let parts: [String: Part]
  /// Unpacked so far, of all parts.
  private var unpacked = 0

  private struct Part {
    let index: UInt64
    let packedBytes: Int
  }

  /// - Throws: what is no archive, or has too many parts, two of one name, parts that overlap, or
  ///   parts under a password.
  init(path: String, fileBytes: Int, limits: SheetLimits) throws(SheetProblem) {
    var code: Int32 = 0
    guard let handle = zip_open(path, ZIP_RDONLY, &code) else {
      throw .damaged(
        "zip", "압축을 풀 수 없습니다.", "the archive cannot be opened.")
    }
    self.handle = handle
    self.limits = limits
    let count = Int(clamping: zip_get_num_entries(handle, 0))
    do throws(SheetProblem) {
      guard count <= limits.zipEntries else {
        throw SheetProblem.tooLarge(
          "압축 안의 파일이 \(count)개입니다. \(limits.zipEntries)개까지 읽습니다.",
          "The archive has \(count) parts; at most \(limits.zipEntries) are read.")
      }
      parts = try Self.parts(of: handle, count: count, fileBytes: fileBytes)
    } catch {
      // `deinit` runs only for what was made as a whole.
      zip_discard(handle)
      throw error
    }
  }

  deinit { zip_discard(handle) }

  private static func parts(
    of handle: OpaquePointer, count: Int, fileBytes: Int
  ) throws(SheetProblem) -> [String: Part] {
    var parts: [String: Part] = [:]
    var packed = 0
    for index in 0..<UInt64(max(count, 0)) {
      var stat = zip_stat_t()
      zip_stat_init(&stat)
      guard zip_stat_index(handle, index, 0, &stat) == 0, let name = stat.name,
        let text = String(validatingCString: name)
      else {
        throw .damaged("zip", "압축의 목차를 읽을 수 없습니다.", "its list of parts cannot be read.")
      }
      let part = Part(index: index, packedBytes: Int(clamping: stat.comp_size))
      packed = packed.addingReportingOverflow(part.packedBytes).partialValue
      // Parts that share their bytes unpack to more than any file can say.
      guard part.packedBytes >= 0, packed >= 0, packed <= fileBytes else {
        throw .damaged("zip", "압축의 목차가 서로 겹칩니다.", "its parts overlap.")
      }
      guard parts.updateValue(part, forKey: text.lowercased()) == nil else {
        throw .damaged(
          "zip", "이름이 같은 파일이 두 개 있습니다.", "two parts have one name.")
      }
    }
    return parts
  }

  func contains(_ name: String) -> Bool { parts[name.lowercased()] != nil }

  /// Bytes that the part takes in the file; 0 where there is none.
  func packedBytes(of name: String) -> Int { parts[name.lowercased()]?.packedBytes ?? 0 }

  /// Gives the unpacked bytes of a part to `body`, piece by piece.
  ///
  /// - Parameter body: the piece, and how much of the part is done, from 0 to 1.
  /// - Throws: where there is no such part, it does not unpack to what it says, or is too large.
  func unpack(
    _ name: String, into body: (UnsafeBufferPointer<UInt8>, Double) throws -> Void
  ) throws {
    guard let part = parts[name.lowercased()] else {
      throw SheetProblem.damaged(name, "이 부분이 없습니다.", "this part is missing.")
    }
    var stat = zip_stat_t()
    zip_stat_init(&stat)
    guard zip_stat_index(handle, part.index, 0, &stat) == 0 else { throw unreadable(name) }
    guard stat.encryption_method == UInt16(ZIP_EM_NONE) else { throw SheetProblem.wantsPassword }
    guard let file = zip_fopen_index(handle, part.index, 0) else { throw unreadable(name) }
    defer { zip_fclose(file) }
    let total = max(Double(stat.size), 1)
    var ofPart = 0
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.pieceBytes)
    defer { buffer.deallocate() }
    while true {
      let count = Int(clamping: zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
      guard count >= 0 else { throw unreadable(name) }
      guard count > 0 else { return }
      ofPart += count
      unpacked += count
      try check(ofPart, of: part)
      try body(UnsafeBufferPointer(rebasing: buffer[..<count]), min(Double(ofPart) / total, 1))
    }
  }

  /// Small, so that one tag that is too long is found before much is looked at again.
  private static let pieceBytes = 64 << 10

  private func check(_ ofPart: Int, of part: Part) throws(SheetProblem) {
    guard unpacked <= limits.unpackedBytes else {
      let limit = spelled(bytes: limits.unpackedBytes)
      throw .tooLarge(
        "압축을 풀면 \(limit)를 넘습니다.", "It unpacks to more than \(limit).")
    }
    guard ofPart > limits.freelyUnpackedBytes else { return }
    guard ofPart / limits.unpackingRatio <= part.packedBytes else {
      throw .tooLarge(
        "압축을 풀면 \(limits.unpackingRatio)배가 넘게 커집니다. 빈 행이나 서식만 있는 칸을 지우고 다시 저장해 주세요.",
        "It unpacks to more than \(limits.unpackingRatio) times its size. Delete blank rows and "
          + "cells that only have a format, and save it again.")
    }
  }

  private func unreadable(_ name: String) -> SheetProblem {
    .damaged(name, "압축을 풀 수 없습니다.", "it cannot be unpacked.")
  }
}
