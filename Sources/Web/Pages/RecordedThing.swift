import Bookkeeping
import FundModel

/// Rows of one thing that were written together: a fund and its first terms, a call and its first
/// due date, the items of a call.
struct RecordedThing {
  /// What a field is called, and what it was and is.
  struct Line {
    enum Name: Hashable {
      /// A column of the facts.
      case column(String)
      /// Whose item it is.
      case party(String)
    }

    let name: Name
    let before: RecordedFact.Value?
    let after: RecordedFact.Value
  }

  let table: String
  let isChange: Bool
  var subject: RecordedFact.Subject
  var lines: [Line]

  static func grouped(_ facts: [RecordedFact]) -> [RecordedThing] {
    var things: [RecordedThing] = []
    for fact in facts {
      let last = things.last
      let lines = Self.lines(of: fact)
      if !fact.isChange, let last, firstVersions[last.table] == fact.table {
        things[things.count - 1].lines = lines + last.lines
        things[things.count - 1].subject = fact.subject
      } else if fact.table == itemTable, last?.table == itemTable,
        last?.subject.call == fact.subject.call
      {
        things[things.count - 1].lines += lines
      } else {
        var subject = fact.subject
        if fact.table == itemTable { subject.party = nil }
        things.append(
          RecordedThing(
            table: fact.table, isChange: fact.isChange, subject: subject, lines: lines))
      }
    }
    return things
  }

  /// A first version belongs to the row just before it, whose thing it describes.
  private static let firstVersions = [
    "fund": "fund_version", "party": "party_version", "commitment": "commitment_version",
    "capital_call": "call_version",
  ]
  private static let itemTable = "call_item"

  private static func lines(of fact: RecordedFact) -> [Line] {
    if fact.table == itemTable, let party = fact.subject.party,
      let amount = fact.fields.first(where: { $0.column == "amount" })
    {
      return [Line(name: .party(party.name), before: nil, after: amount.after)]
    }
    return fact.fields.filter { $0.tells && !isSaidAlready($0.column, of: fact) }
      .map { Line(name: .column($0.column), before: $0.before, after: $0.after) }
  }

  /// The heading says whom and what it is about; the kind of an entry says its side; the rest names
  /// rows of the file, which stand below.
  private static func isSaidAlready(_ column: String, of fact: RecordedFact) -> Bool {
    switch column {
    case "fund_id", "party_id", "call_id", "item_id", "settlement_id": true
    case "commitment_id": fact.subject.party != nil
    case "side": fact.table == "entry"
    default: false
    }
  }
}
