extension SQLConnection {
  /// - Throws: `notStrict`, naming each table of the books that isn't STRICT.
  func assertStrictTables() throws(StoreError) {
    let loose = try rows(looseTablesSQL)
    guard loose.isEmpty else {
      var names: [String] = []
      for row in loose { names.append(try row.text("name")) }
      throw .notStrict(names)
    }
  }
}

/// Virtual tables and their shadows (full-text indexes) have no STRICT; they hold no facts.
private let looseTablesSQL = """
  SELECT name
  FROM pragma_table_list
  WHERE schema = 'main' AND type = 'table' AND strict = 0
    AND name NOT IN ('sqlite_schema', 'sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')
  ORDER BY name
  """
