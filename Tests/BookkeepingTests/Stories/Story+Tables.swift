import Bookkeeping
import FundModel
import Testing

/// Tables as in `cases.md`: the first column is the reference date, the others are figures of the
/// story's fund, each under its name.
extension Story {
  /// - Parameter side: whose position the columns noticed, outstanding, uncalled … are of.
  func expect(
    _ side: Side, knownAt: Instant? = nil, _ table: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let lines = table.split(separator: "\n").map {
      $0.split(separator: "|").map { cell in
        cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
          .reduce(into: "") { $0.append($1) }
      }
    }
    for line in lines.dropFirst() {
      guard let day = CalendarDate(line[0]) else { throw StoryMistake("no date: \(line)") }
      let asOf = AsOf(day, knownAt: knownAt)
      let fund = try await books.answer(FundAsOf(try fundID(), asOf))
      guard line.count == lines[0].count else { throw StoryMistake("columns: \(line)") }
      for (column, cell) in zip(lines[0], line).dropFirst() {
        if column.hasPrefix("call "), column != "call %" {
          let call = fund.calls.first {
            "call \($0.call.number)" == column && $0.call.side == side
          }
          expect(cell, of: try #require(call), on: day, sourceLocation: sourceLocation)
        } else {
          let found = try figure(column, fund, fund.position(of: side))
          let expected = found.currency.flatMap { try? Money(typed: cell, in: $0).digits } ?? cell
          #expect(
            found.text == expected, "\(column) on \(day)", sourceLocation: sourceLocation)
        }
      }
    }
  }

  private struct Figure {
    let text: String
    var currency: Currency?
  }

  private func figure(
    _ column: String, _ fund: FundStanding, _ position: Position
  ) throws -> Figure {
    func amount(_ money: Money) -> Figure { Figure(text: money.digits, currency: money.currency) }
    func percent(_ percent: Percent?, _ decimals: Int) -> Figure {
      Figure(text: percent?.digits(decimals: decimals) ?? "–")
    }
    return switch column {
    case "committed": amount(position.committed)
    case "noticed": amount(position.noticed)
    case "paid", "called (paid)": amount(position.paid)
    case "outstanding": amount(position.outstanding)
    case "credits due": amount(position.creditsDue)
    case "not yet called": amount(position.notYetCalled)
    case "uncalled": amount(position.uncalled)
    case "called %": percent(position.paidPercent, 1)
    case "paid-in": amount(fund.row.paidIn)
    case "GP": amount(fund.row.gpPaidIn)
    case "ratio": percent(fund.row.paidInRatio, 2)
    case "basis": Figure(text: fund.row.basis.rawValue)
    case "invested": amount(fund.row.invested)
    case "uninvested": amount(fund.row.uninvested)
    case "AUM": amount(fund.row.investmentAssets)
    case "cash": amount(fund.row.cash)
    case "companies": Figure(text: "\(fund.row.companyCount)")
    default: throw StoryMistake("what is “\(column)”?")
    }
  }

  /// A cell such as `partially paid, 25 %, not overdue`. What isn't said of being overdue, not yet
  /// noticed or cancelled has to be otherwise.
  private func expect(
    _ cell: String, of call: CallStanding, on day: CalendarDate, sourceLocation: SourceLocation
  ) {
    var (overdue, noticed, cancelled) = (false, true, false)
    for part in cell.split(separator: ", ") {
      let holds: Bool
      switch part {
      case "scheduled": holds = call.status == .scheduled
      case "partially paid": holds = call.status == .partiallyPaid
      case "complete": holds = call.status == .complete
      case "overdue": (overdue, holds) = (true, true)
      case "not overdue": holds = !call.isOverdue
      case "not yet noticed": (noticed, holds) = (false, true)
      case "cancelled": (cancelled, holds) = (true, true)
      case "never paid": holds = call.lastPaidOn == nil
      case _ where part.hasSuffix(" %"):
        holds = call.paidPercent?.digits(decimals: 0) == String(part.dropLast(2))
      case _ where part.hasPrefix("paid "):
        holds = call.lastPaidOn?.description == String(part.dropFirst(5))
      case _ where part.hasPrefix("card on "):
        holds = call.call.dueDate.description == String(part.dropFirst(8))
      default: holds = false
      }
      #expect(holds, "call \(call.call.number) on \(day): \(part)", sourceLocation: sourceLocation)
    }
    let where_ = "call \(call.call.number) on \(day): \(cell)"
    #expect(call.isOverdue == overdue, "\(where_)", sourceLocation: sourceLocation)
    #expect(call.isNoticed == noticed, "\(where_)", sourceLocation: sourceLocation)
    #expect(call.isCancelled == cancelled, "\(where_)", sourceLocation: sourceLocation)
  }
}
