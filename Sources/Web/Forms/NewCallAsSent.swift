import Bookkeeping

/// The form of a new call has fields for each way to share; one of them is meant.
extension SentForm {
  private var isNewCall: Bool { operation == "issueCapitalCall" }

  /// Who changes a share by hand means what is typed, whatever way to share stands chosen.
  var withShareChosen: SentForm {
    isNewCall && isChangedByHand ? with("share_by", NewCallForm.explicitly) : self
  }

  /// Only the fields of the chosen way are sent on, so that what was typed for another stays in the
  /// form without harm.
  func chosen(of body: JSON) -> JSON {
    guard isNewCall, case .object(let members) = body else { return body }
    let isExplicit = self["share_by"] == NewCallForm.explicitly
    let others = isExplicit ? ["amount", "percent", "share_by", "leave_out"] : ["items"]
    return .object(members.filter { !others.contains($0.name) })
  }
}
