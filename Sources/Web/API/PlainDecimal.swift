/// The digits of a JSON number without its exponent and without idle zeros: `1.50e2` is `150`.
///
/// A number is a value and not a spelling, so `10.0` is a whole number of won like `10`.
///
/// - Returns: `nil` with an exponent beyond ±``longest``: `1e401` is no amount.
func plainDecimal(_ number: String) -> String? {
  let parts = number.split(whereSeparator: { $0 == "e" || $0 == "E" })
  let isNegative = number.hasPrefix("-")
  let mantissa = parts[0].drop { $0 == "-" }
  let whole = mantissa.prefix { $0 != "." }
  let decimals = mantissa.dropFirst(whole.count + 1)
  var digits = String(whole + decimals)
  let leading = digits.prefix { $0 == "0" }.count
  guard leading < digits.count else { return "0" }

  guard let exponent = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
  let (point, overflow) = whole.count.addingReportingOverflow(exponent)
  guard !overflow, abs(exponent) <= longest else { return nil }
  if point <= 0 { digits = String(repeating: "0", count: 1 - point) + digits }
  let end = max(point, 1)
  if digits.count < end { digits += String(repeating: "0", count: end - digits.count) }

  var fraction = digits.dropFirst(end)
  while fraction.last == "0" { fraction.removeLast() }
  var result = String(digits.prefix(end).drop { $0 == "0" })
  if result.isEmpty { result = "0" }
  if !fraction.isEmpty { result += "." + fraction }
  return (isNegative ? "-" : "") + result
}

private let longest = 400
