import Bookkeeping
import FundModel

/// What was asked of the books, made readable: a line for each member that says something.
struct AskedContent {
  struct Line {
    let label: String
    let value: String
  }

  /// One file of an import.
  struct File {
    let name: String
    /// `nil` where the books did not keep it.
    let rows: ImportCounts.Table?
    let bytes: String
    let sha256: String
  }

  private let content: JSON
  private let currency: Currency?
  private let say: Language
  /// What ids stand for, by the name of the member and the id: `fund 1`.
  private var names: [String: String] = [:]

  /// - Parameter facts: what came of it; they say what the amounts are in and whom ids name.
  init(_ content: JSON, by facts: [RecordedFact], _ say: Language) {
    self.content = content
    self.say = say
    currency = facts.compactMap(\.subject.fund?.currency).first
    for fact in facts { learn(from: fact) }
  }

  private mutating func learn(from fact: RecordedFact) {
    let subject = fact.subject
    if let fund = subject.fund { names["fund \(fund.id)"] = fund.terms.name }
    if let call = subject.call {
      names["call \(call.id)"] = say(.callNumber(call.number, type: ""))
    }
    for field in fact.fields {
      // Whoever is named beside the subject, such as a fund's general partner.
      if case .party(let id, let name) = field.after { names["general_partner \(id)"] = name }
    }
    guard let party = subject.party else { return }
    names["party \(party.id)"] = party.name
    if let commitment = subject.commitment {
      names["commitment \(commitment)"] = party.name
      names["investment \(commitment)"] = party.name
    }
    for field in fact.fields where field.column == "item_id" {
      if case .row(let item) = field.after { names["item \(item)"] = party.name }
    }
  }

  /// Users are no facts: whom an entry is about it says itself.
  mutating func learn(of user: RecordedUser?, _ parties: [Party.ID: String]) {
    if let user { names["user \(user.id)"] = user.name }
    for (id, name) in parties { names["party \(id)"] = name }
  }

  var lines: [Line] { lines(of: content, within: nil) }

  private func lines(of json: JSON, within: String?) -> [Line] {
    guard case .object(let members) = json else { return [] }
    return members.flatMap { member -> [Line] in
      let name = label(member.name)
      let label = within.map { "\($0) · \(name)" } ?? name
      switch member.value {
      case .null, .string(""): return []
      case .object: return lines(of: member.value, within: within)
      case .array(let elements):
        let each = elements.map { listed($0, in: member.name) }
        return each.isEmpty ? [] : [Line(label: label, value: each.joined(separator: ", "))]
      default: return [Line(label: label, value: text(member.value, member.name))]
      }
    }
  }

  /// `약정 개인투자자 금액 1,000원` for an object in a list.
  private func listed(_ element: JSON, in list: String) -> String {
    guard case .object(let members) = element else {
      return text(
        element, ["items": "item", "leave_out": "commitment", "parties": "party"][list] ?? "")
    }
    return members.map { "\(label($0.name)) \(text($0.value, $0.name))" }.joined(separator: " ")
  }

  private func label(_ name: String) -> String { say(Phrase.recorded(name) ?? Phrase(name)) }

  private func text(_ value: JSON, _ name: String) -> String {
    switch value {
    case .null: Wording.absent
    case .bool(let flag): say(flag ? .yes : .no)
    case .number(let digits): number(digits, name)
    case .string(let text): word(text, name)
    case .array, .object, .written: value.text
    }
  }

  private func number(_ digits: String, _ name: String) -> String {
    if let known = names["\(name) \(digits)"] { return known }
    if ["amount", "commitment_total", "gp_commitment"].contains(name) {
      guard let currency, let amount = try? Money(typed: digits, in: currency) else {
        return withMinusSign(groupedDigits(digits))
      }
      return exactAmount(amount, say)
    }
    return ["hurdle_rate", "percent"].contains(name) ? "\(digits)%" : digits
  }

  /// Words that mean something to programs are said as people say them.
  private func word(_ text: String, _ name: String) -> String {
    switch (name, text) {
    case ("role", _): Role(rawValue: text).map { say($0.words) } ?? text
    case ("side", _): Side(rawValue: text).map { say(SideWords($0).title) } ?? text
    case ("share_by", "commitment"): say(.byCommitment)
    case ("share_by", "not_yet_called"): say(.byNotYetCalled)
    default: text
    }
  }

  /// The files of an import, with what became of the rows of each; `nil` where it is none.
  func files(_ record: ImportRecord?, _ counts: [ImportCounts.Table]) -> [File]? {
    guard case .array(let files)? = content["files"] else { return nil }
    // The books keep the files in the order in which they came.
    let kept = record.map(\.files).flatMap { $0.count == files.count ? $0 : nil }
    return files.enumerated().map { index, file in
      let name = file["name"].map { text($0, "name") } ?? ""
      let rows =
        kept.map { files in
          ImportCounts.Table(
            name: name, rows: files[index].rows, changed: files[index].changed,
            alreadyThere: files[index].rows - files[index].new - files[index].changed)
        } ?? counts.first { $0.name == name }
      return File(
        name: name, rows: rows, bytes: file["bytes"].map { text($0, "bytes") } ?? "",
        sha256: file["sha256"].map { text($0, "sha256") } ?? "")
    }
  }
}
