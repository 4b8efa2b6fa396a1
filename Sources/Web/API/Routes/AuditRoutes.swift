import Bookkeeping
import FundModel

let auditRoutes: [Route] = [
  .get(
    "/api/audit", "auditTrail", .audit, "Every change of the books, newest first.",
    query: [recordedBy, Clocks.knownAt, before, limit], auditPageShape
  ) { input in
    // The trail has no figures: a reference date says by the end of which day it was recorded.
    let ends = [
      try input.query(recordedBy).map { input.books.clock.end(of: $0) },
      try input.query(Clocks.knownAt),
    ].compactMap { $0 }
    let answer = try await input.books.answer(
      Both(
        AuditTrail(
          knownAt: ends.min(), before: try input.query(before),
          limit: Int(try input.query(limit) ?? 100)),
        TrailHead.Question(knownAt: ends.min())))
    return AuditPage(entries: answer.first, head: answer.second)
  }
]

private let recordedBy = Field.parameter(
  "reference_date", .date,
  "Only changes recorded by the end of that day in the books' time zone. All where left out.",
  example: "2026-02-14")
private let before = Field.parameter(
  "before", .integer(1...Int64.max), "Only changes before this sequence: the next page.",
  example: 100)
private let limit = Field.parameter(
  "limit", .integer(1...1_000), "How many at most; 100 where left out.", example: 20)

private struct AuditPage: Sendable {
  let entries: [AuditEntry]
  let head: TrailHead?

  /// Where the next page begins; `nil` at the first change of all.
  var next: Int64? {
    entries.last.flatMap { $0.stamp.sequence > 1 ? $0.stamp.sequence : nil }
  }
}

private let auditPageShape = Shape<AuditPage>(
  "AuditTrail",
  [
    .init("entries", .array(of: auditEntryShape.schema)) { auditEntryShape.json($0.entries) },
    .init("next_before", .id.orNull) { page in page.next.map { JSON($0) } ?? .null },
    .init("head", headShape.schema.orNull) { $0.head.map(headShape.json) ?? .null },
  ])

/// The end of the trail as far as it was asked for, whatever page of it is shown.
private let headShape = Shape<TrailHead>(
  "TrailHead",
  [
    .init("audit", .id) { JSON($0.stamp.sequence) },
    .init("recorded_at", .instant) { JSON($0.stamp.recordedAt.description) },
    .init("digest", .sha256) { JSON($0.digest) },
  ])

private let auditEntryShape = Shape<AuditEntry>(
  "AuditEntry",
  [
    .init("audit", .id) { JSON($0.stamp.sequence) },
    .init("recorded_at", .instant) { JSON($0.stamp.recordedAt.description) },
    .init("actor", .text) { JSON($0.actor) },
    .init("command", .text) { JSON($0.command) },
    .init("content", Schema(["type": "object"])) { entry in
      (try? JSONReader.read(Array(entry.content.utf8))) ?? .object([])
    },
    .init("outcome", .text) { JSON($0.outcome) },
    .init("request_key", .text.orNull) { JSON($0.requestKey) },
    .init("digest", .sha256.orNull) { JSON($0.digest) },
  ])
