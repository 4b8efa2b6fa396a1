package import FundModel

/// Why the books will not do what was asked. A closed list: each case has a stable code, the field
/// it is about, and one sentence in each language (`Refusal+Sentence.swift`).
package enum Refusal: Error, Hashable, Sendable {
  case unknown(Noun, Int64)
  case text(String, TextProblem)
  case nameTaken(String, by: Noun)
  case currency(field: String, given: Currency, expected: Currency)
  case notPositive(field: String)
  case negative(field: String)
  case zero(field: String)
  case tooLarge(field: String)
  case fundDates(FundTerms.Refusal)
  case percentOutOfRange(field: String)
  case alreadyCommitted(party: String)
  case partnerTypeOnPartnersOnly
  case commitmentBelowZero(Money, on: CalendarDate?)
  case commitmentTotalBelowZero(Money, on: CalendarDate?)
  case directInvestment
  case notDirectInvestment
  case undoneAlready
  case dueBeforeNotice(notice: CalendarDate, due: CalendarDate)
  case numberTaken(Int64)
  case noItems
  case creditWithoutReason
  case nothingOpen
  case nothingToShareBy
  case itemTwice(Int64)
  case commitmentElsewhere(Int64)
  /// More would be called than committed: allowed, with a reason.
  case aboveCommitment(party: String, commitment: Money, noticed: Money, on: CalendarDate)
  case callCancelled(CalendarDate)
  case cancelBeforeNotice(CalendarDate, notice: CalendarDate)
  case cancelAfterToday(CalendarDate, latest: CalendarDate)
  case entriesStand(Int)
  case entry(EntryRules.Refusal)
  case investedAfterToday(CalendarDate, today: CalendarDate)
  case nothingStated
  case historyExists
  case feedEndedAlready
  case userEndedAlready
  case lastOwner
  case partnerWithoutParties
  case partiesOfPartners
  case linkUsedUp
  case importUndoneAlready(by: Int64)
  /// An entry of the trail rests on the import that was to be undone.
  case laterFactsRest(on: Int64)
  /// A cancelled call cannot be made to count again.
  case importCancelledCall(number: Int64)
  case requestKeyReused
  case figureTooLarge

  /// What an id can be of.
  package enum Noun: String, CaseIterable, Sendable {
    case fund, party, commitment, call, item, entry, feed, user
    case importing = "import"
  }
}

extension Refusal {
  /// Stable, for programs: the API's `code`.
  package var code: String {
    switch self {
    case .unknown(let noun, _): "unknown-\(noun.rawValue)"
    case .text(_, .missing): "text-missing"
    case .text(_, .tooLong): "text-too-long"
    case .text(_, .unprintable): "text-unprintable"
    case .nameTaken: "name-taken"
    case .currency: "wrong-currency"
    case .notPositive: "not-positive"
    case .negative: "negative"
    case .zero: "zero"
    case .tooLarge: "amount-too-large"
    case .fundDates: "dates-out-of-order"
    case .percentOutOfRange: "percent-out-of-range"
    case .alreadyCommitted: "already-committed"
    case .partnerTypeOnPartnersOnly: "partner-type-on-partners-only"
    case .commitmentBelowZero: "commitment-below-zero"
    case .commitmentTotalBelowZero: "commitment-total-below-zero"
    case .directInvestment: "direct-investment"
    case .notDirectInvestment: "not-a-direct-investment"
    case .undoneAlready: "undone-already"
    case .dueBeforeNotice: "due-before-notice"
    case .numberTaken: "number-taken"
    case .noItems: "no-items"
    case .creditWithoutReason: "credit-without-reason"
    case .nothingOpen: "nothing-open"
    case .nothingToShareBy: "nothing-to-share-by"
    case .itemTwice: "item-twice"
    case .commitmentElsewhere: "commitment-elsewhere"
    case .aboveCommitment: "above-commitment"
    case .callCancelled: "call-cancelled"
    case .cancelBeforeNotice: "cancel-before-notice"
    case .cancelAfterToday: "cancel-after-today"
    case .entriesStand: "entries-stand"
    case .entry(let refusal): refusal.code
    case .investedAfterToday: "after-today"
    case .nothingStated: "nothing-stated"
    case .historyExists: "history-exists"
    case .feedEndedAlready: "feed-ended-already"
    case .userEndedAlready: "user-ended-already"
    case .lastOwner: "last-owner"
    case .partnerWithoutParties: "partner-without-parties"
    case .partiesOfPartners: "parties-of-partners"
    case .linkUsedUp: "link-used-up"
    case .importUndoneAlready: "import-undone-already"
    case .laterFactsRest: "later-facts-rest"
    case .importCancelledCall: "import-cancelled-call"
    case .requestKeyReused: "request-key-reused"
    case .figureTooLarge: "figure-too-large"
    }
  }

  /// The field of the command that is wrong, as the API names it; `nil` when it is no single one.
  package var field: String? {
    switch self {
    case .unknown(let noun, _): noun.rawValue
    case .text(let field, _), .currency(let field, _, _), .notPositive(let field),
      .negative(let field), .zero(let field), .tooLarge(let field), .percentOutOfRange(let field):
      field
    case .nameTaken: "name"
    case .fundDates(.endBeforeFormation): "investment_period_end"
    case .fundDates(.maturityBefore): "maturity_date"
    case .fundDates(.dissolutionBeforeFormation): "dissolution_date"
    case .alreadyCommitted: "party"
    case .partnerTypeOnPartnersOnly: "partner_type"
    case .commitmentBelowZero, .commitmentTotalBelowZero: "amount"
    case .dueBeforeNotice: "due_date"
    case .numberTaken: "number"
    case .noItems, .nothingOpen, .nothingToShareBy, .itemTwice, .commitmentElsewhere: "items"
    case .aboveCommitment: "over_commitment_reason"
    case .creditWithoutReason: "credit_reason"
    case .cancelBeforeNotice, .cancelAfterToday: "cancelled_on"
    case .investedAfterToday: "invested_on"
    case .entry(let refusal): refusal.field
    case .lastOwner: "role"
    case .partnerWithoutParties, .partiesOfPartners: "parties"
    case .directInvestment, .notDirectInvestment, .undoneAlready, .callCancelled, .entriesStand,
      .importUndoneAlready, .laterFactsRest, .importCancelledCall,
      .nothingStated, .historyExists, .feedEndedAlready, .userEndedAlready, .linkUsedUp,
      .requestKeyReused,
      .figureTooLarge:
      nil
    }
  }
}

extension EntryRules.Refusal {
  var code: String {
    switch self {
    case .wrongCurrency: "wrong-currency"
    case .notPositive: "not-positive"
    case .callCancelled: "call-cancelled"
    case .afterToday: "after-today"
    case .beforeNotice: "before-notice"
    case .paymentOnCredit: "payment-on-credit"
    case .tooMuch: "more-than-the-item-takes"
    case .reversalOfReversal: "reversal-of-reversal"
    case .reversedAlready: "reversed-already"
    case .laterEntriesDepend: "later-entries-depend"
    }
  }

  var field: String? {
    switch self {
    case .wrongCurrency, .notPositive, .tooMuch, .paymentOnCredit: "amount"
    case .afterToday, .beforeNotice: "paid_date"
    case .callCancelled, .reversalOfReversal, .reversedAlready, .laterEntriesDepend: nil
    }
  }

  /// The most that the item takes, where that is what was passed.
  package var most: Money? {
    switch self {
    case .tooMuch(_, _, let most, _, _), .laterEntriesDepend(_, let most, _): most
    default: nil
    }
  }
}
