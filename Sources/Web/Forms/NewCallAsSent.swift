import Bookkeeping

/// The form of a new call has fields for each way to share; one of them is meant.
extension SentForm {
  private var isNewCall: Bool { operation == "issueCapitalCall" }

  /// Who changes a share by hand means what is typed, whatever way to share stands chosen.
  var withShareChosen: SentForm {
    isNewCall && isChangedByHand ? with("share_by", NewCallForm.explicitly) : self
  }

  /// Only the fields of the chosen way are sent on. Where amounts are typed in, who is ticked to be
  /// left out is left out, and the total is what they have to add up to.
  func chosen(of body: JSON) -> JSON {
    guard isNewCall, case .object(let members) = body else { return body }
    guard self["share_by"] == NewCallForm.explicitly else {
      return .object(members.filter { $0.name != "items" })
    }
    let leftOut = body["leave_out"]?.elements ?? []
    return .object(
      members.filter { !["share_by", "leave_out"].contains($0.name) }.map { member in
        guard member.name == "items" else { return member }
        let items = member.value.elements.filter { item in
          item["commitment"].map { !leftOut.contains($0) } ?? true
        }
        return JSON.Member(name: member.name, value: .array(items))
      })
  }
}

extension JSON {
  fileprivate var elements: [JSON] {
    if case .array(let elements) = self { elements } else { [] }
  }
}
