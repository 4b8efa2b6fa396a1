import FundModel
import Store

/// Facts of the books that a file of theirs lacks. They stay as they are: nothing is deleted.
struct MissingFacts {
  private(set) var count = 0
  /// The first of them, in words.
  private(set) var named: [Phrase] = []

  private static let mostNamed = 3

  mutating func add(_ name: @autoclosure () throws -> Phrase) rethrows {
    count += 1
    if named.count < Self.mostNamed { named.append(try name()) }
  }

  static func += (all: inout MissingFacts, more: MissingFacts) {
    all.count += more.count
    all.named += more.named.prefix(max(mostNamed - all.named.count, 0))
  }
}

extension MissingFacts {
  /// Those of a table of items, payments or cancellations, whose place a statement tells by the id.
  init(_ ids: some Sequence<Int64>, _ sql: String, in connection: any SQLConnection) throws {
    for id in ids {
      try add(
        try connection.rows(sql, [.integer(id)]).first.map { try Self.name($0) } ?? Phrase("\(id)"))
    }
  }

  private static func name(_ row: SQLRow) throws -> Phrase {
    let (fund, number) = (try row.text("fund"), try row.integer("number"))
    let party = try row.text("party")
    let currency = Currency(code: try row.text("currency")) ?? .krw
    let amount = try row.optionalInteger("amount").map {
      groupedDigits(Money(minorUnits: $0, currency).digits)
    }
    let rest = [party, try row.text("day"), amount ?? ""].filter { !$0.isEmpty }
      .joined(separator: " ")
    return Phrase("\(fund) \(number)차 \(rest)", "\(fund), call \(number), \(rest)")
  }

  static let ofItems = """
    SELECT \(fundAndCall), \(party), '' AS day, i.amount
    FROM call_item i
    JOIN capital_call q ON q.id = i.call_id
    JOIN fund f ON f.id = q.fund_id
    JOIN commitment c ON c.id = i.commitment_id
    WHERE i.id = $1
    """

  static let ofPayments = """
    SELECT \(fundAndCall), \(party), e.effective_on AS day, e.amount
    FROM entry e
    JOIN call_item i ON i.id = e.item_id
    JOIN capital_call q ON q.id = i.call_id
    JOIN fund f ON f.id = q.fund_id
    JOIN commitment c ON c.id = i.commitment_id
    WHERE e.id = $1
    """

  /// By the call.
  static let ofCancellations = """
    SELECT \(fundAndCall), '' AS party, x.cancelled_on AS day, NULL AS amount
    FROM call_cancellation x
    JOIN capital_call q ON q.id = x.call_id
    JOIN fund f ON f.id = q.fund_id
    WHERE q.id = $1
    """

  private static let fundAndCall = """
    (SELECT name FROM fund_version WHERE fund_id = f.id ORDER BY id DESC LIMIT 1) AS fund,
    f.currency, q.number
    """

  private static let party = """
    (SELECT name FROM party_version WHERE party_id = c.party_id ORDER BY id DESC LIMIT 1) AS party
    """
}
