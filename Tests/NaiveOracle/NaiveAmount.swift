/// How many decimals a currency has. Only what the random books use.
func naiveDecimals(_ currency: String) -> Int { currency == "KRW" ? 0 : 2 }

/// A decimal text as a whole number of minor units, digit by digit; an empty text is 0.
func naiveUnits(_ text: String, _ currency: String) -> Int {
  var units = 0
  var decimalsSeen = -1
  var negative = false
  for character in text {
    if character == "-" {
      negative = true
    } else if character == "." {
      decimalsSeen = 0
    } else if let digit = character.wholeNumberValue {
      units = units * 10 + digit
      if decimalsSeen >= 0 { decimalsSeen += 1 }
    } else {
      fatalError("“\(text)” is no amount.")
    }
  }
  var missing = naiveDecimals(currency) - max(decimalsSeen, 0)
  precondition(missing >= 0, "“\(text)” is too fine for \(currency).")
  while missing > 0 {
    units *= 10
    missing -= 1
  }
  return negative ? -units : units
}

/// `part` ÷ `whole` × 100 with two decimals, half away from zero, by long division; `nil` over 0.
func naivePercent(_ part: Int, of whole: Int) -> String? {
  if whole == 0 { return nil }
  let negative = (part < 0) != (whole < 0)
  let divisor = abs(whole)
  var quotient = abs(part) / divisor
  var rest = abs(part) % divisor
  for _ in 1...4 {
    rest *= 10
    quotient = quotient * 10 + rest / divisor
    rest %= divisor
  }
  if rest * 2 >= divisor { quotient += 1 }
  let hundredths = quotient % 100
  let sign = negative && quotient != 0 ? "-" : ""
  return "\(sign)\(quotient / 100).\(hundredths < 10 ? "0" : "")\(hundredths)"
}
