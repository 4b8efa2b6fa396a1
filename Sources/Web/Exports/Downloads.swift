import Bookkeeping
import Foundation
import FundModel
import Hummingbird
import Sheets

/// Files that are made when they are asked for, as of a date, and kept nowhere.
extension Site {
  /// - Parameter make: asks the books. It and the writing have a thread of their own.
  func download(
    _ visit: Visit, _ path: String,
    _ make: @escaping (PageQuery, PageFrame) async throws -> ExportFile?
  ) async -> Response? {
    guard visit.asked.answeredMethod == "GET" else { return notAllowed(visit) }
    do {
      let query = try PageQuery(visit.asked, books.clock)
      let frame = try await readFrame(of: query, path, visit)
      guard load.take(of: \.heavy, under: limits.heavyRequests) else { throw Problem.tooBusy }
      defer { load.give(of: \.heavy) }
      func made() async -> Result<Response?, any Error> {
        do {
          return .success(try await make(query, frame).map { try self.response(with: $0) })
        } catch { return .failure(error) }
      }
      // What is in that lane already would wait for itself.
      return try visit.asked.isLarge
        ? await made().get() : await heavyLane.inTurn { await made() }.get()
    } catch let refusal as PageRefusal {
      return html(refusal.page(problemFrame(visit)), refusal.status, visit.asked)
    } catch { return problem(error, visit) }
  }

  private func response(with file: ExportFile) throws -> Response {
    var response: Response
    switch file.content {
    case .bytes(let bytes): response = Response(bytes: bytes, file.kind.mediaType, status: 200)
    case .workbook(let book):
      let opened = try UnnamedFile(book, "jangbu-\(String(newBits(), radix: 16))")
      response = Response(status: .ok, body: opened.body)
      response.set("Content-Type", file.kind.mediaType)
    }
    let name = percentEncoded(file.name, keeping: "!#$&+.^_`|~-")
    response.set(
      "Content-Disposition",
      "attachment; filename=\"\(file.plainName)\"; filename*=UTF-8''\(name)")
    response.set("Cache-Control", "no-store")
    response.set("Vary", "Accept-Language, Cookie")
    return response
  }
}

/// A file that has lost its name already: it is gone when nobody reads it any more, whatever
/// becomes of the reader.
private struct UnnamedFile {
  private let handle: FileHandle
  private let size: Int

  /// - Parameter folder: a name that no folder has; only who runs the server may look into it.
  init(_ book: OutBook, _ folder: String) throws {
    let manager = FileManager.default
    let place = manager.temporaryDirectory.appending(path: folder, directoryHint: .isDirectory)
    do {
      try manager.createDirectory(
        at: place, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch { throw OutProblem.noRoom }
    defer { try? manager.removeItem(at: place) }
    let path = place.appending(path: "book.xlsx")
    try book.write(xlsx: path.path)
    handle = try FileHandle(forReadingFrom: path)
    size = Int(clamping: try handle.seekToEnd())
    try handle.seek(toOffset: 0)
  }

  /// In pieces, as they are taken.
  var body: ResponseBody {
    ResponseBody(contentLength: size) { [handle] writer in
      // The disk is not waited for where connections are read.
      func piece() async throws -> Data? {
        try await withTaskExecutorPreference(globalConcurrentExecutor) {
          try handle.read(upToCount: 64 << 10)
        }
      }
      while let piece = try await piece(), !piece.isEmpty {
        try await writer.write(ByteBuffer(bytes: piece))
      }
      try await writer.finish(nil)
    }
  }
}

extension OutProblem {
  fileprivate static let noRoom = OutProblem(
    sentence: Phrase(
      "파일을 둘 임시 폴더를 만들 수 없습니다. 디스크에 남은 공간을 확인해 주세요.",
      "No temporary folder for the file can be made. Is there room left on the disk?"),
    isTooMuch: false)
}
