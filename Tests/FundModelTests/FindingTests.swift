import Foundation
import FundModel
import Testing

@Suite("Finding names")
struct FindingTests {
  @Test(
    "What finds which name, and how well",
    arguments: [
      ("미래투자조합", "미래투자조합", 0), ("미래", "미래투자조합", 1), ("투자", "미래투자조합", 3),
      ("ㅁㄹㅌㅈ", "미래투자조합", 1), ("ㅁㄹㅌㅈㅈㅎ", "미래투자조합", 0), ("미ㄹ", "미래투자조합", 1),
      ("ㅁ래ㅌ", "미래투자조합", 1), ("ㅌㅈ", "미래투자조합", 3), ("미래 조합", "미래투자조합", 3),
      ("조합 미래", "미래투자조합", 3), ("ㅂㅊ", "성장 벤처투자조합", 2), ("성장벤처", "성장 벤처투자조합", 1),
      ("성 장", "성장 벤처투자조합", 1), ("밋", "미래투자조합", nil), ("밀", "미래투자조합", 1), ("미", "민들레", 1),
      ("민", "미래", nil),
      ("BAL", "Balerion Space Ventures II", 1), ("space", "Balerion Space Ventures II", 2),
      ("ｓｐａｃｅ", "Balerion Space Ventures II", 2), ("ii", "Balerion Space Ventures II", 2),
      ("ㄱ", "까치", nil), ("ㄲ", "까치", 1), ("ㄲ", "가구", nil), ("ㄱㅅ", "감사", 0),
      ("ㄳ", "감사", 0), ("ㄺ", "라구", 0), ("ㅄㅌ", "바사타", 0), ("ㅏ", "가", nil), ("ㄱ", "ㄱ자", 1),
      ("(주)", "(주)미래", 1), ("ㅈ", "(주)미래", 3), ("🚀", "로켓🚀", 3), ("2호", "미래 ２호", 2),
      ("　미래　", "미래", 0), ("미\u{200B}래", "미래", 0), ("X", "미래", nil), ("미래투자조합1", "미래투자조합", nil),
      ("É", "école", 1), ("e\u{301}C", "École", 1), ("갃", "각사", 0), ("갃", "가구", nil),
      ("밀ㅌ", "미래투자조합", nil), ("각", "가구", 0), ("각", "각자", 1),
    ] as [(String, String, Int?)])
  func examples(_ typed: String, _ name: String, _ rank: Int?) {
    #expect(SearchText(typed).rank(of: name) == rank)
  }

  @Test("It makes no difference how Hangul is put together")
  func composition() {
    for (typed, name) in [("미래", "미래투자조합"), ("값싼", "값싼 땅"), ("ㅁ래", "미래"), ("뷁", "뷁")] {
      let apart = typed.decomposedStringWithCanonicalMapping
      let nameApart = name.decomposedStringWithCanonicalMapping
      let rank = SearchText(typed).rank(of: name)
      #expect(rank != nil)
      #expect(SearchText(apart).rank(of: name) == rank)
      #expect(SearchText(typed).rank(of: nameApart) == rank)
      #expect(SearchText(apart).rank(of: nameApart) == rank)
    }
  }

  @Test("Nothing asked for finds nothing; no text is too odd or too long")
  func nothing() {
    for text in ["", " ", "\u{3000}\n\t", "\u{200B}"] {
      #expect(SearchText(text).isEmpty)
      #expect(SearchText(text).rank(of: "미래") == nil)
    }
    #expect(SearchText("미래").rank(of: "") == nil)
    #expect(SearchText(String(repeating: "가", count: 1_000_000)).rank(of: "가") == nil)
    #expect(SearchText("\u{1161}\u{11A8}").rank(of: "가") == nil)
    #expect(SearchText("\u{0}").rank(of: "미래") == nil)
  }
}
