import Bookkeeping
import FundModel
import Synchronization

/// Writes the funds of an overview as JSON text, thousands at a time.
///
/// What follows from a fund alone stands ready as text and is copied; only what follows the day is
/// written anew. A fund that is amended is another ``Fund``, so what is ready is never out of date.
final class OverviewFundsText: Sendable {
  private typealias Member = Shape<OverviewRow>.Member

  /// The member before all others: the place of the fund in the list.
  static let number = "no"

  private let members: [Member]
  private let followingTheDay: [@Sendable (OverviewRow, inout [UInt8]) -> Void]
  /// Of the funds of the last overview, in its order.
  private let ready = Mutex<[ReadyText]>([])

  init(_ members: [Shape<OverviewRow>.Member]) {
    self.members = members
    followingTheDay = members.filter { !$0.isFixed }.map(\.writer)
  }

  /// What stands before, between and after the members that follow the day.
  private struct ReadyText {
    let fund: Fund
    let text: [UInt8]
    /// Where each piece ends in `text`: one more than there are members that follow the day.
    let ends: [Int]
  }

  func json(_ rows: [OverviewRow]) -> JSON {
    var texts = ready.withLock { $0 }
    var isNew = false
    var written: [UInt8] = []
    written.reserveCapacity(rows.count * 800 + 2)
    written.append(UInt8(ascii: "["))
    for (index, row) in rows.enumerated() {
      if index < texts.count {
        if texts[index].fund !== row.fund {
          texts[index] = ready(row)
          isNew = true
        }
      } else {
        texts.append(ready(row))
        isNew = true
      }
      write(row, number: index + 1, texts[index], to: &written)
    }
    written.append(UInt8(ascii: "]"))
    if isNew { ready.withLock { [texts] in $0 = texts } }
    return .written(written)
  }

  private func write(
    _ row: OverviewRow, number: Int, _ ready: ReadyText, to written: inout [UInt8]
  ) {
    if number > 1 { written.append(UInt8(ascii: ",")) }
    written.append(contentsOf: Self.start)
    written.append(decimal: UInt64(number))
    ready.text.withUnsafeBufferPointer { text in
      var start = 0
      for index in followingTheDay.indices {
        let end = ready.ends[index]
        written.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
        followingTheDay[index](row, &written)
        start = end
      }
      written.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
  }

  private static let start = Array("{\"\(number)\":".utf8)

  private func ready(_ row: OverviewRow) -> ReadyText {
    var text: [UInt8] = []
    var ends: [Int] = []
    for member in members {
      text.append(UInt8(ascii: ","))
      text.append(contentsOf: member.label)
      if member.isFixed { member.writer(row, &text) } else { ends.append(text.count) }
    }
    text.append(UInt8(ascii: "}"))
    return ReadyText(fund: row.fund, text: text, ends: ends)
  }
}
