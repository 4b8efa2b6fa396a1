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
  }

  package func answer(from connection: any SQLConnection) throws -> Answer {
    guard let sheet = try CallSheetsAsOf(.one(call), asOf).answer(from: connection).first else {
      throw Refusal.unknown(.call, call.rawValue)
    }
    let now = try CallsAsOf(.one(call), AsOf(.latest)).answer(from: connection).flatMap(\.items)
    return Answer(
      sheet: sheet,
      fund: try FundAsOf(sheet.standing.call.fund, asOf).answer(from: connection),
      now: Dictionary(now.map { ($0.item.id, $0) }, uniquingKeysWith: { first, _ in first }))
  }
}
