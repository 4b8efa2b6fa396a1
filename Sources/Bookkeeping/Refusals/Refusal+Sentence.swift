package import FundModel

extension Refusal.Noun {
  package var sentenceWord: Phrase {
    switch self {
    case .fund: Phrase("조합", "fund")
    case .party: Phrase("조합원·업체", "party")
    case .commitment: Phrase("약정", "commitment")
    case .call: Phrase("출자요청", "capital call")
    case .item: Phrase("출자요청 항목", "call item")
    case .entry: Phrase("기록", "entry")
    case .feed: Phrase("캘린더 구독", "calendar feed")
    case .user: Phrase("사용자", "user")
    case .importing: Phrase("가져오기", "import")
    }
  }
}

extension Refusal {
  /// What is wrong, what was read and what would be right.
  package var sentence: Phrase {
    switch self {
    case .unknown(let noun, let id):
      Phrase(
        "\(noun.sentenceWord.ko) \(id)번은 장부에 없습니다.",
        "There is no \(noun.sentenceWord.en) \(id) in the books.")
    case .text(let field, let problem): problem.sentence(of: field)
    case .nameTaken(let name, let noun):
      Phrase(
        "‘\(name)’은(는) 이미 장부에 있는 이름입니다. 다른 이름을 쓰세요.",
        "There is a \(noun.sentenceWord.en) called “\(name)” already. Choose another name.")
    case .currency(_, let given, let expected):
      Phrase(
        "이 조합의 통화는 \(expected)입니다. \(given) 금액은 쓸 수 없습니다.",
        "The fund's currency is \(expected); an amount in \(given) cannot be used.")
    case .notPositive: Phrase("금액은 0보다 커야 합니다.", "The amount must be more than zero.")
    case .negative: Phrase("금액은 0 이상이어야 합니다.", "The amount must not be negative.")
    case .zero: Phrase("금액은 0일 수 없습니다.", "The amount must not be zero.")
    case .tooLarge:
      Phrase(
        "금액이 너무 큽니다. 한 번에 적을 수 있는 금액은 최소 화폐 단위로 \(groupedDigits(String(Money.mostRecorded)))까지입니다.",
        "The amount is too large: one amount is at most "
          + "\(groupedDigits(String(Money.mostRecorded))) minor units.")
    case .fundDates(let refusal): refusal.sentence
    case .percentOutOfRange:
      Phrase("비율은 0보다 크고 100 이하여야 합니다.", "The percentage must be above 0 and at most 100.")
    case .alreadyCommitted(let party):
      Phrase(
        "\(party)의 약정이 이미 있습니다. 금액이 바뀌었으면 ‘약정 바꾸기’에 적으세요.",
        "\(party) has a commitment to this fund already. Record a change of that commitment instead."
      )
    case .partnerTypeOnPartnersOnly:
      Phrase(
        "조합원 구분은 조합원 약정에 꼭 있어야 하고, 투자 약정에는 쓰지 않습니다.",
        "A partner's commitment needs a partner type, such as GP; an investment has none.")
    case .commitmentBelowZero(let amount, let day):
      Phrase(
        "변경하면 \(day.map { "\($0)에 " } ?? "")약정이 0보다 작아집니다 (\(amount.inKorean)).",
        "The change would bring the commitment to \(amount)"
          + "\(day.map { " on \($0)" } ?? ""), below zero.")
    case .commitmentTotalBelowZero(let amount, let day):
      Phrase(
        "변경하면 \(day.map { "\($0)에 " } ?? "")약정총액이 0보다 작아집니다 (\(amount.inKorean)).",
        "The change would bring the commitment total to \(amount)"
          + "\(day.map { " on \($0)" } ?? ""), below zero.")
    case .directInvestment:
      Phrase(
        "한 번에 납입한 투자입니다. 고치려면 투자를 취소하고 다시 적으세요.",
        "This is a direct investment, paid in full. To change it, undo it and record it again.")
    case .notDirectInvestment:
      Phrase(
        "한 번에 납입한 투자가 아닙니다. 출자요청과 납입을 따로 취소하세요.",
        "This is not a direct investment: reverse its payments and cancel its calls instead.")
    case .undoneAlready:
      Phrase("이미 취소한 투자입니다.", "This investment was undone already.")
    case .dueBeforeNotice(let notice, let due):
      Phrase(
        "납입기한(\(due))이 통지일(\(notice))보다 빠릅니다. 통지일과 같거나 뒤여야 합니다.",
        "The due date \(due) is before the notice date \(notice); it must be the same day or later."
      )
    case .numberTaken(let number):
      Phrase(
        "\(number)차 출자요청이 이미 있습니다. 다른 차수를 쓰거나 비워 두세요.",
        "There is a call number \(number) already. Choose another, or leave it out for the next.")
    case .noItems:
      Phrase("항목이 하나도 없는 출자요청입니다.", "The call has no item: nobody would be asked for anything.")
    case .creditWithoutReason:
      Phrase(
        "반환할 금액(음수)이 있으면 사유를 적어야 합니다.",
        "A call that returns capital (a negative amount) needs a reason for it.")
    case .nothingOpen:
      Phrase("고른 항목에 남은 금액이 없습니다.", "Nothing is left to be settled on these items.")
    case .nothingToShareBy:
      Phrase(
        "나눌 기준이 되는 약정이 없습니다.",
        "There is nothing to share by: no commitment with an amount left is included.")
    case .itemTwice(let commitment):
      Phrase(
        "약정 \(commitment)번의 항목이 둘 이상입니다. 하나로 합치세요.",
        "Commitment \(commitment) has more than one item; a call has one for each commitment.")
    case .commitmentElsewhere(let commitment):
      Phrase(
        "약정 \(commitment)번은 이 출자요청의 조합과 구분에 속하지 않습니다.",
        "Commitment \(commitment) does not belong to this call's fund and side.")
    case .aboveCommitment(let party, let commitment, let noticed, let day):
      Phrase(
        "\(party): \(day) 기준 청구액 \(noticed.inKorean), 약정 \(commitment.inKorean). 약정을 넘는 것이 맞다면 사유를 적어 주세요.",
        "\(party): on \(day), \(noticed) would be called of a commitment of \(commitment). "
          + "If that is right, give a reason.")
    case .callCancelled(let day):
      Phrase("\(day)에 취소한 출자요청입니다.", "The capital call was cancelled on \(day).")
    case .cancelBeforeNotice(let day, let notice):
      Phrase(
        "취소일(\(day))이 통지일(\(notice))보다 빠릅니다. 통지일과 같거나 뒤여야 합니다.",
        "The cancellation date \(day) is before the notice date \(notice); "
          + "it must be the same day or later.")
    case .cancelAfterToday(let day, let latest):
      Phrase(
        "취소일(\(day))이 너무 늦습니다. 늦어도 \(latest)이어야 합니다.",
        "The cancellation date \(day) is too late; the latest is \(latest).")
    case .entriesStand(let count):
      Phrase(
        "납입·반환 기록 \(count)건이 남아 있습니다. 먼저 기록을 취소하세요.",
        "\(count) payments or refunds stand on this call. Reverse them first.")
    case .entry(let refusal): refusal.sentence
    case .investedAfterToday(let day, let today):
      EntryRules.Refusal.afterToday(day, today: today).sentence
    case .nothingStated:
      Phrase("적어 둔 납입액이 없습니다.", "No paid-in is stated for this fund.")
    case .historyExists:
      Phrase(
        "이 조합에는 출자요청이 이미 있습니다. 기초 납입은 첫 출자요청으로만 만들 수 있습니다.",
        "The fund has capital calls already; an opening call can only be its first.")
    case .userEndedAlready:
      Phrase("이미 사용을 끝낸 사용자입니다.", "This user was ended already.")
    case .lastOwner:
      Phrase(
        "마지막 소유자입니다. 다른 소유자를 먼저 두세요.",
        "This is the last owner. Make another user an owner first.")
    case .partnerWithoutParties:
      Phrase(
        "조합원 권한은 볼 조합원을 하나 이상 골라야 합니다.",
        "A partner needs at least one partner of a fund whose commitments it sees. Choose one.")
    case .partiesOfPartners:
      Phrase(
        "볼 조합원은 조합원 권한에만 고릅니다. 고른 것을 지우거나 권한을 조합원으로 바꾸세요.",
        "Only the role Partner takes partners to see. Take the ticks away, or choose that role.")
    case .linkUsedUp:
      Phrase(
        "이미 썼거나 기한이 지난 링크입니다. 새 링크를 받으세요.",
        "This link was used already, or is too old. Ask for a new one.")
    case .feedEndedAlready:
      Phrase("이미 끝낸 구독입니다.", "This calendar feed has ended already.")
    case .importUndoneAlready(let undo):
      Phrase(
        "감사 추적 \(undo)번으로 이미 되돌린 가져오기입니다.",
        "This import was undone already, by entry \(undo) of the trail.")
    case .laterFactsRest(let later):
      Phrase(
        "감사 추적 \(later)번이 이 가져오기를 전제로 하고 있어 되돌릴 수 없습니다. 그것을 먼저 취소하세요.",
        "Entry \(later) of the trail rests on this import; take that back first.")
    case .importCancelledCall(let number):
      Phrase(
        "이 가져오기는 \(number)차 출자요청을 취소했습니다. 취소한 출자요청은 되살릴 수 없어 가져오기를 되돌릴 수 없습니다.",
        "This import cancelled call \(number), and a cancelled call cannot be made to count again.")
    case .requestKeyReused:
      Phrase(
        "같은 Idempotency-Key로 다른 요청을 이미 처리했습니다. 새 요청에는 새 키를 쓰세요.",
        "This Idempotency-Key was used for another request. A new request needs a new key.")
    case .figureTooLarge:
      Phrase(
        "합계가 64비트를 넘어 계산할 수 없습니다.",
        "A sum would not fit in 64 bits of minor units.")
    }
  }
}

extension TextProblem {
  package func sentence(of field: String) -> Phrase {
    switch self {
    case .missing: Phrase("\(field): 비어 있습니다. 적어 주세요.", "\(field) is empty; it is needed.")
    case .tooLong(let count, let most):
      Phrase(
        "\(field): \(count)자로 너무 깁니다. \(most)자까지 쓸 수 있습니다.",
        "\(field) has \(count) characters; at most \(most) can be kept.")
    case .unprintable(let scalar):
      Phrase(
        "\(field): 쓸 수 없는 문자(\(scalar))가 있습니다.",
        "\(field) holds a character that cannot be kept (\(scalar)).")
    }
  }
}

extension FundTerms.Refusal {
  var sentence: Phrase {
    switch self {
    case .endBeforeFormation(let formation, let end):
      Phrase(
        "투자기간 종료일(\(end))이 등록(성립)일(\(formation))보다 빠릅니다.",
        "The investment period ends on \(end), before the formation on \(formation).")
    case .maturityBefore(let start, let maturity):
      Phrase(
        "청산시기(예정)(\(maturity))가 \(start)보다 빠릅니다.",
        "The maturity date \(maturity) is before \(start).")
    case .dissolutionBeforeFormation(let formation, let dissolution):
      Phrase(
        "해산일(\(dissolution))이 등록(성립)일(\(formation))보다 빠릅니다.",
        "The dissolution date \(dissolution) is before the formation on \(formation).")
    }
  }
}

extension EntryRules.Refusal {
  var sentence: Phrase {
    switch self {
    case .wrongCurrency(let given, let expected):
      Refusal.currency(field: "amount", given: given, expected: expected).sentence
    case .notPositive: Refusal.notPositive(field: "amount").sentence
    case .callCancelled(let day): Refusal.callCancelled(day).sentence
    case .afterToday(let day, let today):
      Phrase(
        "\(day): 오늘(\(today))보다 뒤의 날짜입니다. 실제로 돈이 움직인 날을 적으세요.",
        "The date \(day) is after today (\(today)); give the day on which the money moved.")
    case .beforeNotice(let day, let notice):
      Phrase(
        "\(day): 통지일(\(notice))보다 앞선 날짜입니다.",
        "The date \(day) is before the notice date \(notice).")
    case .paymentOnCredit:
      Phrase(
        "돌려줄 항목입니다. 납입이 아니라 반환으로 적으세요.",
        "This item is a credit: it is settled by refunds, not by payments.")
    case .tooMuch(let kind, let amount, _, _, let since?):
      kind == .refund
        ? Phrase(
          "이 항목은 \(since)부터 전액 반환된 상태라 더 적을 금액이 없습니다 (입력 \(amount.inKorean)).",
          "\(amount) is more than the item takes: it has been refunded in full since \(since).")
        : Phrase(
          "이 항목은 \(since)부터 전액 납입된 상태라 더 적을 금액이 없습니다 (입력 \(amount.inKorean)).",
          "\(amount) is more than the item takes: it has been paid in full since \(since).")
    case .tooMuch(let kind, let amount, let most, let day, nil):
      kind == .refund
        ? Phrase(
          "\(day)에 반환할 수 있는 금액을 넘습니다. \(most.inKorean)까지 적을 수 있습니다 (입력 \(amount.inKorean)).",
          "\(amount) is more than can be refunded on \(day); the most is \(most).")
        : Phrase(
          "이 항목이 \(day)에 받을 수 있는 금액을 넘습니다. \(most.inKorean)까지 적을 수 있습니다 (입력 \(amount.inKorean)).",
          "\(amount) is more than the item takes on \(day); the most is \(most).")
    case .reversalOfReversal:
      Phrase(
        "취소 기록은 다시 취소할 수 없습니다. 맞는 기록을 새로 적으세요.",
        "A reversal is final. Record the right entry anew.")
    case .reversedAlready:
      Phrase("이미 취소한 기록입니다.", "This entry was reversed already.")
    case .laterEntriesDepend(_, let most, let day):
      Phrase(
        "\(day)부터의 다른 기록이 이 기록을 전제로 하고 있어 취소할 수 없습니다 (취소할 수 있는 금액 \(most.inKorean)). 뒤의 기록을 먼저 취소하세요.",
        "Other entries from \(day) on rest on this one (at most \(most) could be taken away). "
          + "Reverse those first.")
    }
  }
}
