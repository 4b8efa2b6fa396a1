package import FundModel
package import Store

/// Something with a name that was looked for, and where it is to be found.
package struct Found: Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    case fund(Fund.ID)
    /// Among the partners of a fund, which is named.
    case partner(of: Fund.ID, named: String)
    case company(Party.ID)
  }

  package let name: String
  package let place: Place
}

/// Funds, partners and companies whose names fit, as of a reference date: the best first, then in
/// order of registration. A partner is found once in each of its funds.
package struct FindAsOf: Query {
  package let text: SearchText
  package let asOf: AsOf
  package let limit: Int
  /// A partner finds the funds to which it committed, and nothing else.
  package let sight: Sight

  package init(_ text: SearchText, _ asOf: AsOf, limit: Int = 50, sight: Sight = .everything) {
    self.sight = sight
    self.text = text
    self.asOf = asOf
    self.limit = limit
  }

  package func answer(from connection: any SQLConnection) throws -> [Found] {
    let known = try asOf.knownThrough(in: connection)
    var funds = try FundRecords.funds(knownThrough: known, in: connection)
    if case .own(let parties) = sight {
      let own = try OwnFundsAsOf(parties, asOf).funds(in: connection)
      funds = funds.filter { own.contains($0.id) }
      return funds.compactMap { fund in
        text.rank(of: fund.terms.name).map { (rank: $0, fund: fund) }
      }.sorted { $0.rank < $1.rank }.prefix(limit).map {
        Found(name: $0.fund.terms.name, place: .fund($0.fund.id))
      }
    }
    let ranks = try PartyRecords.parties(knownThrough: known, in: connection)
      .reduce(into: [Party.ID: Int]()) { ranks, party in
        ranks[party.id] = text.rank(of: party.name)
      }
    var all = funds.compactMap { fund in
      text.rank(of: fund.terms.name).map {
        (rank: $0, found: Found(name: fund.terms.name, place: .fund(fund.id)))
      }
    }
    if !ranks.isEmpty {
      let commitments = try CommitmentRecords.commitments(
        .all, on: asOf.referenceDate, knownThrough: known, in: connection)
      all += parties(in: commitments, ranks, funds)
    }
    let sorted = all.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    return sorted.prefix(limit).map(\.element.found)
  }

  private func parties(
    in commitments: [Commitment], _ ranks: [Party.ID: Int], _ funds: [Fund]
  ) -> [(rank: Int, found: Found)] {
    let names = Dictionary(
      funds.map { ($0.id, $0.terms.name) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<Found> = []
    return commitments.compactMap { commitment in
      guard !commitment.isAbsent, let rank = ranks[commitment.party.id] else { return nil }
      let place: Found.Place =
        commitment.side == .partners
        ? .partner(of: commitment.fund, named: names[commitment.fund] ?? "")
        : .company(commitment.party.id)
      let found = Found(name: commitment.party.name, place: place)
      return seen.insert(found).inserted ? (rank, found) : nil
    }
  }
}
