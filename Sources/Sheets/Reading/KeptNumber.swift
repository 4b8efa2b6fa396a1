private import Glibc

/// The shortest decimal that names the number that a spreadsheet keeps for `written`: rounded to
/// 15 significant digits, without exponent, without zeros that say nothing. `0.30000000000000004`
/// is `0.3`, `1E+10` is `10000000000`, `-0` is `0`.
///
/// - Returns: `nil` when it is no finite decimal number.
package func keptNumber(_ written: UnsafeBufferPointer<UInt8>) -> String? {
  if let plain = plainNumber(written) { return plain }
  guard written.count <= 400, isDecimal(written) else { return nil }
  let text = String(decoding: written, as: UTF8.self)
  guard let value = Double(text), value.isFinite else { return nil }
  return keptNumber(value)
}

/// The same for a number that is kept as a double.
package func keptNumber(_ value: Double) -> String? {
  guard value.isFinite else { return nil }
  // `d.dddddddddddddde±xx`: the digits and where the point stands are taken from it.
  var buffer = [CChar](repeating: 0, count: 40)
  let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.14e", $0) }
  let spelled = buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }
  guard let mark = spelled.firstIndex(of: UInt8(ascii: "e")) else { return nil }
  var digits = spelled[..<mark].filter { (0x30...0x39).contains($0) }
  guard
    var exponent = Int(String(decoding: spelled[(mark + 1)...].drop { $0 == 0x2B }, as: UTF8.self))
  else { return nil }
  while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
  if digits == [0x30] { return "0" }
  var text = value < 0 ? "-" : ""
  if exponent < 0 {
    text += "0." + String(repeating: "0", count: -exponent - 1)
    exponent = digits.count
  }
  let whole = digits.prefix(exponent + 1)
  text += String(decoding: whole, as: UTF8.self)
  if exponent + 1 > digits.count, !text.contains(".") {
    text += String(repeating: "0", count: exponent + 1 - digits.count)
  }
  let rest = digits.dropFirst(exponent + 1)
  return rest.isEmpty ? text : text + "." + String(decoding: rest, as: UTF8.self)
}

/// Digits with at most one point and no exponent, few enough that a double keeps them all.
private func plainNumber(_ written: UnsafeBufferPointer<UInt8>) -> String? {
  var rest = written[...]
  let isNegative = rest.first == UInt8(ascii: "-")
  if isNegative { rest = rest.dropFirst() }
  let point = rest.firstIndex(of: UInt8(ascii: ".")) ?? rest.endIndex
  let whole = rest[..<point].drop { $0 == 0x30 }
  var decimals = rest[point...].dropFirst()
  guard point > rest.startIndex, whole.count + decimals.count <= 15,
    rest[..<point].allSatisfy(isDigit), decimals.allSatisfy(isDigit)
  else { return nil }
  while decimals.last == 0x30 { decimals.removeLast() }
  if whole.isEmpty, decimals.isEmpty { return "0" }
  return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self))
    + (decimals.isEmpty ? "" : "." + String(decoding: decimals, as: UTF8.self))
}

/// `-1.5E+10` and the like: digits, one point, one exponent; no `nan`, no hexadecimal.
private func isDecimal(_ written: UnsafeBufferPointer<UInt8>) -> Bool {
  var rest = written[...]
  if let sign = rest.first, isSign(sign) { rest = rest.dropFirst() }
  let whole = rest.prefix(while: isDigit)
  rest = rest.dropFirst(whole.count)
  var decimals = rest[rest.endIndex...]
  if rest.first == UInt8(ascii: ".") {
    decimals = rest.dropFirst().prefix(while: isDigit)
    rest = rest.dropFirst(decimals.count + 1)
  }
  guard !whole.isEmpty || !decimals.isEmpty else { return false }
  guard let mark = rest.first else { return true }
  guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return false }
  rest = rest.dropFirst()
  if let sign = rest.first, isSign(sign) { rest = rest.dropFirst() }
  return !rest.isEmpty && rest.count <= 4 && rest.allSatisfy(isDigit)
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
private func isSign(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
}
