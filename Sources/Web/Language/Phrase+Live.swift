package import FundModel

/// Pages that keep themselves up to date.
extension Phrase {
  package static let streamCut = Phrase(
    "연결이 끊겼습니다. 다시 연결하는 중…", "The connection is cut. Connecting again…")
}
