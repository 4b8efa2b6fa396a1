import FundModel
package import Store

/// The names of all parties, to be offered as one types.
package struct PartyNames: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> [String] {
    try PartyRecords.parties(knownThrough: .max, in: connection).map(\.name).sorted()
  }
}
