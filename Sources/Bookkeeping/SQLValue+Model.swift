import FundModel
import Store

/// How values of the model are kept in the database.
extension SQLValue {
  init(_ money: Money) { self = .integer(money.minorUnits) }
  init(_ date: CalendarDate) { self = .text(date.description) }
  init(_ date: CalendarDate?) { self = date.map { .text($0.description) } ?? .null }
  init<Owner>(_ id: Identifier<Owner>) { self = .integer(id.rawValue) }
  init<Owner>(_ id: Identifier<Owner>?) { self = id.map { .integer($0.rawValue) } ?? .null }
  init(_ side: Side) { self = .text(side.rawValue) }
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ percent: Percent?) { self = percent.map { .integer($0.tenThousandths) } ?? .null }
}

extension SQLRow {
  func date(_ column: String) throws -> CalendarDate {
    guard let date = CalendarDate(try text(column)) else {
      throw StoreError.malformed(column: column)
    }
    return date
  }

  func optionalDate(_ column: String) throws -> CalendarDate? {
    try optionalText(column) == nil ? nil : date(column)
  }

  func instant(_ column: String) throws -> Instant {
    guard let instant = Instant(try text(column)) else {
      throw StoreError.malformed(column: column)
    }
    return instant
  }

  func id<Owner>(_ column: String, of owner: Owner.Type = Owner.self) throws -> Identifier<Owner> {
    Identifier(rawValue: try integer(column))
  }

  func optionalID<Owner>(_ column: String) throws -> Identifier<Owner>? {
    try optionalInteger(column).map(Identifier.init(rawValue:))
  }

  func currency(_ column: String = "currency") throws -> Currency {
    guard let currency = Currency(code: try text(column)) else {
      throw StoreError.malformed(column: column)
    }
    return currency
  }

  func money(_ column: String, in currency: Currency) throws -> Money {
    Money(minorUnits: try integer(column), currency)
  }

  func side(_ column: String = "side") throws -> Side {
    guard let side = Side(rawValue: try text(column)) else {
      throw StoreError.malformed(column: column)
    }
    return side
  }

  func flag(_ column: String) throws -> Bool { try integer(column) != 0 }
}
