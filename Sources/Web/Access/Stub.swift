import Hummingbird
extension Asked {
  var isSecure: Bool { false }
  var clientAddress: String { "127.0.0.1" }
  var origin: String { "http://" + (request.head.authority ?? "127.0.0.1") }
}
