/// The place of a cell, as a sheet writes it: `A1` to `XFD1048576`.
struct CellReference: Hashable {
  /// From 0.
  let column: Int
  /// From 1.
  let row: Int

  /// - Returns: `nil` for anything else, such as `A0`, `ZZZZ99` or `A-1`.
  init?(_ written: some Collection<UInt8>, _ limits: SheetLimits) {
    let letters = written.prefix { (0x41...0x5A).contains($0) }
    let digits = written.dropFirst(letters.count)
    guard (1...3).contains(letters.count), (1...7).contains(digits.count),
      digits.first != 0x30, digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    column = letters.reduce(0) { $0 * 26 + Int($1) - 0x40 } - 1
    row = digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    guard column < limits.columns, row <= limits.sheetRows else { return nil }
  }
}
