private import CSodium

/// A password as it is kept: Argon2id (RFC 9106) with 19 MiB and two passes, as OWASP's password
/// storage cheat sheet has it, in libsodium's text form.
///
/// Making or checking one takes tens of milliseconds of a core, so it is done away from what others
/// wait for.
package struct PasswordHash: Hashable, Sendable {
  /// `$argon2id$v=19$m=19456,t=2,p=1$…`
  let text: String

  init(text: String) { self.text = text }

  private static let passes: UInt64 = 2
  private static let memory = 19_456 * 1_024

  /// - Returns: `nil` when the machine has not that much memory.
  package init?(of password: String) {
    let bytes = Array(password.utf8).map { CChar(bitPattern: $0) }
    var made = [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()))
    guard
      crypto_pwhash_str(&made, bytes, UInt64(bytes.count), Self.passes, Self.memory) == 0
    else { return nil }
    text = String(decoding: made.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether it is that password's. Takes as long either way.
  package func verifies(_ password: String) -> Bool {
    let bytes = Array(password.utf8).map { CChar(bitPattern: $0) }
    return crypto_pwhash_str_verify(text, bytes, UInt64(bytes.count)) == 0
  }

  /// Of a password that nobody has: checking against it takes as long as against a real one, so that
  /// an unknown name cannot be told from a wrong password.
  package static let ofNobody = PasswordHash(of: "\u{0}nobody")
}

func equalInConstantTime(_ one: [UInt8], _ other: [UInt8]) -> Bool {
  one.count == other.count && sodium_memcmp(one, other, one.count) == 0
}
