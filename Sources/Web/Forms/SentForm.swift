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
  /// The first of each name.
  private let values: [String: String]
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
    let filledNames = Set(filled.map(\.name))
    var typed =
      query.parameters.filter { parameter in
        !parameter.name.hasPrefix(Self.fill) && !filledNames.contains(parameter.name)
      } + filled
    // Who changes a share by hand means what is typed, whatever way to share stands chosen.
    let shown = Dictionary(
      typed.filter { $0.name.hasPrefix(Self.shown) }.map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first })
    if typed.contains(where: { (shown[Self.shown + $0.name] ?? $0.value) != $0.value }) {
      typed.removeAll { $0.name == "share_by" }
      typed.append((name: "share_by", value: NewCallForm.explicitly))
    }
    self.typed = typed
    values = Dictionary(typed.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    filledIn = filled.first?.name
    onlyLooks = !filled.isEmpty || query["step"] == "preview"
    wantsPreview = query["step"] == "preview"
  }

  /// Before the name of a share in the name of a hidden field that holds what was shown in it.
  static let shown = "shown."

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

  subscript(_ name: String) -> String? { values[name] }

  var requestKey: String? { self["request_key"].flatMap { $0.isEmpty ? nil : $0 } }

  /// Whether it is the form about these things: `["item": "12"]`.
  func isAbout(_ subject: [(name: String, value: String)]) -> Bool {
    subject.allSatisfy { self[$0.name] == $0.value }
  }

  func problems(of name: String) -> [Phrase] { problems[name] ?? [] }

  /// The first field, from top to bottom, with something wrong.
  ///
  /// A field that the form only now asks for was not in it when it was sent.
  var firstProblem: String? {
    typed.first { problems[$0.name] != nil }?.name ?? problems.keys.min()
  }
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
  /// of none but such lines is empty.
  func body(of route: Route) -> JSON {
    let fields = Dictionary(
      (route.body?.fields ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var lists: [String: Lines] = [:]
    var members: [JSON.Member] = []
    for (name, value) in typed {
      let steps = name.split(
        separator: ".", maxSplits: 3, omittingEmptySubsequences: false
      ).map(String.init)
      guard let field = fields[steps[0]], self[Self.was + name] != value else { continue }
      switch steps.count {
      case 1 where value.allSatisfy(\.isWhitespace) && !field.isRequired:
        members.append(.init(name: field.name, value: field.takesNull ? .null : ""))
      case 1: members.append(.init(name: field.name, value: .string(value)))
      case 2, 3:
        let member = JSON.Member(name: steps.count == 3 ? steps[2] : "", value: .string(value))
        lists[field.name, default: Lines()].add(member, to: steps[1])
      default: break
      }
    }
    for (name, lines) in lists.sorted(by: { $0.key < $1.key }) {
      members.append(.init(name: name, value: lines.list))
    }
    return .object(members)
  }

  /// The same form with what is wrong with it.
  func refused(_ problem: Problem) -> SentForm {
    var form = self
    let ofFields = problem.fields.filter { !$0.steps.isEmpty && $0.place != .header }
    for field in ofFields {
      let name = name(of: field.steps)
      form.problems[name, default: []].append(field.sentence.withoutName(name))
    }
    if problem.fields.contains(where: { $0.code == "one-of" }) || problem.code == "one-of" {
      form.problems["amount", default: []].append(.oneAmount)
    } else if ofFields.isEmpty {
      form.problems["", default: []].append(problem.sentence)
    }
    form.most = problem.most
    return form
  }

  /// The name in the form of what stands at those steps in the body. Lines that were left out of a
  /// list are counted again.
  private func name(of steps: [String]) -> String {
    guard steps.count > 1, let index = Int(steps[1]) else { return steps[0] }
    var lines = Lines()
    for (name, value) in typed {
      let parts = name.split(separator: ".").map(String.init)
      guard parts.count > 1, parts[0] == steps[0] else { continue }
      lines.add(JSON.Member(name: "", value: .string(value)), to: parts[1])
    }
    let sent = lines.sent
    guard sent.indices.contains(index) else { return steps[0] }
    return ([steps[0], sent[index]] + steps.dropFirst(2)).joined(separator: ".")
  }
}

/// The lines of a list in the order in which they were first named: `items.0.amount` is a member of
/// line `0`, `items.0` is the line itself.
private struct Lines {
  private var places: [String: Int] = [:]
  private var lines: [(name: String, members: [JSON.Member], hasBlank: Bool)] = []

  mutating func add(_ member: JSON.Member, to name: String) {
    let place = places[name] ?? lines.count
    if place == lines.count {
      places[name] = place
      lines.append((name, [], false))
    }
    lines[place].members.append(member)
    if member.value.isBlank { lines[place].hasBlank = true }
  }

  /// The names of the lines that are sent on: those without an empty field.
  var sent: [String] { lines.filter { !$0.hasBlank }.map(\.name) }

  var list: JSON {
    .array(
      lines.filter { !$0.hasBlank }.map { line in
        line.members.count == 1 && line.members[0].name.isEmpty
          ? line.members[0].value : .object(line.members)
      })
  }
}

extension Phrase {
  /// A sentence for programs names its field; in a form it stands under it.
  fileprivate func withoutName(_ name: String) -> Phrase {
    Phrase(
      ko.hasPrefix("\(name): ") ? String(ko.dropFirst(name.count + 2)) : ko,
      en.hasPrefix("\(name) ") ? "This field " + en.dropFirst(name.count + 1) : en)
  }
}

extension JSON {
  fileprivate var isBlank: Bool {
    if case .string(let text) = self { text.allSatisfy(\.isWhitespace) } else { false }
  }
}
