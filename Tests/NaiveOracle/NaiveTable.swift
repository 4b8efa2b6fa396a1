/// A CSV text as a list of records, each a list of named fields. No column is known beforehand.
struct NaiveTable {
  private var names: [String] = []
  private(set) var records: [NaiveRecord] = []

  init(_ text: String) {
    var lines = NaiveTable.split(text)
    if lines.isEmpty { return }
    names = lines.removeFirst()
    for fields in lines {
      records.append(NaiveRecord(names: names, fields: fields, line: records.count + 2))
    }
  }

  /// Splits character by character: commas and line ends count outside quotation marks only, and two
  /// quotation marks inside quoted text are one.
  private static func split(_ text: String) -> [[String]] {
    var lines: [[String]] = []
    var fields: [String] = []
    var field = ""
    var quoted = false
    var started = false
    var previousWasQuote = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{FEFF}" { continue }
      if quoted {
        if scalar == "\"" {
          quoted = false
          previousWasQuote = true
        } else {
          field.unicodeScalars.append(scalar)
        }
        continue
      }
      if scalar == "\"" {
        if previousWasQuote { field.append("\"") }
        quoted = true
        started = true
        previousWasQuote = false
        continue
      }
      previousWasQuote = false
      if scalar == "," {
        fields.append(field)
        field = ""
        started = true
      } else if scalar == "\n" {
        if started {
          fields.append(field)
          lines.append(fields)
        }
        fields = []
        field = ""
        started = false
      } else if scalar != "\r" {
        field.unicodeScalars.append(scalar)
        started = true
      }
    }
    if started {
      fields.append(field)
      lines.append(fields)
    }
    return lines
  }
}

/// One line of a CSV file.
struct NaiveRecord {
  let names: [String]
  let fields: [String]
  let line: Int

  /// The field's text; empty where the file has no such column.
  func text(_ name: String) -> String {
    for (index, candidate) in names.enumerated() where candidate == name && index < fields.count {
      return fields[index]
    }
    return ""
  }

  func number(_ name: String) -> Int? { Int(text(name)) }
}
