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
        if (!document.querySelector("[data-works]")) tellTheEnd();
      }
    } catch { /* The next look is another chance. */ } finally {
      looking = false;
      later();
    }
  }

  /// What came of it takes the focus, unless the reader is elsewhere on the page.
  function tellTheEnd() {
    const end = document.querySelector("main [autofocus]");
    const active = document.activeElement;
    if (end && (!active || active === document.body || active.id === "main")) end.focus();
  }

  const later = () => setTimeout(look, millisecondsBetweenLooks);
  document.addEventListener("DOMContentLoaded", later);
  document.addEventListener("shown", later);

  // By keys one passes over kinds that one does not want: they are matched when the list is left.
  let byKeys = false;
  document.addEventListener("keydown", (event) => { byKeys = event.key !== "Enter"; });
  document.addEventListener("pointerdown", () => { byKeys = false; });
  const rematch = (list) => list.form.querySelector("[data-rematch]").click();
  const isKind = (event) => event.target.matches && event.target.matches("[data-rematches]");

  document.addEventListener("change", (event) => {
    if (!isKind(event)) return;
    if (byKeys) event.target.dataset.changed = "";
    else rematch(event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (isKind(event) && "changed" in event.target.dataset) rematch(event.target);
  });
})();
