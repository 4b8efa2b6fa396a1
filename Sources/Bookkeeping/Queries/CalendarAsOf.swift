package import FundModel
package import Store

/// A capital call as it stands on the calendar: on its due date, always.
package struct CallCard: Hashable, Sendable {
  package let standing: CallStanding
  package let fund: Fund
  /// Whom a call of the investments side asks for; `nil` on the partners' side.
  package let investment: Party?

  package init(standing: CallStanding, fund: Fund, investment: Party?) {
    self.standing = standing
    self.fund = fund
    self.investment = investment
  }

  package var day: CalendarDate { standing.call.dueDate }
}

/// Which calls a calendar shows.
package struct CalendarFilter: Hashable, Sendable {
  package enum Status: String, CaseIterable, Hashable, Sendable {
    case scheduled
    case notYetNoticed = "not_yet_noticed"
    case partiallyPaid = "partially_paid"
    case complete
    case overdue
  }

  package let fund: Fund.ID?
  package let side: Side?
  package let status: Status?
  /// Direct investments too, which nobody was asked for: left out unless asked for.
  package let includesDirect: Bool

  package init(
    fund: Fund.ID? = nil, side: Side? = nil, status: Status? = nil, includesDirect: Bool = false
  ) {
    self.fund = fund
    self.side = side
    self.status = status
    self.includesDirect = includesDirect
  }

  /// A cancelled call is on no calendar.
  func shows(_ standing: CallStanding) -> Bool {
    let call = standing.call
    return !standing.isCancelled && (includesDirect || !call.isDirectInvestment)
      && (fund.map { $0 == call.fund } ?? true) && (side.map { $0 == call.side } ?? true)
      && hasStatus(standing)
  }

  private func hasStatus(_ standing: CallStanding) -> Bool {
    switch status {
    case nil: true
    case .scheduled: standing.status == .scheduled
    case .notYetNoticed: !standing.isNoticed
    case .partiallyPaid: standing.status == .partiallyPaid
    case .complete: standing.status == .complete
    case .overdue: standing.isOverdue
    }
  }
}

/// A month of due dates as of a reference date, and one call in full where it was asked for.
package struct CallCalendar: Sendable {
  package let month: CalendarMonth
  package let filter: CalendarFilter
  /// By due date, then side, notice date and number.
  package let cards: [CallCard]
  /// What is outstanding on the month's calls, one sum for each currency, the home currency first;
  /// zeros are left out.
  package let outstanding: [Money]
  /// The due date next to an empty month: the first one after it, else the last one before.
  package let nearest: CalendarDate?
  /// Every fund in the books, in order of registration.
  package let funds: [Fund]
  /// The call that was asked for, with its card.
  package let open: OpenCall?

  package struct OpenCall: Sendable {
    package let card: CallCard
    package let call: CallInFull.Answer

    package init(card: CallCard, call: CallInFull.Answer) {
      self.card = card
      self.call = call
    }
  }

  package init(
    month: CalendarMonth, filter: CalendarFilter, cards: [CallCard], outstanding: [Money],
    nearest: CalendarDate?, funds: [Fund], open: OpenCall?
  ) {
    self.month = month
    self.filter = filter
    self.cards = cards
    self.outstanding = outstanding
    self.nearest = nearest
    self.funds = funds
    self.open = open
  }
}

/// The calls that fall due in a month, each with where it stands on the reference date.
package struct CalendarAsOf: Query {
  /// When `nil`, the month in which `call` falls due, else that of the reference date.
  package let month: CalendarMonth?
  package let filter: CalendarFilter
  /// A call to be answered in full as well, wherever it falls due and whatever the filter.
  package let call: CapitalCall.ID?
  package let asOf: AsOf
  package let homeCurrency: Currency
  /// Whose calendar it is: a partner's has what is asked of its own commitments.
  package let sight: Sight

  package init(
    month: CalendarMonth? = nil, filter: CalendarFilter = CalendarFilter(),
    call: CapitalCall.ID? = nil, _ asOf: AsOf, homeCurrency: Currency, sight: Sight = .everything
  ) {
    self.sight = sight
    self.month = month
    self.filter = filter
    self.call = call
    self.asOf = asOf
    self.homeCurrency = homeCurrency
  }

  package func answer(from connection: any SQLConnection) throws -> CallCalendar {
    let open = try call.map { try CallInFull($0, asOf).answer(from: connection) }
    let day = open?.sheet.standing.call.dueDate ?? asOf.referenceDate
    let month = month ?? CalendarMonth(of: day)
    let deck = try CardDeck(asOf, sight, in: connection)
    let all = try deck.cards(shownBy: filter)
    let cards = all.filter { month.contains($0.day) }
    return CallCalendar(
      month: month, filter: filter, cards: cards, outstanding: try outstanding(of: cards),
      nearest: all.first { $0.day > month.last }?.day ?? all.last { $0.day < month.first }?.day,
      funds: deck.funds,
      open: open.flatMap { call in
        deck.card(of: call.sheet.standing).map { CallCalendar.OpenCall(card: $0, call: call) }
      })
  }

  private func outstanding(of cards: [CallCard]) throws -> [Money] {
    let amounts = Dictionary(
      grouping: cards.map(\.standing.outstanding).filter { !$0.isZero }, by: \.currency)
    return try amounts.map { try Money.sum($1, in: $0) }.sorted { a, b in
      let isHome = (a.currency == homeCurrency, b.currency == homeCurrency)
      return isHome.0 == isHome.1 ? a.currency.code < b.currency.code : isHome.0
    }
  }
}

/// Every call's card by due date, whenever it falls due: what a calendar feed is made of.
package struct CallCardsAsOf: Query {
  package let filter: CalendarFilter
  package let asOf: AsOf
  package let sight: Sight

  package init(
    _ asOf: AsOf, filter: CalendarFilter = CalendarFilter(), sight: Sight = .everything
  ) {
    self.filter = filter
    self.asOf = asOf
    self.sight = sight
  }

  package func answer(from connection: any SQLConnection) throws -> [CallCard] {
    try CardDeck(asOf, sight, in: connection).cards(shownBy: filter)
  }
}

/// What cards are made of: the calls' standings, and the names of funds and investments.
private struct CardDeck {
  let funds: [Fund]
  private let byID: [Fund.ID: Fund]
  private let asOf: AsOf
  private let connection: any SQLConnection
  private let investments: [Commitment.ID: Party]
  /// The commitments that a partner may see; all of them when `nil`.
  private let own: Set<Commitment.ID>?

  init(_ asOf: AsOf, _ sight: Sight, in connection: any SQLConnection) throws {
    let known = try asOf.knownThrough(in: connection)
    self.asOf = asOf
    self.connection = connection
    let all = try FundRecords.funds(knownThrough: known, in: connection)
    let commitments = try CommitmentRecords.commitments(
      .all, on: asOf.referenceDate, knownThrough: known, in: connection)
    switch sight {
    case .everything: (funds, own) = (all, nil)
    case .own(let parties):
      let theirs = commitments.filter { $0.side == .partners && parties.contains($0.party.id) }
      own = Set(theirs.map(\.id))
      funds = all.filter { fund in theirs.contains { $0.fund == fund.id } }
    }
    byID = Dictionary(funds.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    investments = Dictionary(
      commitments.filter { $0.side == .investments }.map { ($0.id, $0.party) },
      uniquingKeysWith: { first, _ in first })
  }

  /// By due date, then in the order of `CallsAsOf`.
  func cards(shownBy filter: CalendarFilter) throws -> [CallCard] {
    let selection = filter.fund.map(CallsAsOf.Selection.ofFund) ?? .all
    return try CallsAsOf(selection, asOf).answer(from: connection).compactMap(seen)
      .filter(filter.shows).compactMap(card(of:)).enumerated()
      .sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
  }

  /// As far as it may be seen: with the items of the partner's own commitments alone.
  private func seen(_ standing: CallStanding) throws(MoneyError) -> CallStanding? {
    guard let own else { return standing }
    return try standing.only(of: own, standing.amount.currency, on: asOf.referenceDate)
  }

  func card(of standing: CallStanding) -> CallCard? {
    byID[standing.call.fund].map { fund in
      let asked = standing.items.first?.item.commitment
      return CallCard(
        standing: standing, fund: fund, investment: asked.flatMap { investments[$0] })
    }
  }
}
