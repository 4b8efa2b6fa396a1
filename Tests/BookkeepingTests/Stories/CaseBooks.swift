/// The books of `cases.md` that more than one suite asks.
enum CaseBooks {
  /// Case 1: a staged investment, its first call paid in two parts, a second call open.
  static let balerion = """
    2026-01-01  fund     Fund A                      USD 5,000,000
    2026-01-05  commits  Balerion Space Ventures II  1,000,000
    2026-02-20  call 1   due 2026-03-15              Balerion Space Ventures II 400,000
    2026-04-01  call 2   due 2026-05-15              Balerion Space Ventures II 200,000
    2026-03-10  pays 1   Balerion Space Ventures II  100,000
    2026-03-20  pays 1   Balerion Space Ventures II  300,000
    """
  static let reversal = "2026-03-20  reverses 1  Balerion Space Ventures II  300,000"

  /// Case 4: a call with a credit of 161 to D, of which nothing is paid yet.
  static let credit = """
    2024-07-02  fund       F               KRW 20,203
    2024-07-02  partner    A               정책기관  8,000
    2024-07-02  partner    B               정책기관  5,000
    2024-07-02  partner    C               금융기관  3,000
    2024-07-02  partner    D               개인      2,000
    2024-07-02  partner    GP              GP        2,203
    2024-07-02  call 1     due 2024-07-15  D 900
    2024-07-15  pays 1     D               900
    2025-02-15  call 2     due 2025-03-01  A 1,600  B 1,000  C 600  D -161  GP 1,001
    """
}
