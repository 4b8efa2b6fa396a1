import FundModel

/// What `xl/workbook.xml` says: the tabs in their order, and how days are counted.
final class WorkbookHandler: XMLHandler {
  struct Tab: Hashable {
    let name: String
    let isHidden: Bool
    let relationship: String
  }

  private(set) var tabs: [Tab] = []
  private(set) var days = DaySystem.from1900
  private let part: String
  private let limits: SheetLimits
  private var depth = 0

  init(_ part: String, limits: SheetLimits) { (self.part, self.limits) = (part, limits) }

  func start(_ element: XMLElement) throws {
    depth += 1
    if depth == 1 {
      guard element.named("workbook") else { throw SheetProblem.noWorkbook }
    } else if depth == 2, element.named("workbookPr") {
      days = element.truth("date1904") ? .from1904 : .from1900
    } else if depth == 3, element.named("sheet") {
      try add(element)
    }
  }

  func end() { depth -= 1 }

  private func add(_ element: XMLElement) throws {
    guard let written = element.text("name"), let relationship = element.relationship,
      written.utf8.count <= 1_000, let name = try cellText(written)
    else {
      throw SheetProblem.damaged(part, "이름 없는 시트가 있습니다.", "a sheet has no name.")
    }
    guard tabs.count < limits.sheets else {
      throw SheetProblem.tooLarge(
        "시트가 \(limits.sheets)개를 넘습니다.", "There are more than \(limits.sheets) sheets.")
    }
    guard !tabs.contains(where: { $0.name == name }) else {
      throw SheetProblem.damaged(
        part, "시트 이름 \"\(name)\"이 두 번 나옵니다.", "two sheets are called \"\(name)\".")
    }
    let state = element.text("state") ?? "visible"
    tabs.append(Tab(name: name, isHidden: state != "visible", relationship: relationship))
  }
}
