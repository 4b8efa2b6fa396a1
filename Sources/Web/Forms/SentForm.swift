import Bookkeeping
import FundModel

/// A form as it was sent: which operation of the API it asks for, and what was typed.
///
/// It is shown again as it is where something is wrong with it, or where it only asked for a look
/// at what would be.
package struct SentForm: Sendable {
  /// The id of the operation: `recordPayment`.
  package let operation: String
  private var typed: [(name: String, value: String)]
  /// The first of each name.
  private var values: [String: String]
  /// What is wrong, by the name of the field; under `""` what is wrong with the whole.
  private(set) var problems: [String: [Phrase]] = [:]
  /// The most that could be taken, where too much was asked.
  private(set) var most: Money?
  /// What would be, where the form asked only that.
  var preview: CallPreview?
  /// The entry of the trail that stands in the way, by its number, which its sentence names.
  var trailEntry: Int64?
  /// What is to be said of it, where nothing is wrong with it and nothing was done.
  private(set) var note: Phrase?

  /// How many fields a form may have: those of a call on some thousands of partners.
  static let mostFields = 20_000

  /// - Throws: `Problem` when no operation is named, or there are too many fields.
  init(_ text: String) throws {
    let count = text.utf8.count { $0 == UInt8(ascii: "&") } + 1
    guard count <= Self.mostFields else {
      throw Problem.tooManyFields(count, most: Self.mostFields)
    }
    let sent = QueryText(reading: text)
    guard let operation = sent["form"], !operation.isEmpty else { throw Problem.notAForm }
    self.operation = operation
    // A button that fills a field in stands for what was typed there.
    let filled = sent.parameters.filter { $0.name.hasPrefix(Self.fill) }
      .map { (name: String($0.name.dropFirst(Self.fill.count)), value: $0.value) }
    let filledNames = Set(filled.map(\.name))
    typed =
      sent.parameters.filter { parameter in
        !parameter.name.hasPrefix(Self.fill) && !filledNames.contains(parameter.name)
      } + filled
    values = Dictionary(typed.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    filledIn = filled.first?.name
    onlyLooks = !filled.isEmpty || sent["step"] == "preview"
    wantsPreview = sent["step"] == "preview"
    for problem in sent.unread + sent.givenTwice { note(problem, at: problem.steps.first ?? "") }
  }

  /// Before the name of a share in the name of a hidden field that holds what was shown in it.
  static let shown = "shown."

  /// Before the name of a field in the name of a button that fills the field in.
  static let fill = "fill."

  /// Before the name of a field in the name of a hidden one that holds what stood there: a field of
  /// an amendment in which nothing was changed is not sent on.
  static let was = "was."

  /// The name of the hidden field that only pages of the session can fill in.
  static let token = "form_token"

  /// Marks on a page where the note on a form stands.
  static let noted = "note"

  /// The form asks for nothing to be done: a field was filled in, or a preview is wanted.
  let onlyLooks: Bool
  let wantsPreview: Bool
  /// The field that a button has just filled in.
  let filledIn: String?

  subscript(_ name: String) -> String? { values[name] }

  var names: [String] { typed.map(\.name) }

  /// The same with something else in a field.
  func with(_ name: String, _ value: String) -> SentForm {
    var form = self
    form.typed.removeAll { $0.name == name }
    form.typed.append((name, value))
    form.values[name] = value
    return form
  }

  /// Whether any field that was shown filled in says something else now.
  var isChangedByHand: Bool {
    typed.contains { (self[Self.shown + $0.name] ?? $0.value) != $0.value }
  }

  /// None where the form has no such field; one that nobody could have made is told by its reader.
  var requestKeys: [String] { self["request_key"].map { [$0] } ?? [] }

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
    var members: [JSON.Member] = []
    for (name, value) in typed {
      guard let field = fields[name], self[Self.was + name] != value else { continue }
      if value.allSatisfy(\.isWhitespace) && !field.isRequired {
        members.append(.init(name: name, value: field.takesNull ? .null : ""))
      } else {
        members.append(.init(name: name, value: .string(value)))
      }
    }
    for (name, lines) in lists.sorted(by: { $0.key < $1.key }) where fields[name] != nil {
      members.append(.init(name: name, value: lines.list))
    }
    return .object(members)
  }

  private var lists: [String: Lines] {
    var lists: [String: Lines] = [:]
    for (name, value) in typed {
      let steps = name.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        .map(String.init)
      guard steps.count == 2 || steps.count == 3 else { continue }
      lists[steps[0], default: Lines()].add(
        JSON.Member(name: steps.count == 3 ? steps[2] : "", value: .string(value)), to: steps[1])
    }
    return lists
  }

  /// The same form with what is wrong with it.
  func refused(_ problem: Problem) -> SentForm {
    var form = self
    let sent = lists.mapValues(\.sent)
    for field in problem.fields where field.code != "one-of" {
      form.note(field, at: field.place == .header ? "" : name(of: field.steps, sent))
    }
    if problem.code == "one-of" || problem.fields.contains(where: { $0.code == "one-of" }) {
      form.problems["amount", default: []].append(.oneAmount)
    } else if problem.fields.isEmpty {
      form.problems[""] = [.inForm(problem.code) ?? problem.sentence]
    }
    form.most = problem.most
    return form
  }

  /// The same with something wrong in a field; under `""` with the whole.
  func refused(_ field: String, _ sentence: Phrase) -> SentForm {
    var form = self
    form.problems[field, default: []].append(sentence.withoutName(field))
    return form
  }

  /// The same, which was not taken yet: to be looked at and sent once more, under the same key, so
  /// that what was carried out before all the same is not carried out twice.
  func toBeSentAgain(_ note: Phrase) -> SentForm {
    var form = self
    form.note = note
    return form
  }

  private mutating func note(_ problem: FieldProblem, at name: String) {
    problems[name, default: []].append(
      .inForm(problem.code) ?? problem.sentence.withoutName(name))
  }

  /// The name in the form of what stands at those steps in the body. Lines that were left out of a
  /// list are counted again.
  private func name(of steps: [String], _ sent: [String: [String]]) -> String {
    guard steps.count > 1, let index = Int(steps[1]) else { return steps.first ?? "" }
    guard let lines = sent[steps[0]], lines.indices.contains(index) else { return steps[0] }
    return ([steps[0], lines[index]] + steps.dropFirst(2)).joined(separator: ".")
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
