import FundModel

/// What a part of a workbook is related to, by the names that it gives these relationships.
struct Relationships {
  struct Target: Hashable {
    /// The last word of the relationship's type: `worksheet`, `styles`, `sharedStrings`, …
    let kind: String
    /// The part; `nil` where it is outside the archive.
    let part: String?
  }

  let targets: [String: Target]

  /// The part of that kind; of several the first by name.
  func first(_ kind: String) -> String? {
    targets.values.compactMap { $0.kind == kind ? $0.part : nil }.min()
  }
}

final class RelationshipsHandler: XMLHandler {
  private(set) var relationships: [String: Relationships.Target] = [:]
  private let source: String
  private let most: Int

  /// - Parameter source: the part that they are relationships of; empty for the archive itself.
  init(of source: String, most: Int) { (self.source, self.most) = (source, most) }

  func start(_ element: XMLElement) throws {
    guard element.named("Relationship", .package), let id = element.text("Id"),
      let type = element.text("Type"), let target = element.text("Target")
    else { return }
    let isOutside = element.text("TargetMode") == "External"
    let part = isOutside ? nil : PartName.resolving(target, from: source)
    guard isOutside || part != nil else {
      throw SheetProblem.damaged(
        PartName.relationships(of: source), "압축 밖을 가리키는 이름이 있습니다.",
        "it names something outside the archive.")
    }
    guard relationships.count < most else {
      throw SheetProblem.damaged(
        PartName.relationships(of: source), "관계가 너무 많습니다.", "it lists too many parts.")
    }
    let kind = String(type.split(separator: "/").last ?? "")
    relationships[id] = Relationships.Target(kind: kind, part: part)
  }
}
