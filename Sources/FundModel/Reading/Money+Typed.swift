extension Money {
  /// The longest amount that is read, in characters.
  package static let longestTyped = 64

  /// Reads an amount as people type it, exactly: nothing is rounded, nothing is guessed.
  ///
  /// - `1250`, `1,250.00`, `1 250 000`: commas or spaces between groups of exactly three digits.
  /// - `12억 3,400만`, `1.5억`, `5천만`, `1,250백만원`: Korean units 조 억 만 and, within them, 천 백 십,
  ///   larger first, every part smaller than the unit before it. Only the last number may have
  ///   decimals. Every unit wants a number: `백만원` alone is as often the heading of a column.
  ///   `3천 2만` is refused (3,000 and 20,000, or 3,002만?); `3천2만` is 3,002만.
  /// - Negative: `-`, `−`, `△`, `▲`, `(1,000)`; once only.
  /// - A currency mark or code before, after or both: `₩`, `원`, `US$`, `$ 5 USD`. It must fit.
  /// - Full-width forms and every kind of space are read as their plain forms.
  ///
  /// A plain number has no more decimals than the currency, zeros included: `10.00` is no KRW. In a
  /// Korean unit any number of decimals will do that comes to whole minor units.
  ///
  /// Checked in this order: length, emptiness, the currency, the spelling, decimals, size.
  package init(typed text: String, in currency: Currency) throws(AmountProblem) {
    if let units = Self.plainUnits(text, in: currency) {
      self.init(minorUnits: units, currency)
      return
    }
    guard var typed = TypedText(text, limit: Self.longestTyped) else {
      throw .tooLong(limit: Self.longestTyped)
    }
    guard !typed.isEmpty else { throw .empty }
    let shown = typed.shown
    let isNegative = try Self.takeTrimmings(of: &typed, in: currency)
    let magnitude: KoreanNumber
    do throws(KoreanNumber.Problem) {
      magnitude = try KoreanNumber(reading: &typed)
    } catch {
      throw error.asAmountProblem(of: shown, in: currency)
    }

    guard magnitude.endsInUnit || magnitude.decimals <= currency.decimals else {
      throw .tooManyDecimals(shown, currency)
    }
    let most = Money(minorUnits: Self.mostRecorded, currency)
    let (scaled, overflow) = magnitude.coefficient.multipliedReportingOverflow(
      by: Int128(currency.unitsPerMajor))
    guard !overflow else { throw .tooLarge(shown, most: most) }
    let exact = scaled.quotientAndRemainder(dividingBy: powerOfTen(magnitude.decimals))
    guard exact.remainder == 0 else { throw .tooManyDecimals(shown, currency) }
    guard exact.quotient <= Int128(Self.mostRecorded) else { throw .tooLarge(shown, most: most) }
    self.init(minorUnits: Int64(isNegative ? -exact.quotient : exact.quotient), currency)
  }

  /// What nearly all amounts of a long file are, at once: `1250` or `1,250,000`, and nothing around it.
  ///
  /// - Returns: `nil` for everything else, which is looked at in full.
  private static func plainUnits(_ text: String, in currency: Currency) -> Int64? {
    // A zero before other digits may be half of something.
    guard text.utf8.first != UInt8(ascii: "0") || text.utf8.count == 1 else { return nil }
    var amount: Int64 = 0
    var (digits, comma) = (0, -1)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        // Beyond this there is no room for the minor units.
        guard digits <= 15 else { return nil }
        amount = amount * 10 + Int64(byte - UInt8(ascii: "0"))
      case UInt8(ascii: ","):
        guard comma < 0 ? (1...3).contains(digits) : digits == comma + 3 else {
          return nil
        }
        comma = digits
      default: return nil
      }
    }
    guard digits > 0, comma < 0 || digits == comma + 3 else { return nil }
    let (units, overflow) = amount.multipliedReportingOverflow(by: currency.unitsPerMajor)
    return overflow || units > mostRecorded ? nil : units
  }

  /// Takes off what stands around the digits: sign, brackets, currency marks, spaces.
  ///
  /// - Returns: whether the amount is negative.
  private static func takeTrimmings(
    of typed: inout TypedText, in currency: Currency
  ) throws(AmountProblem) -> Bool {
    let shown = typed.shown
    var sign: TypedText.Sign?
    var isOpen = false
    var hasMark = false
    while true {
      typed.skipSpaces()
      if let next = typed.takeSign() {
        guard sign == nil else { throw .unreadable(shown) }
        sign = next
      } else if typed.take("(") {
        guard sign == nil else { throw .unreadable(shown) }
        sign = .minus
        isOpen = true
      } else if let mark = CurrencyMark.take(from: &typed, atEnd: false) {
        guard !hasMark else { throw .unreadable(shown) }
        hasMark = true
        try mark.mustFit(currency)
      } else {
        break
      }
    }
    hasMark = false
    while true {
      typed.skipSpacesAtEnd()
      if isOpen, typed.takeLast(")") {
        isOpen = false
      } else if let mark = CurrencyMark.take(from: &typed, atEnd: true) {
        guard !hasMark else { throw .unreadable(shown) }
        hasMark = true
        try mark.mustFit(currency)
      } else {
        break
      }
    }
    guard !isOpen else { throw .unreadable(shown) }
    return sign == .minus
  }
}

extension KoreanNumber.Problem {
  fileprivate func asAmountProblem(of shown: String, in currency: Currency) -> AmountProblem {
    switch self {
    case .unreadable: .unreadable(shown)
    case .badGroups: .badGroups(shown)
    case .unitWithoutNumber: .unitWithoutNumber(shown)
    case .unitOrder: .unitOrder(shown)
    case .tooManyDecimals: .tooManyDecimals(shown, currency)
    case .tooLarge: .tooLarge(shown, most: Money(minorUnits: Money.mostRecorded, currency))
    }
  }
}
