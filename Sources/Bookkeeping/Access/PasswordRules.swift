package import FundModel

/// Why a password cannot be chosen (OWASP ASVS 5, §6.2: length, no rules of composition, none that
/// is among the first that anybody tries).
package enum PasswordProblem: Hashable, Sendable, CaseIterable {
  case tooShort, tooLong, tooCommon, likeName

  /// In characters. Nearly every password of the lists of common ones is shorter.
  package static let least = 12
  package static let most = 128

  /// - Returns: `nil` when `password` may be that of the user called `name`.
  package init?(in password: String, of name: String) {
    // Before anything else is done with a text of any length.
    guard password.utf8.count <= Self.most * 4, password.count <= Self.most else {
      self = .tooLong
      return
    }
    guard password.count >= Self.least else {
      self = .tooShort
      return
    }
    let plain = password.lowercased()
    let letters = plain.filter { $0.isLetter || $0.isNumber }
    if Set(plain).count < 5 || Self.isRun(plain) || Self.common.contains(letters) {
      self = .tooCommon
    } else if name.count >= 4, plain.replacing(name.lowercased(), with: "").count < 6 {
      self = .likeName
    } else {
      return nil
    }
  }

  /// `123456789012`, `abcdefghijkl`: each next to the one before.
  private static func isRun(_ text: String) -> Bool {
    let values = text.unicodeScalars.map { Int($0.value) }
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    return steps.count { abs($0) == 1 } * 4 >= steps.count * 3
  }

  /// Of the usual lists those that are long enough, without what is no letter or digit.
  private static let common: Set<String> = [
    "password1234", "password12345", "password123456", "passwordpassword", "qwertyuiop12",
    "qwertyuiop123", "qwertyuiopasdf", "qwertyqwerty", "qwerty123456", "qwerty1234567",
    "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y", "1q2w3e4r5t6y7u", "zxcvbnm12345",
    "asdfghjkl123", "iloveyou1234", "iloveyou12345", "administrator", "administrator1",
    "adminadmin12", "admin1234567", "letmein12345", "welcome12345", "welcome123456",
    "changeme1234", "correcthorsebatterystaple", "jangbujangbu", "jangbu123456", "jangbu1234567",
    "q1w2e3r4t5y6", "abcd12345678", "abc123456789", "a1b2c3d4e5f6", "dkssudgktpdy",
    "qlalfqjsgh12", "rkskekfkakqktk", "superman1234", "football1234", "baseball1234",
    "princess1234", "sunshine1234", "monkey123456", "dragon123456", "master123456",
  ]
}

extension PasswordProblem {
  package var sentence: Phrase {
    switch self {
    case .tooShort:
      Phrase(
        "비밀번호는 \(Self.least)자 이상이어야 합니다. 낱말 서너 개를 이어 쓰면 외우기 쉽습니다.",
        "A password has at least \(Self.least) characters; three or four words in a row are easy to keep in mind."
      )
    case .tooLong:
      Phrase(
        "비밀번호는 \(Self.most)자까지 쓸 수 있습니다.", "A password has at most \(Self.most) characters.")
    case .tooCommon:
      Phrase(
        "누구나 먼저 넣어 보는 비밀번호입니다. 다른 것을 고르세요.",
        "That is among the first passwords that anybody tries. Choose another.")
    case .likeName:
      Phrase(
        "비밀번호가 이름과 거의 같습니다. 다른 것을 고르세요.",
        "That is little more than the name. Choose another password.")
    }
  }
}
