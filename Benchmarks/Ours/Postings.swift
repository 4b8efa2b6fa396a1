import Bookkeeping
import FundModel
import Store

/// Payments of one won each, by one client, on items that nobody has paid.
final class Postings {
  private let books: Books
  private let engine: SQLiteEngine
  private let overviews: Overviews
  private var items: [UnpaidItem] = []
  private var next = 0

  init(books: Books, engine: SQLiteEngine, overviews: Overviews) {
    self.books = books
    self.engine = engine
    self.overviews = overviews
  }

  /// At most so many items without an entry, of funds far apart.
  func unpaid(_ count: Int) async throws -> [UnpaidItem] {
    try await engine.read { connection in
      try connection.rows(unpaidSQL, [.integer(Int64(count))]).map { row in
        UnpaidItem(
          item: CallItem.ID(rawValue: try row.integer("item")), notice: try row.text("notice"),
          fund: try row.integer("fund"))
      }
    }
  }

  /// Seconds in all, then the slowest payment's, in seconds.
  func time(_ count: Int) async throws -> String {
    try await prepare()
    var slowest = 0.0
    let taken = try await seconds {
      for _ in 0..<count {
        slowest = max(slowest, try await seconds { try await post(onNotice: false) })
      }
    }
    return "\(taken) \(slowest)"
  }

  /// The median seconds of the overview right after a payment of today, then right after one dated
  /// years ago, in turn. Each overview is of a late day and has to hold the payment.
  func timeOverviewsAfterEach(_ count: Int) async throws -> String {
    try await prepare()
    var (today, longAgo): ([Double], [Double]) = ([], [])
    var before = try await paidIn()
    for _ in 0..<count {
      for isBackDated in [false, true] {
        try await post(onNotice: isBackDated)
        var after: Int64 = 0
        let taken = try await seconds { after = try await paidIn() }
        guard after == before + 1 else {
          throw Misuse("The overview says \(after) after \(before) and a payment of 1.")
        }
        before = after
        if isBackDated { longAgo.append(taken) } else { today.append(taken) }
      }
    }
    return "\(median(today)) \(median(longAgo))"
  }

  private func paidIn() async throws -> Int64 {
    try await overviews.overview(on: payDay()).totals.paidIn.minorUnits
  }

  private func prepare() async throws {
    if items.isEmpty { items = try await unpaid(20_000) }
    guard !items.isEmpty else { throw Misuse("Every item is paid.") }
  }

  private func post(onNotice: Bool) async throws {
    let unpaid = items[next]
    next = (next + 1) % items.count
    guard let notice = CalendarDate(unpaid.notice) else { throw Misuse("No date: \(unpaid)") }
    let movement = ItemMovement(
      item: unpaid.item, amount: Money(minorUnits: 1, .krw),
      paidDate: onNotice ? notice : try payDay())
    _ = try await books.perform(RecordPayment(movement), by: .atTheMachine)
  }

  /// A day after all of the generated books.
  private func payDay() throws -> CalendarDate {
    guard let day = CalendarDate(2026, 1, 5) else { throw Misuse("There is no such day.") }
    return day
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// A call item on which nothing was paid.
struct UnpaidItem: Sendable {
  let item: CallItem.ID
  /// The day of its call's notice, in ISO 8601.
  let notice: String
  let fund: Int64

  var text: String { "\(item.rawValue),\(notice),\(fund)" }
}

/// In an order that leads from fund to fund.
private let unpaidSQL = """
  SELECT i.id AS item, q.notice_date AS notice, q.fund_id AS fund
  FROM call_item i
  JOIN capital_call q ON q.id = i.call_id
  WHERE q.side = 'partners' AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.item_id = i.id)
  ORDER BY i.id * 7919 % 1000003, i.id
  LIMIT $1
  """
