extension Site {
  /// The address of what was asked for, without what stands for ids and secrets in it: there are
  /// only so many of them. `none` for what there is not.
  func routeName(of asked: Asked) -> String {
    guard let path = asked.path else { return "none" }
    if path.first == "assets" {
      return Asset.all.contains { $0.path == asked.rawPath } ? "/assets/{asset}" : "none"
    }
    switch (path.count, path.first) {
    case (1, "sign-in"), (1, "livez"), (1, "readyz"), (1, "metrics"):
      return "/" + (path.first ?? "")
    case (2, "welcome"): return "/welcome/{link}"
    case (2, "calendar") where path[1].hasSuffix(".ics"): return "/calendar/{feed}.ics"
    case (2, "api") where path[1] == "openapi.json": return "/api/openapi.json"
    default: break
    }
    return knownPaths.filter { $0.fits(path) }.max { $0.literals < $1.literals }?.text ?? "none"
  }
}

private let knownPaths = routeTable.map(\.path) + pageTable.map(\.path)
