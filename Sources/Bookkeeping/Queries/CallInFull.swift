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

    /// Of the commitments that the call belongs to: the investment's, or all of the fund's partners.
    package var position: Position {
      let ofCall = fund.commitments.first { commitment in
        sheet.lines.contains { $0.commitment.id == commitment.commitment.id }
      }
      return sheet.standing.call.side == .investments
        ? ofCall?.position ?? fund.investments : fund.partners
    }
  }

  package func answer(from connection: any SQLConnection) throws -> Answer {
    guard let sheet = try CallSheetsAsOf(.one(call), asOf).answer(from: connection).first else {
      throw Refusal.unknown(.call, call.rawValue)
    }
    return Answer(
      sheet: sheet,
      fund: try FundAsOf(sheet.standing.call.fund, asOf).answer(from: connection))
  }
}
