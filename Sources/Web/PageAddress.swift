/// Where a page is: its path and the parameters it was asked with, in order.
///
/// Links are made from it by changing some parameters and keeping the others, so that the
/// reference date, the unit and *known at* go with the reader from page to page.
package struct PageAddress: Hashable, Sendable {
  package struct Parameter: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package let path: String
  package private(set) var parameters: [Parameter]

  /// - Parameter parameters: those that links are to keep; one without a value is left out.
  package init(_ path: String, _ parameters: [Parameter] = []) {
    self.path = path
    self.parameters = parameters.filter { !$0.value.isEmpty }
  }

  package subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// The same page with one parameter changed, or taken away by `nil`.
  package func with(_ name: String, _ value: String?) -> PageAddress {
    var changed = self
    let place = parameters.firstIndex { $0.name == name } ?? parameters.endIndex
    changed.parameters.removeAll { $0.name == name }
    if let value {
      changed.parameters.insert(
        Parameter(name, value), at: Swift.min(place, changed.parameters.endIndex))
    }
    return changed
  }

  /// Another page with those of this one's parameters that hold there too.
  package func other(_ path: String, keeping names: [String] = shared) -> PageAddress {
    PageAddress(path, parameters.filter { names.contains($0.name) })
  }

  /// Parameters that mean the same on every page.
  package static let shared = ["reference_date", "known_at", "unit", "lang"]

  /// Path and query as they stand in a link (escape it for HTML).
  package var text: String {
    guard !parameters.isEmpty else { return encodedPath }
    let query = parameters.map { "\(encoded($0.name))=\(encoded($0.value))" }
    return "\(encodedPath)?\(query.joined(separator: "&"))"
  }

  /// The path as it stands in a link.
  var encodedPath: String { percentEncoded(path, keeping: "/") }

  private func encoded(_ text: String) -> String { percentEncoded(text, keeping: ":") }
}
