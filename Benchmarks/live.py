"""How long until an open page shows what was keyed in elsewhere: median and worst of 50 payments.

Run it after `make build`:  .venv/bin/python Benchmarks/live.py [how many]
Timed in the browser, from sending the payment's request to the figure on the other tab.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Tests"))
from harness import CHROMIUM, CHROMIUM_ARGUMENTS, DEMO_DAY, Server, jangbu  # noqa: E402

TIMED = """async ([item, wanted]) => {
  const shown = new Promise(done => {
    const look = () =>
      document.getElementById('fund-table').textContent.includes(wanted) && done();
    new MutationObserver(look).observe(document.getElementById('main'),
      { subtree: true, childList: true, characterData: true });
  });
  const start = performance.now();
  const answer = await fetch(`/api/items/${item}/payments`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ amount: 1, paid_date: '2026-02-03' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  await shown;
  return performance.now() - start;
}"""


def main(rounds: int):
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        books = Path(folder) / "bench.books"
        jangbu("init", "--demo", "--books", books)
        server = Server(books)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page()
        page.goto(f"{server.url}/fund-overview?reference_date={DEMO_DAY}&unit=won")
        page.wait_for_timeout(1_000)
        item = issue(page, rounds)
        taken = [
            page.evaluate(TIMED, [item, f"{14_142_000_000 + paid:,}"])
            for paid in range(1, rounds + 1)
        ]
        browser.close()
        server.stop()
    print(
        f"a payment shows on an open page after {statistics.median(taken):.0f} ms "
        f"(median of {rounds}; slowest {max(taken):.0f} ms)"
    )


def issue(page, amount: int) -> int:
    """A call of `amount` won to the first partner of fund 1; answers its item."""
    return page.evaluate(
        """async amount => {
          const ask = async (path, body) => {
            const answer = await fetch(path, body && { method: 'POST',
              headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
            if (!answer.ok) throw new Error(await answer.text());
            return answer.json();
          };
          const partner = (await ask('/api/funds/1/commitments')).commitments[0].id;
          const call = await ask('/api/funds/1/calls', {
            notice_date: '2026-02-02', due_date: '2026-02-03',
            over_commitment_reason: 'benchmark', items: [{ commitment: partner, amount }],
          });
          return (await ask(`/api/calls/${call.id}`)).items[0].id;
        }""",
        amount,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
