import Bookkeeping
import FundModel

/// What a page is about: its forms change that and what belongs to it, and nothing else; what was
/// just done is told there alone.
enum PageSubject {
  /// A fund that there is not yet.
  case newFund
  case feeds
  case users
  case imports
  case place(Place)
}

extension PageSubject {
  static func fund(_ id: String) -> PageSubject? { Fund.ID(id).map { .place(.fund($0)) } }
  static func call(_ id: String) -> PageSubject? { CapitalCall.ID(id).map { .place(.call($0)) } }
  static func investment(_ id: String) -> PageSubject? {
    Commitment.ID(id).map { .place(.commitment($0)) }
  }
}

extension Site {
  /// Refuses a form that changes something which its page is not about.
  ///
  /// An id that cannot be read is told with the other fields of the form.
  func check(_ form: SentForm, for route: Route, on subject: PageSubject?) async throws {
    guard case .place(let place) = subject else {
      guard case .newFund = subject, route.id == "registerFund" else { throw Problem.notAForm }
      return
    }
    let named = route.path.fields.map(\.name)
    guard !named.isEmpty else { throw Problem.notAForm }
    for name in named {
      guard let noun = Refusal.Noun(rawValue: name),
        let id = Identifier<Void>(form[name] ?? "")?.rawValue
      else { continue }
      guard try await books.answer(Belongs(noun, id, to: place)) else {
        throw Problem.ofAnotherPage
      }
    }
  }

  /// What was done as `sequence` of the trail, where a page of that subject is to tell it.
  func done(_ sequence: Int64, on subject: PageSubject?) async throws -> ChangeAt.Found? {
    switch subject {
    case nil, .newFund: return nil
    case .feeds:
      let found = try await books.answer(ChangeAt(sequence: sequence))
      return found?.change.command == EndCalendarFeed.name ? found : nil
    case .users:
      let found = try await books.answer(ChangeAt(sequence: sequence))
      return [ChangeUser.name, EndUser.name].contains(found?.change.command) ? found : nil
    case .imports:
      let found = try await books.answer(ChangeAt(sequence: sequence))
      return found?.change.command == UndoImport.name ? found : nil
    case .place(let place):
      guard try await books.answer(Touches(sequence, place)) else { return nil }
      return try await books.answer(ChangeAt(sequence: sequence))
    }
  }
}
