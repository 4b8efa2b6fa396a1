package import Bookkeeping
package import FundModel

/// Signing in, one's account, and who may open the books.
extension Phrase {
  package static let signIn = Phrase("로그인", "Sign in")
  package static let signOut = Phrase("로그아웃", "Sign out")
  package static let userName = Phrase("이름", "Name")
  package static let password = Phrase("비밀번호", "Password")
  package static let newPassword = Phrase("새 비밀번호", "New password")
  package static let passwordAgain = Phrase("새 비밀번호 한 번 더", "New password again")
  package static let currentPassword = Phrase("지금 비밀번호", "Current password")
  package static let wrongNameOrPassword = Phrase(
    "이름이나 비밀번호가 맞지 않습니다.", "The name or the password is wrong.")
  package static let wrongPassword = Phrase(
    "지금 비밀번호가 맞지 않습니다.", "That is not the current password.")
  package static let passwordsDiffer = Phrase(
    "두 번 적은 비밀번호가 서로 다릅니다.", "The two passwords are not the same.")
  package static let passwordRule = Phrase(
    "\(PasswordProblem.least)자 이상. 낱말 서너 개를 이어 쓰면 외우기 쉽습니다.",
    "At least \(PasswordProblem.least) characters; three or four words in a row are easy to keep in mind."
  )
  package static let forgotten = Phrase(
    "비밀번호를 잊었으면 소유자에게 새 링크를 요청하세요.",
    "If you forgot your password, ask an owner for a new link.")

  package static let welcome = Phrase("장부를 시작합니다", "Welcome to your books")
  package static let welcomeNote = Phrase(
    "이 장부의 첫 소유자를 만듭니다. 소유자는 장부를 적고, 다른 사람을 들일 수 있습니다.",
    "You become the first owner of these books: you keep them, and let others in.")
  package static let makeOwner = Phrase("소유자 만들고 들어가기", "Become the owner and go in")
  package static let choosePassword = Phrase("비밀번호 정하기", "Choose your password")
  package static let choosePasswordAct = Phrase("정하고 들어가기", "Choose it and go in")
  package static let lookAround = Phrase("둘러보기", "Look around")
  package static let lookAroundNote = Phrase(
    "이 컴퓨터에서 시험 삼아 쓰는 장부입니다. 비밀번호 없이 소유자로 들어갑니다. 이 링크는 한 번만 쓸 수 있습니다.",
    "These books are served on this machine for trying them out. You go in as their owner, without a password; this link works once."
  )
  package static let goIn = Phrase("들어가기", "Go in")
  package static let linkGone = Phrase("쓸 수 없는 링크입니다", "This link does not work")

  package static let account = Phrase("내 계정", "Your account")
  package static let users = Phrase("사용자", "Users")
  package static let role = Phrase("권한", "Role")
  package static let changePassword = Phrase("비밀번호 바꾸기", "Change password")
  package static let passwordChanged = Phrase(
    "비밀번호를 바꿨습니다. 다른 곳의 로그인은 모두 끝났습니다.",
    "The password was changed. Every other session has ended.")
  package static let sessions = Phrase("로그인한 곳", "Where you are signed in")
  package static let thisSession = Phrase("지금 이 브라우저", "this browser")
  package static let signedInAt = Phrase("로그인", "Signed in")
  package static let lastSeen = Phrase("마지막 사용", "Last used")
  package static let address = Phrase("주소", "Address")
  package static let browser = Phrase("브라우저", "Browser")
  package static let endSession = Phrase("끝내기", "End")
  package static let endOthers = Phrase("다른 곳 모두 끝내기", "End all others")
  package static let tokens = Phrase("API 토큰", "API tokens")
  package static let tokensNote = Phrase(
    "프로그램이 이 계정의 이름으로 장부를 읽거나 적을 때 씁니다. 만든 때 한 번만 보입니다.",
    "With one, a program reads or writes the books in your name. It is shown once, when it is made."
  )
  package static let tokenName = Phrase("무엇에 쓰는지", "What it is for")
  package static let tokenScope = Phrase("할 수 있는 일", "What it may do")
  package static let tokenDays = Phrase("며칠 동안", "For how many days")
  package static let tokenMade = Phrase(
    "토큰을 만들었습니다. 지금 옮겨 적으세요. 다시 보이지 않습니다.",
    "The token was made. Copy it now: it is not shown again.")
  package static let token = Phrase("토큰", "Token")
  package static let makeToken = Phrase("토큰 만들기", "Make a token")
  package static let endsOn = Phrase("끝나는 날", "Ends on")
  package static let noTokens = Phrase("토큰이 없습니다.", "There are no tokens.")
  package static let badDays = Phrase(
    "1에서 \(APIToken.mostDays) 사이의 날수를 적으세요.",
    "Write a number of days from 1 to \(APIToken.mostDays).")

  package static let newUser = Phrase("사용자 추가", "Add a user")
  package static let addUser = Phrase("추가", "Add")
  package static let changeUser = Phrase("권한 바꾸기", "Change role")
  package static let changeUserOpens = Phrase("바꾸기", "Change")
  package static let endUser = Phrase("사용 끝내기", "End this user")
  package static let endUserOpens = Phrase("사용 끝내기…", "End this user…")
  package static let endUserNow = Phrase("사용을 끝냅니다", "End it now")
  package static let newLinkNote = Phrase(
    "비밀번호를 정하는 새 링크입니다. 전에 만든 링크는 못 쓰게 됩니다.",
    "A new link for choosing a password. Any link made before works no more.")
  package static let makeLink = Phrase("링크 만들기", "Make a link")
  package static let endUserNote = Phrase(
    "다시는 로그인할 수 없고, 이름도 다시 쓸 수 없습니다.",
    "They can never sign in again, and the name is not given again.")
  package static let newLink = Phrase("비밀번호 링크", "Password link")
  package static let link = Phrase("링크", "Link")
  package static let seesParties = Phrase(
    "볼 수 있는 조합원 (조합원 권한만)", "Partners whose commitments they see (partners only)")
  package static let sees = Phrase("볼 수 있는 것", "Sees")
  package static let noPasswordYet = Phrase("비밀번호를 아직 정하지 않음", "no password chosen yet")
  package static let everything = Phrase("전체", "everything")
  package static let feedShows = Phrase("보이는 것", "Shows")
  package static let wholeCalendar = Phrase("모든 조합의 일정", "The whole calendar")
  package static let ownFunds = Phrase("내 조합", "Your funds")
  package static let ownNothing = Phrase(
    "약정한 조합이 없습니다.", "There is no fund that you have committed to.")
  package static let ownItems = Phrase("내 출자요청", "What was asked of you")
  package static let ownEntries = Phrase("내 납입 기록", "What you paid")
  package static let ownCommitments = Phrase("내 약정", "Your commitments")
  package static let nothingAsked = Phrase("출자요청이 없습니다.", "Nothing was asked yet.")
  package static let nothingPaid = Phrase("납입 기록이 없습니다.", "Nothing was paid yet.")
  package static let readOnlyRole = Phrase(
    "열람자 권한입니다. 장부를 적는 일은 할 수 없습니다.", "You may read everything and change nothing.")
  package static let signInToSend = Phrase(
    "로그인이 끝나서 아직 적지 않았습니다. 로그인하면 적던 것이 그대로 다시 보입니다.",
    "Your session had ended, so nothing was recorded yet. Sign in and what you typed is there again."
  )
  package static let signedInNotWritten = Phrase(
    "로그인했습니다. 아직 적지 않았습니다. 확인하고 다시 누르세요.",
    "You are signed in. Nothing was recorded yet: look at it and press the button again.")
  package static let otherSessionNotWritten = Phrase(
    "다른 로그인에서 연 페이지라 아직 적지 않았습니다. 확인하고 다시 누르세요.",
    "The page was of another session, so nothing was recorded yet: look at it and press the button again."
  )
  package static let formGone = Phrase(
    "아직 적지 않았습니다. 보내려던 양식이 이 페이지에 더 없습니다.",
    "Nothing was recorded yet. The form that you sent is no longer on this page.")
  package static let signedOutMeanwhile = Phrase(
    "로그인이 끝나서 보내지 않았습니다. 새 창에서 로그인한 다음, 뒤로 가서 다시 보내세요.",
    "You are signed out, so nothing was sent. Sign in, then go back and send it again.")

  package static func tooManyAttempts(seconds: Int) -> Phrase {
    let minutes = (seconds + 59) / 60
    return Phrase(
      "여러 번 틀렸습니다. \(minutes)분 뒤에 다시 해 주세요.",
      "Too many attempts failed. Try again in \(minutes == 1 ? "a minute" : "\(minutes) minutes").")
  }

  /// - Parameter end: the day and time, in the books' zone, from which the link is good no more.
  package static func linkMade(of name: String, until end: String) -> Phrase {
    Phrase(
      "\(name) 사용자의 비밀번호 링크입니다. \(end)까지 한 번 쓸 수 있습니다. 본인에게만 건네세요. 다시 보이지 않습니다.",
      "The password link of \(name) works once, until \(end). Hand it to that person alone; it is not shown again."
    )
  }

  package static func passwordOf(_ name: String) -> Phrase {
    Phrase("\(name)의 비밀번호를 정합니다.", "You choose the password of \(name).")
  }
}

extension Role {
  package var words: Phrase {
    switch self {
    case .owner: Phrase("소유자", "Owner")
    case .bookkeeper: Phrase("기록자", "Bookkeeper")
    case .viewer: Phrase("열람자", "Viewer")
    case .partner: Phrase("조합원", "Partner")
    }
  }

  package var note: Phrase {
    switch self {
    case .owner: Phrase("장부를 적고, 사용자를 관리합니다.", "Keeps the books, and says who may open them.")
    case .bookkeeper: Phrase("장부를 적습니다.", "Keeps the books.")
    case .viewer:
      Phrase("모두 보고, 아무것도 바꾸지 않습니다. 감사인.", "Reads everything, changes nothing: the auditor.")
    case .partner: Phrase("자기 약정만 봅니다.", "Sees its own commitments alone.")
    }
  }
}

extension APIToken.Scope {
  package var words: Phrase {
    switch self {
    case .read: Phrase("읽기", "Read")
    case .write: Phrase("읽고 적기", "Read and write")
    }
  }
}
