import Foundation
import Testing

/// `Scripts/anywhere.sh` runs the suites on machines that are elsewhere. This shows that they are: else
/// nothing would be proved.
@Suite("The machine")
struct MachineTests {
  @Test(
    "It is where, speaks what and has the day that the run says",
    .enabled(if: ProcessInfo.processInfo.environment["JANGBU_MACHINE"] != nil))
  func isElsewhere() throws {
    let said = try #require(ProcessInfo.processInfo.environment["JANGBU_MACHINE"])
      .split(separator: " ").map(String.init)
    try #require(said.count == 3)
    let zone = TimeZone.current
    #expect(zone.identifier == said[0])
    #expect(setlocale(LC_ALL, nil).map { String(cString: $0) } == said[1])
    // Decimals are written as the language has them, by the C library at least.
    var decimals = [CChar](repeating: 0, count: 16)
    _ = withVaList([1.5]) { vsnprintf(&decimals, decimals.count, "%.1f", $0) }
    #expect(
      decimals.prefix(3).map { UInt8(bitPattern: $0) }
        == Array((said[1].hasPrefix("tr") ? "1,5" : "1.5").utf8))
    // The run takes its time, so it may be the day after by now.
    let calendar = Calendar(identifier: .gregorian)
    let days = [Date(), Date(timeIntervalSinceNow: -600)].map { date in
      let parts = calendar.dateComponents(in: zone, from: date)
      return "\(parts.year ?? 0)-\(parts.month ?? 0)-\(parts.day ?? 0)"
    }
    #expect(days.contains(said[2]), "\(days)")
  }
}
