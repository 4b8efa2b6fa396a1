/// Words that a person reads, in every language side by side, so that none can lack.
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
