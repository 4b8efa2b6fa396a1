package import FundModel

/// How the values of the model are written in JSON, in the audit trail and in answers alike.
extension JSON {
  /// An exact decimal number in the currency's major unit.
  package init(_ money: Money) { self = .number(money.digits) }
  package init(_ money: Money?) { self = money.map { .number($0.digits) } ?? .null }
  /// ISO 8601.
  package init(_ date: CalendarDate) { self = .string(date.description) }
  package init(_ date: CalendarDate?) { self = date.map { .string($0.description) } ?? .null }
  package init(_ count: Int) { self = .number(String(count)) }
  package init(_ count: Int64) { self = .number(String(count)) }
  package init<Owner>(_ id: Identifier<Owner>) { self = .number(String(id.rawValue)) }
  package init<Owner>(_ id: Identifier<Owner>?) {
    self = id.map { .number(String($0.rawValue)) } ?? .null
  }
  package init(_ text: String) { self = .string(text) }
  package init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  package init(_ flag: Bool) { self = .bool(flag) }
  /// With as many decimals as it has, at least one: `2.0`.
  package init(_ percent: Percent?) { self = percent.map { .number($0.digits) } ?? .null }
  /// With so many decimals: `70.00`.
  package init(_ percent: Percent?, decimals: Int) {
    self = percent.map { .number($0.digits(decimals: decimals)) } ?? .null
  }
}
