import FundModel

/// One row about an entry, or about the payment of a direct investment, once its names are
/// understood: as compact as can be, as there may be a million.
struct PlannedEntry {
  /// The table of payments or of investments that it stands in, among those of the import.
  let table: Int
  /// Its row there.
  let row: Int
  let isInvestment: Bool
  /// The number that orders it and by which reversals name it; `.max` where it has none.
  let sequence: Int64
  let kind: Kind
  let amount: Money
  let day: CalendarDate
  /// For a reversal, the sequence of its target.
  let reverses: Int64
  let memo: String
  let reference: String
  var item: ItemFacts?
  var fate: Fate = .undecided
  /// The entry of the books that it is, or became.
  var entry: Entry.ID?

  enum Kind: UInt8 { case payment, refund, reversal }

  enum Fate {
    case undecided
    case new
    case there
    /// It is there, and was reversed by this entry.
    case reversed(by: Entry.ID)
    /// The entry is reversed, and what the row says is recorded.
    indirect case edited(KnownEntry)
    /// It cannot be taken; it was told why, or rests on what cannot.
    case refused
  }

  var entryKind: Entry.Kind { kind == .refund ? .refund : .payment }

  /// What it adds to its item where it is recorded, in minor units.
  var units: Int64 { entryKind.sign * amount.minorUnits }
}

/// An entry of the books that rows are compared with.
struct KnownEntry {
  let id: Entry.ID
  let item: CallItem.ID
  let kind: Entry.Kind
  let units: Int64
  let day: CalendarDate
  let memo: String
  let reference: String
  let audit: Int64
  let reverses: Entry.ID?
  let reversedBy: Entry.ID?
  /// Reversed by an undo of an import, or by an import that was undone.
  let isAnswered: Bool

  /// Neither reversed nor a reversal.
  var stands: Bool { reversedBy == nil && reverses == nil }
}
