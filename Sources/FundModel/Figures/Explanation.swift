/// What makes up one figure: the figure as the pages show it, and beside it, from the records, the
/// lines or parts that have to come to the same.
///
/// ``value`` comes from the code that makes the figure wherever it is shown; ``account`` does not.
/// ``sum()`` and ``ratio()`` put the account together, so that one can be held against the other.
package struct Explanation: Hashable, Sendable {
  package let question: FigureQuestion
  package let referenceDate: CalendarDate
  package let subject: Subject
  package let value: Value
  /// Whether the figure rests on cash, on stated paid-in, or in a total on both.
  package let basis: PaidInBasis
  package let account: Account

  package init(
    _ question: FigureQuestion, on referenceDate: CalendarDate, subject: Subject, value: Value,
    basis: PaidInBasis = .cash, account: Account
  ) {
    self.question = question
    self.referenceDate = referenceDate
    self.subject = subject
    self.value = value
    self.basis = basis
    self.account = account
  }

  /// What the figure is a figure of, by name.
  package struct Subject: Hashable, Sendable {
    package let currency: Currency
    /// `nil` where all funds of the currency are asked about.
    package let fund: Fund?
    package let side: Side?
    /// Of a commitment, or of an item.
    package let commitment: Commitment?
    package let call: CapitalCall?

    package init(
      currency: Currency, fund: Fund? = nil, side: Side? = nil, commitment: Commitment? = nil,
      call: CapitalCall? = nil
    ) {
      self.currency = currency
      self.fund = fund
      self.side = side
      self.commitment = commitment
      self.call = call
    }
  }

  package enum Value: Hashable, Sendable {
    case amount(Money)
    /// Two decimals; `nil` over zero, which is shown as a dash.
    case ratio(Percent?)
  }

  package enum Account: Hashable, Sendable {
    /// Lines of the records; their amounts add up to the figure.
    case lines([Line])
    /// Other figures, added and taken away.
    case sum([Part])
    /// The sum of some figures over the sum of others, × 100.
    case quotient([Part], over: [Part])
  }

  /// A figure within a formula, which can be asked about in its turn.
  package struct Part: Hashable, Sendable {
    package let question: FigureQuestion
    /// The day that it is true of.
    package let referenceDate: CalendarDate
    package let subject: Subject
    /// As it is shown wherever it stands, without the sign of the formula.
    package let amount: Money
    package let isTakenAway: Bool
    package let basis: PaidInBasis

    package init(
      _ question: FigureQuestion, on referenceDate: CalendarDate, of subject: Subject,
      _ amount: Money, isTakenAway: Bool = false, basis: PaidInBasis = .cash
    ) {
      self.question = question
      self.referenceDate = referenceDate
      self.subject = subject
      self.amount = amount
      self.isTakenAway = isTakenAway
      self.basis = basis
    }
  }
}

extension Explanation {
  /// One line of the records.
  package struct Line: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
      /// An entry that stands. What is reversed, and the reversal, drop out at every reference date.
      case payment, refund
      /// What a call asks of one commitment, or what is left of it.
      case item
      /// What was promised first; counts at every reference date.
      case firstAmount = "first_amount"
      /// A change of what was promised, from its date or from the beginning.
      case change
      /// What the firm says was paid before any history was entered.
      case stated
      /// The registered GP commitment, which stands for the GP part of a stated paid-in where the
      /// fund has no partner of type GP.
      case gpCommitment = "gp_commitment"
      /// What of the registered GP commitment lies above the stated paid-in.
      case aboveStated = "above_stated"
    }

    package let kind: Kind
    /// What the line adds to the figure; negative where it takes away.
    package let amount: Money
    package let fund: Fund
    package let commitment: Commitment?
    package let call: CallReference?
    package let entry: Entry.ID?
    /// The day of an entry, the notice date of an item, the day from which a change counts.
    package let date: CalendarDate?
    /// The memo of an entry, the reason for a change.
    package let memo: String
    /// Of an item, where what is left of it is the figure.
    package let remainder: Remainder?

    package init(
      _ kind: Kind, _ amount: Money, fund: Fund, commitment: Commitment? = nil,
      call: CallReference? = nil, entry: Entry.ID? = nil, date: CalendarDate? = nil,
      memo: String = "", remainder: Remainder? = nil
    ) {
      self.kind = kind
      self.amount = amount
      self.fund = fund
      self.commitment = commitment
      self.call = call
      self.entry = entry
      self.date = date
      self.memo = memo
      self.remainder = remainder
    }
  }

  package struct CallReference: Hashable, Sendable {
    package let id: CapitalCall.ID
    package let number: Int64

    package init(id: CapitalCall.ID, number: Int64) {
      self.id = id
      self.number = number
    }
  }

  /// What was asked by an item and what of it was paid.
  package struct Remainder: Hashable, Sendable {
    package let item: CallItem.ID
    package let asked: Money
    package let paid: Money

    package init(item: CallItem.ID, asked: Money, paid: Money) {
      self.item = item
      self.asked = asked
      self.paid = paid
    }
  }
}

extension Explanation {
  /// What the lines, or the parts with their signs, add up to; `nil` for a ratio.
  package func sum() throws(MoneyError) -> Money? {
    switch account {
    case .lines(let lines): try Money.sum(lines.map(\.amount), in: subject.currency)
    case .sum(let parts): try Self.sum(parts, in: subject.currency)
    case .quotient: nil
    }
  }

  /// What the parts of a ratio come to; `nil` over zero, and for an amount.
  package func ratio() throws(MoneyError) -> Percent? {
    guard case .quotient(let parts, let over) = account else { return nil }
    return Percent(
      try Self.sum(parts, in: subject.currency), of: try Self.sum(over, in: subject.currency))
  }

  package static func sum(_ parts: [Part], in currency: Currency) throws(MoneyError) -> Money {
    try Money.sum(parts.map { $0.isTakenAway ? $0.amount.negated : $0.amount }, in: currency)
  }
}
