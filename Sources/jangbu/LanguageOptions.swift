import ArgumentParser
import Foundation
import Web

/// How figures are worded on the command line.
struct LanguageOptions: ParsableArguments {
  @Option(help: "ko or en. The language of the environment where left out.")
  var language: Language = Self.ofEnvironment

  @Option(help: "What amounts in won are shown in: won, thousand, million or eok.")
  var unit: DisplayUnit = .million

  var wording: Wording { Wording(language, unit) }

  static var ofEnvironment: Language {
    let environment = ProcessInfo.processInfo.environment
    let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
    return locale.hasPrefix("ko") ? .ko : .en
  }
}

extension Language: ExpressibleByArgument {}
extension DisplayUnit: ExpressibleByArgument {}
