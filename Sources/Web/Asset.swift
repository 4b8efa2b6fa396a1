/// A file that pages need, embedded in the program.
package struct Asset: Sendable {
  /// Where it is served, without its version: `/assets/jangbu.css`.
  package let path: String
  package let contentType: String
  package let bytes: [UInt8]
  /// Changes with the content, so that the browser may keep a version for ever.
  package let version: String

  package init(_ name: String, _ contentType: String, _ bytes: [UInt8]) {
    path = "/assets/\(name)"
    self.contentType = contentType
    self.bytes = bytes
    version = fingerprint(bytes)
  }

  /// What pages link to: `/assets/jangbu.css?v=1f0c…`.
  package var address: String { "\(path)?v=\(version)" }

  /// One file for the browser; one for each matter in `Assets/`, later ones over earlier ones.
  package static let stylesheet = Asset(
    "jangbu.css", "text/css; charset=utf-8",
    [
      PackageResources.jangbu_css, PackageResources.forms_css, PackageResources.calendar_css,
      PackageResources.explain_css, PackageResources.live_css, PackageResources.find_css,
      PackageResources.trail_css, PackageResources.import_css,
    ].flatMap { $0 })
  package static let script = Asset(
    "jangbu.js", "text/javascript; charset=utf-8",
    [
      PackageResources.exchange_js, PackageResources.jangbu_js, PackageResources.forms_js,
      PackageResources.calendar_js, PackageResources.explain_js, PackageResources.live_js,
      PackageResources.find_js, PackageResources.import_js,
    ].flatMap { $0 })
  package static let all = [stylesheet, script]
}

/// 64-bit FNV-1a (Fowler, Noll, Vo) in hexadecimal digits.
private func fingerprint(_ bytes: [UInt8]) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return String(hash, radix: 16)
}
