package import FundModel

/// Markup, and only markup: text put into it is escaped on the way in.
///
/// There is an `appendInterpolation` for each type that has a spelling in HTML and none for
/// anything else, so an optional or a `Double` in a template does not compile. Interpolate only
/// between tags or inside a double-quoted attribute.
package struct HTML: ExpressibleByStringInterpolation, Sendable {
  package private(set) var markup: String

  package init(stringLiteral markup: String) { self.markup = markup }
  package init(stringInterpolation parts: StringInterpolation) { markup = parts.markup }

  /// Nothing at all.
  package static let none: HTML = ""

  /// `markup` on a condition. A bare `condition ? "<b>" : ""` in a template would be text, which
  /// is escaped.
  package static func when(_ condition: Bool, _ markup: HTML) -> HTML {
    condition ? markup : .none
  }

  package static func += (html: inout HTML, more: HTML) { html.markup += more.markup }

  package struct StringInterpolation: StringInterpolationProtocol, Sendable {
    fileprivate var markup = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    package mutating func appendLiteral(_ literal: String) { markup += literal }
    package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }
    package mutating func appendInterpolation(_ list: [HTML]) {
      for html in list { markup += html.markup }
    }
    package mutating func appendInterpolation(_ text: String) { markup.append(escaping: text) }
    package mutating func appendInterpolation(_ number: Int) { markup += String(number) }
    package mutating func appendInterpolation(_ number: Int64) { markup += String(number) }
    package mutating func appendInterpolation(_ date: CalendarDate) { markup += date.description }
    package mutating func appendInterpolation<Owner>(_ id: Identifier<Owner>) {
      markup += id.description
    }
  }
}

extension String {
  /// Text as it may stand between tags or inside a double-quoted attribute.
  ///
  /// Looked at byte by byte first, since hardly any text needs escaping; the five signs are
  /// single bytes that occur in no other character. Rewritten by scalars where it does.
  fileprivate mutating func append(escaping text: String) {
    guard text.utf8.contains(where: \.isMarkup) else {
      self += text
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": self += "&amp;"
      case "<": self += "&lt;"
      case ">": self += "&gt;"
      case "\"": self += "&quot;"
      case "'": self += "&#39;"
      default: unicodeScalars.append(scalar)
      }
    }
  }
}

extension UInt8 {
  /// One of `&`, `<`, `>`, `"` and `'`.
  fileprivate var isMarkup: Bool {
    switch self {
    case 0x26, 0x3C, 0x3E, 0x22, 0x27: true
    default: false
    }
  }
}
