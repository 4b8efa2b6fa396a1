package import FundModel
package import Store

/// Something of the books that other things belong to.
package enum Place: Hashable, Sendable {
  /// With its commitments, calls, items and entries.
  case fund(Fund.ID)
  /// With its items and their entries.
  case call(CapitalCall.ID)
  /// With what was asked of it and the entries on that.
  case commitment(Commitment.ID)

  fileprivate var column: String {
    switch self {
    case .fund: "fund_id"
    case .call: "call_id"
    case .commitment: "commitment_id"
    }
  }

  fileprivate var id: Int64 {
    switch self {
    case .fund(let id): id.rawValue
    case .call(let id): id.rawValue
    case .commitment(let id): id.rawValue
    }
  }
}

/// Whether something is a place or belongs to it.
package struct Belongs: Query {
  package let noun: Refusal.Noun
  package let id: Int64
  package let place: Place

  package init(_ noun: Refusal.Noun, _ id: Int64, to place: Place) {
    self.noun = noun
    self.id = id
    self.place = place
  }

  /// - Throws: ``Refusal/unknown(_:_:)`` where the books have no such thing.
  package func answer(from connection: any SQLConnection) throws -> Bool {
    guard let sql = belongsSQL[noun] else { return false }
    guard let row = try connection.rows(sql, [.integer(id)]).first else {
      throw Refusal.unknown(noun, id)
    }
    return try row.integer(place.column) == place.id
  }
}

/// Whether one change of the books recorded anything of a place.
package struct Touches: Query {
  package let sequence: Int64
  package let place: Place

  package init(_ sequence: Int64, _ place: Place) {
    self.sequence = sequence
    self.place = place
  }

  package func answer(from connection: any SQLConnection) throws -> Bool {
    let facts = whatFactsAreAbout(where: "f.audit = $1")
    let sql = "SELECT 1 FROM (\(facts)) AS about WHERE \(place.column) = $2 LIMIT 1"
    return try !connection.rows(sql, [.integer(sequence), .integer(place.id)]).isEmpty
  }
}

/// Parties belong to no one place. 0 is the id of nothing.
private let belongsSQL: [Refusal.Noun: String] = [
  .fund: "SELECT id AS fund_id, 0 AS call_id, 0 AS commitment_id FROM fund WHERE id = $1",
  .commitment:
    "SELECT fund_id, 0 AS call_id, id AS commitment_id FROM commitment WHERE id = $1",
  .call: "SELECT fund_id, id AS call_id, 0 AS commitment_id FROM capital_call WHERE id = $1",
  .item: """
  SELECT q.fund_id, i.call_id, i.commitment_id
  FROM call_item i
  JOIN capital_call q ON q.id = i.call_id
  WHERE i.id = $1
  """,
  .entry: """
  SELECT e.fund_id, coalesce(i.call_id, 0) AS call_id, e.commitment_id
  FROM entry e
  LEFT JOIN call_item i ON i.id = e.item_id
  WHERE e.id = $1
  """,
]
