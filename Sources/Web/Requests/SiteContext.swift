import Hummingbird
import NIOCore

/// What is known of a request besides what it says itself.
struct SiteContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The address at the other end of the connection; `nil` on a socket of this machine.
  let peer: String?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = source.channel.remoteAddress?.ipAddress
  }
}
