/// Something that opens a door to whoever knows it: 256 bits from the system's random source.
///
/// The secret part of a feed's address, a session, an API token, a one-time link. The books keep its
/// digest only, so it is shown once, and who reads the file learns none.
package struct Secret: Hashable, Sendable {
  package static let byteCount = 32
  /// 64 hexadecimal digits.
  package let text: String

  /// - Returns: `nil` unless there are 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    text = hexadecimal(bytes)
  }

  /// - Parameter text: what was sent, whether or not it is a secret.
  package init(asSent text: String) { self.text = text }

  /// What the books know it by: SHA-256 in hexadecimal digits.
  package var digest: String { SHA256.hex(of: Array(text.utf8)) }

  /// Another secret that only who knows this one can know, such as the token of a session's forms.
  package func derived(for purpose: String) -> Secret {
    Secret(asSent: SHA256.hex(of: Array("\(purpose)\n\(text)".utf8)))
  }

  /// Whether both are the same; how long that takes says nothing of where they differ.
  package func matches(_ other: Secret) -> Bool {
    equalInConstantTime(Array(text.utf8), Array(other.text.utf8))
  }
}
