private import Foundation

extension StringProtocol {
  /// In Unicode's composed form (NFC): what looks the same is the same.
  var composed: String { precomposedStringWithCanonicalMapping }
}
