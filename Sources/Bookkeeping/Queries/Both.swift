package import Store

/// Two questions asked of the same snapshot, so that their answers agree.
package struct Both<First: Query, Second: Query>: Query {
  package let first: First
  package let second: Second

  package init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  package struct Answer: Sendable {
    package let first: First.Answer
    package let second: Second.Answer
  }

  package func answer(from connection: any SQLConnection) throws -> Answer {
    Answer(
      first: try first.answer(from: connection), second: try second.answer(from: connection))
  }
}
