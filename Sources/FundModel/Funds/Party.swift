/// Whoever a commitment is made with: a partner (조합원), a company (투자업체), another fund.
///
/// The same party may be a partner of one fund and an investment of another.
package struct Party: Hashable, Sendable {
  package typealias ID = Identifier<Party>

  package let id: ID
  package let name: String
  /// What a company does; empty where nobody said.
  package let industry: String

  package init(id: ID, name: String, industry: String = "") {
    self.id = id
    self.name = name
    self.industry = industry
  }
}
