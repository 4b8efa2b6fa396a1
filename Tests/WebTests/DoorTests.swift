import Testing

@testable import Web

@Suite("The door")
struct DoorTests {
  @Test("A public address is a scheme, a host and perhaps a port")
  func publicAddresses() {
    for (text, origin) in [
      ("https://books.example.kr", "https://books.example.kr"),
      ("HTTPS://Books.Example.KR/", "https://books.example.kr"),
      ("https://books.example.kr:443", "https://books.example.kr"),
      ("https://books.example.kr:8443", "https://books.example.kr:8443"),
      ("http://10.0.0.5:80", "http://10.0.0.5"), ("http://[2001:db8::1]", "http://[2001:db8::1]"),
      ("https://xn--3e0b707e.kr", "https://xn--3e0b707e.kr"),
    ] {
      #expect(PublicAddress(text)?.origin == origin, "\(text)")
    }
    for text in [
      "", "books.example.kr", "https://", "https:///", "ftp://books.example.kr", "https://a/b",
      "https://a?b", "https://a#b", "https://a@b", "https://a b", "https://a:", "https://a:0",
      "https://a:65536", "https://a:80x", "https://장부.kr", "https://[::1", "https://[]",
      "https://a,b", "https://a:1:2", "//a", "https://a\\b", "https://[::1]x",
    ] {
      #expect(PublicAddress(text) == nil, "\(text)")
    }
  }
}
