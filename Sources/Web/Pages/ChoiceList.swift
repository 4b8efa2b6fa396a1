import FundModel

/// A list of a filter: everything, or one of the choices.
func choiceList(
  _ name: String, _ label: Phrase, _ choices: [(value: String, words: String)], chosen: String?,
  _ say: Language
) -> HTML {
  let options = choices.map { choice -> HTML in
    """
    <option value="\(choice.value)"\(HTML.when(choice.value == chosen, " selected"))>\
    \(choice.words)</option>
    """
  }
  return """
    <label class="pick"><span>\(say(label))</span><select id="filter-\(name)" name="\(name)">\
    <option value="">\(say(.allOfThem))</option>\(options)</select></label>
    """
}
