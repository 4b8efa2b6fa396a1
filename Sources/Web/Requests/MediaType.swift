/// Whether `header` names the media type `wanted`, in UTF-8 where it names a charset (RFC 9110,
/// §8.3.1). Whatever other parameters follow say nothing here.
func isMediaType(_ header: String?, _ wanted: String) -> Bool {
  let parts = (header ?? "").lowercased().split(separator: ";", omittingEmptySubsequences: false)
    .map { String(withoutBlanks($0)) }
  return parts.first == wanted
    && parts.dropFirst().allSatisfy {
      !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
    }
}

private func withoutBlanks(_ text: Substring) -> Substring {
  let isBlank = { (character: Character) in character == " " || character == "\t" }
  let start = text.drop(while: isBlank)
  return start.lastIndex { !isBlank($0) }.map { start[...$0] } ?? ""
}
