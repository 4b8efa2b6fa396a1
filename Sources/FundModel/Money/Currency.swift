/// A currency of ISO 4217, such as KRW (no decimals) or USD (two).
package struct Currency: Hashable, Sendable {
  /// Place in `table`; small, so that a sum of money stays small.
  private let index: UInt8
  /// Carried along: whatever is written of an amount asks for it.
  @usableFromInline let decimalCount: UInt8

  /// - Returns: `nil` unless `code` is one of the alphabetic codes in use, in capitals.
  package init?(code: String) {
    guard code.utf8.count == 3, let index = Self.indexByCode[code] else { return nil }
    self.init(index: index)
  }

  private init(index: UInt8) {
    self.index = index
    decimalCount = UInt8(Self.table[Int(index)].decimals)
  }

  /// The three letters, such as `KRW`.
  package var code: String { Self.table[Int(index)].code }
  /// How many decimals an amount has: 0 for KRW, 2 for USD, 3 for KWD.
  @inlinable package var decimals: Int { Int(decimalCount) }
  /// How many minor units make one major unit: 1 for KRW, 100 for USD.
  @inlinable package var unitsPerMajor: Int64 {
    switch decimalCount {
    case 0: 1
    case 2: 100
    default: 1_000
    }
  }

  package static let krw = Currency(index: indexByCode["KRW"] ?? 0)
  package static let usd = Currency(index: indexByCode["USD"] ?? 0)

  /// Every currency known here, in alphabetical order of codes.
  package static var all: [Currency] { table.indices.map { Currency(index: UInt8($0)) } }

  private static let indexByCode: [String: UInt8] = {
    var indices: [String: UInt8] = [:]
    for (index, row) in table.enumerated() { indices[row.code] = UInt8(index) }
    return indices
  }()

  /// ISO 4217:2015, list one, currencies with a minor unit; funds, metals and test codes left out.
  private static let table: [(code: String, decimals: Int)] =
    (codes(
      """
      AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
      CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD
      HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK
      MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD
      RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS
      UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
      """, decimals: 2)
    + codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF", decimals: 0)
    + codes("BHD IQD JOD KWD LYD OMR TND", decimals: 3))
    .sorted { $0.code < $1.code }

  private static func codes(_ list: String, decimals: Int) -> [(code: String, decimals: Int)] {
    list.split(whereSeparator: \.isWhitespace).map { (String($0), decimals) }
  }
}

extension Currency: CustomStringConvertible {
  package var description: String { code }
}
