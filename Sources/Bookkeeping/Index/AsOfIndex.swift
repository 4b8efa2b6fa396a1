import FundModel
package import Store
internal import Synchronization

/// A question that the as-of index can answer as well as the facts.
package protocol IndexedQuery: Query {
  /// Whether it can this one: what the books knew earlier only the facts tell.
  var isIndexed: Bool { get }
  /// Whether the facts would have to be gone through for it from end to end: reading them all into
  /// memory takes no longer.
  var readsLedger: Bool { get }
  func answer(from figures: borrowing IndexedFigures) throws -> Answer
}

extension IndexedQuery {
  package var readsLedger: Bool { true }
}

/// Answers as-of questions from memory, while the facts stay the one truth.
///
/// Before each answer it asks the engine whether anybody has committed anything, and if so reads what
/// the audit trail says since; so several processes on one file stay right. Whoever asks about the
/// whole ledger while it is being read waits for that, as many as they are; whatever else is asked
/// then, and wherever it cannot tell, the facts answer.
package final class AsOfIndex: Sendable {
  private let engine: any SQLEngine
  private let state = Mutex(State())
  /// Whether somebody takes in what is new: that is not waited for where connections are read.
  private let isFollowing = Atomic(false)

  private struct State {
    /// `nil` until all is read, and again when it must be read anew.
    var figures: IndexedFigures?
    /// What the engine said before the figures were last made true, or could not be read.
    var changeNumber: Int64?
    /// When the books could not be read, they are not tried again until something changes.
    var isUnreadable = false
    /// The reading of the whole books that is under way.
    var reading: Task<Void, any Error>?
    /// Those who wait for its end.
    var waiting: [AsyncStream<Void>.Continuation] = []
  }

  package init(_ engine: any SQLEngine) { self.engine = engine }

  func answer<Q: IndexedQuery>(_ query: Q) async throws -> Q.Answer {
    // Twice, as a reading that began before a large import is not enough after it.
    for _ in 1...2 {
      if let answer = try await indexed(query) { return answer }
      guard beginsReading(), query.readsLedger else { return try await facts(query) }
      await readingEnds()
      try Task.checkCancellation()
    }
    if let answer = try await indexed(query) { return answer }
    return try await facts(query)
  }

  private func facts<Q: Query>(_ query: Q) async throws -> Q.Answer {
    try await engine.read { try query.answer(from: $0) }
  }

  /// Reads the whole books, or waits for the reading that is under way.
  ///
  /// - Throws: what the books cannot be read by; the facts are asked then.
  package func read() async throws {
    try Task.checkCancellation()
    try await state.withLock { reading(&$0) }.value
  }

  /// Lets nobody wait for a reading any more, as the books are about to be closed.
  package func stopReading() { state.withLock { $0.reading }?.cancel() }

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

  /// From memory, after taking in what is new; `nil` where the figures are not there, or don't add up.
  private func indexed<Q: IndexedQuery>(_ query: Q) async throws -> Q.Answer? {
    let number = engine.changeNumber()
    if let number, let answer = current(query, number) { return answer }
    guard isFollowing.load(ordering: .relaxed) || isRead else { return nil }
    // Figures that took in a part of what is new are of no use: whoever asks may go away, and it
    // comes to its end all the same.
    return try await Task { [engine] in
      try await engine.read { self.followed(query, number, $0) }
    }.value
  }
}

// MARK: Reading the whole books

extension AsOfIndex {
  /// Begins to read the books where that is wanted and nobody does yet.
  ///
  /// - Returns: whether they are being read.
  private func beginsReading() -> Bool {
    let number = engine.changeNumber()
    return state.withLock { state in
      guard state.reading == nil else { return true }
      let isTried = state.isUnreadable && state.changeNumber == number
      guard state.figures == nil, !isTried else { return false }
      _ = reading(&state)
      return true
    }
  }

  /// The reading that is under way, or else one that begins.
  private func reading(_ state: inout State) -> Task<Void, any Error> {
    if let reading = state.reading { return reading }
    let reading = Task { [engine] in
      let number = engine.changeNumber()
      do {
        let figures = try await IndexedFigures.read(engine)
        end(State(figures: figures, changeNumber: number))
      } catch {
        end(State(changeNumber: number, isUnreadable: true))
        throw error
      }
    }
    state.reading = reading
    return reading
  }

  private func end(_ new: consuming State) {
    let new = new
    let waiting = state.withLock { state in
      defer { state = new }
      return state.waiting
    }
    for one in waiting { one.finish() }
  }

  /// Waits until the books are no longer being read, or whoever waits has gone away: that ends no
  /// reading.
  private func readingEnds() async {
    let (end, waiting) = AsyncStream.makeStream(of: Void.self)
    let isReading = state.withLock { state in
      if state.reading != nil { state.waiting.append(waiting) }
      return state.reading != nil
    }
    guard isReading else { return }
    for await _ in end {}
  }
}

extension Both: IndexedQuery where First: IndexedQuery, Second: IndexedQuery {
  package var isIndexed: Bool { first.isIndexed && second.isIndexed }
  package var readsLedger: Bool { first.readsLedger || second.readsLedger }

  package func answer(from figures: borrowing IndexedFigures) throws -> Answer {
    Answer(first: try first.answer(from: figures), second: try second.answer(from: figures))
  }
}
