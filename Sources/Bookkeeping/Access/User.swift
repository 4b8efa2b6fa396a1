package import FundModel

/// What a person may do with the books.
package enum Role: String, CaseIterable, Hashable, Sendable {
  /// Everything: the books, and who may open them.
  case owner
  /// Keeps the books.
  case bookkeeper
  /// Reads everything, changes nothing: the auditor.
  case viewer
  /// Reads what is its own: the commitments of its parties.
  case partner

  /// Whether a person of this role may change the books.
  package var keepsBooks: Bool { self == .owner || self == .bookkeeper }

  /// Whether a person of this role may read all of the books.
  package var readsAll: Bool { self != .partner }
}

/// Someone who may sign in. No fact of any fund: a user is changed in place; who changed whom stands
/// in the trail.
package struct User: Hashable, Sendable {
  package typealias ID = Identifier<User>

  package let id: ID
  /// By which they sign in and the trail calls them; never given twice, not even after its end.
  package let name: String
  package let role: Role
  /// What a partner may see the commitments of; empty for every other role.
  package let parties: [Party.ID]
  /// Whether a password was chosen yet.
  package let hasPassword: Bool
  package let madeAt: Instant
  package let endedAt: Instant?

  package init(
    id: ID, name: String, role: Role, parties: [Party.ID] = [], hasPassword: Bool = true,
    madeAt: Instant, endedAt: Instant? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.parties = parties
    self.hasPassword = hasPassword
    self.madeAt = madeAt
    self.endedAt = endedAt
  }
}

/// What of the books a person may see.
package enum Sight: Hashable, Sendable {
  case everything
  /// The commitments of these parties on the partners' side, and what belongs to those.
  case own([Party.ID])
}

extension User {
  package var sight: Sight { role.readsAll ? .everything : .own(parties) }

  package var keeper: Keeper { Keeper(named: name) }
}
