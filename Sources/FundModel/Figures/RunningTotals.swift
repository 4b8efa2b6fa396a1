/// Sums that change on days, of many places at once, and what each comes to at the close of any day.
///
/// Changes are kept in the order of their days, cut into blocks; each block begins with what every
/// place has before it. So the sums of one day are a copy of one row and the changes of part of one
/// block, in the order of memory: searching each place for itself would cost a cache miss a step.
/// A back-dated change is one insertion, and one sum in each later block.
package struct RunningTotals: Sendable {
  /// By how much one place changes from a day on.
  package struct Change: Sendable {
    /// As ``CalendarDate/dayNumber``; ``RunningTotals/always`` for what counts on every day.
    package let day: Int32
    package let place: Int32
    /// In minor units, or how many.
    package let amount: Int64

    package init(day: Int32, place: Int32, amount: Int64) {
      (self.day, self.place, self.amount) = (day, place, amount)
    }
  }

  /// Before every day of the calendar.
  package static let always = Int32.min

  /// How many places there are; each is named by its number, from 0.
  package private(set) var placeCount: Int
  /// In the order of their days; never empty.
  private var blocks: [Block]
  /// A block that has twice as many changes is cut in two.
  private var changesPerBlock: Int { max(Self.fewestChanges, placeCount) }
  private static let fewestChanges = 256

  private struct Block {
    /// What each place has before the first change of the block.
    var opening: [Int64]
    /// In the order of their days; those of one day in the order in which they came.
    var changes: [Change]

    /// At least two blocks have changes, or there is one: no other block is empty.
    var firstDay: Int32 { changes.first?.day ?? RunningTotals.always }
  }

  /// - Parameter changes: in any order, each of a place below `placeCount`.
  /// - Throws: `MoneyError.overflow` when a sum does not fit in 64 bits on some day.
  package init(_ changes: consuming [Change], placeCount: Int) throws(MoneyError) {
    self.placeCount = placeCount
    blocks = []
    changes.sort { $0.day < $1.day }
    var running = [Int64](repeating: 0, count: placeCount)
    let size = changesPerBlock
    var start = 0
    repeat {
      let end = min(start + size, changes.count)
      blocks.append(Block(opening: running, changes: Array(changes[start..<end])))
      guard Self.add(changes[start..<end], to: &running) else { throw .overflow }
      start = end
    } while start < changes.count
  }

  /// - Returns: whether every sum fits.
  private static func add(_ changes: ArraySlice<Change>, to sums: inout [Int64]) -> Bool {
    var fits = true
    for change in changes {
      let place = Int(change.place)
      let (sum, overflow) = sums[place].addingReportingOverflow(change.amount)
      sums[place] = sum
      if overflow { fits = false }
    }
    return fits
  }

  /// Makes room for further places, which have nothing yet.
  package mutating func addPlaces(_ count: Int) {
    placeCount += count
    for index in blocks.indices {
      blocks[index].opening.append(contentsOf: repeatElement(0, count: count))
    }
  }

  /// Takes in one more change.
  ///
  /// - Throws: `MoneyError.overflow` when a sum does not fit on some day; some sums are wrong then,
  ///   and the whole is not to be used any more.
  package mutating func add(_ change: Change) throws(MoneyError) {
    let index = block(of: change.day)
    let place = blocks[index].changes.partition(after: change.day)
    blocks[index].changes.insert(change, at: place)
    for later in blocks.indices.dropFirst(index + 1) {
      let (sum, overflow) = blocks[later].opening[Int(change.place)]
        .addingReportingOverflow(change.amount)
      guard !overflow else { throw .overflow }
      blocks[later].opening[Int(change.place)] = sum
    }
    if blocks[index].changes.count > 2 * changesPerBlock { try cut(index) }
  }

  private mutating func cut(_ index: Int) throws(MoneyError) {
    let changes = blocks[index].changes
    let half = changes.count / 2
    var opening = blocks[index].opening
    guard Self.add(changes[..<half], to: &opening) else { throw .overflow }
    blocks[index].changes = Array(changes[..<half])
    blocks.insert(Block(opening: opening, changes: Array(changes[half...])), at: index + 1)
  }

  /// What each place has at the close of `day`, by its number.
  ///
  /// - Throws: `MoneyError.overflow` when one does not fit.
  package func sums(on day: Int32) throws(MoneyError) -> [Int64] {
    let block = blocks[block(of: day)]
    var sums = block.opening
    let end = block.changes.partition(after: day)
    guard Self.add(block.changes[..<end], to: &sums) else { throw .overflow }
    return sums
  }

  /// The last block that begins on `day` or before it; else the first.
  private func block(of day: Int32) -> Int {
    var (low, high) = (0, blocks.count)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if blocks[middle].firstDay <= day { low = middle } else { high = middle }
    }
    return low
  }
}

extension [RunningTotals.Change] {
  /// Where the changes after `day` begin.
  fileprivate func partition(after day: Int32) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle].day <= day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
