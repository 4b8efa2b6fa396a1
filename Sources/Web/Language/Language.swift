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

/// Words that a person reads, in every language side by side, so that none can lack.
///
/// All of them stand in this folder, one file for each page or matter.
package struct Phrase: Hashable, Sendable {
  package let ko: String
  package let en: String

  package init(_ ko: String, _ en: String) {
    self.ko = ko
    self.en = en
  }

  /// The same in every language: a name, a figure, a code.
  package init(_ same: String) { self.init(same, same) }
}
