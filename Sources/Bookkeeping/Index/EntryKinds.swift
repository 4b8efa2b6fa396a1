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

  private let kinds: [String: Kind]
  private let inBytes: [(code: [UInt8], kind: Kind)]

  init(_ connection: any SQLConnection) throws {
    var kinds: [String: Kind] = [:]
    for row in try connection.rows("SELECT code, sign, counts_paid_in, reverses FROM entry_kind") {
      let payment = Entry.Kind.payment.rawValue
      let code = try row.text("code")
      kinds[code] = Kind(
        sign: try row.integer("sign"), countsPaidIn: try row.flag("counts_paid_in"),
        payments: code == payment ? 1 : try row.optionalText("reverses") == payment ? -1 : 0)
    }
    self.kinds = kinds
    // Payments are what a ledger is full of.
    inBytes = kinds.sorted { $0.value.payments > $1.value.payments }.map {
      (Array($0.key.utf8), $0.value)
    }
  }

  /// The kind that a row of a long answer names.
  func kind(at position: Int, of row: any SQLCursor) throws -> Kind {
    try row.withText(at: position) { text in
      guard let found = inBytes.first(where: { $0.code.elementsEqual(text) }) else {
        throw StoreError.malformed(column: "kind")
      }
      return found.kind
    }
  }

  func kind(_ code: String) throws(StoreError) -> Kind {
    guard let kind = kinds[code] else { throw .malformed(column: "kind") }
    return kind
  }
}

extension SQLCursor {
  func date(at position: Int) throws -> CalendarDate {
    let read = try withText(at: position) { CalendarDate(ascii: $0) }
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
