/// The names of all commands, as the audit trail calls them. Swift cannot list the types that
/// conform to a protocol; a test compares this list with the sources.
package let allCommandNames = [
  RegisterFund.name, AmendFund.name, RegisterParty.name, AmendParty.name,
  Commit.name, AmendCommitment.name, ChangeCommitment.name, ChangeCommitmentTotal.name,
  StatePaidIn.name, OpenFromStated.name,
  IssueCapitalCall.name, AmendCapitalCall.name, CancelCapitalCall.name,
  RecordPayment.name, RecordRefund.name, SettleCall.name, ReverseEntry.name,
  RecordInvestment.name, UndoInvestment.name,
  ImportBooks.name, UndoImport.name,
  MakeCalendarFeed.name, EndCalendarFeed.name,
  AddUser.name, ChangeUser.name, EndUser.name, LetChoosePassword.name,
]
