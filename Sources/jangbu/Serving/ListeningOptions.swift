import ArgumentParser
import Foundation
import Web

/// Where `serve` listens, and for whom.
struct ListeningOptions: ParsableArguments {
  @Option(help: "The port, or the next free one after it; 0 for any. (default: 8080)")
  var port: Int?

  @Option(
    help: ArgumentHelp(
      "A socket in the file system to listen on instead of a port.", valueName: "path"))
  var socket: String?

  @Option(
    help: ArgumentHelp(
      "Serve a reverse proxy that people reach at this address, such as https://books.example.kr.",
      discussion:
        "Only requests for that host are answered then, and the proxy is believed about who asks.",
      valueName: "origin"))
  var behindProxy: String?

  @Option(
    help: ArgumentHelp(
      "The address of this machine to listen at, only with --behind-proxy. (default: 127.0.0.1)",
      valueName: "address"))
  var host: String?

  func validate() throws {
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("--port is a number from 0 to 65535.")
    }
    if socket != nil, port != nil || host != nil {
      throw ValidationError("--socket goes without --port and --host.")
    }
    if let socket, socket.isEmpty { throw ValidationError("--socket needs a path.") }
    if let behindProxy, PublicAddress(behindProxy) == nil {
      throw ValidationError(
        "--behind-proxy is the address that people type, without a path, such as "
          + "https://books.example.kr.")
    }
    if let host, host != "localhost", !Self.isAddress(host) {
      throw ValidationError("--host is an address of this machine, such as 0.0.0.0 or ::.")
    }
    if let host, behindProxy == nil, Self.loopback(host) == nil {
      throw ValidationError(
        "Without --behind-proxy the books are served to this machine only: --host is 127.0.0.1 "
          + "or ::1.")
    }
  }

  var door: Door { behindProxy.flatMap(PublicAddress.init).map(Door.behindProxy) ?? .thisMachine }

  /// Where to listen. People are given the next free port; a proxy knows one only.
  func listening() throws -> Listening {
    if let socket { return .socket(path: socket) }
    let port = port ?? 8_080
    if behindProxy != nil {
      return host.map { .address($0, port: port) } ?? .loopback(port: port)
    }
    let loopback = host.flatMap(Self.loopback) ?? .ipv4
    return .loopback(loopback, port: loopback == .ipv4 ? try FreePort.first(from: port) : port)
  }

  private static func isAddress(_ text: String) -> Bool {
    var bytes = in6_addr()
    return inet_pton(AF_INET, text, &bytes) == 1 || inet_pton(AF_INET6, text, &bytes) == 1
  }

  private static func loopback(_ host: String) -> Listening.Loopback? {
    host == "localhost" ? .ipv4 : Listening.Loopback(rawValue: host)
  }
}
