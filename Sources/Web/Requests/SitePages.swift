import Bookkeeping
import FundModel
import Hummingbird

extension Site {
  func pages(_ asked: Asked, _ path: [String]) async -> Response {
    Response(json: [:], status: 404)
  }
}
