package import FundModel
internal import Store

/// How the books are kept: chosen once, when they are made. No fact of any fund.
package struct BooksSettings: Hashable, Sendable {
  /// A name of the time zone database; says which civil day it is.
  package let zone: String
  /// Whose totals stand first.
  package let homeCurrency: Currency
  /// The day that the firm's figures are usually looked at, for demonstrations: the demo books'
  /// is 2026-02-14.
  package let showDate: CalendarDate?

  package init(
    zone: String = "Asia/Seoul", homeCurrency: Currency = .krw, showDate: CalendarDate? = nil
  ) {
    self.zone = zone
    self.homeCurrency = homeCurrency
    self.showDate = showDate
  }

  init(from connection: any SQLConnection) throws {
    var values: [String: String] = [:]
    for row in try connection.rows("SELECT name, value FROM setting") {
      values[try row.text("name")] = try row.text("value")
    }
    guard let zone = values["zone"] else { throw StoreError.malformed(column: "zone") }
    guard let currency = values["home_currency"].flatMap(Currency.init(code:)) else {
      throw StoreError.malformed(column: "home_currency")
    }
    self.init(
      zone: zone, homeCurrency: currency, showDate: values["show_date"].flatMap { CalendarDate($0) }
    )
  }

  func write(to connection: any SQLConnection) throws {
    var values = [("zone", zone), ("home_currency", homeCurrency.code)]
    if let showDate { values.append(("show_date", showDate.description)) }
    for (name, value) in values {
      try connection.run(
        "INSERT INTO setting (name, value) VALUES ($1, $2)", [.text(name), .text(value)])
    }
  }
}
