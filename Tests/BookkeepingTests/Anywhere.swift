import Bookkeeping
import Foundation
import FundModel
import RandomBooks
import Testing

/// Where the books are kept, and on which day, is a matter of their own settings and of the clock that
/// is given to them. `Scripts/anywhere.sh` runs this on machines that are elsewhere, speak another
/// language and have another day, and compares what was written.
@Suite("Anywhere, any day")
struct Anywhere {
  private static let zones = ["Asia/Seoul", "America/New_York", "Pacific/Kiritimati"]
  private static let moments = ["2028-02-29 12:00:00.000000", "2028-12-31 23:59:58.000000"]

  @Test("A story told in any zone on any day is checked and comes out the same")
  func stories() async throws {
    var told: [String] = []
    for zone in Self.zones {
      for (index, moment) in Self.moments.enumerated() {
        let time = try CivilTime(typed: moment)
        let clock = BooksClock(zone: zone, now: { Instant(microseconds: 0) })
        let start = try #require(clock).instant(at: time)
        let test = try await TestBooks(at: start, settings: BooksSettings(zone: zone))
        #expect(test.books.clock.today == time.day, "\(zone) \(moment)")
        test.clock.advance(seconds: 1)
        #expect(test.books.clock.today == time.day, "\(zone) \(moment)")
        test.clock.advance(seconds: 1)
        #expect(
          test.books.clock.today == (index == 0 ? time.day : time.day.adding(days: 1)),
          "\(zone) \(moment)")
        test.clock.set(start)
        var story = RandomStory(seed: UInt64(7_000 + index))
        try await story.tell(Soak.isOn ? 200 : 50, to: test)
        #expect(try await test.books.answer(CheckBooks()).isEmpty)
        let figures = try await test.books.answer(
          EveryFigure(asOf: AsOf(test.books.clock.today)))
        let exported = try await test.exported().sorted { $0.key < $1.key }.map(\.value)
        let text = (try await test.dump() + figures + exported).joined(separator: "\n")
        told.append("\(zone) \(moment) \(SHA256.hex(of: Array(text.utf8)))")
      }
    }
    #expect(Set(told.map { $0.suffix(64) }).count == told.count)
    guard let file = ProcessInfo.processInfo.environment["JANGBU_TOLD"] else { return }
    try told.joined(separator: "\n").appending("\n").write(
      toFile: file, atomically: true, encoding: .utf8)
  }
}
