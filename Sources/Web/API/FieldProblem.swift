import FundModel
import Bookkeeping

/// What is wrong with one field of a request.
struct FieldProblem: Error, Hashable {
  /// Which part of the request the pointer points into.
  enum Place: String, Hashable { case path, query, header, body }

  var place: Place
  /// Names and numbers from the place down to the field; empty for the whole of it.
  var steps: [String]
  /// Stable, for programs.
  let code: String
  let sentence: Phrase

  init(_ code: String, _ sentence: Phrase, at steps: [String] = [], in place: Place = .body) {
    self.place = place
    self.steps = steps
    self.code = code
    self.sentence = sentence
  }

  /// A JSON pointer as a URI fragment (RFC 6901, §6): `#/items/0/amount`.
  var pointer: String {
    "#"
      + steps.map { step in
        "/"
          + percentEncoded(
            JSON.shortened(step).replacing("~", with: "~0").replacing("/", with: "~1"))
      }.joined()
  }

  func within(_ step: String) -> FieldProblem {
    var problem = self
    problem.steps.insert(step, at: 0)
    return problem
  }

  func placed(_ place: Place) -> FieldProblem {
    var problem = self
    problem.place = place
    return problem
  }
}

/// Everything that is wrong with what was sent, found together.
///
/// Empty where a value could not be judged, because something else is wrong that it depends on.
struct FieldProblems: Error, Hashable {
  var all: [FieldProblem]

  init(_ all: [FieldProblem]) { self.all = all }
  init(_ code: String, _ sentence: Phrase) { all = [FieldProblem(code, sentence)] }
}

/// Everything but letters, digits, `-._~` and the signs of ASCII that are to stay.
func percentEncoded(_ text: String, keeping signs: StaticString = "") -> String {
  let kept = signs.withUTF8Buffer { Array($0) }
  var encoded = ""
  for byte in text.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
      encoded.unicodeScalars.append(Unicode.Scalar(byte))
    case _ where kept.contains(byte):
      encoded.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      encoded += byte < 16 ? "%0" : "%"
      encoded += String(byte, radix: 16, uppercase: true)
    }
  }
  return encoded
}
