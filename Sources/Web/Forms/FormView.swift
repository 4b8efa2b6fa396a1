import Bookkeeping
import FundModel

/// One form on a page: the operation of the API that it asks for, and what it is about.
///
/// It posts to the page that it stands on. Where it was sent before and could not be taken, what was
/// typed stays, with what is wrong beside it.
struct FormView {
  let operation: String
  /// Values for the operation's path: `[("item", "12")]`.
  let subject: [(name: String, value: String)]
  let frame: PageFrame
  /// This very form, as it was sent.
  let sent: SentForm?
  /// The field that takes the focus when the form is opened from a link.
  private let first: String?
  /// Whether it changes the books: then it is for those who keep them.
  private let isOfBooks: Bool

  init(
    _ operation: String, about subject: KeyValuePairs<String, String> = [:],
    first: String? = nil, isOfBooks: Bool = true, _ frame: PageFrame
  ) {
    self.operation = operation
    self.first = first
    self.isOfBooks = isOfBooks
    self.subject = subject.map { (name: $0.key, value: $0.value) }
    self.frame = frame
    let isSent = frame.sent?.operation == operation && frame.sent?.isAbout(self.subject) == true
    sent = isSent ? frame.sent : nil
  }

  /// Tells the form from all others of the page, in ids and in the request key.
  private var mark: String { ([operation] + subject.map(\.value)).joined(separator: "-") }

  func id(_ name: String) -> String { "\(mark)-\(name.replacing(".", with: "-"))" }

  /// What stands in a field: what was typed, else `value`.
  func value(_ name: String, or value: String = "") -> String {
    sent.map { $0[name] ?? "" } ?? value
  }

  /// The whole form around its fields.
  ///
  /// - Parameter previews: Enter in a field asks for a look at what would be, not for the thing
  ///   itself.
  func callAsFunction(_ content: HTML, style: String = "form", previews: Bool = false) -> HTML {
    if isOfBooks {
      guard frame.keepsBooks else { return readOnlyRoleNote(frame) }
      guard frame.address["known_at"] == nil else { return readOnlyNote(frame) }
    }
    let hidden = subject.map { hiddenField($0.name, $0.value) }
    return """
      <form class="\(style)" id="\(id("form"))" method="post" action="\(frame.address.text)" \
      data-form\(HTML.when(sent != nil, " data-sent"))>
      \(byEnter(previews))\
      \(hiddenField("form", operation))\
      \(hiddenField("request_key", requestKey))\(formToken)\(hidden)
      \(wrongWithTheWhole)
      \(content)
      </form>
      """
  }

  private var requestKey: String {
    if let sent, sent.note != nil, let key = sent["request_key"] { return key }
    return "\(frame.requestKey)-\(mark)"
  }

  /// What Enter in a field presses: browsers take the first button, which else would be one that
  /// fills a field in.
  private func byEnter(_ previews: Bool) -> HTML {
    let attributes: HTML = previews ? previewAttributes : .none
    return
      "<button class=\"unseen\" type=\"submit\" tabindex=\"-1\" aria-hidden=\"true\"\(attributes)></button>"
  }

  fileprivate var previewAttributes: HTML {
    " name=\"step\" value=\"preview\" formaction=\"\(frame.address.text)#preview\""
  }

  /// Known to the pages of this session alone: no other site can send the form.
  private var formToken: HTML {
    frame.signedIn?.formToken.map { hiddenField(SentForm.token, $0.text) } ?? .none
  }

  func hiddenField(_ name: String, _ value: String) -> HTML {
    "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
  }

  /// A hidden field that holds what stood in a field, so that only what was changed is sent on.
  func was(_ name: String, _ value: String) -> HTML { hiddenField(SentForm.was + name, value) }

  private var wrongWithTheWhole: HTML {
    guard let sent else { return .none }
    if let note = sent.note {
      return """
        <p class="msg msg-note" role="alert" tabindex="-1" autofocus\(problemMark(SentForm.noted))>\
        \(icon("note"))<span>\(frame.language(note))</span></p>
        """
    }
    let told = ([""] + subject.map(\.name)).filter { !sent.problems(of: $0).isEmpty }
    guard !told.isEmpty else { return .none }
    let sentences = told.map { name -> HTML in
      "<span\(problemMark(name))>\(linkingTrail(words(sent.problems(of: name)), sent))</span> "
    }
    return """
      <p class="msg msg-bad" role="alert" tabindex="-1" autofocus>\(icon("overdue"))\
      <span>\(sentences)</span></p>
      """
  }

  /// The sentence with a way to the entry of the trail that it names.
  private func linkingTrail(_ sentence: String, _ sent: SentForm) -> HTML {
    guard let sequence = sent.trailEntry,
      let place = Phrase.trailEntry(sequence).compactMap({ sentence.firstRange(of: $0) }).first
    else { return "\(sentence)" }
    return """
      \(String(sentence[..<place.lowerBound]))<a href="\(frame.trailLink(sequence))">\
      \(String(sentence[place]))</a>\(String(sentence[place.upperBound...]))
      """
  }

  /// What is wrong with something that is no single field, such as a choice or a list.
  func problem(of name: String) -> HTML {
    let sentences = sent?.problems(of: name) ?? []
    guard !sentences.isEmpty else { return .none }
    return """
      <p class="err" role="alert" tabindex="-1" autofocus\(problemMark(name))>\
      \(icon("overdue"))<span>\(words(sentences))</span></p>
      """
  }

  /// The focus goes to the first field with something wrong, to the one that was just filled in, or
  /// into a form that was opened; a page that shows a form unasked leaves it where it is.
  func takesFocus(_ name: String) -> Bool {
    guard let sent else { return frame.address["do"] != nil && first == name }
    guard sent.note == nil else { return false }
    return (sent.firstProblem ?? sent.filledIn) == name
  }

  func words(_ sentences: [Phrase]) -> String {
    sentences.map { frame.language($0) }.joined(separator: " ")
  }
}

// MARK: fields

extension FormView {
  /// A labelled field with what is wrong with it underneath.
  ///
  /// - Parameters:
  ///   - control: the input, given the attributes that tie it to its texts.
  ///   - help: stands under the input at its right end, such as how it was read.
  func field(
    _ name: String, _ label: Phrase, style: String = "", help: HTML = .none,
    _ control: (HTML) -> HTML
  ) -> HTML {
    let sentences = sent?.problems(of: name) ?? []
    let helpID = "\(id(name))-read"
    let problemID = "\(id(name))-problem"
    let isBad = !sentences.isEmpty
    let described: HTML = isBad ? "\(helpID) \(problemID)" : "\(helpID)"
    let attributes: HTML = """
      id="\(id(name))" name="\(name)" aria-describedby="\(described)"\
      \(HTML.when(isBad, " aria-invalid=\"true\""))\(HTML.when(takesFocus(name), " autofocus"))
      """
    let problem: HTML =
      isBad
      ? """
      <p class="err" id="\(problemID)" role="alert"\(problemMark(name))>\(icon("overdue"))\
      <span>\(words(sentences))</span></p>\(useMost(name))
      """ : .none
    return """
      <div class="field\(HTML.when(isBad, " field-bad"))\(HTML.when(!style.isEmpty, " \(style)"))">\
      <label for="\(id(name))">\(frame.language(label))</label>\
      \(control(attributes))<span class="read" id="\(helpID)">\(help)</span>\(problem)</div>
      """
  }

  func text(
    _ name: String, _ label: Phrase, or value: String = "", most: Int, list: String? = nil
  ) -> HTML {
    field(name, label) { attributes in
      """
      <input class="input" \(attributes) value="\(self.value(name, or: value))" \
      maxlength="\(most)" autocomplete="off"\(HTML.when(list != nil, " list=\"\(list ?? "")\""))>
      """
    }
  }

  /// A short text that the browser may fill in for its reader.
  func word(_ name: String, _ label: Phrase, autocomplete: String) -> HTML {
    field(name, label) { attributes in
      """
      <input class="input" \(attributes) value="\(value(name))" maxlength="\(TextLimit.word)" \
      autocomplete="\(autocomplete)" autocapitalize="none" spellcheck="false"\
      \(HTML.when(sent == nil && first == name, " autofocus"))>
      """
    }
  }

  /// What was typed in it is never shown again.
  func password(
    _ name: String, _ label: Phrase, autocomplete: String, note: Phrase? = nil
  ) -> HTML {
    field(name, label, help: note.map { "<span>\(frame.language($0))</span>" } ?? .none) {
      attributes in
      """
      <input class="input" type="password" \(attributes) maxlength="512" \
      autocomplete="\(autocomplete)">
      """
    }
  }

  /// A day, read as people type it, and read back: `화요일 · 45일 뒤`.
  func date(_ name: String, _ label: Phrase, or value: CalendarDate? = nil) -> HTML {
    let typed = self.value(name, or: value?.description ?? "")
    return field(name, label, help: readBack(name, frame.language(reading(ofDate: typed)))) {
      attributes in
      """
      <input class="input" \(attributes) value="\(typed)" inputmode="numeric" maxlength="32" \
      autocomplete="off" spellcheck="false" data-reading="date">
      """
    }
  }

  /// An amount, read as people type it, and read back: `12억 3,400만 원`.
  ///
  /// - Parameter limit: what it may be at most, said at the left under the field, with a button
  ///   that fills it in.
  func amount(
    _ name: String, _ label: Phrase, or value: Money? = nil, in currency: Currency,
    limit: (words: Phrase, amount: Money)? = nil
  ) -> HTML {
    let typed = self.value(name, or: value.map(typedText) ?? "")
    let limited: HTML =
      limit.map { limit in
        """
        <span>\(frame.language(limit.words)) \(exact(limit.amount)) \
        \(fillButton(name, limit.amount, .useWhole))</span>
        """
      } ?? .none
    let read = readBack(name, reading(ofAmount: typed, in: currency))
    return field(name, label, help: "\(limited)\(read)") { attributes in
      """
      <span class="amount"><input class="input" \(attributes) value="\(typed)" \
      maxlength="64" autocomplete="off" \
      spellcheck="false" data-reading="amount" data-currency="\(currency.code)">\
      <span class="currency-of" aria-hidden="true">\(unitName(of: currency))</span></span>
      """
    }
  }

  func select(
    _ name: String, _ label: Phrase, or value: String = "",
    _ options: [(value: String, words: String)]
  ) -> HTML {
    let chosen = self.value(name, or: value)
    let list = options.map { option -> HTML in
      """
      <option value="\(option.value)"\(HTML.when(option.value == chosen, " selected"))>\
      \(option.words)</option>
      """
    }
    return field(name, label) { attributes in
      "<select class=\"input\" \(attributes)>\(list)</select>"
    }
  }

  /// A choice of a few, each with a line that says what it means.
  func radios(
    _ name: String, _ label: Phrase, or value: String,
    _ options: [(value: String, words: Phrase, note: Phrase?)]
  ) -> HTML {
    let chosen = sent == nil ? value : self.value(name)
    let list = options.map { option -> HTML in
      let note: HTML = option.note.map { "<small>\(frame.language($0))</small>" } ?? .none
      return """
        <label class="option"><input type="radio" name="\(name)" value="\(option.value)"\
        \(HTML.when(option.value == chosen, " checked"))>\
        <span>\(frame.language(option.words))\(note)</span></label>
        """
    }
    return """
      \(choice(name))<legend>\(frame.language(label))</legend>\
      <div class="options">\(list)</div>\(problem(of: name))</fieldset>
      """
  }

  /// Opens a field that is a list to choose from: its edge says where something is wrong with it.
  func choice(_ name: String) -> HTML {
    let isBad = sent?.problems(of: name).isEmpty == false
    return "<fieldset class=\"field\(HTML.when(isBad, " field-bad"))\">"
  }

  func button(_ words: Phrase, style: String = "button button-go") -> HTML {
    "<button class=\"\(style)\" type=\"submit\">\(frame.language(words))</button>"
  }

  /// Asks for a look at what would be; the page comes back where that is shown, at `#preview`.
  var previewButton: HTML {
    """
    <button class="button" type="submit"\(previewAttributes)>\(frame.language(.preview))</button>
    """
  }
}

// MARK: amounts and dates in fields

extension FormView {
  /// An exact amount in a sentence: `535,000,000원`, `USD 300,000.00`.
  func exact(_ amount: Money) -> String { exactAmount(amount, frame.language) }

  private func unitName(of currency: Currency) -> String {
    currency == .krw ? frame.language(DisplayUnit.won.name(for: .krw)) : currency.code
  }

  /// A button that fills the field in. It works without script, too: the page comes back filled in.
  private func fillButton(_ name: String, _ amount: Money, _ words: Phrase) -> HTML {
    """
    <button class="link-button" type="submit" name="\(SentForm.fill)\(name)" \
    value="\(typedText(amount))" data-fill="\(id(name))" formnovalidate>\
    \(frame.language(words))</button>
    """
  }

  private func useMost(_ name: String) -> HTML {
    guard name == "amount", let most = sent?.most, most.isPositive else { return .none }
    return "<p class=\"err-way-out\">\(fillButton(name, most, .useMost(exact(most))))</p>"
  }

  private func readBack(_ name: String, _ words: String) -> HTML {
    "<output for=\"\(id(name))\">\(words)</output>"
  }

  private func reading(ofDate typed: String) -> Phrase {
    (try? CalendarDate(typed: typed)).map { .reading(of: $0, today: frame.today) } ?? Phrase("")
  }

  private func reading(ofAmount typed: String, in currency: Currency) -> String {
    (try? Money(typed: typed, in: currency)).map { amountReading($0, frame.language) } ?? ""
  }
}

/// The amount as it stands in a field: `300,000,000`, `300,000.00`.
func typedText(_ amount: Money) -> String {
  DisplayUnit.won.text(amount).replacing("\u{2212}", with: "-")
}

/// How a typed amount was understood: `12억 3,400만 원`, in English `KRW 1,234,000,000`.
func amountReading(_ amount: Money, _ language: Language) -> String {
  language == .ko ? amount.spelled : exactAmount(amount, language)
}

/// An exact amount in a sentence: `535,000,000원`, `USD 300,000.00`.
func exactAmount(_ amount: Money, _ language: Language) -> String {
  let text = DisplayUnit.won.text(amount)
  guard amount.currency == .krw, language == .ko else { return "\(amount.currency.code) \(text)" }
  return text + "원"
}
