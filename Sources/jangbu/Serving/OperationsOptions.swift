import ArgumentParser
import Foundation
import Web

/// How `serve` looks after the books and lets itself be watched.
struct OperationsOptions: ParsableArguments {
  @Option(help: "The log on standard error. (default: text on a terminal, else json)")
  var log: LogForm?

  @Option(
    help: ArgumentHelp(
      "A file with the token that lets programs read /metrics and all of /readyz through a proxy.",
      valueName: "file"))
  var metricsTokenFile: String?

  @Option(help: ArgumentHelp("Make backups in this folder.", valueName: "folder"))
  var backupTo: String?

  @Option(help: "How often, such as 12h or 7d. (default: 24h)")
  var backupEvery: Period?

  @Option(help: "How many of the newest to keep. (default: 14)")
  var backupKeep: Int?

  func validate() throws {
    if backupTo == nil, backupEvery != nil || backupKeep != nil {
      throw ValidationError("--backup-every and --backup-keep want --backup-to.")
    }
    if let backupKeep, backupKeep < 1 {
      throw ValidationError("--backup-keep is at least 1: the last backup is never deleted.")
    }
  }

  /// - Throws: `Refused` where no backup could be made there.
  func backupPlan() throws -> BackupPlan? {
    guard let backupTo else { return nil }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: backupTo, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw Refused("--backup-to: there is no folder \(backupTo).") }
    guard access(backupTo, W_OK | X_OK) == 0 else {
      throw Refused("--backup-to: nothing can be written in \(backupTo).")
    }
    guard let daily = Period(argument: "24h") else { return nil }
    return BackupPlan(folder: backupTo, every: backupEvery ?? daily, keep: backupKeep ?? 14)
  }

  /// - Throws: `Refused` where the file holds no token that is hard to guess.
  func metricsToken() throws -> String? {
    guard let metricsTokenFile else { return nil }
    guard let text = try? String(contentsOfFile: metricsTokenFile, encoding: .utf8) else {
      throw Refused("--metrics-token-file: \(metricsTokenFile) cannot be read.")
    }
    let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard (16...512).contains(token.utf8.count),
      token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else {
      throw Refused(
        "--metrics-token-file: the token is 16 to 512 letters, digits and signs without spaces, "
          + "such as `openssl rand -hex 32` makes.")
    }
    return token
  }
}
