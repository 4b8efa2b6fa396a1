import Bookkeeping
import Foundation
import FundModel
import Hummingbird

/// What the forms about imports ask for. No operations of the API: programs have the command line.
enum ImportForm {
  static let send = "sendSheets"
  static let match = "matchSheets"
  static let preview = "previewImport"
  static let again = "layOutAgain"
  static let teach = "teachName"
  static let forget = "forgetName"
  static let take = "takeImport"
  static let cancel = "cancelWork"
  static let end = "endImport"
  static let undo = "undoImport"
}

extension Asked {
  /// Whether a file comes along, which is written to the disk while it comes in.
  var isUpload: Bool {
    method == "POST" && rawPath == PageFrame.importPath
      && header("content-type")?.lowercased().hasPrefix("multipart/form-data") == true
  }
}

extension Site {
  /// Takes a file that the import page sent; it is read from then on.
  ///
  /// - Returns: the draft that it became.
  func receiveFile(_ visit: Visit, at desk: ImportDesk) async throws -> String {
    let asked = visit.asked
    guard asked.isFromThisSite else { throw Problem.fromElsewhere }
    guard load.take(of: \.uploads, under: limits.uploads) else { throw Problem.tooBusy }
    defer { load.give(of: \.uploads) }
    try await desk.makeRoom(for: visit.by.user.id)
    let id = newRequestKey()
    do {
      let file = try await receive(visit, into: desk, id)
      await desk.take(id, file, of: visit.by.user.id)
      return id
    } catch {
      await desk.drop(id)
      throw error
    }
  }

  private func receive(
    _ visit: Visit, into desk: ImportDesk, _ id: String
  ) async throws -> ImportFile {
    guard var form = MultipartReader(visit.asked.header("content-type")) else {
      throw Problem.notAForm
    }
    let handle = try await desk.place(for: id)
    defer { try? handle.close() }
    var digest = SHA256.Running()
    var (name, count) = (String?.none, 0)
    do {
      for try await part in visit.asked.request.body {
        try form.take(part.readableBytesView) { fileName in
          guard name == nil else { throw Problem.notAForm }
          name = fileName
        } write: { bytes in
          count += bytes.count
          guard count <= limits.uploadBytes else { throw Problem.fileTooLarge(limits) }
          digest.add(bytes)
          do { try handle.write(contentsOf: bytes) } catch { throw Problem.full }
        }
        // Whoever may not send it need not be heard to the end.
        if name != nil { try check(form, visit) }
      }
    } catch let problem as Problem { throw problem } catch is MultipartReader.Malformed {
      throw Problem.notAForm
    } catch is CancellationError { throw CancellationError() } catch { throw Problem.brokenBody }
    guard form.isComplete else { throw Problem.brokenBody }
    try check(form, visit)
    guard let name, !name.isEmpty else { throw Problem.noFile }
    return ImportFile(
      name: name.shownAsFileName, byteCount: count, sha256: digest.hex())
  }

  private func check(_ form: MultipartReader, _ visit: Visit) throws {
    guard let token = visit.by.formToken,
      Secret(asSent: form.fields[SentForm.token] ?? "").matches(token)
    else { throw Problem.ofAnotherSession }
  }
}

extension String {
  /// The last part of a path, as some browsers send it, without what no name shows.
  fileprivate var shownAsFileName: String {
    let last = split { "/\\".contains($0) }.last.map(String.init) ?? self
    let shown = last.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
      .filter { $0.properties.generalCategory != .control }
    return String(String(String.UnicodeScalarView(shown)).prefix(TextLimit.name))
  }
}

extension Problem {
  static let noFile = Problem(
    status: 422, code: "no-file",
    sentence: Phrase(
      "고른 파일이 없습니다. 엑셀(.xlsx)이나 CSV 파일을 고른 뒤 올리세요.",
      "No file was chosen. Choose an Excel (.xlsx) or CSV file, then send it."))

  static let tooManyDraftsCode = "too-many-files"

  static func tooManyDrafts(_ most: Int) -> Problem {
    Problem(
      status: 422, code: tooManyDraftsCode,
      sentence: Phrase(
        "가져오는 중인 파일이 이미 \(most)개입니다. ‘파일 가져오기’에서 하나를 적거나 그만둔 뒤 올려 주세요.",
        """
        \(most) files are on their way already. Import or discard one of them under “Import a file”, \
        then send this one again.
        """))
  }

  static func fileTooLarge(_ limits: Limits) -> Problem {
    Problem(
      status: 413, code: "too-large",
      sentence: Phrase(
        "파일이 너무 큽니다. \(limits.uploadBytes >> 20)MiB까지 받습니다. 나누어 올려 주세요.",
        "The file is too large: at most \(limits.uploadBytes >> 20) MiB are taken. Send it in parts."
      ))
  }
}
