package import Bookkeeping
package import FundModel

/// The calendar of due dates.
extension Phrase {
  package static let calendar = Phrase("캘린더", "Calendar")
  package static let thisMonth = Phrase("이번 달", "This month")
  package static let monthSteps = Phrase("달", "Month")
  package static let calendarView = Phrase("보기 방식", "View")
  package static let asGrid = Phrase("달력", "Month grid")
  package static let asList = Phrase("목록", "List")
  package static let filters = Phrase("거르기", "Filters")
  package static let fund = Phrase("조합", "Fund")
  package static let allOfThem = Phrase("전체", "All")
  package static let side = Phrase("방향", "Side")
  package static let directToo = Phrase("직접투자도 보기", "Direct investments too")
  package static let apply = Phrase("적용", "Apply")
  package static let clearFilters = Phrase("조건 지우기", "Clear filters")
  package static let noCardsForFilters = Phrase(
    "이 달에는 조건에 맞는 출자요청이 없습니다.", "No capital call of this month meets the filters.")
  package static let noCards = Phrase(
    "이 달에 납입기한인 출자요청이 없습니다.", "No capital call falls due in this month.")
  package static let noCallsAnywhere = Phrase(
    "납입기한이 정해진 출자요청이 아직 없습니다.", "No capital call has a due date yet.")
  package static let closeDrawer = Phrase("닫기", "Close")
  /// `2026년 3월`, `March 2026`.
  package init(_ month: CalendarMonth) {
    let english = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let first = month.first
    self.init("\(first.year)년 \(first.month)월", "\(english[first.month - 1]) \(first.year)")
  }

  package static func title(of month: CalendarMonth) -> Phrase {
    let name = Phrase(month)
    return Phrase("\(name.ko) 캘린더", "Calendar of \(name.en)")
  }

  /// `일`, `Sun`.
  package init(weekday: Int) {
    let names = [
      ("일", "Sun"), ("월", "Mon"), ("화", "Tue"), ("수", "Wed"), ("목", "Thu"), ("금", "Fri"),
      ("토", "Sat"),
    ]
    let (korean, english) = names[weekday]
    self.init(korean, english)
  }

  package static func dueCount(_ count: Int) -> Phrase {
    Phrase("기한 \(count)건", count == 1 ? "1 call due" : "\(count) calls due")
  }

  /// To a month that has due dates, from one that has none.
  package static func toMonth(_ month: CalendarMonth) -> Phrase {
    let name = Phrase(month)
    return Phrase("\(name.ko)로", "To \(name.en)")
  }

  package init(_ status: CalendarFilter.Status) {
    switch status {
    case .scheduled: self = .scheduled
    case .notYetNoticed: self = .notYetNoticed
    case .partiallyPaid: self = .partiallyPaid
    case .complete: self = .complete
    case .overdue: self.init("연체", "Overdue")
    }
  }

  package static func paidOn(_ day: String) -> Phrase { Phrase("납입일 \(day)", "Paid \(day)") }

  /// Read out when another month, day or filter has replaced the cards.
  package static func announcement(
    on date: CalendarDate, _ month: CalendarMonth, count: Int
  ) -> Phrase {
    let name = Phrase(month)
    return Phrase(
      "기준일 \(date). \(name.ko), 기한 \(count)건",
      "As of \(date): \(name.en), \(dueCount(count).en)")
  }
}

/// Calendar feeds.
extension Phrase {
  package static let feeds = Phrase("캘린더 구독", "Calendar feeds")
  package static let feedsNote = Phrase(
    """
    캘린더 앱에서 납입기한을 볼 수 있는 주소입니다. 주소를 아는 사람은 누구나 볼 수 있으니 필요 없는 주소는 \
    끝내세요. 지금은 이 컴퓨터의 앱에서만 열립니다.
    """,
    """
    Addresses at which calendar programs read due dates. Whoever knows an address can read it, so \
    end those that nobody needs. For now they open on this computer only.
    """)
  package static let newFeed = Phrase("새 구독 주소", "New feed")
  package static let feedName = Phrase("이름", "Name")
  package static let feedAmounts = Phrase("금액도 보이기", "Show amounts")
  package static let makeFeed = Phrase("주소 만들기", "Make address")
  package static let endFeedNow = Phrase("끝내고 주소 닫기", "End it and close the address")
  package static let endFeedNote = Phrase(
    "이 주소를 쓰는 캘린더에서 납입기한이 사라집니다. 되돌릴 수 없고, 새 주소는 따로 만들어야 합니다.",
    "Due dates vanish from every calendar that reads this address. It cannot be undone; another address has to be made."
  )
  package static let endFeed = Phrase("끝내기", "End")
  package static let feedAddress = Phrase("구독 주소", "Feed address")
  package static let feedMade = Phrase(
    "주소를 만들었습니다. 다시 볼 수 없으니 지금 캘린더 앱에 옮겨 두세요.",
    "The address is made. It cannot be shown again: put it into the calendar program now.")
  package static let feedMadeEarlier = Phrase(
    """
    이 요청으로 이미 주소를 만들었고, 주소는 한 번만 보여 드립니다. 옮겨 두지 못했으면 그 구독을 끝내고 새로 \
    만드세요.
    """,
    """
    This request made its address already, and an address is shown only once. If it was not put \
    anywhere, end that feed and make another.
    """)
  package static let amounts = Phrase("금액", "Amounts")
  package static let amountsShown = Phrase("보임", "shown")
  package static let amountsHidden = Phrase("숨김", "hidden")
  package static let madeOn = Phrase("만든 날", "Made on")
  package static let endedOn = Phrase("끝낸 날", "Ended on")
  package static let noFeeds = Phrase("아직 구독 주소가 없습니다.", "There are no calendar feeds yet.")
}
