// The drawer of a call: opening it leads the focus into it, closing it back to its card.
(function () {
  "use strict";
  const drawer = () => document.getElementById("drawer");
  const callOf = (found) => (found ? found.dataset.call : null);
  let open = null;

  function follow() {
    const call = callOf(drawer());
    if (call === open) return;
    const target = call ? drawer() : document.getElementById(`call-${open}`);
    open = call;
    (target || document.getElementById("main")).focus({ preventScroll: Boolean(call) });
  }

  document.addEventListener("DOMContentLoaded", () => {
    open = callOf(drawer());
    // A form with something wrong, or just opened, has the focus already.
    if (open && !drawer().querySelector("[autofocus]")) drawer().focus({ preventScroll: true });
  });
  document.addEventListener("shown", follow);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    // In the reference date Escape takes back what was typed there.
    const close = document.getElementById("close-drawer");
    if (close && event.target.id !== "reference-date") close.click();
  });
})();
