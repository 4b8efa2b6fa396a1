import FundModel
import Testing

@testable import jangbu

@Suite("Serving")
struct ServingTests {
  @Test("Periods as people write them")
  func periods() {
    for (text, seconds) in [("90s", 90), ("30m", 1_800), ("24h", 86_400), ("7d", 604_800)] {
      #expect(Period(argument: text)?.seconds == Int64(seconds))
    }
    for text in ["", "h", "24", "0h", "-1h", "+1h", "1.5h", "24H", "1w", "99999999999999999999d"] {
      #expect(Period(argument: text) == nil, "\(text)")
    }
  }

  @Test("A backup's name says of which books it is and of when, and nothing else is one")
  func backupNames() throws {
    let instant = try #require(Instant("2026-02-14T03:00:01.5Z"))
    let name = BackupName(of: "firm.books", mark: "3fa9c1d2", at: instant)
    #expect(name.text == "firm.books.3fa9c1d2.20260214T030001Z.backup")
    #expect(BackupName(name.text, of: "firm.books", mark: "3fa9c1d2") == name)
    for text in [
      "firm.books.3fa9c1d3.20260214T030001Z.backup",
      "firm.books.3fa9c1d2.20260214T030001Z.backup.x",
      "other.3fa9c1d2.20260214T030001Z.backup", "firm.books.3fa9c1d2.20260231T030001Z.backup",
      "firm.books.3fa9c1d2.20260214T030001.5Z.backup", "firm.books.3fa9c1d2.Z.backup",
      "firm.books.3fa9c1d2.2026021４T030001Z.backup", "firm.books.3fa9c1d2.20260214 030001Z.backup",
    ] {
      #expect(BackupName(text, of: "firm.books", mark: "3fa9c1d2") == nil, "\(text)")
    }
  }
}
