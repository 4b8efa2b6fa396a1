import Bookkeeping
import FundModel

/// A form as it was sent: which operation of the API it asks for, and what was typed.
///
/// It is shown again as it is where something is wrong with it, or where it only asked for a look
/// at what would be.
package struct SentForm: Sendable {
  /// The id of the operation: `recordPayment`.
  package let operation: String
  private let typed: [(name: String, value: String)]
  /// What is wrong, by the name of the field; under `""` what is wrong with the whole.
  private(set) var problems: [String: [Phrase]] = [:]
  /// The most that could be taken, where too much was asked.
  private(set) var most: Money?
  /// What would be, where the form asked only that.
  var preview: CallPreview?

  /// - Throws: `Problem` when no operation is named.
  init(_ query: QueryText) throws {
    guard let operation = query["form"], !operation.isEmpty else { throw Problem.notAForm }
    self.operation = operation
    // A button that fills a field in stands for what was typed there.
    let filled = query.parameters.filter { $0.name.hasPrefix(Self.fill) }
      .map { (name: String($0.name.dropFirst(Self.fill.count)), value: $0.value) }
    typed =
      query.parameters.filter { parameter in
        !parameter.name.hasPrefix(Self.fill)
          && !filled.contains { $0.name == parameter.name }
      } + filled
    filledIn = filled.first?.name
    onlyLooks = !filled.isEmpty || query["step"] == "preview"
    wantsPreview = query["step"] == "preview"
  }

  /// Before the name of a field in the name of a button that fills the field in.
  static let fill = "fill."

  /// Before the name of a field in the name of a hidden one that holds what stood there: a field of
  /// an amendment in which nothing was changed is not sent on.
  static let was = "was."

  /// The form asks for nothing to be done: a field was filled in, or a preview is wanted.
  let onlyLooks: Bool
  let wantsPreview: Bool
  /// The field that a button has just filled in.
  let filledIn: String?

  subscript(_ name: String) -> String? { typed.first { $0.name == name }?.value }

  var requestKey: String? { self["request_key"].flatMap { $0.isEmpty ? nil : $0 } }

  /// Whether it is the form about these things: `["item": "12"]`.
  func isAbout(_ subject: [(name: String, value: String)]) -> Bool {
    subject.allSatisfy { self[$0.name] == $0.value }
  }

  func problems(of name: String) -> [Phrase] { problems[name] ?? [] }

  /// The first field, from top to bottom, with something wrong.
  var firstProblem: String? { typed.first { problems[$0.name] != nil }?.name }
}

extension SentForm {
  /// What the operation's path takes from the form.
  func path(of route: Route) -> [String: String] {
    var values: [String: String] = [:]
    for field in route.path.fields { values[field.name] = self[field.name] }
    return values
  }

  /// What the operation's body takes: texts by name, `items.0.amount` as a member within a list.
  ///
  /// A field left empty is null where null is taken, left out where it may be, else the empty text,
  /// which its reader has a sentence for. A line of a list with an empty field is left out; a list
  /// of which every line is, is empty.
  func body(of route: Route) -> JSON {
    let fields = route.body?.fields ?? []
    var lines: [String: [(line: String, members: [JSON.Member])]] = [:]
    var members: [JSON.Member] = []
    for (name, value) in typed {
      let steps = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard let field = fields.first(where: { $0.name == steps[0] }), self[Self.was + name] != value
      else { continue }
      let isEmpty = value.allSatisfy(\.isWhitespace)
      switch steps.count {
      case 1 where isEmpty && !field.isRequired:
        members.append(.init(name: field.name, value: field.takesNull ? .null : ""))
      case 1: members.append(.init(name: field.name, value: .string(value)))
      case 2:
        lines[field.name, default: []].append((steps[1], [.init(name: "", value: .string(value))]))
      case 3:
        var ofField = lines[field.name] ?? []
        let member = JSON.Member(name: steps[2], value: .string(value))
        if let index = ofField.firstIndex(where: { $0.line == steps[1] }) {
          ofField[index].members.append(member)
        } else {
          ofField.append((steps[1], [member]))
        }
        lines[field.name] = ofField
      default: break
      }
    }
    for (name, ofField) in lines.sorted(by: { $0.key < $1.key }) {
      let elements = ofField.map(\.members).filter { !$0.contains(where: \.value.isBlank) }
      members.append(
        .init(
          name: name,
          value: .array(
            elements.map { line in
              line.count == 1 && line[0].name.isEmpty ? line[0].value : .object(line)
            })))
    }
    return .object(members)
  }

  /// The same form with what is wrong with it.
  func refused(_ problem: Problem) -> SentForm {
    var form = self
    let ofFields = problem.fields.filter { !$0.steps.isEmpty && $0.place != .header }
    for field in ofFields {
      form.problems[name(of: field.steps), default: []].append(field.sentence)
    }
    if ofFields.isEmpty { form.problems["", default: []].append(problem.sentence) }
    form.most = problem.most
    return form
  }

  /// The name in the form of what stands at those steps in the body. Lines that were left out of a
  /// list are counted again.
  private func name(of steps: [String]) -> String {
    guard steps.count > 1, let index = Int(steps[1]) else { return steps[0] }
    var kept: [String] = []
    var dropped: Set<String> = []
    for (name, value) in typed {
      let parts = name.split(separator: ".").map(String.init)
      guard parts.count > 1, parts[0] == steps[0] else { continue }
      if value.allSatisfy(\.isWhitespace) { dropped.insert(parts[1]) }
      if !kept.contains(parts[1]) { kept.append(parts[1]) }
    }
    kept.removeAll(where: dropped.contains)
    guard kept.indices.contains(index) else { return steps[0] }
    return ([steps[0], kept[index]] + steps.dropFirst(2)).joined(separator: ".")
  }
}

extension JSON {
  fileprivate var isBlank: Bool {
    if case .string(let text) = self { text.allSatisfy(\.isWhitespace) } else { false }
  }
}
