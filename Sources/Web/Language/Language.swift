package import FundModel

/// A language that people read the pages in.
package enum Language: String, CaseIterable, Hashable, Sendable {
  case ko, en

  /// The words of `phrase` in this language.
  package func callAsFunction(_ phrase: Phrase) -> String {
    switch self {
    case .ko: phrase.ko
    case .en: phrase.en
    }
  }

  package var other: Language { self == .ko ? .en : .ko }
}
