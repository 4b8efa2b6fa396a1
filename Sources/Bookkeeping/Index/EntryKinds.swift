import FundModel
import Store

/// What each kind of entry does to figures, as the table of kinds has it.
struct EntryKinds {
  struct Kind {
    let sign: Int64
    let countsPaidIn: Bool
    /// What an entry adds to the number of standing payments: its reversal takes it back.
    let payments: Int

    func signed(_ amount: Int64) throws(MoneyError) -> Int64 {
      let (units, overflow) = amount.multipliedReportingOverflow(by: sign)
      guard !overflow else { throw .overflow }
      return units
    }
  }

  /// Payments first: they are what a ledger is full of.
  private let kinds: [(code: [UInt8], kind: Kind)]

  init(_ connection: any SQLConnection) throws {
    let payment = Entry.Kind.payment.rawValue
    kinds = try connection.rows("SELECT code, sign, counts_paid_in, reverses FROM entry_kind").map {
      row in
      let code = try row.text("code")
      return (
        Array(code.utf8),
        Kind(
          sign: try row.integer("sign"), countsPaidIn: try row.flag("counts_paid_in"),
          payments: code == payment
            ? 1 : try row.optionalText("reverses") == payment ? -1 : 0)
      )
    }.sorted { $0.kind.payments > $1.kind.payments }
  }

  func kind(_ code: some Sequence<UInt8>) throws(StoreError) -> Kind {
    guard let found = kinds.first(where: { $0.code.elementsEqual(code) }) else {
      throw .malformed(column: "kind")
    }
    return found.kind
  }

  /// The kind that a row of a long answer names.
  func kind(at position: Int, of row: any SQLCursor) throws -> Kind {
    try kind(row.text(at: position).utf8)
  }

  /// A column of amounts of the ledger, each with the sign of its entry's kind, for a statement: in a
  /// long answer the database finds it sooner. Of a kind that is unknown NULL.
  ///
  /// - Parameter counts: of which kinds; of others nothing.
  func signed(_ column: String, where counts: (Kind) -> Bool = { _ in true }) -> String {
    let cases = kinds.map { code, kind in
      let code = String(decoding: code, as: UTF8.self).replacing("'", with: "''")
      let amount = kind.sign == 1 ? column : "\(kind.sign) * \(column)"
      return "WHEN '\(code)' THEN \(counts(kind) ? amount : "0")"
    }
    return "CASE kind \(cases.joined(separator: " ")) END"
  }
}

extension SQLCursor {
  func date(at position: Int) throws -> CalendarDate {
    var read: CalendarDate?
    try withText(at: position) { read = CalendarDate(ascii: $0) }
    guard let read else { throw StoreError.malformed(column: "\(position)") }
    return read
  }

  func side(at position: Int) throws -> Side {
    guard let side = Side(rawValue: try text(at: position)) else {
      throw StoreError.malformed(column: "\(position)")
    }
    return side
  }
}
