/// The secret part of a calendar feed's address: 256 bits from the system's random source.
///
/// The books keep its digest only. Whoever knows the token may read the feed, so it is shown once.
package struct FeedToken: Hashable, Sendable {
  package static let byteCount = 32
  /// 64 hexadecimal digits, as they stand in the address.
  package let text: String

  /// - Returns: `nil` unless there are 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    text = hexadecimal(bytes)
  }

  /// - Parameter address: what stands in an address, whether or not it is a token.
  package init(inAddress address: String) { text = address }

  /// What the books know a feed by: SHA-256 in hexadecimal digits.
  var digest: String { SHA256.hex(of: Array(text.utf8)) }
}
