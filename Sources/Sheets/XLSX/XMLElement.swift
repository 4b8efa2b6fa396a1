private import Glibc

/// An element as it starts. It lives no longer than the call that tells of it.
struct XMLElement {
  /// Between the namespace and the name: no namespace has a line break in it.
  static let separator = UInt8(ascii: "\n")

  let namespace: XMLNamespace
  private let local: UnsafePointer<CChar>
  /// Name, value, name, value, …, `nil`.
  private let attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>

  init(name: UnsafePointer<CChar>, attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
    (namespace, local) = XMLNamespace.split(name)
    self.attributes = attributes
  }

  func named(_ name: StaticString, _ namespace: XMLNamespace = .main) -> Bool {
    self.namespace == namespace && Self.same(local, name)
  }

  /// The value of an attribute without namespace.
  func bytes(_ attribute: StaticString) -> UnsafeBufferPointer<UInt8>? {
    value { Self.same($0, attribute) }
  }

  func text(_ attribute: StaticString) -> String? {
    bytes(attribute).map { String(decoding: $0, as: UTF8.self) }
  }

  func number(_ attribute: StaticString) -> Int? { text(attribute).flatMap { Int($0) } }

  /// The relationship that the element is about: `r:id`.
  var relationship: String? {
    value {
      let (namespace, local) = XMLNamespace.split($0)
      return namespace == .relationship && Self.same(local, "id")
    }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// `1` and `true` in the way of XML Schema.
  func truth(_ attribute: StaticString) -> Bool {
    text(attribute).map { $0 == "1" || $0 == "true" || $0 == "on" } ?? false
  }

  private func value(
    where isIt: (UnsafePointer<CChar>) -> Bool
  ) -> UnsafeBufferPointer<UInt8>? {
    var next = attributes
    while let name = next.pointee, let value = (next + 1).pointee {
      if isIt(name) {
        return UnsafeRawBufferPointer(start: value, count: strlen(value))
          .bindMemory(to: UInt8.self)
      }
      next += 2
    }
    return nil
  }

  private static func same(_ name: UnsafePointer<CChar>, _ wanted: StaticString) -> Bool {
    strcmp(name, UnsafeRawPointer(wanted.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }
}

/// A namespace, in either spelling of ECMA-376: transitional, as everybody writes, or strict.
enum XMLNamespace {
  /// Of workbooks and sheets.
  case main
  /// Of the attribute that names a relationship.
  case relationship
  /// Of the lists of relationships.
  case package
  case none
  case other

  private static let spellings: [(StaticString, XMLNamespace)] = [
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main\n", .main),
    ("http://purl.oclc.org/ooxml/spreadsheetml/main\n", .main),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships\n", .relationship),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships\n", .relationship),
    ("http://schemas.openxmlformats.org/package/2006/relationships\n", .package),
  ]

  /// The namespace and what follows it.
  static func split(
    _ name: UnsafePointer<CChar>
  ) -> (namespace: XMLNamespace, local: UnsafePointer<CChar>) {
    for (spelling, namespace) in spellings {
      let start = UnsafeRawPointer(spelling.utf8Start).assumingMemoryBound(to: CChar.self)
      if strncmp(name, start, spelling.utf8CodeUnitCount) == 0 {
        return (namespace, name + spelling.utf8CodeUnitCount)
      }
    }
    let hasNamespace = strchr(name, Int32(XMLElement.separator)) != nil
    return (hasNamespace ? .other : .none, name)
  }
}
