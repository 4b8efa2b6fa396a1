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

  // Plain digits are grouped while they are typed, at the end of the field where no caret is moved.
  function group(field) {
    const found = /^(-?)([\d,]+)(\.\d*)?$/.exec(field.value);
    if (!found || field.selectionEnd !== field.value.length) return;
    const digits = found[2].replaceAll(",", "");
    field.value = found[1] + digits.replace(/\B(?=(\d{3})+$)/g, ",") + (found[3] || "");
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-reading]")) return;
    if (event.target.dataset.reading === "amount" && !event.isComposing) group(event.target);
    clearTimeout(pauses.get(event.target));
    pauses.set(event.target, setTimeout(() => readBack(event.target), 150));
  });

  // What is only there to be copied is marked as a whole.
  for (const name of ["focusin", "click"]) {
    document.addEventListener(name, ({ target }) => {
      if (target.matches("input[readonly]")) target.select();
    });
  }

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

  // The other language is another page: what is typed goes along to it, once. Only the very next
  // page looks for it, so that nothing that was sent meanwhile is ever filled in again.
  const draft = {
    put(text) { try { sessionStorage.setItem("draft", text); } catch { /* private window */ } },
    take() {
      try {
        const text = sessionStorage.getItem("draft");
        sessionStorage.removeItem("draft");
        return text;
      } catch { return null; }
    },
  };

  function typed() {
    return [...document.querySelectorAll("form[data-form]")].flatMap((form) =>
      [...form.elements].filter((field) => field.name &&
        // Shares that are shown and those that they are compared with belong together.
        (field.type === "hidden" ? field.name.startsWith("shown.") && "sent" in form.dataset
          : field.matches("input, select, textarea") &&
            ("sent" in form.dataset || exchange.isTyped(field)))
      ).map(({ name, type, value, checked }) => ({ form: form.id, name, type, value, checked })));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a#language");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const fields = typed();
    if (fields.length) draft.put(JSON.stringify({ address: link.href, fields }));
  });
  document.addEventListener("submit", () => draft.take());

  function restore() {
    const kept = JSON.parse(draft.take() || "null");
    if (!kept || kept.address !== location.href) return;
    for (const { form, name, type, value, checked } of kept.fields) {
      const ticks = ["checkbox", "radio"].includes(type);
      const field = [...(document.getElementById(form) || { elements: [] }).elements].find(
        (each) => each.name === name && each.type === type && (!ticks || each.value === value));
      if (!field) continue;
      if (ticks) field.checked = checked;
      else field.value = value;
      if (type === "hidden") continue;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  document.addEventListener("DOMContentLoaded", restore);

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
