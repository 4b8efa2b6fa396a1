import Bookkeeping
import Hummingbird

/// How much a body may be.
let mostBytes = 1 << 20

extension Request {
  /// The whole body, when it is not too large and comes to its end.
  func wholeBody() async throws -> [UInt8] {
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > mostBytes {
      throw Problem.tooLarge(most: mostBytes)
    }
    var bytes: [UInt8] = []
    do {
      for try await part in body {
        guard bytes.count + part.readableBytes <= mostBytes else {
          throw Problem.tooLarge(most: mostBytes)
        }
        bytes.append(contentsOf: part.readableBytesView)
      }
    } catch let problem as Problem { throw problem } catch is CancellationError {
      throw CancellationError()
    } catch { throw Problem.brokenBody }
    return bytes
  }
}

extension Response {
  /// Figures change with every entry, so nobody keeps an answer.
  init(json: JSON, status: Int) {
    self.init(bytes: json.bytes, "application/json", status: status)
    headers[.cacheControl] = "no-store"
    headers[.vary] = "Accept-Language"
  }

  init(bytes: [UInt8], _ contentType: String, status: Int) {
    self.init(
      status: HTTPResponse.Status(code: status),
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    headers[.contentType] = contentType
  }

  mutating func set(_ name: String, _ value: String) {
    guard let name = HTTPFields.Element.Name(name) else { return }
    headers[name] = value
  }
}

extension HTTPFields.Element.Name {
  static let requestID = known("X-Request-Id")
  static let referrerPolicy = known("Referrer-Policy")
  static let contentTypeOptions = known("X-Content-Type-Options")

  private static func known(_ name: String) -> Self {
    guard let name = Self(name) else { preconditionFailure("\(name) is no name of a header") }
    return name
  }
}
