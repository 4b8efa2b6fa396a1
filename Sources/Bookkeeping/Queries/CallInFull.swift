package import FundModel
package import Store

/// One capital call with its fund, all as of the same day: what its page and its drawer show.
package struct CallInFull: Query {
  package let call: CapitalCall.ID
  package let asOf: AsOf

  package init(_ call: CapitalCall.ID, _ asOf: AsOf) {
    self.call = call
    self.asOf = asOf
  }

  package struct Answer: Sendable {
    package let sheet: CallSheet
    package let fund: FundStanding

    /// The same items as they stand when everything known now is counted: what is left to pay.
    package let now: [CallItem.ID: ItemStanding]
    /// Its type and due date as they were recorded, the first version first.
    package let versions: [Version]
  }

  package struct Version: Hashable, Sendable {
    package let recorded: AuditStamp
    package let actor: String
    package let callType: String
    package let dueDate: CalendarDate
  }

  package func answer(from connection: any SQLConnection) throws -> Answer {
    guard let sheet = try CallSheetsAsOf(.one(call), asOf).answer(from: connection).first else {
      throw Refusal.unknown(.call, call.rawValue)
    }
    let now = try CallsAsOf(.one(call), AsOf(.latest)).answer(from: connection).flatMap(\.items)
    return Answer(
      sheet: sheet,
      fund: try FundAsOf(sheet.standing.call.fund, asOf).answer(from: connection),
      now: Dictionary(now.map { ($0.item.id, $0) }, uniquingKeysWith: { first, _ in first }),
      versions: try connection.rows(
        versionsSQL, [.init(call), .integer(try asOf.knownThrough(in: connection))]
      ).map { row in
        Version(
          recorded: AuditStamp(
            sequence: try row.integer("sequence"), recordedAt: try row.instant("recorded_at")),
          actor: try row.text("actor"), callType: try row.text("call_type"),
          dueDate: try row.date("due_date"))
      })
  }
}

private let versionsSQL = """
  SELECT v.call_type, v.due_date, a.sequence, a.recorded_at, a.actor
  FROM call_version v
  JOIN audit a ON a.sequence = v.audit
  WHERE v.call_id = $1 AND v.audit <= $2
  ORDER BY v.id
  """
