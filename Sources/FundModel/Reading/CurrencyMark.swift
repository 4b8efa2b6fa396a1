/// A sign, word or code that people write beside an amount.
struct CurrencyMark {
  let written: String
  private let codes: Set<String>

  func mustFit(_ currency: Currency) throws(AmountProblem) {
    guard codes.contains(currency.code) else {
      throw .otherCurrency(written: written, expected: currency)
    }
  }

  /// Takes a mark off the front or the end; letters may be small.
  static func take(from typed: inout TypedText, atEnd: Bool) -> CurrencyMark? {
    for mark in marks where atEnd ? typed.takeLast(mark.written) : typed.take(mark.written) {
      return mark
    }
    let letters = String(atEnd ? typed.rest.suffix(3) : typed.rest.prefix(3))
    guard letters.utf8.count == 3, let currency = Currency(code: letters.uppercased()) else {
      return nil
    }
    _ = atEnd ? typed.takeLast(letters) : typed.take(letters)
    return CurrencyMark(written: letters, codes: [currency.code])
  }

  /// Longer marks first: `US$` ends in `$`. A mark of several currencies fits each of them.
  private static let marks: [CurrencyMark] = [
    ("US$", "USD"), ("HK$", "HKD"), ("NT$", "TWD"), ("NZ$", "NZD"), ("A$", "AUD"), ("C$", "CAD"),
    ("S$", "SGD"), ("$", "USD AUD CAD HKD NZD SGD TWD MXN"), ("₩", "KRW"), ("원", "KRW"),
    ("달러", "USD AUD CAD HKD NZD SGD TWD"), ("€", "EUR"), ("유로", "EUR"), ("£", "GBP"),
    ("파운드", "GBP"), ("¥", "JPY CNY"), ("엔", "JPY"), ("円", "JPY"), ("위안", "CNY"), ("元", "CNY"),
    ("₫", "VND"), ("₹", "INR"), ("฿", "THB"),
  ].map { mark, codes in
    CurrencyMark(written: mark, codes: Set(codes.split(separator: " ").map(String.init)))
  }
}
