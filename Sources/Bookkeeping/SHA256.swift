private import CSodium

/// The SHA-256 digest of bytes (FIPS 180-4), by libsodium.
package enum SHA256 {
  package static let byteCount = 32

  package static func bytes(of bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: byteCount)
    // It cannot fail: the function is documented to return 0 always.
    _ = crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return digest
  }

  /// The digest of bytes that come one after the other.
  package struct Running {
    private var state = crypto_hash_sha256_state()

    package init() { _ = crypto_hash_sha256_init(&state) }

    package mutating func add(_ bytes: some Sequence<UInt8>) {
      let done: Void? = bytes.withContiguousStorageIfAvailable {
        _ = crypto_hash_sha256_update(&state, $0.baseAddress, UInt64($0.count))
      }
      guard done == nil else { return }
      let copied = Array(bytes)
      _ = crypto_hash_sha256_update(&state, copied, UInt64(copied.count))
    }

    /// - Returns: 64 hexadecimal digits of all that was added.
    package func hex() -> String {
      var (state, digest) = (state, [UInt8](repeating: 0, count: byteCount))
      _ = crypto_hash_sha256_final(&state, &digest)
      return hexadecimal(digest)
    }
  }

  /// - Returns: 64 hexadecimal digits.
  package static func hex(of bytes: [UInt8]) -> String { hexadecimal(Self.bytes(of: bytes)) }
}

/// Two digits for each byte.
func hexadecimal(_ bytes: [UInt8]) -> String {
  func digit(_ value: UInt8) -> UInt8 {
    value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
  }
  var digits: [UInt8] = []
  digits.reserveCapacity(2 * bytes.count)
  for byte in bytes {
    digits.append(digit(byte >> 4))
    digits.append(digit(byte & 15))
  }
  return String(decoding: digits, as: UTF8.self)
}
