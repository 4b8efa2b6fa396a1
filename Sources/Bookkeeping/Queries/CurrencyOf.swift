package import FundModel
package import Store

/// The currency that an amount for this fund has to be in.
package struct CurrencyOf: Query {
  package enum Subject: Hashable, Sendable {
    case fund(Fund.ID)
    case commitment(Commitment.ID)
    case item(CallItem.ID)
  }

  package let subject: Subject

  package init(_ subject: Subject) { self.subject = subject }

  package func answer(from connection: any SQLConnection) throws -> Currency {
    let (sql, id, noun): (String, Int64, Refusal.Noun) =
      switch subject {
      case .fund(let id): ("SELECT currency FROM fund WHERE id = $1", id.rawValue, .fund)
      case .commitment(let id):
        ("SELECT currency FROM commitment WHERE id = $1", id.rawValue, .commitment)
      case .item(let id): (currencyOfItemSQL, id.rawValue, .item)
      }
    guard let row = try connection.rows(sql, [.integer(id)]).first else {
      throw Refusal.unknown(noun, id)
    }
    return try row.currency()
  }
}

private let currencyOfItemSQL = """
  SELECT c.currency
  FROM call_item i
  JOIN commitment c ON c.id = i.commitment_id
  WHERE i.id = $1
  """
