import Bookkeeping
import FundModel

/// What was just done, over the page that it led to, with the way to undo it.
func doneMessage(_ frame: PageFrame) -> HTML {
  guard let done = frame.done, frame.address["known_at"] == nil else { return .none }
  let say = frame.language
  if let undone = done.undoneImport { return undoneMessage(undone, done.change, frame) }
  let entries = done.entries.filter { !$0.entry.kind.isReversal }
  // Sent again after it was reversed, it is no longer true.
  guard entries.isEmpty || entries.contains(where: { $0.reversedBy == nil }) else { return .none }
  var words = say(.done(done.change.command))
  if let line = entries.first, entries.count == 1, !line.isDirectInvestment {
    words = say(
      .recorded(
        line.entry.kind, on: line.entry.side, line.entry.effectiveOn,
        amount: exactAmount(line.entry.amount, say)))
  } else if entries.count > 1 {
    words = say(.recordedSeveral(entries.count))
  }
  return """
    <p class="msg msg-done" id="done" role="status" tabindex="-1" autofocus>\(icon("complete"))<span>\(words)\
    \(undo(entries, frame))</span></p>
    """
}

/// An import that was taken back: what its opposite facts would undo is no mistake, so no way back.
private func undoneMessage(_ sequence: Int64, _ change: AuditEntry, _ frame: PageFrame) -> HTML {
  let say = frame.language
  return """
    <p class="msg msg-done" id="done" role="status" tabindex="-1" autofocus>\(icon("complete"))<span>\
    \(say(.tookBackImport(sequence))) <a href="\(frame.trailLink(change.stamp.sequence))">\
    \(say(.inTheTrail))</a></span></p>
    """
}

/// One entry is taken back by its reversal, which wants a reason; several stand on the call, each
/// with the way to its reversal.
private func undo(_ entries: [LedgerLine], _ frame: PageFrame) -> HTML {
  guard let line = entries.first(where: { $0.reversedBy == nil }), let call = line.call else {
    return .none
  }
  if line.isDirectInvestment {
    return undoLink(frame.undoInvestmentLink(line.entry.commitment), .undo, frame)
  }
  let onThisPage = frame.address["call"] == call.description
  let address = onThisPage ? frame.address : frame.address.other("/calls/\(call)")
  guard entries.count == 1 else {
    return undoLink("\(address.text)#call-entries", .undoOneByOne, frame)
  }
  return undoLink(
    address.with("entry", line.entry.id.description).with("do", "reverse").text, .undo, frame)
}

private func undoLink(_ address: String, _ words: Phrase, _ frame: PageFrame) -> HTML {
  " <a id=\"undo\" href=\"\(address)\">\(frame.language(words))</a>"
}
