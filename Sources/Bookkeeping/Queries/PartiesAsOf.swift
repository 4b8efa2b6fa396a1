package import FundModel
package import Store

/// Every party, in order of registration, with the commitments that it has as of a reference date.
package struct PartiesAsOf: Query {
  package struct Line: Hashable, Sendable {
    package let party: Party
    package let commitments: [Commitment]
  }

  package let asOf: AsOf

  package init(_ asOf: AsOf) { self.asOf = asOf }

  package func answer(from connection: any SQLConnection) throws -> [Line] {
    let known = try asOf.knownThrough(in: connection)
    let commitments = Dictionary(
      grouping: try CommitmentRecords.commitments(
        .all, on: asOf.referenceDate, knownThrough: known, in: connection
      ).filter { !$0.isAbsent }, by: \.party.id)
    return try PartyRecords.parties(knownThrough: known, in: connection).map {
      Line(party: $0, commitments: commitments[$0.id] ?? [])
    }
  }
}

/// One party; refused when it is not in the books.
package struct PartyAsOf: Query {
  package let party: Party.ID
  package let asOf: AsOf

  package init(_ party: Party.ID, _ asOf: AsOf) {
    self.party = party
    self.asOf = asOf
  }

  package func answer(from connection: any SQLConnection) throws -> PartiesAsOf.Line {
    guard
      let line = try PartiesAsOf(asOf).answer(from: connection).first(where: {
        $0.party.id == party
      })
    else { throw Refusal.unknown(.party, party.rawValue) }
    return line
  }
}
