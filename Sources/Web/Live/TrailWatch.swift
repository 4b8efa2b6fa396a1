import Bookkeeping

/// Looks at the end of the audit trail while somebody listens, and wakes the listeners when it
/// has moved.
///
/// Other processes may write in the same books, so the books themselves are asked, by one task for
/// all listeners.
actor TrailWatch {
  private let books: Books
  private var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
  private var lastListener = 0
  private var watching: Task<Void, Never>?

  init(_ books: Books) { self.books = books }

  /// How long a change may stay unseen, and after how many looks everybody is woken all the same,
  /// so that both ends of a dead connection find out.
  private static let pause = Duration.milliseconds(100)
  private static let looksBetweenBeats = 150

  /// One wake at once, one after each change, and a beat now and then. A listener that is slow
  /// misses none: what it was not awake for it finds with the next wake.
  func wakes() -> AsyncStream<Void> {
    let (stream, listener) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    lastListener += 1
    let number = lastListener
    listener.onTermination = { _ in Task { await self.leave(number) } }
    listeners[number] = listener
    listener.yield()
    if watching == nil { watching = Task { await self.watch() } }
    return stream
  }

  private func leave(_ number: Int) {
    listeners[number] = nil
    guard listeners.isEmpty else { return }
    watching?.cancel()
    watching = nil
  }

  /// A look that fails is made again: whoever asks the books for more is told what is wrong.
  private func watch() async {
    var seen: Int64?
    var looks = 0
    while !Task.isCancelled {
      looks += 1
      let end = (try? await books.answer(TrailEnd())) ?? seen
      if end != seen || looks.isMultiple(of: Self.looksBetweenBeats) {
        for listener in listeners.values { listener.yield() }
      }
      seen = end
      try? await Task.sleep(for: Self.pause)
    }
  }
}
