/// Where the parts of a workbook are, by their names in the archive, such as
/// `xl/worksheets/sheet1.xml`.
enum PartName {
  /// The part that `target` means in a relationship of `source`.
  ///
  /// - Returns: `nil` for what leads out of the archive or is no plain name.
  static func resolving(_ target: String, from source: String) -> String? {
    guard !target.isEmpty, !target.contains("\\"), !target.contains("\0"), !target.contains(":")
    else { return nil }
    var folders =
      target.hasPrefix("/")
      ? []
      : source.split(separator: "/", omittingEmptySubsequences: true).dropLast().map(String.init)
    for step in target.split(separator: "/", omittingEmptySubsequences: true) {
      switch step {
      case ".": continue
      case "..":
        guard folders.popLast() != nil else { return nil }
      default: folders.append(String(step))
      }
    }
    return folders.isEmpty ? nil : folders.joined(separator: "/")
  }

  /// The list of the relationships of `source`: `xl/_rels/workbook.xml.rels`.
  static func relationships(of source: String) -> String {
    let steps = source.split(separator: "/")
    let folder = steps.dropLast().map { "\($0)/" }.joined()
    return "\(folder)_rels/\(steps.last ?? "").rels"
  }
}
