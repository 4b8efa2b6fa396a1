/// Each figure by its name, from the values that the pages show.
extension FundSums {
  /// - Returns: `nil` for a figure that a fund doesn't have.
  package func value(of figure: Figure) -> Explanation.Value? {
    switch figure {
    case .commitmentTotal: .amount(commitmentTotal)
    case .paidIn: .amount(paidIn)
    case .paidInRatio: .ratio(paidInRatio)
    case .gpPaidIn: .amount(gpPaidIn)
    case .invested: .amount(invested)
    case .uninvested: .amount(uninvested)
    case .investmentAssets: .amount(investmentAssets)
    case .cash: .amount(cash)
    default: nil
    }
  }
}

extension OverviewRow {
  package func value(of figure: Figure) -> Explanation.Value? { sums.value(of: figure) }
}

extension OverviewTotals {
  package func value(of figure: Figure) -> Explanation.Value? {
    switch figure {
    case .commitmentTotal: .amount(commitmentTotal)
    case .paidIn: .amount(paidIn)
    case .paidInRatio: .ratio(paidInRatio)
    case .gpPaidIn: .amount(gpPaidIn)
    case .invested: .amount(invested)
    case .uninvested: .amount(uninvested)
    case .investmentAssets: .amount(investmentAssets)
    default: nil
    }
  }
}

extension Position {
  package func value(of figure: Figure) -> Explanation.Value? {
    switch figure {
    case .committed: .amount(committed)
    case .noticed: .amount(noticed)
    case .paid: .amount(paid)
    case .paidPercent: .ratio(paidPercent)
    case .outstanding: .amount(outstanding)
    case .creditsDue: .amount(creditsDue)
    case .notYetCalled: .amount(notYetCalled)
    case .uncalled: .amount(uncalled)
    case .uncalledPercent: .ratio(uncalledPercent)
    default: nil
    }
  }
}

extension CallStanding {
  package func value(of figure: Figure) -> Explanation.Value? {
    switch figure {
    case .amount: .amount(amount)
    case .paid: .amount(paid)
    case .paidPercent: .ratio(paidPercent)
    case .outstanding: .amount(outstanding)
    case .creditsDue: .amount(creditsDue)
    default: nil
    }
  }
}

extension ItemStanding {
  package func value(of figure: Figure) -> Explanation.Value? {
    switch figure {
    case .amount: .amount(item.amount)
    case .paid: .amount(paid)
    case .outstanding: .amount(outstanding)
    case .creditsDue: .amount(creditDue)
    default: nil
    }
  }
}

extension Explanation.Value {
  /// `nil` for a ratio.
  package var amount: Money? {
    switch self {
    case .amount(let amount): amount
    case .ratio: nil
    }
  }
}

extension Figure {
  /// Whether it changes its meaning where paid-in is stated.
  package var restsOnPaidIn: Bool {
    switch self {
    case .paidIn, .paidInRatio, .gpPaidIn, .cash, .paid, .paidPercent, .uncalled, .uncalledPercent:
      true
    default: false
    }
  }
}
