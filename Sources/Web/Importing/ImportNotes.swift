import Bookkeeping
import FundModel

/// What was read and may have been meant otherwise: to be seen before anything is taken.
func doubts(_ report: ImportReport, _ frame: PageFrame) -> HTML {
  guard !report.doubts.isEmpty else { return .none }
  let most = 10
  let lines = report.doubts.prefix(most).map { doubt -> HTML in
    let place = [doubt.file, doubt.cell ?? "", doubt.column].filter { !$0.isEmpty }
    return "<li>\(place.joined(separator: " ")): \(frame.language(doubt.sentence))</li>"
  }
  let rest = report.doubts.count - most
  let more: HTML = rest > 0 ? "<li>\(frame.language(.andMore(rest)))</li>" : .none
  return """
    <div class="note" id="doubts">\(icon("overdue"))<div>\(frame.language(.doubts))\
    <ul>\(lines)\(more)</ul></div></div>
    """
}

/// Records that the file lacks: leaving a row out deletes nothing.
func missingNote(_ report: ImportReport, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let tables = report.tables.filter { ($0.notInFile ?? 0) > 0 }
  let count = tables.reduce(0) { $0 + ($1.notInFile ?? 0) }
  guard count > 0 else { return .none }
  let lines = tables.map { table -> HTML in
    let left = (table.notInFile ?? 0) - table.missing.count
    let names = table.missing.map { say($0) } + (left > 0 ? [say(.andMore(left))] : [])
    return "<li>\(table.name): \(names.joined(separator: ", "))</li>"
  }
  return """
    <div class="note" id="not-in-file">\(icon("note"))<div>\(say(.notInFileStays(count)))\
    <ul>\(lines)</ul></div></div>
    """
}

/// How to have back what was undone.
func takenBackNote(_ report: ImportReport, _ frame: PageFrame) -> HTML {
  guard report.leavesTakenBack else { return .none }
  let say = frame.language
  return """
    <p class="note" id="taken-back">\(icon("note"))<span>\(say(.takenBackNote)) \
    <a href="\(frame.address.other(PageFrame.importPath).text)#imports">\
    \(say(.earlierImports))</a></span></p>
    """
}

/// Problems of a whole table, which no row of the list below shows.
func wholeProblems(_ report: ImportReport, _ frame: PageFrame) -> HTML {
  let whole = report.problems.filter { $0.line == 0 }
  let isCut = report.problems.count >= ImportProblems.most
  guard !whole.isEmpty || isCut else { return .none }
  let lines = whole.map { problem -> HTML in
    "<li>\(problem.file): \(frame.language(problem.sentence))</li>"
  }
  let cut: HTML = .when(isCut, "<li>\(frame.language(.tooManyProblems))</li>")
  return "<ul class=\"import-problems\">\(lines)\(cut)</ul>"
}
