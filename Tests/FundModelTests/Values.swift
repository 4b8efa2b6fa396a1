import FundModel

/// Short spellings for tests. A date or code that is none stops the test on its line.
func date(_ text: String) -> CalendarDate { CalendarDate(text)! }

func usd(_ cents: Int64) -> Money { Money(minorUnits: cents, .usd) }

func won(_ units: Int64) -> Money { Money(minorUnits: units, .krw) }

/// Day 1 is 2026-03-01, day 2 the next.
func day(_ number: Int) -> CalendarDate { date("2026-02-28").adding(days: number) }
