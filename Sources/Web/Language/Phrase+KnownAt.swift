package import FundModel

/// The second clock: what the books knew at a moment.
extension Phrase {
  package static let knownNow = Phrase("최신", "now")
  package static let knownAtLabel = Phrase(
    "이 시점에 장부가 알던 대로 보기", "The books as they stood at")
  package static let knownAtHelp = Phrase(
    "날짜만 적으면 그날 끝, 시각은 장부의 시간대입니다. 예: 2026-02-14 18:00",
    "A day means its end; times are in the books' zone. For example 2026-02-14 18:00")
  package static let chooseFromTrail = Phrase("감사 추적에서 고르기", "Choose from the audit trail")
  package static func knownAtBanner(_ moment: String) -> Phrase {
    Phrase(
      "장부가 \(moment)에 알던 대로 보고 있습니다. 그 뒤에 기록한 것은 들어 있지 않습니다.",
      "You see what the books knew at \(moment). What was recorded later is left out.")
  }
  package static let badKnownAt = Phrase("기록시점을 읽을 수 없습니다", "The moment cannot be read")
  package static let futureKnownAtTitle = Phrase("아직 오지 않은 시점입니다", "That moment is still to come")
  package static func futureKnownAt(_ moment: String) -> Phrase {
    Phrase(
      "\(moment)의 장부는 아직 없습니다. 지금이나 그 앞의 시점을 적으세요.",
      "\(moment) is still to come. Write now, or a moment before it.")
  }
  package static func notAMoment(_ text: String) -> Phrase {
    Phrase(
      "‘\(text)’은(는) 시점이 아닙니다. 2026-02-14 또는 2026-02-14 18:00처럼 쓰세요.",
      "“\(text)” is not a moment. Write it as 2026-02-14 or 2026-02-14 18:00.")
  }
  package static let notKnownYet = Phrase(
    "그때는 장부에 없었습니다", "The books did not know of it yet")
  package static func notKnownYetNote(_ moment: String) -> Phrase {
    Phrase(
      "\(moment)에는 이 조합이 아직 장부에 기록되지 않았습니다.",
      "At \(moment) this fund had not been recorded in the books.")
  }
}
