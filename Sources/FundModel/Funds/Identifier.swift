/// The id of one particular kind of thing: an `Identifier<Fund>` is no `Identifier<Party>`.
package struct Identifier<Owner>: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension Identifier: LosslessStringConvertible {
  package var description: String { String(rawValue) }

  /// Decimal digits of a number from 1 up.
  package init?(_ description: String) {
    guard let value = Int64(description), value > 0, String(value) == description else {
      return nil
    }
    self.init(rawValue: value)
  }
}
