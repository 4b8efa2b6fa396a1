import Foundation
import Sheets

/// A folder of one test, gone after it.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "jangbu-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(bytes).write(to: folder.appending(path: name))
    return path(name)
  }

  /// What is read of a file with these bytes.
  func read(
    _ bytes: some Sequence<UInt8>, named name: String = "a.csv", limits: SheetLimits = SheetLimits()
  ) throws -> [ListedSheet] {
    try read(file: write(bytes, to: name), limits: limits)
  }

  func read(file: String, limits: SheetLimits = SheetLimits()) throws -> [ListedSheet] {
    let sink = ListingSink()
    try readSheets(in: file, named: file, into: sink, limits: limits)
    return sink.sheets
  }
}

/// The problem that `body` throws, `nil` where it throws none.
func problem(_ body: () throws -> Void) -> SheetProblem? {
  do {
    try body()
    return nil
  } catch { return error as? SheetProblem }
}
