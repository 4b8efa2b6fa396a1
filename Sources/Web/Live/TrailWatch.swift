import Bookkeeping
import FundModel

/// Looks at the end of the audit trail while somebody listens, and wakes the listeners when it
/// has moved.
///
/// Other processes may write in the same books, so the books themselves are asked, by one task for
/// all listeners.
actor TrailWatch {
  private let books: Books
  /// Why a listener is woken.
  enum Wake: Sendable {
    case change
    /// Now and then, so that both ends of a dead connection find out.
    case beat
  }

  private struct Listener {
    let user: User.ID
    let wakes: AsyncStream<Wake>.Continuation
  }

  private var listeners: [Int: Listener] = [:]
  private var lastListener = 0
  private var watching: Task<Void, Never>?

  init(_ books: Books) { self.books = books }

  /// How long a change may stay unseen, and after how many looks everybody is woken all the same,
  /// so that both ends of a dead connection find out.
  private static let pause = Duration.milliseconds(100)
  private static let looksBetweenBeats = 150

  /// One wake at once, one after each change, and a beat now and then. A listener that is slow
  /// misses none: what it was not awake for it finds with the next wake.
  func wakes(for user: User.ID) -> AsyncStream<Wake> {
    let (stream, wakes) = AsyncStream.makeStream(
      of: Wake.self, bufferingPolicy: .bufferingNewest(1))
    lastListener += 1
    let number = lastListener
    wakes.onTermination = { _ in Task { await self.leave(number) } }
    listeners[number] = Listener(user: user, wakes: wakes)
    wakes.yield(.change)
    if watching == nil { watching = Task { await self.watch() } }
    return stream
  }

  /// How many listen in the name of one user.
  func listening(_ user: User.ID) -> Int { listeners.values.count { $0.user == user } }

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
      let isBeat = looks.isMultiple(of: Self.looksBetweenBeats)
      if end != seen || isBeat {
        for listener in listeners.values { listener.wakes.yield(isBeat ? .beat : .change) }
      }
      seen = end
      try? await Task.sleep(for: Self.pause)
    }
  }
}
