import Bookkeeping
import FundModel
import Synchronization

/// Writes the funds of an overview as JSON text, thousands at a time.
///
/// What follows from a fund alone stands ready as text and is copied; only what follows the day is
/// written anew. A fund that is amended is another ``Fund``, so what is ready is never out of date.
final class OverviewFundsText: Sendable {
  /// The member before all others: the place of the fund in the list.
  static let number = "no"

  private let figures: [FundFigure]
  private let ofDay: [DayFigure]
  /// Of the funds of the last overview, in its order.
  private let ready = Mutex<[ReadyText]>([])

  init(_ figures: [FundFigure]) {
    self.figures = figures
    ofDay = figures.compactMap { if case .day(let figure) = $0.source { figure } else { nil } }
  }

  /// What stands before, between and after the figures that follow the day.
  private final class ReadyText: Sendable {
    let fund: Fund
    let text: [UInt8]
    /// Where each piece ends in `text`: as many as there are figures that follow the day.
    let ends: [Int]

    init(fund: Fund, text: [UInt8], ends: [Int]) {
      self.fund = fund
      self.text = text
      self.ends = ends
    }
  }

  /// Appends the array of funds.
  func write(_ rows: [OverviewRow], to written: inout [UInt8]) {
    let texts = texts(of: rows)
    // What a day's figures take in most books; more only means that the text has to move.
    let likely = 16 * ofDay.count
    written.reserveCapacity(
      written.count + texts.reduce(0) { $0 + $1.text.count + likely } + mostBytesOfDay)
    written.append(UInt8(ascii: "["))
    for index in rows.indices {
      if index > 0 { written.append(UInt8(ascii: ",")) }
      write(rows[index], number: index + 1, texts[index], to: &written)
    }
    written.append(UInt8(ascii: "]"))
  }

  private func write(
    _ row: OverviewRow, number: Int, _ ready: ReadyText, to written: inout [UInt8]
  ) {
    let remaining = row.remaining
    written.append(addingCapacity: ready.text.count + mostBytesOfDay) { written in
      Self.start.withUnsafeBufferPointer { written.append(copying: $0) }
      written.append(decimal: UInt64(number))
      ready.text.withUnsafeBufferPointer { text in
        var start = 0
        for (figure, end) in zip(ofDay, ready.ends) {
          written.append(copying: UnsafeBufferPointer(rebasing: text[start..<end]))
          figure.write(of: row, remaining, to: &written)
          start = end
        }
        written.append(copying: UnsafeBufferPointer(rebasing: text[start...]))
      }
    }
  }

  private static let start = Array("{\"\(number)\":".utf8)

  /// One more than there are figures, for the number.
  private var mostBytesOfDay: Int { (ofDay.count + 1) * DayFigure.mostBytes }

  private func texts(of rows: [OverviewRow]) -> [ReadyText] {
    var texts = ready.withLock { $0 }
    var isNew = false
    for (index, row) in rows.enumerated() {
      if index == texts.count {
        texts.append(readyText(row.fund))
      } else if texts[index].fund != row.fund {
        texts[index] = readyText(row.fund)
      } else {
        continue
      }
      isNew = true
    }
    if isNew { ready.withLock { [texts] in $0 = texts } }
    return texts
  }

  private func readyText(_ fund: Fund) -> ReadyText {
    var text: [UInt8] = []
    var ends: [Int] = []
    for figure in figures {
      text.append(UInt8(ascii: ","))
      JSON(figure.name).write(to: &text)
      text.append(UInt8(ascii: ":"))
      switch figure.source {
      case .fund(let value): value(fund).write(to: &text)
      case .day: ends.append(text.count)
      }
    }
    text.append(UInt8(ascii: "}"))
    return ReadyText(fund: fund, text: text, ends: ends)
  }
}
