import FundModel
package import Store

/// What an import rests on besides its files: the books up to a change of theirs, and the spellings
/// that were taught. Over the same basis it does the same.
package struct ImportBasis: Hashable, Sendable {
  /// The last sequence of the trail.
  package let knownThrough: Int64
  let aliases: [NameAlias]

  package struct Question: Query {
    package init() {}

    package func answer(from connection: any SQLConnection) throws -> ImportBasis {
      ImportBasis(
        knownThrough: try TrailEnd().answer(from: connection),
        aliases: try NameAliases.All().answer(from: connection))
    }
  }
}

/// The books are not any more what a person saw when they confirmed an import; nothing was written.
package struct ImportBasisChanged: Error, Hashable, Sendable {}
