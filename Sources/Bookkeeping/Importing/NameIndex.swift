import FundModel

/// Finds funds or parties by what a file calls them: the exact name, then a spelling that someone
/// taught the books, then a name that differs in case, width and spaces alone.
struct NameIndex<Owner> {
  typealias ID = Identifier<Owner>

  enum Found {
    case one(ID)
    case none
    /// The names that it could mean.
    case several([String])
  }

  private var exact: [String: ID] = [:]
  private var names: [ID: String] = [:]
  private var folded: [String: [ID]] = [:]
  /// What this import itself registers: a similar name is not one of these, but another.
  private var registered: Set<ID> = []
  private let aliases: [String: ID]
  /// Names that stand for themselves, because a table lists them: no similar one is meant.
  private var listed: Set<String> = []

  init(_ known: [(id: ID, name: String)], aliases: [String: ID]) {
    self.aliases = aliases
    for (id, name) in known { insert(name, id) }
  }

  private mutating func insert(_ name: String, _ id: ID) {
    exact[name] = id
    names[id] = name
    folded[name.foldedName, default: []].append(id)
  }

  mutating func register(_ name: String, _ id: ID) {
    insert(name, id)
    registered.insert(id)
  }

  /// A name that something went by when the file was written, unless another goes by it now.
  mutating func alsoKnown(as name: String, _ id: ID) {
    if exact[name] == nil { exact[name] = id }
  }

  /// The old name goes on to be found: other tables of the same file still say it.
  mutating func rename(_ id: ID, _ name: String) { insert(name, id) }

  mutating func list(_ names: some Sequence<String>) { listed.formUnion(names) }

  func name(of id: ID) -> String { names[id] ?? "" }

  func isRegistered(_ id: ID) -> Bool { registered.contains(id) }

  /// - Parameter new: the name may also be that of something new: then what this import itself
  ///   registered, and what a table lists by its exact name, is not meant by a similar one.
  func find(_ name: String, orNew new: Bool = false) -> Found {
    if let id = exact[name] { return .one(id) }
    let key = name.foldedName
    if let id = aliases[key] { return .one(id) }
    let similar = (folded[key] ?? []).filter { id in
      !new || (!registered.contains(id) && !listed.contains(names[id] ?? ""))
    }
    guard let only = similar.first else { return .none }
    return similar.count == 1 ? .one(only) : .several(similar.compactMap { names[$0] })
  }
}

/// The words for a name that could be several.
func severalNames(_ name: String, _ candidates: [String]) -> Phrase {
  let list = candidates.map { "‘\($0)’" }.joined(separator: ", ")
  return Phrase(
    "‘\(name)’이(가) 어느 것인지 알 수 없습니다: \(list). 장부의 이름 그대로 쓰세요.",
    "“\(name)” could be any of \(list); write the name as the books have it.")
}
