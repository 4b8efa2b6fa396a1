import Bookkeeping
import FundModel

extension Site {
  /// The page that says what makes up a figure.
  func explain(_ query: PageQuery, _ frame: PageFrame) async throws -> ShownPage {
    // The page is always exact; links from it keep the unit of the others.
    _ = try query.unit()
    _ = try query.formedOnly()
    do {
      let question = try FigureFields.question(query, books.clock)
      let explanation = try await books.answer(
        ExplainFigure(question, AsOf(frame.referenceDate, knownAt: query.knownAt)))
      let subject = explanation.subject
      let timeline = try await books.answer(
        CashTimelineAsOf(
          of: subject.fund.map { .fund($0.id) } ?? .currency(subject.currency),
          knownAt: query.knownAt))
      let life =
        subject.fund == nil
        ? try await books.answer(
          LifeOfFundsAsKnown(around: frame.today, knownAt: query.knownAt)) : nil
      return { explainPage(explanation, timeline: timeline, life: life, frame: $0) }
    } catch let problems as FieldProblems {
      throw PageRefusal(.badAddress(Problem(problems).sentence), 422)
    } catch let refusal as Refusal {
      guard case .unknown = refusal else { throw refusal }
      throw PageRefusal(.notInBooks(refusal.sentence), 404)
    }
  }
}
