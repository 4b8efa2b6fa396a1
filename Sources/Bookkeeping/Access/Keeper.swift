/// The person in whose name the books are changed. The trail says so, and request keys are theirs.
///
/// Whoever has one may change the books: Web makes one only of a signed-in person of the right role.
package struct Keeper: Hashable, Sendable {
  package let name: String

  package init(named name: String) { self.name = name }

  /// Whoever runs the program in a shell on the machine that holds the books.
  package static let atTheMachine = Keeper(named: nameAtTheMachine)

  /// What the trail calls them; no user may be called so.
  package static let nameAtTheMachine = "local"
}
