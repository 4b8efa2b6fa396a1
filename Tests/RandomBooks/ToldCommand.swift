package import Bookkeeping
package import FundModel

/// One thing that a story asked of the books, and what the books said.
package struct ToldCommand: Sendable {
  package let command: any Command
  package let actor: String
  /// What the clock showed.
  package let toldAt: Instant
  package let answer: Answer

  package enum Answer: Sendable {
    case accepted(outcome: String, AuditStamp)
    case refused(Refusal)
  }

  package var stamp: AuditStamp? {
    if case .accepted(_, let stamp) = answer { stamp } else { nil }
  }
}

extension Books {
  /// Carries out a command whose type isn't known, and says what came of it.
  ///
  /// - Throws: whatever isn't a refusal.
  package func tell(
    _ command: any Command, by actor: String, at now: Instant
  ) async throws -> ToldCommand {
    func answer<C: Command>(_ command: C) async throws -> ToldCommand.Answer {
      do {
        let receipt = try await perform(command, by: Keeper(named: actor))
        return .accepted(outcome: receipt.outcome.description, receipt.audit)
      } catch let refusal as Refusal {
        return .refused(refusal)
      }
    }
    return ToldCommand(
      command: command, actor: actor, toldAt: now, answer: try await answer(command))
  }
}

/// Tests name whoever acts as they please.
extension Keeper: ExpressibleByStringLiteral {
  package init(stringLiteral name: String) { self.init(named: name) }
}
