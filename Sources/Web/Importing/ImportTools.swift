package import Bookkeeping
package import Sheets

/// What imports over the web need of the machine.
package struct ImportTools: Sendable {
  /// Where files that were sent lie for a while: a folder that nobody but the server looks into. It is
  /// made when it is needed and taken away by whoever gave it.
  package let folder: String
  package let read: ReadSheets
  /// What a large import would do, tried on a copy of the books: nobody waits for it to change them.
  package let previewElsewhere: @Sendable (ImportBooks) async throws -> ImportReport

  package init(
    folder: String, read: @escaping ReadSheets,
    previewElsewhere: @escaping @Sendable (ImportBooks) async throws -> ImportReport
  ) {
    self.folder = folder
    self.read = read
    self.previewElsewhere = previewElsewhere
  }
}
