import Store

/// Imports that were undone.
enum ImportUndos {
  /// The entries of the trail that an undo answers, and the undos themselves.
  static func answered(in connection: any SQLConnection) throws -> Set<Int64> {
    try connection.rows("SELECT import_audit, audit FROM import_undo").reduce(into: []) {
      $0.insert(try $1.integer("import_audit"))
      $0.insert(try $1.integer("audit"))
    }
  }
}
