import FundModel
import Testing

@Suite("Dates and percentages as people type them")
struct ReadingDates {
  @Test("Year, month, day, in every spelling that people use")
  func acceptedDates() {
    let tenth = CalendarDate(2025, 3, 10)!
    for text in [
      "2025-03-10", "2025-3-10", "2025.03.10", "2025.3.10", "2025. 3. 10.", "2025. 03. 10",
      "2025.03.10.", "2025/3/10", "2025/03/10", "20250310", "2025년 3월 10일", "2025년3월10일",
      "2025년 03월 10일", "  2025-03-10  ", "\u{A0}2025-03-10\u{3000}", "\t2025-03-10\n",
      "２０２５－０３－１０", "２０２５．３．１０", "２０２５／３／１０", "２０２５０３１０", "２０２５년　３월　１０일",
      "2025−03−10", "2025.\u{A0}3.\u{A0}10.",
    ] {
      #expect(outcome(text) == .success(tenth), "\(text)")
    }
    for (text, parts) in [
      ("1900-01-01", (1900, 1, 1)), ("2199-12-31", (2199, 12, 31)), ("2024-02-29", (2024, 2, 29)),
      ("2000.2.29", (2000, 2, 29)), ("2025-3-5", (2025, 3, 5)), ("2026년 12월 1일", (2026, 12, 1)),
    ] {
      #expect(outcome(text) == .success(CalendarDate(parts.0, parts.1, parts.2)!), "\(text)")
    }
  }

  @Test("What is not one day is refused for its own reason")
  func refusedDates() {
    for text in ["", "   ", "\u{3000}"] { #expect(outcome(text) == .failure(.empty)) }
    for text in [
      "abc", "2025", "2025-03", "202503", "250310", "2025031", "202503100", "10-03-2025",
      "10/03/2025", "3/10/2025", "2025-03/10", "2025/03-10", "2025.03-10", "2025--03-10",
      "2025-03-10-", "-2025-03-10", "2025 03 10", "2025-03-10T00:00:00Z", "2025-03-10 00:00",
      "2025-003-10", "2025-03-010", "02025-03-10", "2025 - 3 - 10", "2025년 3월 10", "2025년 3-10",
      "2025년 3월", "3월 10일", "2025. 3. 10..", "2025. 3.", "٢٠٢٥-٠٣-١٠", "2025-Mar-10", "오늘", "today",
      "2025\u{2010}03\u{2010}10", "205-03-10", "5-3-10", "2025-03-1O", "+2025-03-10", "2025,03,10",
    ] {
      #expect(outcome(text) == .failure(.unreadable(text)), "\(text)")
    }
    for text in ["25-03-10", "25.3.10", "25. 3. 10.", "25/03/10", "25년 3월 10일", "10-03-25"] {
      #expect(outcome(text) == .failure(.twoDigitYear(text)), "\(text)")
    }
    for (text, (year, month, day)) in [
      ("2025-02-29", (2025, 2, 29)), ("2100-02-29", (2100, 2, 29)), ("1900.2.29", (1900, 2, 29)),
      ("2025-04-31", (2025, 4, 31)), ("20250230", (2025, 2, 30)), ("2025-00-10", (2025, 0, 10)),
      ("2025-13-01", (2025, 13, 1)), ("2025-03-00", (2025, 3, 0)), ("2025-03-32", (2025, 3, 32)),
      ("2025년 2월 30일", (2025, 2, 30)), ("20251301", (2025, 13, 1)),
    ] {
      #expect(
        outcome(text) == .failure(.noSuchDay(year: year, month: month, day: day)), "\(text)")
    }
    for (text, year) in [
      ("1899-12-31", 1899), ("2200-01-01", 2200), ("0000-00-00", 0), ("9999-12-31", 9999),
      ("22000101", 2200), ("10032025", 1003),
    ] {
      #expect(outcome(text) == .failure(.yearOutOfRange(year)), "\(text)")
    }
    #expect(outcome(String(repeating: "2", count: 33)) == .failure(.tooLong(limit: 32)))
    #expect(outcome(String(repeating: "2", count: 100_000)) == .failure(.tooLong(limit: 32)))
  }

  @Test("A refused date says what the calendar has instead")
  func dateSentences() {
    let sentences = ["", "25-03-10", "2025-02-29", "2025-13-01", "1899-12-31", "10/03/2025"].map {
      if case .failure(let problem) = outcome($0) { problem.description } else { "no problem" }
    }
    #expect(
      sentences == [
        "A date is needed, such as 2026-02-14.",
        "“25-03-10” lacks the century. Write the year with four digits.",
        "There is no day 29 in month 2 of 2025: it has 28.",
        "There is no month 13: a year has 12.",
        "The year 1899 is outside 1900 to 2199.",
        "“10/03/2025” is not a date. Write it as 2026-02-14.",
      ])
  }

  @Test("Percentages: exact to four decimals, from −1,000 to 1,000,000")
  func percentages() {
    for (text, tenThousandths) in [
      ("2.0", 20_000), ("2", 20_000), ("3.5%", 35_000), ("０.5 ％", 5_000), ("0.5 %", 5_000),
      ("33.3333", 333_333), ("0.0001", 1), ("-0.5", -5_000), ("−0.5%", -5_000), ("△0.5", -5_000),
      ("+8", 80_000), ("0", 0), ("-0", 0), ("100%", 1_000_000), ("1,000%", 10_000_000),
      (" 8.0 % ", 80_000), ("-1,000", -10_000_000), ("1,000,000", 10_000_000_000),
      ("2.0000", 20_000),
    ] as [(String, Int64)] {
      #expect(percent(text) == .success(Percent(tenThousandths: tenThousandths)), "\(text)")
    }
    for text in ["", "  "] { #expect(percent(text) == .failure(.empty)) }
    for text in [
      "%", "-", "abc", "1e2", ".5", "5.", "1.2.3", "--5", "(5)", "5%%", "%5", "10,00", "1,5", "5 5",
      "0,5", "٥", "5‰", "5 percent",
    ] {
      #expect(percent(text) == .failure(.unreadable(text)), "\(text)")
    }
    for text in ["2.00000", "0.00001", "33.33333%"] {
      #expect(percent(text) == .failure(.tooManyDecimals(text, most: 4)), "\(text)")
    }
    for text in [
      "-1000.0001", "1000000.0001", "9223372036854775807", "99999999999999999999999999999",
      "-9223372036854775808", "92233720368547758070000%",
    ] {
      #expect(
        percent(text)
          == .failure(
            .outOfRange(text, lowest: Percent.lowestTyped, highest: Percent.highestTyped)),
        "\(text)")
    }
    #expect(percent(String(repeating: "1", count: 33)) == .failure(.tooLong(limit: 32)))
    guard case .failure(let problem) = percent("2000000") else {
      Issue.record("2,000,000 % was read")
      return
    }
    #expect(problem.description == "“2000000” is outside -1,000 % to 1,000,000 %.")
  }
}

@Suite("Amounts read back in Korean units")
struct SpelledAmounts {
  @Test("The amount as people say it, under the field where it was typed")
  func spelled() {
    for (units, spelled) in [
      (0, "0원"), (1, "1원"), (1_234, "1,234원"), (9_999, "9,999원"), (10_000, "1만 원"),
      (10_001, "1만 1원"), (25_000, "2만 5,000원"), (34_000_000, "3,400만 원"),
      (100_000_000, "1억 원"), (100_000_005, "1억 5원"), (1_234_000_000, "12억 3,400만 원"),
      (-1_200_000_000, "−12억 원"), (-161, "−161원"), (20_203_000_000, "202억 300만 원"),
      (3_000_200_000_000, "3조 2억 원"), (Money.mostRecorded, "1,000조 원"),
      (Int64.max, "9,223,372조 368억 5,477만 5,807원"),
      (Int64.min, "−9,223,372조 368억 5,477만 5,808원"),
    ] {
      #expect(Money(minorUnits: units, .krw).spelled == spelled)
    }
    #expect(Money(minorUnits: 125_050, .usd).spelled == "USD 1,250.50")
  }
}

private func outcome(_ text: String) -> Result<CalendarDate, DateProblem> {
  Result { () throws(DateProblem) in try CalendarDate(typed: text) }
}

private func percent(_ text: String) -> Result<Percent, PercentProblem> {
  Result { () throws(PercentProblem) in try Percent(typed: text) }
}
