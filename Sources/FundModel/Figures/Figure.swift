/// A figure that can be asked what makes it up. Raw values are what addresses and the API call it.
package enum Figure: String, CaseIterable, Hashable, Sendable {
  // Of a fund, or of all funds of one currency together.
  /// 약정총액, the registered total.
  case commitmentTotal = "commitment_total"
  /// 납입총액.
  case paidIn = "paid_in"
  /// 납입비율.
  case paidInRatio = "paid_in_ratio"
  /// GP출자금.
  case gpPaidIn = "gp_paid_in"
  /// 투자총액.
  case invested
  /// 미투자액.
  case uninvested
  /// 투자자산 (AUM).
  case investmentAssets = "investment_assets"
  /// Paid-in less invested; of one fund only.
  case cash

  // Of one side of a fund, or of one commitment.
  /// 약정.
  case committed
  /// 청구액: what standing calls asked by the reference date.
  case noticed
  /// 납입액, 투자액; of a call and of an item too.
  case paid
  /// Paid ÷ committed; of a call, paid ÷ amount over positive items.
  case paidPercent = "paid_pct"
  /// 미납액; of a call and of an item too.
  case outstanding
  /// 반환할 금액; of a call and of an item too.
  case creditsDue = "credits_due"
  /// 미청구액.
  case notYetCalled = "not_yet_called"
  /// 미납입 약정액.
  case uncalled
  /// Uncalled ÷ committed.
  case uncalledPercent = "uncalled_pct"

  /// What a call or an item asks, noticed or not yet; credits taken off.
  case amount
}

/// What a figure is a figure of.
package enum FigureScope: Hashable, Sendable {
  /// All funds of one currency: a 합계, a card.
  case total(Currency, formedOnly: Bool = false)
  case fund(Fund.ID)
  case side(Side, of: Fund.ID)
  case commitment(Commitment.ID)
  case call(CapitalCall.ID)
  case item(CallItem.ID)
}

extension Figure {
  /// Whether there is such a figure of `scope`.
  package func exists(for scope: FigureScope) -> Bool {
    switch scope {
    case .total: isOfFund && self != .cash
    case .fund: isOfFund
    case .side, .commitment: isOfPosition
    case .call: isOfCall
    case .item: isOfCall && self != .paidPercent
    }
  }

  fileprivate var isRatio: Bool {
    switch self {
    case .paidInRatio, .paidPercent, .uncalledPercent: true
    default: false
    }
  }

  private var isOfFund: Bool {
    switch self {
    case .commitmentTotal, .paidIn, .paidInRatio, .gpPaidIn, .invested, .uninvested,
      .investmentAssets, .cash:
      true
    default: false
    }
  }

  /// Those of a ``Position``.
  private var isOfPosition: Bool {
    switch self {
    case .committed, .noticed, .paid, .paidPercent, .outstanding, .creditsDue, .notYetCalled,
      .uncalled, .uncalledPercent:
      true
    default: false
    }
  }

  private var isOfCall: Bool {
    switch self {
    case .amount, .paid, .paidPercent, .outstanding, .creditsDue: true
    default: false
    }
  }
}

/// A figure of something that has such a figure.
package struct FigureQuestion: Hashable, Sendable {
  package let figure: Figure
  package let scope: FigureScope
  /// The day since which the change of the figure is asked for, instead of the figure.
  package let since: CalendarDate?

  /// - Returns: `nil` where there is no such figure, such as the cash of a commitment or the change of
  ///   a ratio.
  package init?(_ figure: Figure, of scope: FigureScope, since: CalendarDate? = nil) {
    guard figure.exists(for: scope), since == nil || !figure.isRatio else { return nil }
    self.figure = figure
    self.scope = scope
    self.since = since
  }
}
