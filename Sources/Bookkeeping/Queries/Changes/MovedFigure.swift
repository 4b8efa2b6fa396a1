package import FundModel

/// A figure that differs between two states of the books, and the entries of the trail through which
/// it came from one to the other.
package struct MovedFigure: Hashable, Sendable {
  package enum Name: Hashable, Sendable {
    case figure(Figure)
    /// 투자업체수.
    case companies
  }

  package enum Value: Hashable, Sendable {
    case amount(Money)
    /// `nil` over zero.
    case ratio(Percent?)
    case count(Int)

    /// How far it is from an earlier value; `nil` for ratios, which don't add up.
    package func change(since before: Value) throws(MoneyError) -> Value? {
      switch (before, self) {
      case (.amount(let before), .amount(let after)): .amount(try after - before)
      case (.count(let before), .count(let after)): .count(after - before)
      default: nil
      }
    }
  }

  package let name: Name
  package let before: Value
  package let after: Value
  /// In the order of the trail: each where the figure differs from before it. The changes of all add
  /// up to the change in all.
  package let steps: [Step]

  /// One entry of the trail, or several in a row where there were very many.
  package struct Step: Hashable, Sendable {
    package let span: TrailSpan
    package let before: Value
    package let after: Value

    package init(_ span: TrailSpan, before: Value, after: Value) {
      self.span = span
      self.before = before
      self.after = after
    }
  }

  package init(_ name: Name, before: Value, after: Value, steps: [Step]) {
    self.name = name
    self.before = before
    self.after = after
    self.steps = steps
  }
}

/// Entries of the trail that touched one fund, in a row: one, or several where there are very many.
package struct TrailSpan: Hashable, Sendable {
  package let first: Int64
  package let last: Int64
  /// In their order; ``first`` and ``last`` among them.
  package let sequences: [Int64]

  package var count: Int { sequences.count }

  /// Whoever recorded any of it, each once, in order of the trail.
  package func actors(in entries: [Int64: AuditEntry]) -> [String] {
    var actors: [String] = []
    for sequence in sequences {
      guard let actor = entries[sequence]?.actor, !actors.contains(actor) else { continue }
      actors.append(actor)
    }
    return actors
  }

  /// - Returns: `nil` of nothing.
  init?(_ sequences: [Int64]) {
    guard let first = sequences.first, let last = sequences.last else { return nil }
    self.first = first
    self.last = last
    self.sequences = sequences
  }
}

/// The figures of one thing at one state of the books, in the order in which they are shown.
struct FigureState: Sendable {
  let values: [(name: MovedFigure.Name, value: MovedFigure.Value)]

  private static let ofFund: [Figure] = [
    .commitmentTotal, .paidIn, .paidInRatio, .gpPaidIn, .invested, .uninvested, .investmentAssets,
    .cash,
  ]
  private static let ofCommitment: [Figure] = [
    .committed, .noticed, .paid, .outstanding, .creditsDue, .notYetCalled, .uncalled,
  ]
  /// What is paid on a side is a figure of the fund already.
  private static let ofSide = ofCommitment.filter { $0 != .paid }

  /// - Parameter row: `nil` where the fund was not in the books: everything of it is zero.
  init(_ row: OverviewRow?, in currency: Currency) {
    values =
      Self.ofFund.map { figure in
        (.figure(figure), Self.value(row?.value(of: figure), figure, currency))
      } + [(.companies, .count(row?.companyCount ?? 0))]
  }

  init(_ totals: OverviewTotals?, in currency: Currency) {
    values =
      Self.ofFund.filter { $0 != .cash }.map { figure in
        (.figure(figure), Self.value(totals?.value(of: figure), figure, currency))
      } + [(.companies, .count(totals?.companyCount ?? 0))]
  }

  /// - Parameter position: `nil` where the commitment was not in the books.
  init(_ position: Position?, in currency: Currency) {
    values = Self.ofCommitment.map { figure in
      (.figure(figure), Self.value(position?.value(of: figure), figure, currency))
    }
  }

  /// - Parameter position: of one side of a fund; `nil` where the fund was not in the books.
  init(ofSide position: Position?, in currency: Currency) {
    values = Self.ofSide.map { figure in
      (.figure(figure), Self.value(position?.value(of: figure), figure, currency))
    }
  }

  private static func value(
    _ value: Explanation.Value?, _ figure: Figure, _ currency: Currency
  ) -> MovedFigure.Value {
    switch value {
    case .amount(let amount): .amount(amount)
    case .ratio(let percent): .ratio(percent)
    case nil: figure == .paidInRatio ? .ratio(nil) : .amount(.zero(currency))
    }
  }
}

/// The figures of one thing, state after state.
struct FigureReplay {
  let first: FigureState
  private(set) var states: [(span: TrailSpan, state: FigureState)] = []

  init(from first: FigureState) { self.first = first }

  mutating func add(_ state: FigureState, after span: TrailSpan) { states.append((span, state)) }

  /// Every figure that moved, also one that came back to where it was; of entries that are taken
  /// together only what they moved together.
  var moved: [MovedFigure] {
    first.values.indices.compactMap { index in
      let (name, before) = first.values[index]
      var value = before
      var steps: [MovedFigure.Step] = []
      for (span, state) in states {
        let next = state.values[index].value
        if next != value {
          steps.append(MovedFigure.Step(span, before: value, after: next))
        }
        value = next
      }
      return steps.isEmpty
        ? nil : MovedFigure(name, before: before, after: value, steps: steps)
    }
  }
}
