internal import Store

let m0003CreditReasons = Migration(
  number: 3, note: "Why a call returns capital: a reason beside its credits.",
  sql: ["ALTER TABLE capital_call ADD COLUMN credit_reason TEXT NOT NULL DEFAULT ''"])
