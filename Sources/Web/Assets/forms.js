// Forms: how a field was understood is said under it while one types; a button fills a field in.
(function () {
  "use strict";
  const pauses = new WeakMap(), asked = new WeakMap();

  async function readBack(field) {
    const told = document.querySelector(`output[for="${field.id}"]`);
    if (!told) return;
    if (asked.has(field)) asked.get(field).abort();
    if (!field.value.trim()) { told.textContent = ""; return; }
    const request = new AbortController();
    asked.set(field, request);
    const query = new URLSearchParams({ text: field.value });
    if (field.dataset.currency) query.set("currency", field.dataset.currency);
    try {
      const answer = await fetch(`/reading?${query}`, { signal: request.signal });
      const words = await answer.text();
      if (answer.ok && told.isConnected) told.textContent = words;
    } catch { /* what was read is a comfort */ }
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-reading]")) return;
    clearTimeout(pauses.get(event.target));
    pauses.set(event.target, setTimeout(() => readBack(event.target), 150));
  });

  // A link that opens or closes a form says where the focus goes: into the form, or back.
  let goal = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-live]");
    if (link) goal = link.dataset.focus || null;
  }, true);
  document.addEventListener("shown", () => {
    const place = goal && document.getElementById(goal);
    goal = null;
    if (place) (place.querySelector("[autofocus]") || place).focus();
  });

  // Amounts of a new fund are in the currency that is chosen for it.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("select[name=currency]")) return;
    for (const field of event.target.form.querySelectorAll("[data-currency]")) {
      field.dataset.currency = event.target.value;
      field.parentElement.querySelector(".currency-of").textContent = event.target.value;
      readBack(field);
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    const field = button && document.getElementById(button.dataset.fill);
    if (!field) return;
    event.preventDefault();
    field.value = button.value;
    field.focus();
    readBack(field);
  });
})();
