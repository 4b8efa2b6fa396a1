/// One row of an answer: its values by column name or by position, counted from 0.
///
/// When two columns have one name, the name means the first.
package struct SQLRow: Hashable, Sendable {
  /// The columns' names, kept once for all rows of an answer.
  package let columns: [String]
  package let values: [SQLValue]

  package init(columns: [String], values: [SQLValue]) {
    self.columns = columns
    self.values = values
  }

  package func value(_ column: String) throws(StoreError) -> SQLValue {
    guard let index = columns.firstIndex(of: column), index < values.count else {
      throw .missingColumn(column)
    }
    return values[index]
  }

  package func integer(_ column: String) throws(StoreError) -> Int64 {
    guard case .integer(let number) = try value(column) else { throw .malformed(column: column) }
    return number
  }

  package func text(_ column: String) throws(StoreError) -> String {
    guard case .text(let text) = try value(column) else { throw .malformed(column: column) }
    return text
  }

  package func blob(_ column: String) throws(StoreError) -> [UInt8] {
    guard case .blob(let bytes) = try value(column) else { throw .malformed(column: column) }
    return bytes
  }

  /// - Returns: `nil` for NULL.
  package func optionalInteger(_ column: String) throws(StoreError) -> Int64? {
    try value(column) == .null ? nil : integer(column)
  }

  /// - Returns: `nil` for NULL.
  package func optionalText(_ column: String) throws(StoreError) -> String? {
    try value(column) == .null ? nil : text(column)
  }
}

extension SQLRow {
  /// The same by position, for long answers: no name is looked up.
  package func value(at position: Int) throws(StoreError) -> SQLValue {
    guard values.indices.contains(position) else { throw .missingColumn("\(position)") }
    return values[position]
  }

  package func integer(at position: Int) throws(StoreError) -> Int64 {
    guard case .integer(let number) = try value(at: position) else {
      throw .malformed(column: name(at: position))
    }
    return number
  }

  package func text(at position: Int) throws(StoreError) -> String {
    guard case .text(let text) = try value(at: position) else {
      throw .malformed(column: name(at: position))
    }
    return text
  }

  /// - Returns: `nil` for NULL.
  package func optionalInteger(at position: Int) throws(StoreError) -> Int64? {
    try value(at: position) == .null ? nil : integer(at: position)
  }

  /// - Returns: `nil` for NULL.
  package func optionalText(at position: Int) throws(StoreError) -> String? {
    try value(at: position) == .null ? nil : text(at: position)
  }

  private func name(at position: Int) -> String {
    columns.indices.contains(position) ? columns[position] : "\(position)"
  }
}
