import FundModel
package import Store

/// The names of all funds as they are now, in order of registration.
package struct FundNames: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> [String] {
    try FundRecords.funds(knownThrough: .max, in: connection).map(\.terms.name)
  }
}
