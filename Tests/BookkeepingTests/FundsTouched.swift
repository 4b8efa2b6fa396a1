import Bookkeeping
import FundModel
import RandomBooks
import Testing

@Suite("The funds that a change touches")
struct FundsTouched {
  /// In the books of the samples: fund 1, fund 2 whose paid-in is stated, one partner of both.
  private static let expected: [String: [Int64]] = [
    RegisterFund.name: [3], RegisterParty.name: [], AmendParty.name: [1, 2],
    OpenFromStated.name: [2], ImportBooks.name: [3], UndoImport.name: [2],
    MakeCalendarFeed.name: [],
    EndCalendarFeed.name: [], AddUser.name: [], ChangeUser.name: [], EndUser.name: [],
    LetChoosePassword.name: [],
  ]

  @Test(
    "Every command touches the funds that it is about, and no others", arguments: allCommandNames)
  func byCommand(_ name: String) async throws {
    let samples = try await CommandSamples(TestBooks(at: Story.noon("2026-06-30")))
    let books = samples.test.books
    let before = try await books.answer(TrailEnd())
    #expect(
      try await books.answer(FundsTouchedSince(before))
        == FundsTouchedSince.Answer(sequence: before, funds: []))
    let sample = try #require(samples.sample(of: name))
    _ = try await books.tell(sample, by: "maria", at: samples.test.clock.now)
    let touched = try await books.answer(FundsTouchedSince(before))
    #expect(touched.sequence == before + 1)
    #expect(touched.funds.map(\.rawValue) == Self.expected[name, default: [1]])
    // A party's new name is a matter of its funds, and no fact of theirs.
    let recorded = name == AmendParty.name ? [] : touched.funds
    for fund in (1...3).map(Fund.ID.init(rawValue:)) {
      #expect(
        try await books.answer(Touches(touched.sequence, .fund(fund))) == recorded.contains(fund))
    }
  }

  @Test("From the beginning, every fund; in books that nobody has written in, none")
  func fromTheBeginning() async throws {
    let new = try await TestBooks(at: Story.noon("2026-06-30"))
    let empty = new.books
    #expect(
      try await empty.answer(FundsTouchedSince(0))
        == FundsTouchedSince.Answer(sequence: 0, funds: []))
    let samples = try await CommandSamples(TestBooks(at: Story.noon("2026-06-30")))
    let touched = try await samples.test.books.answer(FundsTouchedSince(0))
    #expect(touched.funds.map(\.rawValue) == [1, 2])
    #expect(touched.sequence == (try await samples.test.books.answer(TrailEnd())))
  }

  @Test("A general partner's new name touches the fund that names it, commitment or not")
  func generalPartner() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let books = test.books
    let partner = try await books.perform(RegisterParty(name: "GP"), by: "maria").outcome
    let fund = try await books.perform(
      RegisterFund(
        terms: FundTerms(
          name: "F", generalPartner: partner, gpCommitment: Money(minorUnits: 0, .krw)),
        commitmentTotal: Money(minorUnits: 5, .krw)), by: "maria"
    ).outcome
    let before = try await books.answer(TrailEnd())
    _ = try await books.perform(AmendParty(party: partner, name: .changed("GP 2")), by: "maria")
    #expect(try await books.answer(FundsTouchedSince(before)).funds == [fund])
    // The file is there as long as these are.
    withExtendedLifetime(test) {}
  }
}
