import Foundation

/// What the C library keeps of memory that nothing is in any more.
enum IdleMemory {
  /// Gives it back to the system every second, until the task is cancelled: after a few large
  /// requests the library would keep tens of megabytes for ever. Does nothing where the C library
  /// has no such function.
  static func giveBack() async {
    // Of glibc's own header, which Swift does not import.
    guard let found = dlsym(nil, "malloc_trim") else { return }
    let trim = unsafeBitCast(found, to: (@convention(c) (Int) -> Int32).self)
    while !Task.isCancelled {
      _ = trim(0)
      try? await Task.sleep(for: .seconds(1))
    }
  }
}
