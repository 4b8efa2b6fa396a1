/// What is wrong with a form in a place that the page has no field for, or with a form that the
/// page no longer has: said at its top, so that nothing is wrong in silence.
func untoldProblems(in main: HTML, _ frame: PageFrame) -> HTML {
  guard let sent = frame.sent else { return .none }
  let told = marks(in: main)
  if sent.note != nil, !told.contains(problemMark(SentForm.noted).markup) {
    return message(frame.language(.formGone))
  }
  let problems = sent.problems
  let untold = problems.filter { !told.contains(problemMark($0.key).markup) }
  guard !untold.isEmpty else { return .none }
  let sentences = untold.sorted { $0.key < $1.key }.map { name, sentences in
    let label = name.isEmpty ? "" : frame.language(.fieldName(name)) + ": "
    return label + sentences.map { frame.language($0) }.joined(separator: " ")
  }
  return message(sentences.joined(separator: " "))
}

private func message(_ sentences: String) -> HTML {
  """
  <p class="msg msg-bad" id="untold" role="alert" tabindex="-1" autofocus>\(icon("overdue"))\
  <span>\(sentences)</span></p>
  """
}

/// Marks an element that says what is wrong with a field.
func problemMark(_ name: String) -> HTML { " data-problem=\"\(name)\"" }

private func marks(in main: HTML) -> Set<String> {
  let opening = " data-problem=\""
  return Set(
    main.markup.utf8.split(separator: opening.utf8, omittingEmptySubsequences: false).dropFirst()
      .map { opening + String(Substring($0.prefix { $0 != UInt8(ascii: "\"") })) + "\"" })
}
