import Bookkeeping
import FundModel

/// The path of a route, such as `/api/funds/{fund}/calls`.
struct PathTemplate: Hashable, ExpressibleByStringLiteral, Sendable {
  enum Segment: Hashable, Sendable {
    case literal(String)
    case id(String)
  }

  let text: String
  let segments: [Segment]
  /// How much of it is spelt out: of two that fit, the one that says more is meant.
  let literals: Int

  init(stringLiteral text: String) {
    self.text = text
    segments = text.split(separator: "/").map { part in
      part.hasPrefix("{") ? .id(String(part.dropFirst().dropLast())) : .literal(String(part))
    }
    literals = segments.count { if case .literal = $0 { true } else { false } }
  }

  /// The fields that stand in the path.
  var fields: [any AnyField] {
    segments.compactMap { segment in
      if case .id(let name) = segment { PathID.all.first { $0.name == name } } else { nil }
    }
  }

  /// What the path's fields are called and how they were written, when `path` fits.
  func match(_ path: [String]) -> [String: String]? {
    guard fits(path) else { return nil }
    var found: [String: String] = [:]
    for (segment, part) in zip(segments, path) {
      if case .id(let name) = segment { found[name] = part }
    }
    return found
  }

  func fits(_ path: [String]) -> Bool {
    guard path.count == segments.count else { return false }
    for (segment, part) in zip(segments, path) {
      if case .literal(let text) = segment, text != part { return false }
    }
    return true
  }
}

/// Ids that stand in paths.
enum PathID {
  static let fund = Field<Fund.ID>.required("fund", .id(), "The fund's id.", example: 1)
  static let party = Field<Party.ID>.required("party", .id(), "The party's id.", example: 1)
  static let commitment = Field<Commitment.ID>.required(
    "commitment", .id(), "The commitment's id.", example: 1)
  static let call = Field<CapitalCall.ID>.required(
    "call", .id(), "The capital call's id.", example: 1)
  static let item = Field<CallItem.ID>.required("item", .id(), "The call item's id.", example: 1)
  static let entry = Field<Entry.ID>.required("entry", .id(), "The entry's id.", example: 1)

  static let all: [any AnyField] = [fund, party, commitment, call, item, entry]
}
