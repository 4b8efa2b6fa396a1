import FundModel

/// About the file as a whole.
extension SheetProblem {
  static let noFile = SheetProblem(
    .unreadable,
    Phrase(
      "파일을 읽을 수 없습니다. 폴더가 아니라 파일인지, 읽을 권한이 있는지 확인해 주세요.",
      "The file cannot be read. It has to be a file, not a folder, that may be read."))

  static let emptyFile = SheetProblem(
    .empty,
    Phrase(
      "빈 파일입니다. 내용이 있는 .xlsx나 .csv 파일을 골라 주세요.",
      "The file is empty. Choose an .xlsx or .csv file that holds something."))

  static let oldExcel = SheetProblem(
    .otherFormat,
    Phrase(
      "옛 엑셀 형식(.xls)입니다. 엑셀에서 열어 .xlsx로 저장한 뒤 다시 올려 주세요.",
      "This is the old Excel format (.xls). Open it in Excel and save it as .xlsx."))

  static let binaryExcel = SheetProblem(
    .otherFormat,
    Phrase(
      "엑셀 바이너리 형식(.xlsb)입니다. 엑셀에서 열어 .xlsx로 저장한 뒤 다시 올려 주세요.",
      "This is Excel's binary format (.xlsb). Open it in Excel and save it as .xlsx."))

  static let openDocument = SheetProblem(
    .otherFormat,
    Phrase(
      "오픈도큐먼트 형식(.ods)입니다. 연 프로그램에서 .xlsx로 저장한 뒤 다시 올려 주세요.",
      "This is an OpenDocument sheet (.ods). Save it as .xlsx."))

  static let webPage = SheetProblem(
    .otherFormat,
    Phrase(
      "엑셀 파일이 아니라 웹 페이지(HTML)나 XML입니다. 엑셀에서 열어 .xlsx로 저장한 뒤 다시 올려 주세요.",
      "This is a web page (HTML) or XML, not a workbook. Open it in Excel and save it as .xlsx."))

  static let noWorkbook = SheetProblem(
    .otherFormat,
    Phrase(
      "압축 파일이지만 엑셀 통합 문서(.xlsx)가 아닙니다. .xlsx나 .csv로 저장해 주세요.",
      "This is an archive, but no Excel workbook (.xlsx). Save it as .xlsx or .csv."))

  static let notText = SheetProblem(
    .otherFormat,
    Phrase(
      "엑셀 통합 문서도 CSV도 아닌 파일입니다. .xlsx나 .csv로 저장해 주세요.",
      "This is neither an Excel workbook nor a CSV file. Save it as .xlsx or .csv."))

  static let wantsPassword = SheetProblem(
    .encrypted,
    Phrase(
      "암호가 걸린 파일입니다. 엑셀에서 암호를 풀고 .xlsx로 저장한 뒤 다시 올려 주세요.",
      "The file wants a password. Take the password off in Excel and save it as .xlsx."))

  static let noEncoding = SheetProblem(
    .encoding,
    Phrase(
      "UTF-8도 CP949(EUC-KR)도 아닌 글자가 있습니다. ‘CSV UTF-8’로 다시 저장해 주세요.",
      "Letters are neither UTF-8 nor CP949 (EUC-KR). Save the file again as CSV UTF-8."))

  static func tooLarge(_ korean: String, _ english: String) -> SheetProblem {
    SheetProblem(.tooLarge, Phrase(korean, english))
  }

  /// `part` is the name of a part inside the archive.
  static func damaged(_ part: String, _ korean: String, _ english: String) -> SheetProblem {
    SheetProblem(
      .damaged,
      Phrase(
        "파일이 손상되었습니다(\(part)): \(korean) 엑셀에서 열어 다시 저장해 주세요.",
        "The file is damaged (\(part)): \(english) Open it in Excel and save it again."))
  }
}

/// About one cell.
extension SheetProblem {
  static func cell(_ korean: String, _ english: String) -> SheetProblem {
    SheetProblem(.cell, Phrase(korean, english))
  }

  static let notCalculated = SheetProblem(
    .notCalculated,
    Phrase(
      "수식만 있고 계산된 값이 없습니다. 엑셀에서 열어 계산하고 저장한 뒤 다시 올려 주세요.",
      "There is a formula and no value. Open the file in Excel, so that it is calculated, and save "
        + "it."))

  static let tooManyMarks = cell(
    "한 글자에 부호가 너무 많이 붙어 있습니다.", "A letter has more than 30 marks upon it.")

  static func longCell(_ limit: Int) -> SheetProblem {
    tooLarge(
      "한 칸의 글이 너무 깁니다. \(spelled(bytes: limit))까지 읽습니다.",
      "The text of the cell is too long: at most \(spelled(bytes: limit)) are read.")
  }

  static func longRow(_ limit: Int) -> SheetProblem {
    tooLarge(
      "한 행의 글이 너무 깁니다. \(spelled(bytes: limit))까지 읽습니다.",
      "The texts of the row are too long: at most \(spelled(bytes: limit)) are read.")
  }

  static func manyColumns(_ limit: Int) -> SheetProblem {
    let last = columnLetters(limit - 1)
    return tooLarge(
      "\(last)열 뒤에도 값이 있습니다. \(limit)열(\(last))까지 읽습니다.",
      "Something stands beyond column \(last): \(limit) columns are read.")
  }

  static func manyRows(_ limit: Int) -> SheetProblem {
    tooLarge("행이 \(limit)개를 넘습니다.", "There are more than \(limit) rows.")
  }
}

/// `256 MiB`, `30 bytes`.
func spelled(bytes: Int) -> String {
  for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
  where bytes >= unit && bytes % unit == 0 {
    return "\(bytes / unit) \(name)"
  }
  return "\(bytes) bytes"
}
