// Files on their way into the books. Without this file the browser loads the page anew while it works,
// and a button matches the headings again.
(function () {
  "use strict";
  const millisecondsBetweenLooks = 700;
  let looking = false;

  /// While something is under way, the page looks again how far it has come.
  async function look() {
    if (looking || !document.querySelector("[data-works]")) return;
    looking = true;
    const address = location.href;
    try {
      const { answer, page } = await exchange.load(address);
      if (location.href === address) {
        if (answer.ok && exchange.fits(page)) exchange.refresh(page);
        else location.reload();
      }
    } catch { /* The next look is another chance. */ } finally {
      looking = false;
      later();
    }
  }

  const later = () => setTimeout(look, millisecondsBetweenLooks);
  document.addEventListener("DOMContentLoaded", later);
  document.addEventListener("shown", later);

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-rematches]")) return;
    const button = event.target.form.querySelector("[data-rematch]");
    if (button) button.click();
  });
})();
