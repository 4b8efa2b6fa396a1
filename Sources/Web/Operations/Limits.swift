package import NIOCore

/// How much anyone may ask for, and how long they may take. Nobody's slowness is another's wait.
package struct Limits: Sendable {
  /// Open connections; a further one is told so and closed.
  package var connections = 1_000
  /// Requests that are being answered, listeners not counted; a further one is told so.
  package var requests = 256
  /// Large requests that are being answered, one after another.
  package var heavyRequests = 8
  /// Browsers that listen for changes.
  package var listeners = 500
  /// Of them in the name of one user: a browser's tabs share one.
  package var listenersOfOne = 40
  /// Bytes of the address of a request, with its query.
  package var targetBytes = 8 << 10
  /// Bytes of the headers of a request together, and how many there may be.
  package var headerBytes = 32 << 10
  package var headerCount = 100
  /// Bytes of bodies that are still coming in, over all connections.
  package var incomingBytes = 64 << 20
  /// Files of sheets that are being received, and bytes of each: what the reader of sheets takes.
  package var uploads = 4
  package var uploadBytes = 256 << 20
  /// Bytes that are passed over of a body that is too large, so that who sends it hears why.
  package var passedOverBytes = 8 << 20

  /// How long a new connection may take to say what it wants.
  package var timeForHead = TimeAmount.seconds(10)
  /// How long a connection may rest between two requests.
  package var timeBetween = TimeAmount.seconds(75)
  /// How long a body may take to come in, from the request's head on.
  package var timeForBody = TimeAmount.seconds(30)
  /// How long a file may take to come in: 256 MiB over an ordinary line.
  package var timeForUpload = TimeAmount.seconds(900)
  /// How long a request may take from its head to the end of its answer. Listeners may stay.
  package var timeForRequest = TimeAmount.seconds(120)
  /// How long a client may take nothing of what it is sent.
  package var timeWithoutReading = TimeAmount.seconds(30)
  /// How long a client that was refused may still send before the connection is cut.
  package var timeToHear = TimeAmount.seconds(2)
  /// How long the requests under way have once the server is told to stop: longer than a change
  /// waits for its turn.
  package var timeToStop = TimeAmount.seconds(15)
  /// How often a connection is looked at.
  package var look = TimeAmount.seconds(1)

  package init() {}

  /// The same with all times multiplied; tests don't wait that long.
  package func hurried(by factor: Double) -> Limits {
    var limits = self
    for time in [
      \Limits.timeForHead, \.timeBetween, \.timeForBody, \.timeForUpload, \.timeForRequest,
      \.timeWithoutReading,
      \.timeToHear, \.timeToStop, \.look,
    ] {
      let nanoseconds = Double(self[keyPath: time].nanoseconds) * factor
      limits[keyPath: time] = .nanoseconds(Int64(max(1_000_000, min(nanoseconds, 1e17))))
    }
    return limits
  }
}
