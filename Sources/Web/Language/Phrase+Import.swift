import Bookkeeping
import FundModel
import Sheets

/// Importing: files, what their sheets hold, what would become of each row.
extension Phrase {
  static let importing = Phrase("파일 가져오기", "Import a file")
  static let importNote = Phrase(
    "엑셀(.xlsx)이나 CSV 파일을 올리면, 줄마다 무엇이 될지 먼저 보여 줍니다. 확인하기 전에는 아무것도 적지 않습니다.",
    """
    Send an Excel (.xlsx) or CSV file: what each row would do is shown first. Nothing is written \
    before you say so.
    """)
  static let chooseFile = Phrase("파일", "File")
  static func fileLimit(mebibytes: Int) -> Phrase {
    Phrase(
      "최대 \(mebibytes)MB. 이 장부에서 내려받은 파일을 고쳐 올리면 바뀐 칸만 적습니다.",
      """
      Up to \(mebibytes) MB. A file downloaded from these books and edited works, too: only what \
      was changed is written.
      """)
  }
  static let sendFile = Phrase("올리기", "Send")
  static let importGone = Phrase("없는 파일입니다", "There is no such file")
  static let importGoneNote = Phrase(
    "그만두었거나, 하루가 지났거나, 서버가 다시 시작해 지워진 파일입니다. 다시 올려 주세요.",
    """
    It was left, it was a day old, or the server was started anew, which clears files away. Send it \
    again.
    """)

  // MARK: Where it stands

  static let importSteps = Phrase("가져오기 단계", "Steps of the import")
  static let stepFile = Phrase("파일", "File")
  static let stepLayout = Phrase("열 맞추기", "Mapping")
  static let stepPreview = Phrase("미리보기", "Preview")
  static let stepDone = Phrase("장부에 적기", "Import")

  static let draftsUnderWay = Phrase("가져오는 중인 파일", "Files on their way")
  static let sentAt = Phrase("올린 시각", "Sent at")
  static let stage = Phrase("단계", "Stage")
  static let seeWhy = Phrase("이유 보기", "See why")
  static let endDraft = Phrase("그만두기", "Discard")
  static let goOn = Phrase("이어서 하기", "Go on")
  static let readingFile = Phrase("파일을 읽고 있습니다", "Reading the file")
  static let previewing = Phrase("줄마다 무엇이 될지 살펴보고 있습니다", "Looking at what each row would do")
  static let takingImport = Phrase("장부에 적고 있습니다", "Writing in the books")
  static let workNote = Phrase(
    "이 페이지를 떠나도 계속됩니다. ‘파일 가져오기’에서 다시 열 수 있습니다.",
    "It goes on when you leave this page, and is found again under “Import a file”.")
  static let stopWork = Phrase("그만두기", "Stop")
  static let stopped = Phrase(
    "그만두었습니다. 아무것도 적지 않았습니다.", "Stopped. Nothing was written.")
  static let leaveImport = Phrase("이 파일 그만두기", "Discard this file")
  static let waitsForLayout = Phrase("열을 맞출 차례", "Needs mapping")
  static let waitsForYou = Phrase("확인할 차례", "Ready to confirm")
  static let importFailed = Phrase("가져오지 못했습니다", "It could not be imported")
  static let importTaken = Phrase("장부에 적었습니다", "Imported")
  static let anotherFile = Phrase("다른 파일 올리기", "Send another file")

  // MARK: What the sheets hold

  static let layoutNote = Phrase(
    "제목 줄을 보고 짐작했습니다. 틀린 것을 고치세요. 같은 제목의 파일은 다음에 이대로 읽습니다.",
    """
    Guessed from the headings; put right what is wrong. Files with the same headings will be read \
    the same way next time.
    """)
  static let sheetHolds = Phrase("이 시트의 내용", "This sheet holds")
  static let skipSheet = Phrase("가져오지 않음", "Nothing to import")
  static let hiddenSheet = Phrase("숨긴 시트", "Hidden sheet")
  static let headingRow = Phrase("제목 줄 번호", "Row of the headings")
  static let amountsIn = Phrase("금액 단위", "Amounts are in")
  static let wholeSheetFund = Phrase("모든 줄의 조합", "Fund of every row")
  static let matchAgain = Phrase("제목에 다시 맞추기", "Match the headings again")
  static let noColumn = Phrase("없음", "None")
  static func columnsOf(found: Int, of all: Int) -> Phrase {
    Phrase(
      "어느 열에 있나요 (\(all)개 가운데 \(found)개 찾음)", "Which column is which (\(found) of \(all) found)")
  }
  static let nothingGuessed = Phrase(
    "제목을 알아보지 못했습니다. 무엇이 든 시트인지 고르세요.",
    "The headings say nothing that is known here. Choose what each sheet holds.")
  static let leftOut = Phrase("가져오지 않는 시트", "Sheets that are not imported")
  static func sheetWithRows(_ name: String, _ rows: Int) -> Phrase {
    Phrase("\(name) (\(groupedCount(rows))줄)", "\(name) (\(groupedCount(rows)) rows)")
  }
  static func nearly(_ holds: Phrase, lacking column: Phrase) -> Phrase {
    Phrase(
      "‘\(holds.ko)’ 시트처럼 보이지만 ‘\(column.ko)’ 열을 찾지 못했습니다. 맞으면 위에서 고르세요.",
      """
      It looks like “\(holds.en)”, but no column is headed “\(column.en)”. Choose it above if that is \
      what it is.
      """)
  }
  static let kindOfName = Phrase("종류", "Kind")
  static let needed = Phrase("필수", "needed")
  static let firstRows = Phrase("시트의 첫 줄들", "The first rows of the sheet")
  static let changesCountFrom = Phrase(
    "약정이 바뀐 줄의 적용일", "Changes of commitments take effect")
  static let changesFromToday = Phrase("오늘부터", "from today on")
  static let changesFromDay = Phrase("정한 날부터", "from a day on")
  static let changesFromBeginning = Phrase(
    "처음부터 (전에 적은 것이 틀렸음)", "from the beginning (what was there was wrong)")
  static let changesDay = Phrase("적용일", "Effective date")
  static let lookAtIt = Phrase("미리보기", "Preview")
  static let noSheetChosen = Phrase(
    "가져올 시트가 없습니다. 시트 하나 이상에서 무엇이 들어 있는지 고르세요.",
    "No sheet is to be imported. Say of at least one what it holds.")
  static func noSuchRow(_ typed: String) -> Phrase {
    Phrase(
      "‘\(typed)’은(는) 이 시트의 첫 \(SheetLook.most)줄에 있는 줄 번호가 아닙니다.",
      "“\(typed)” is not the number of one of the first \(SheetLook.most) rows.")
  }
  static func whichColumn(_ name: Phrase) -> Phrase {
    Phrase("‘\(name.ko)’ 열을 고르세요.", "Choose the column that holds “\(name.en)”.")
  }
  static let whichFund = Phrase(
    "조합 이름이 있는 열을 고르거나, 모든 줄의 조합을 적으세요.",
    "Choose the column with the fund's name, or name the fund of every row.")

  static func holds(_ format: BooksFormat) -> Phrase {
    switch format {
    case .parties: Phrase("조합원·업체 이름", "Parties")
    case .companies: Phrase("투자업체", "Portfolio companies")
    case .funds: Phrase("조합", "Funds")
    case .fundTotalChanges: Phrase("약정총액 증감", "Changes of commitment totals")
    case .partners: Phrase("조합원과 약정", "Partners and commitments")
    case .stagedInvestments: Phrase("투자 약정 (나누어 투자)", "Staged investments")
    case .investments: Phrase("투자", "Investments")
    case .commitmentChanges: Phrase("약정 증감", "Changes of commitments")
    case .capitalCallItems: Phrase("출자요청과 항목", "Capital calls and their items")
    case .payments: Phrase("납입", "Payments")
    case .cancellations: Phrase("출자요청 취소", "Cancellations of calls")
    }
  }

  static func unit(_ unit: SheetUnit) -> Phrase {
    switch unit {
    case .one: Phrase("원 (그대로)", "as they stand")
    case .thousands: Phrase("천원", "thousands")
    case .tenThousands: Phrase("만원", "ten thousands")
    case .millions: Phrase("백만원", "millions")
    case .tenMillions: Phrase("천만원", "ten millions")
    case .hundredMillions: Phrase("억원", "hundred millions")
    case .billions: Phrase("십억원", "billions")
    }
  }
}

extension Phrase {
  // MARK: The preview

  static let rowsNew = Phrase("새로 적음", "New")
  static let rowsChanged = Phrase("바뀜", "Changed")
  static let rowsThere = Phrase("이미 있음", "Already there")
  static let rowsRefused = Phrase("적을 수 없음", "Refused")
  static let allRows = Phrase("모든 줄", "All rows")
  static let rowNumber = Phrase("줄", "Row")
  static let becomes = Phrase("처리", "Result")
  static let sheet = Phrase("시트", "Sheet")
  static let rowCount = Phrase("줄 수", "Rows")
  static let notInFile = Phrase("파일에 없음", "Not in the file")
  static let controlTotals = Phrase("시트의 합계와 대조", "Against the sheet's own totals")
  static let columnHeading = Phrase("열", "Column")
  static let sheetSays = Phrase("시트의 합계", "The sheet says")
  static let rowsSay = Phrase("줄을 더한 값", "Its rows say")
  static let totalsDiffer = Phrase("차이", "Difference")
  static let totalsAgree = Phrase("같음", "The same")
  static let totalsAgreeNet = Phrase(
    "반환을 뺀 합계와 같음", "The same, what was returned taken off")
  static let lessReturned = Phrase("반환을 빼면", "less returned:")
  static let doubts = Phrase("다르게 읽었을 수 있는 칸", "Cells that may mean something else")
  static func andMore(_ count: Int) -> Phrase {
    Phrase("외 \(groupedCount(count))개", "\(groupedCount(count)) more")
  }
  static func notInFileStays(_ count: Int) -> Phrase {
    Phrase(
      "장부의 기록 \(groupedCount(count))개가 이 파일에 없습니다. 지우지 않고 그대로 둡니다.",
      """
      Records of the books that are not in this file: \(groupedCount(count)). They are not deleted; they \
      stay as they are.
      """)
  }
  static let notCompared = Phrase("비교할 수 없음", "Not compared")
  static let totalsDifferNote = Phrase(
    "시트에 적힌 합계와 줄을 더한 값이 다릅니다. 빠지거나 두 번 든 줄이 없는지 보세요.",
    "The sheet's total is not what its rows add up to. Look for rows that are missing or twice.")
  static func importedBefore(_ sequence: Int64, by actor: String) -> Phrase {
    let who = Phrase.recorder(actor)
    return Phrase(
      "똑같은 파일을 전에 가져왔습니다: \(who.ko), 감사 추적 \(sequence)번.",
      "This very file was imported before: \(who.en), no. \(sequence) of the trail.")
  }
  static let andUndone = Phrase(
    "그 뒤 되돌렸으므로 다시 가져올 수 있습니다.", "It was undone since, so it can be imported again.")
  static let importedAgain = Phrase(
    "처음 올린 파일을 다시 올리면 다시 적을 수 있습니다.",
    "To have it back, send the file once more that was imported.")
  static let importThatItUndid = Phrase("되돌린 가져오기", "Import that it undid")
  static let ofTheseBooks = Phrase(
    "이 장부에서 내려받은 파일입니다. 줄마다 기록번호로 찾아, 고친 칸만 바뀐 것으로 봅니다.",
    """
    The file was downloaded from these books: rows are known by their numbers, and only edited cells \
    count as changes.
    """)
  static let takeIt = Phrase("장부에 적기", "Import")
  static func takes(new: Int, changed: Int) -> Phrase {
    let parts = [(new, Phrase("새로 적을", "new")), (changed, Phrase("바꿀", "changed"))]
      .filter { $0.0 > 0 }
    let ko = parts.map { "\($1.ko) 줄 \(groupedCount($0))개" }.joined(separator: ", ")
    let en = parts.map { "\(groupedCount($0)) \($1.en)" }.joined(separator: ", ")
    return Phrase("\(ko). 한꺼번에 적습니다.", "Rows: \(en). All of it is written at once.")
  }
  static let nothingToTake = Phrase(
    "적을 것이 없습니다. 모든 줄이 장부에 있습니다.",
    "There is nothing to write: the books have every row.")
  static let nothingButTakenBack = Phrase(
    "적을 것이 없습니다. 모든 줄이 장부에 있거나, 되돌린 가져오기의 것입니다.",
    "There is nothing to write: the books have every row, or it came with an import that was undone."
  )
  static let takenBackNote = Phrase(
    """
    되돌린 가져오기의 것은 이 파일로는 다시 적지 않습니다. 다시 적으려면 그때 올린 파일을 그대로 다시 \
    올리세요.
    """,
    """
    What came with an import that was undone is not written again from this file. To have it back, \
    send the file once more that was imported then.
    """)
  static func refusedNote(_ count: Int) -> Phrase {
    Phrase(
      "적을 수 없는 줄이 \(groupedCount(count))개 있어 아무것도 적지 않습니다. 파일을 고쳐 다시 올리거나, 아래에서 맞추세요.",
      """
      Rows that cannot be taken: \(groupedCount(count)); so nothing is written. Mend the file and \
      send it again, or put things right below.
      """)
  }
  static let restsOnAnother = Phrase(
    "적을 수 없는 다른 줄에 딸린 줄입니다.", "It rests on another row that cannot be taken.")
  static let layOutAgain = Phrase("열 다시 맞추기", "Change the mapping")
  static let tooManyProblems = Phrase(
    "문제가 너무 많아 앞의 \(ImportProblems.most)개만 보입니다.",
    "Only the first \(ImportProblems.most) problems are told.")
  static func asInRowAbove(_ columns: [Phrase]) -> Phrase {
    Phrase(
      "빈칸은 윗줄과 같이 읽음: \(columns.map(\.ko).joined(separator: ", "))",
      "Empty, so read as in the row above: \(columns.map(\.en).joined(separator: ", "))")
  }
  static let emptyValue = Phrase("(빈칸)", "(empty)")
  static let noSuchRows = Phrase("그런 줄이 없습니다.", "There are no such rows.")

  static let seenAgain = Phrase(
    "그 사이 장부나 이 파일의 맞춤이 바뀌어 다시 살펴보았습니다. 아래를 확인한 뒤 적으세요.",
    """
    The books or the mapping of this file changed meanwhile, so it was looked at once more. See below \
    before you import it.
    """)
  static let readAs = Phrase("다르게 적힌 이름", "Names read as others")
  static let unreadColumns = Phrase("읽지 않는 열", "Columns that are not read")
  static let unknownNames = Phrase("장부에 없는 이름", "Names that the books do not know")
  static let unknownNamesNote = Phrase(
    "같은 조합이나 조합원을 다르게 적은 것이면 장부의 이름을 적어 주세요. 다음부터 그렇게 읽습니다.",
    """
    Where one is another spelling of a fund or a party that is there, give its name in the books. It \
    will be read so from now on.
    """)
  static let inTheFile = Phrase("파일의 이름", "In the file")
  static let nameInBooks = Phrase("장부의 이름", "Name in the books")
  static let teachName = Phrase("이 이름으로 읽기", "Use this name")
  static func notInTheBooks(_ name: String) -> Phrase {
    Phrase(
      "‘\(name)’은(는) 장부에 없는 이름입니다. 목록에서 고르세요.",
      "The books have no “\(name)”. Choose one of the list.")
  }
  static func kind(_ kind: UnknownName.Kind) -> Phrase {
    switch kind {
    case .fund: Phrase("조합", "Fund")
    case .party: Phrase("조합원·업체", "Party")
    }
  }
  static let taughtNames = Phrase("같은 것으로 읽는 이름", "Name aliases")
  static let forgetName = Phrase("지우기", "Remove")

  // MARK: What was taken

  static let earlierImports = Phrase("가져온 파일", "What was imported")
  static let noImports = Phrase("아직 가져온 파일이 없습니다.", "Nothing has been imported yet.")
  static let fileNames = Phrase("파일", "Files")
  static let undoImport = Phrase("되돌리기", "Undo")
  static let undoImportNow = Phrase("가져오기 되돌리기", "Undo the import")
  static let undoImportNote = Phrase(
    "가져온 것을 반대 기록으로 한꺼번에 되돌립니다. 그 뒤에 적은 것이 이 기록을 쓰고 있으면 되돌리지 않고 이유를 알려 줍니다.",
    """
    All of it is taken back at once by opposite entries. Where something recorded later rests on it, \
    nothing is undone and you are told why.
    """)
  /// As refusals name an entry of the trail.
  static func trailEntry(_ sequence: Int64) -> [String] {
    ["감사 추적 \(sequence)번", "Entry \(sequence) of the trail", "entry \(sequence) of the trail"]
  }
  static func tookBackImport(_ sequence: Int64) -> Phrase {
    Phrase(
      "가져오기(감사 추적 \(sequence)번)를 되돌렸습니다.",
      "Took back the import (audit trail no. \(sequence)).")
  }
  static let undone = Phrase("되돌림", "Undone")
  static let inTheTrail = Phrase("감사 추적에서 보기", "See it in the trail")
  static func rowsOfImport(new: Int, changed: Int) -> Phrase {
    Phrase(
      "새로 \(groupedCount(new)), 바뀜 \(groupedCount(changed))",
      "\(groupedCount(new)) new, \(groupedCount(changed)) changed")
  }
}

/// A count with separators: `1,000,000`.
func groupedCount(_ count: Int) -> String { groupedDigits(String(count)) }
