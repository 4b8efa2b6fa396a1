package import Bookkeeping
import FundModel

/// Due dates as an iCalendar object (RFC 5545): one all-day event for each call, on its due date.
///
/// - Parameter content: cards as of the day that the calendar is true of. Cancelled calls are not
///   among them, so a program that reads the feed again drops their events.
package func iCalendar(_ content: CalendarFeedContent.Content, _ wording: Wording) -> [UInt8] {
  let events = content.cards.flatMap { card in
    event(
      card, recordedAt: content.recordedAt[card.standing.call.id] ?? content.feed.madeAt,
      withAmounts: content.feed.withAmounts, wording)
  }
  let head = [
    "BEGIN:VCALENDAR", "VERSION:2.0",
    "PRODID:-//Jangbu//Jangbu//\(wording.language.rawValue.uppercased())",
    "CALSCALE:GREGORIAN", "X-WR-CALNAME:\(escaped("\(wording(.brand)) · \(content.feed.name)"))",
  ]
  return (head + events + ["END:VCALENDAR"]).flatMap(folded)
}

private func event(
  _ card: CallCard, recordedAt: Instant, withAmounts: Bool, _ wording: Wording
) -> [String] {
  let words = CardWords(card, wording)
  let next = card.day.adding(days: 1)
  var summary = [words.title, words.call] + words.statuses
  if withAmounts {
    summary.append((words.amountName.map { $0 + " " } ?? "") + words.amount)
  }
  return [
    "BEGIN:VEVENT", "UID:call-\(card.standing.call.id)@jangbu", "DTSTAMP:\(basic(recordedAt))",
    "DTSTART;VALUE=DATE:\(basic(card.day))",
  ]
    // Without an end the event lasts its one day; the last day of all has no next one.
    + (next > card.day ? ["DTEND;VALUE=DATE:\(basic(next))"] : [])
    + [
      "SUMMARY:\(escaped(summary.joined(separator: " · ")))", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]
}

/// `20260315`.
private func basic(_ day: CalendarDate) -> String { day.description.filter { $0 != "-" } }

/// `20260310T030000Z`: whole seconds, UTC.
private func basic(_ instant: Instant) -> String {
  instant.description.prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" } + "Z"
}

/// A text value (RFC 5545, §3.3.11); other control characters may not occur in one.
private func escaped(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\", ";", ",": escaped += "\\" + String(scalar)
    case "\n": escaped += "\\n"
    case "\u{0}"..."\u{1F}", "\u{7F}": continue
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}

/// A content line with its end, folded so that no line is longer than 75 octets and none ends within
/// a character (RFC 5545, §3.1).
private func folded(_ line: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var length = 0
  for scalar in line.unicodeScalars {
    let octets = Array(String(scalar).utf8)
    if length + octets.count > 75 {
      bytes += [0x0D, 0x0A, 0x20]
      length = 1
    }
    bytes += octets
    length += octets.count
  }
  return bytes + [0x0D, 0x0A]
}
