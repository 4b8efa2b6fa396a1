import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// Books told line by line, as an accountant would jot them down.
///
/// A line is a date, a verb and what it is about, with two spaces or more between them:
///
///     2026-01-05  commits  Balerion Space Ventures II  1,000,000
///     2026-02-20  call 1   due 2026-03-15  Balerion Space Ventures II 400,000
///     2026-03-10  pays 1   Balerion Space Ventures II  100,000
///
/// A line may end in `refused: code` and, after a comma, the most that is taken.
final class Story {
  let test: TestBooks
  private var fund: Fund.ID?
  private var currency = Currency.krw

  /// - Parameter today: what day it is while the story is told; a line `today` changes it.
  init(today: String = "2026-12-31", home: Currency = .krw, _ lines: String = "") async throws {
    test = try await TestBooks(
      at: Self.noon(today), settings: BooksSettings(homeCurrency: home))
    try await tell(lines)
  }

  /// The instant up to which the books know what was told so far.
  var now: Instant {
    get async throws {
      try #require(
        try await test.books.answer(AuditTrail(limit: 1)).first?.stamp.recordedAt)
    }
  }

  var books: Books { test.books }

  /// Noon in Seoul.
  static func noon(_ day: String) -> Instant { Instant("\(day)T12:00:00+09:00")! }

  func tell(_ lines: String) async throws {
    for line in lines.split(separator: "\n") {
      try await tell(StoryLine(String(line)))
    }
  }

  private func tell(_ line: StoryLine) async throws {
    if line.verb == "today" {
      test.clock.set(Self.noon(line.date))
      return
    }
    let command: any Command
    do {
      command = try await self.command(line)
    } catch {
      throw StoryMistake("\(line.text): \(error)")
    }
    let told = try await books.tell(command, by: "maria", at: test.clock.now)
    switch (told.answer, line.refusal) {
    case (.accepted(let outcome, _), nil):
      if let made = command as? RegisterFund {
        fund = Fund.ID(outcome)
        currency = made.commitmentTotal.currency
      }
    case (.accepted, .some): Issue.record("This should have been refused: \(line.text)")
    case (.refused(let refusal), nil): Issue.record("\(refusal): \(line.text)")
    case (.refused(let refusal), let expected?):
      #expect(refusal.code == expected.code, "\(line.text)")
      guard let most = expected.most else { return }
      guard case .entry(let entry) = refusal else {
        Issue.record("\(refusal) names no amount: \(line.text)")
        return
      }
      #expect(entry.most == (try money(most)), "\(line.text)")
    }
  }

  func money(_ text: String) throws -> Money { try Money(typed: text, in: currency) }
}

/// A story that isn't told well: the test's mistake, not the books'.
struct StoryMistake: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// One line, taken apart.
struct StoryLine {
  let text: String
  let date: String
  let verb: String
  /// The number that stands after the verb.
  let number: Int64?
  let words: [String]
  let refusal: (code: String, most: String?)?

  init(_ text: String) {
    self.text = text
    var fields: [String] = []
    for part in text.split(separator: "  ", omittingEmptySubsequences: true) {
      let field = part.drop { $0 == " " }
      if !field.isEmpty { fields.append(String(field)) }
    }
    if let last = fields.last, last.hasPrefix("refused: ") {
      fields.removeLast()
      let parts = last.dropFirst("refused: ".count).split(separator: ",", maxSplits: 1)
      refusal = (
        String(parts[0]), parts.count > 1 ? parts[1].dropFirst(" most ".count).description : nil
      )
    } else {
      refusal = nil
    }
    date = fields.removeFirst()
    let verb = fields.isEmpty ? [] : fields.removeFirst().split(separator: " ")
    self.verb = verb.first.map(String.init) ?? ""
    number = verb.count > 1 ? Int64(verb[1]) : nil
    words = fields
  }

  func word(_ index: Int) throws -> String {
    guard words.indices.contains(index) else { throw StoryMistake("a word is missing") }
    return words[index]
  }

  func day() throws -> CalendarDate {
    guard let day = CalendarDate(date) else { throw StoryMistake("“\(date)” is no date") }
    return day
  }
}

// MARK: What each verb means

extension Story {
  private func command(_ line: StoryLine) async throws -> any Command {
    switch line.verb {
    case "fund": return try fund(line)
    case "partner": return try await commit(line, .partners, type: line.word(1), line.word(2))
    case "commits": return try await commit(line, .investments, type: "", line.word(1))
    case "invests":
      return RecordInvestment(
        fund: try fundID(), party: try await party(try line.word(0)),
        amount: try money(try line.word(1)), investedOn: try line.day())
    case "undoes":
      let day = try line.day()
      let call = try await call { call, party in
        call.call.noticeDate == day && party == line.words.first
      }
      return UndoInvestment(investment: call.items[0].item.commitment, reason: "keyed twice")
    case "stated":
      return StatePaidIn(
        commitment: try await commitment(line.word(0)).id, amount: try money(try line.word(1)))
    case "call": return try await issue(line)
    case "pays": return RecordPayment(try await movement(line))
    case "refunds": return RecordRefund(try await movement(line))
    case "reverses": return try await reverse(line)
    case "changes":
      return ChangeCommitment(
        commitment: try await commitment(line.word(0)).id, amount: try money(try line.word(1)),
        effectiveOn: try line.day(), reason: "증액")
    case "cancels":
      let number = line.number
      let call = try await call { call, _ in call.call.number == number }
      return CancelCapitalCall(call: call.call.id, cancelledOn: try line.day(), reason: "잘못 청구")
    default: throw StoryMistake("what does “\(line.verb)” mean?")
    }
  }

  /// `fund  Fund A  USD 1,000,000  GP commitment 100`
  private func fund(_ line: StoryLine) throws -> RegisterFund {
    let total = try line.word(1).split(separator: " ", maxSplits: 1).map(String.init)
    let currency = Currency(code: total[0])!
    let gp = line.words.dropFirst(2).first?.dropFirst("GP commitment ".count)
    return RegisterFund(
      terms: FundTerms(
        name: try line.word(0), formationDate: CalendarDate(line.date),
        gpCommitment: try gp.map { try Money(typed: String($0), in: currency) }
          ?? .zero(currency)),
      commitmentTotal: try Money(typed: total[1], in: currency))
  }

  private func commit(
    _ line: StoryLine, _ side: Side, type: String, _ amount: String
  ) async throws -> Commit {
    Commit(
      fund: try fundID(), side: side, party: try await party(try line.word(0)),
      amount: try money(amount), partnerType: type)
  }

  /// `call 2  due 2025-03-01  GP 100, LP 900`; the call's side is that of who is asked.
  private func issue(_ line: StoryLine) async throws -> IssueCapitalCall {
    guard let due = CalendarDate(try line.word(0).dropFirst("due ".count)) else {
      throw StoryMistake("when is it due?")
    }
    var items: [CallShares.Item] = []
    var investment: Commitment.ID?
    for text in line.words.dropFirst() {
      let parts = text.split(separator: " ")
      let asked = try await commitment(parts.dropLast().joined(separator: " "))
      if asked.side == .investments { investment = asked.id }
      items.append(
        CallShares.Item(commitment: asked.id, amount: try money(String(parts[parts.count - 1]))))
    }
    return IssueCapitalCall(
      fund: try fundID(), investment: investment, number: line.number,
      noticeDate: try line.day(), dueDate: due, shares: .explicit(items),
      creditReason: items.contains(where: \.amount.isNegative) ? "초과 납입분 반환" : "")
  }

  /// `pays 1  LP  100`
  private func movement(_ line: StoryLine) async throws -> ItemMovement {
    ItemMovement(
      item: try await item(line), amount: try money(try line.word(1)), paidDate: try line.day())
  }

  private func reverse(_ line: StoryLine) async throws -> ReverseEntry {
    let (item, amount, day) = (try await item(line), try money(line.word(1)), try line.day())
    let line = try await books.answer(LedgerAsOf(AsOf(.latest))).first {
      $0.entry.item == item && $0.entry.amount == amount && $0.entry.effectiveOn == day
    }
    guard let line else { throw StoryMistake("there is no such entry") }
    return ReverseEntry(entry: line.entry.id, reason: "keyed twice")
  }

  // MARK: Who and what is meant

  func fundID() throws -> Fund.ID {
    guard let fund else { throw StoryMistake("there is no fund yet") }
    return fund
  }

  private func party(_ name: String) async throws -> Party.ID {
    let known = try await books.answer(PartiesAsOf(AsOf(.latest)))
    if let party = known.first(where: { $0.party.name == name }) { return party.party.id }
    return try await books.perform(RegisterParty(name: name), by: "maria").outcome
  }

  func commitment(_ party: String) async throws -> Commitment {
    let all = try await books.answer(FundAsOf(try fundID(), AsOf(.latest))).commitments
    guard let found = all.last(where: { $0.commitment.party.name == party }) else {
      throw StoryMistake("“\(party)” has no commitment")
    }
    return found.commitment
  }

  private func call(
    _ isMeant: (CallStanding, String?) -> Bool
  ) async throws -> CallStanding {
    let fund = try await books.answer(FundAsOf(try fundID(), AsOf(.latest)))
    let found = fund.calls.first { call in
      isMeant(
        call,
        fund.commitments.first { $0.commitment.id == call.items[0].item.commitment }?
          .commitment.party.name)
    }
    guard let found else { throw StoryMistake("there is no such call") }
    return found
  }

  private func item(_ line: StoryLine) async throws -> CallItem.ID {
    let asked = try await commitment(line.word(0))
    let item = try await books.answer(FundAsOf(try fundID(), AsOf(.latest))).calls
      .filter { $0.call.side == asked.side && $0.call.number == line.number }
      .flatMap(\.items).first { $0.item.commitment == asked.id }
    guard let item else { throw StoryMistake("there is no such item") }
    return item.item.id
  }
}
