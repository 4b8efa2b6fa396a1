import FundModel
package import Store
internal import Synchronization

/// A question that the as-of index can answer as well as the facts.
package protocol IndexedQuery: Query {
  /// Whether it can this one: what the books knew earlier only the facts tell.
  var isIndexed: Bool { get }
  func answer(from figures: borrowing IndexedFigures) throws -> Answer
}

/// Answers as-of questions from memory, while the facts stay the one truth.
///
/// Before each answer it asks the engine whether anybody has committed anything, and if so reads what
/// the audit trail says since; so several processes on one file stay right. While it reads the books
/// for the first time, and wherever it cannot tell, the facts are asked.
package final class AsOfIndex: Sendable {
  private let engine: any SQLEngine
  private let state = Mutex(State())
  /// Whether somebody takes in what is new: that is not waited for where connections are read.
  private let isFollowing = Atomic(false)

  private struct State {
    /// `nil` until all is read, and again when it must be read anew.
    var figures: IndexedFigures?
    /// What the engine said before the figures were last made true.
    var changeNumber: Int64?
    var isReading = false
    /// When the books could not be read, they are not tried again until something changes.
    var unreadable: Int64?
  }

  package init(_ engine: any SQLEngine) { self.engine = engine }

  func answer<Q: IndexedQuery>(_ query: Q) async throws -> Q.Answer {
    let number = engine.changeNumber()
    if let number, let answer = current(query, number) { return answer }
    let look: @Sendable () async throws -> Q.Answer = { [engine] in
      try await engine.read { connection in
        try self.followed(query, number, connection) ?? query.answer(from: connection)
      }
    }
    // Figures that took in a part of what is new are of no use: whoever asks may go away, and it
    // comes to its end all the same.
    let answer = isRead ? try await Task { try await look() }.value : try await look()
    if wantsReading(number) { Task { try? await self.read() } }
    return answer
  }

  /// Reads the whole books, unless somebody does already.
  ///
  /// - Throws: what the books cannot be read by; the facts are asked then.
  package func read() async throws {
    let isMine = state.withLock { state in
      defer { state.isReading = true }
      return !state.isReading
    }
    guard isMine else { return }
    let number = engine.changeNumber()
    do {
      let figures = try await engine.read { try IndexedFigures(from: $0) }
      state.withLock { $0 = State(figures: figures, changeNumber: number) }
    } catch {
      state.withLock { $0 = State(unreadable: number) }
      throw error
    }
  }

  /// Whether it answers from memory, or would after taking in what is new.
  package var isRead: Bool { state.withLock { $0.figures != nil } }

  /// The answer where nothing was committed since; `nil` too where the figures don't add up.
  private func current<Q: IndexedQuery>(_ query: Q, _ number: Int64) -> Q.Answer? {
    guard !isFollowing.load(ordering: .relaxed) else { return nil }
    return state.withLock { state in
      guard state.changeNumber == number else { return nil }
      // Borrowed, not copied: a copy counts every part of it once more.
      switch state.figures {
      case .some(let figures): return try? query.answer(from: figures)
      case .none: return nil
      }
    }
  }

  /// The answer after taking in what is new in the snapshot of `connection`; what is newer than that
  /// another reader may have taken in already.
  private func followed<Q: IndexedQuery>(
    _ query: Q, _ number: Int64?, _ connection: any SQLConnection
  ) -> Q.Answer? {
    isFollowing.store(true, ordering: .relaxed)
    defer { isFollowing.store(false, ordering: .relaxed) }
    return state.withLock { state in
      guard (try? state.figures?.follow(connection)) == true else {
        state.figures = nil
        return nil
      }
      state.changeNumber = number
      return state.figures.flatMap { try? query.answer(from: $0) }
    }
  }

  private func wantsReading(_ number: Int64?) -> Bool {
    state.withLock { state in
      state.figures == nil && !state.isReading
        && (state.unreadable == nil || state.unreadable != number)
    }
  }
}

extension Both: IndexedQuery where First: IndexedQuery, Second: IndexedQuery {
  package var isIndexed: Bool { first.isIndexed && second.isIndexed }

  package func answer(from figures: borrowing IndexedFigures) throws -> Answer {
    Answer(first: try first.answer(from: figures), second: try second.answer(from: figures))
  }
}
