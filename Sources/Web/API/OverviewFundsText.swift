import Bookkeeping
import FundModel
import Synchronization

/// Writes the funds of an overview as JSON text, thousands at a time.
///
/// What follows from a fund alone stands ready as text and is copied; only what follows the day is
/// written anew. A fund that is amended is another ``Fund``, so what is ready is never out of date.
final class OverviewFundsText: Sendable {
  /// The member before all others: the place of the fund in the list.
  static let number: StaticString = "no"

  private let figures: [FundFigure]
  private let ofDay: [DayFigure]
  /// Of the lists of funds that were asked for last, the latest first: with and without those that are
  /// only being formed.
  private let ready = Mutex<[ReadyTexts]>([])

  init(_ figures: [FundFigure]) {
    self.figures = figures
    ofDay = figures.compactMap { if case .day(let figure) = $0.source { figure } else { nil } }
  }

  /// Appends the array of funds.
  func write(_ rows: OverviewRows, to written: inout [UInt8]) {
    let ready = ready(for: rows.funds)
    // What a day's figures take in most books; more only means that the text has to move.
    let likely = 16 * ofDay.count * rows.count
    written.reserveCapacity(written.count + ready.byteCount(of: 0..<rows.count) + likely + 4_096)
    written.append(UInt8(ascii: "["))
    for start in stride(from: 0, to: rows.count, by: Self.rowsAtOnce) {
      write(rows, start..<min(start + Self.rowsAtOnce, rows.count), ready, to: &written)
    }
    written.append(UInt8(ascii: "]"))
  }

  /// So many that making room for them takes no time, so few that the room is small.
  private static let rowsAtOnce = 16

  private func write(
    _ rows: OverviewRows, _ places: Range<Int>, _ ready: ReadyTexts, to written: inout [UInt8]
  ) {
    // One figure more, for the number.
    let most =
      ready.byteCount(of: places) + places.count * (ofDay.count + 1) * DayFigure.mostBytes
    let words = RemainingWords.ready
    written.append(atMost: most) { whole in
      var writer = whole
      defer { whole = writer }
      for place in places {
        if place > 0 { writer.write(UInt8(ascii: ",")) }
        writer.write(#"{""#)
        writer.write(Self.number)
        writer.write(#"":"#)
        writer.write(UInt64(place + 1))
        let day = FundDay(ready.dates[place], on: rows.referenceDate)
        let sums = rows.sums[place]
        ready.withPieces(of: place) { text, starts in
          for (index, figure) in ofDay.enumerated() {
            writer.write(text + starts[index], count: starts[index + 1] - starts[index])
            writer.write(figure, of: sums, day, words)
          }
          let last = ofDay.count
          writer.write(text + starts[last], count: starts[last + 1] - starts[last])
        }
      }
    }
  }
}

extension OverviewFundsText {
  private func ready(for funds: [Fund]) -> ReadyTexts {
    let known = ready.withLock { $0 }
    if let found = known.first(where: { $0.isOf(funds) }) { return found }
    let made = ReadyTexts(of: funds, figures, besides: known.first)
    ready.withLock { $0 = [made] + $0.prefix(1) }
    return made
  }
}

/// What of each fund of a list follows from the fund alone, as text: the pieces before, between and
/// after the figures that follow the day.
private final class ReadyTexts: Sendable {
  private let funds: [Fund]
  /// Of each fund, at its place.
  let dates: [FundDates]
  private let text: [UInt8]
  /// Where each piece begins in the text, fund by fund; the end of the last one at last.
  private let starts: [Int]
  /// How many a fund has.
  private let pieces: Int

  /// - Parameter others: whose texts are taken over for the funds that both have.
  init(of funds: [Fund], _ figures: [FundFigure], besides others: ReadyTexts?) {
    let pieces = figures.count { if case .day = $0.source { true } else { false } } + 1
    let known = others.map { others in
      Dictionary(
        others.funds.enumerated().map { (ObjectIdentifier($1), $0) },
        uniquingKeysWith: { first, _ in first })
    }
    var text: [UInt8] = []
    var starts: [Int] = []
    for fund in funds {
      starts.append(text.count)
      if let others, let place = known?[ObjectIdentifier(fund)] {
        let shift = text.count - others.starts[place * pieces]
        let places = place * pieces..<(place + 1) * pieces
        starts += others.starts[places].dropFirst().map { $0 + shift }
        text += others.text[others.starts[places.lowerBound]..<others.starts[places.upperBound]]
      } else {
        Self.append(fund, figures, &text, &starts)
      }
    }
    starts.append(text.count)
    self.funds = funds
    dates = funds.map(\.terms.dates)
    self.text = text + [UInt8](repeating: 0, count: TextWriter.slack)
    self.starts = starts
    self.pieces = pieces
  }

  private static func append(
    _ fund: Fund, _ figures: [FundFigure], _ text: inout [UInt8], _ starts: inout [Int]
  ) {
    for figure in figures {
      text.append(UInt8(ascii: ","))
      JSON(figure.name).write(to: &text)
      text.append(UInt8(ascii: ":"))
      switch figure.source {
      case .fund(let value): value(fund).write(to: &text)
      case .day: starts.append(text.count)
      }
    }
    text.append(UInt8(ascii: "}"))
  }

  /// Whether it is of the very same funds in the same order.
  func isOf(_ others: [Fund]) -> Bool {
    guard funds.count == others.count else { return false }
    let isSameList = funds.withUnsafeBufferPointer { own in
      others.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress }
    }
    return isSameList || zip(funds, others).allSatisfy { $0 === $1 }
  }

  func byteCount(of places: Range<Int>) -> Int {
    starts[places.upperBound * pieces] - starts[places.lowerBound * pieces]
  }

  /// - Parameter body: given the text with ``TextWriter/slack`` bytes behind it, and where each piece
  ///   of the fund begins; behind them where the last one ends.
  @inline(__always)
  func withPieces(of place: Int, _ body: (UnsafeRawPointer, UnsafeBufferPointer<Int>) -> Void) {
    text.withUnsafeBytes { text in
      starts.withUnsafeBufferPointer { starts in
        guard let start = text.baseAddress else { return }
        body(
          start, UnsafeBufferPointer(rebasing: starts[place * pieces...(place + 1) * pieces]))
      }
    }
  }
}
