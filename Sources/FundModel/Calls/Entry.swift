/// One line of the cash ledger (기록). Never changed, never deleted.
package struct Entry: Hashable, Sendable {
  package typealias ID = Identifier<Entry>

  /// Counts up over the whole books in the order of recording.
  package let id: ID
  package let kind: Kind
  package let fund: Fund.ID
  package let side: Side
  package let commitment: Commitment.ID
  package let item: CallItem.ID?
  /// More than zero; the kind says which way it went.
  package let amount: Money
  /// The day the money moved: what reporting goes by, whenever it was keyed in.
  package let effectiveOn: CalendarDate
  /// For a reversal, the payment or refund that it says was keyed in wrongly.
  package let reverses: ID?

  package init(
    id: ID, kind: Kind, fund: Fund.ID, side: Side, commitment: Commitment.ID, item: CallItem.ID?,
    amount: Money, effectiveOn: CalendarDate, reverses: ID?
  ) {
    self.id = id
    self.kind = kind
    self.fund = fund
    self.side = side
    self.commitment = commitment
    self.item = item
    self.amount = amount
    self.effectiveOn = effectiveOn
    self.reverses = reverses
  }

  /// What an entry says happened.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Money moved as the call asked (납입).
    case payment
    /// Money went back (반환), on its own date.
    case refund
    /// A payment was keyed in wrongly (취소); takes the payment's date.
    case paymentReversal = "payment_reversal"
    /// A refund was keyed in wrongly (취소); takes the refund's date.
    case refundReversal = "refund_reversal"

    /// +1 where the entry adds to what was paid, −1 where it takes away.
    package var sign: Int64 {
      switch self {
      case .payment, .refundReversal: 1
      case .refund, .paymentReversal: -1
      }
    }

    /// The kind of the entry that undoes one of this kind; `nil` for a reversal, which is final.
    package var reversal: Kind? {
      switch self {
      case .payment: .paymentReversal
      case .refund: .refundReversal
      case .paymentReversal, .refundReversal: nil
      }
    }

    package var isReversal: Bool { reversal == nil }
  }

  /// What it adds to paid-in (or invested), in minor units; negative when it takes away.
  package var signedUnits: Int64 { kind.sign * amount.minorUnits }

  /// What it adds to the fund's cash: a partner's payment comes in, one to an investment goes out.
  package var cashMoved: Money {
    let paid = Money(minorUnits: signedUnits, amount.currency)
    return side == .partners ? paid : paid.negated
  }
}
