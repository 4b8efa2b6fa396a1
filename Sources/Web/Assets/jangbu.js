// Jangbu: comforts only. Every page works without this file: links and plain forms carry the
// meaning, and any surprise here ends in an ordinary page load.
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripting");

  // ---- light and dark: the system's, unless chosen here ----
  const memory = {
    read() { try { return localStorage.getItem("theme"); } catch { return null; } },
    write(theme) { try { localStorage.setItem("theme", theme); } catch { /* private window */ } },
  };
  const remembered = memory.read();
  if (remembered === "light" || remembered === "dark") root.dataset.theme = remembered;

  function switchTheme() {
    const shown = root.dataset.theme ||
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.dataset.theme = shown === "dark" ? "light" : "dark";
    memory.write(root.dataset.theme);
  }

  // ---- another date, unit, order: the same address, fetched, its figures put in place ----
  let wishedDate = null;
  let shown = location.pathname + location.search;

  /// Gives up what is on its way, so that an older answer never lands on a newer wish.
  function forget() {
    if (exchange.wish) exchange.wish.abort();
    exchange.wish = wishedDate = null;
    exchange.isAdrift = false;
    letGo = false;
    root.classList.remove("waiting");
    document.dispatchEvent(new Event("settled"));
  }

  async function show(address, remember) {
    forget();
    const request = exchange.wish = new AbortController();
    wishedDate = new URL(address, location.href).searchParams.get("reference_date");
    const wished = dateField() && dateField().value;
    const slow = setTimeout(() => root.classList.add("waiting"), 300);
    try {
      const { answer, page } = await exchange.load(address, request.signal);
      if (request.signal.aborted) return;
      if (!answer.ok) return refuse(page, address);
      if (new URL(answer.url).pathname !== location.pathname || !exchange.fits(page)) {
        throw new Error("another page");
      }
      const own = canonical(answer.url, page);
      if (remember && own.href !== location.href) history.pushState(null, "", own);
      shown = location.pathname + location.search;
      clearProblem();
      const typing = document.activeElement === dateField() && dateField().value !== wished;
      exchange.put(page, typing && dateField());
      reached = null;
      announce(document.getElementById("main").dataset.announce);
    } catch (problem) {
      if (!request.signal.aborted) location.assign(address);
    } finally {
      clearTimeout(slow);
      if (exchange.wish === request) forget();
    }
  }

  /// What was typed as 20250310 stands in the address as 2025-03-10.
  function canonical(address, page) {
    const url = new URL(address), field = page.getElementById("reference-date");
    if (field && url.searchParams.has("reference_date")) {
      url.searchParams.set("reference_date", field.defaultValue);
    }
    return url;
  }

  /// A date that cannot be read: the sentence goes beside the field, the figures stay.
  function refuse(page, address) {
    const problem = page.getElementById("reference-date-problem");
    const form = page.getElementById("asof");
    if (!problem || !form || !document.getElementById("asof")) return location.assign(address);
    clearProblem();
    problem.dataset.own = "";
    const field = dateField();
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", problem.id);
    field.after(problem);
    announce(problem.textContent.trim());
    field.focus();
  }

  function clearProblem() {
    const problem = document.getElementById("reference-date-problem");
    if (!problem) return;
    problem.remove();
    dateField().removeAttribute("aria-invalid");
    dateField().removeAttribute("aria-describedby");
  }

  function announce(text) {
    const announcer = document.getElementById("announcer");
    if (announcer) announcer.textContent = text || "";
  }

  const dateField = () => document.getElementById("reference-date");

  function addressOf(form) {
    const url = new URL(form.action);
    // What is left open says nothing in an address.
    const chosen = [...new FormData(form)].filter(([, value]) => value !== "");
    url.search = new URLSearchParams(chosen).toString();
    return url.href;
  }

  const plainClick = (event) => event.button === 0 && !event.defaultPrevented &&
    !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-toggle]")) return switchTheme();
    const link = event.target.closest("a[href]");
    if (link) {
      if (!link.matches("[data-live]") || !plainClick(event)) return;
      event.preventDefault();
      return show(link.dataset.step ? stepped(link) : link.href, true)
        .then(() => link.dataset.top && toTop(link.dataset.top));
    }
    openRow(event);
  });

  /// Another page of a table begins at its top.
  function toTop(id) {
    const box = document.getElementById(id);
    box.scrollTop = 0;
    if (box.getBoundingClientRect().top < 0) box.scrollIntoView();
  }

  // ---- a click anywhere on a row follows the link of its name ----
  function openRow(event) {
    const row = event.target.closest("tr[data-fund]");
    const link = row && row.querySelector("th a[href]");
    if (!link || event.button !== 0 || String(getSelection())) return;
    if (event.metaKey || event.ctrlKey) window.open(link.href, "_blank", "noopener");
    else if (plainClick(event)) location.assign(link.href);
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-live]")) return;
    event.preventDefault();
    show(addressOf(event.target), true);
  });

  // A jump within the page (#main) is no other page.
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) show(location.href, false);
  });

  // Days are civil dates: counted in UTC and never shown in a zone.
  const toDays = (text) => Date.parse(text + "T00:00:00Z") / 864e5;
  const toText = (days) => new Date(days * 864e5).toISOString().slice(0, 10);
  function monthEnd(days, way) {
    const date = new Date(days * 864e5), year = date.getUTCFullYear(), month = date.getUTCMonth();
    const end = Date.UTC(year, month + 1, 0) / 864e5;
    if (way < 0) return Date.UTC(year, month, 0) / 864e5;
    return days < end ? end : Date.UTC(year, month + 2, 0) / 864e5;
  }

  /// Where a step leads: one month end from the date on its way, else where the link says.
  function stepped(link) {
    if (!/^\d{4}-\d\d-\d\d$/.test(wishedDate || "")) return link.href;
    const url = new URL(link.href), way = link.dataset.step === "back" ? -1 : 1;
    url.searchParams.set("reference_date", toText(monthEnd(toDays(wishedDate), way)));
    return url.href;
  }

  // ---- the rail: while the thumb is moved the figures follow; let go, the date is asked for ----
  /// The date whose figures are shown, where it is not the one that the address says.
  let reached = null;
  let pause = 0, following = false, letGo = false;

  const shownDate = () => reached || dateField().defaultValue;

  function preview(rail, days) {
    const first = toDays(rail.dataset.rail);
    const kept = Math.max(first, Math.min(first + Number(rail.max), days));
    rail.value = kept - first;
    rail.setAttribute("aria-valuetext", toText(kept));
    drawPast(rail);
    clearProblem();
    dateField().value = toText(kept);
    clearTimeout(pause);
    if (!exchange.isAdrift) forget();
    exchange.isAdrift = true;
    letGo = false;
    wishedDate = dateField().value;
    follow();
  }

  /// What is solid up to the thumb and faint after it.
  function drawPast(rail) {
    const place = 1000 * Number(rail.value) / Number(rail.max);
    const [before, after] = ["#rail-before rect", "#rail-after rect"]
      .map((part) => document.querySelector(part));
    before.setAttribute("width", place);
    after.setAttribute("x", place);
    after.setAttribute("width", 1000 - place);
  }

  /// Asks for the figures of the newest wish, one request at a time, until they are shown.
  async function follow() {
    if (following) return;
    following = true;
    try {
      while (exchange.isAdrift && !letGo && wishedDate !== shownDate()) {
        await showFigures(wishedDate);
      }
    } catch { /* Letting go asks once more, and says what is wrong. */ } finally {
      following = false;
      if (letGo) land();
    }
  }

  async function showFigures(date) {
    const request = exchange.wish = new AbortController();
    const url = new URL(location.href);
    url.searchParams.set("reference_date", date);
    const slow = setTimeout(() => root.classList.add("waiting"), 300);
    try {
      const { answer, page } = await exchange.load(
        url, request.signal, { "Jangbu-Figures-Only": "1" });
      request.signal.throwIfAborted();
      if (!answer.ok || !exchange.fits(page)) throw new Error("another page");
      holdSizes();
      exchange.follow(page);
      reached = date;
      if (wishedDate === date) root.classList.remove("waiting");
    } finally {
      clearTimeout(slow);
      if (exchange.wish === request) exchange.wish = null;
    }
    // The figures are seen before the next ones are asked for.
    await new Promise(requestAnimationFrame);
  }

  /// Columns get wider at most, cards and legend taller, until the thumb is let go.
  function holdSizes() {
    const held = [...document.querySelectorAll(
      "main table.ledger thead tr:last-child > *, main .cards, main .legend")];
    const sizes = held.map((part) => part.getBoundingClientRect());
    held.forEach((part, place) => {
      if (part.nodeName === "TH") part.style.minWidth = `${sizes[place].width}px`;
      else part.style.minHeight = `${sizes[place].height}px`;
    });
  }

  /// The thumb was let go: what is on its way comes first.
  function settle() {
    if (!exchange.isAdrift) return;
    clearTimeout(pause);
    letGo = true;
    if (!following) land();
  }

  /// The whole page of the date, and one entry of the history.
  function land() {
    letGo = false;
    if (!exchange.isAdrift) return;
    const rail = document.getElementById("rail");
    if (rail && dateField().value !== dateField().defaultValue) rail.form.requestSubmit();
    else show(location.href, false);
  }

  document.addEventListener("input", (event) => {
    if (event.target.id === "reference-date") return clearProblem();
    if (event.target.id === "rail") preview(event.target, nearest(event.target));
  });

  /// A drag lands on a month end within three days; on nothing else where the hand cannot tell days
  /// apart, as each pixel is several.
  function nearest(rail) {
    const days = toDays(rail.dataset.rail) + Number(rail.value);
    const isCoarse = Number(rail.max) > 3 * rail.clientWidth;
    const [before, after] = [monthEnd(days, -1), monthEnd(days - 1, 1)];
    const end = days - before < after - days ? before : after;
    return isCoarse || Math.abs(end - days) <= 3 ? end : days;
  }

  document.addEventListener("change", (event) => {
    if (event.target.id === "rail") settle();
  });
  // Back where it was taken up, the rail says nothing of a change.
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, (event) => {
      if (event.target.id === "rail") setTimeout(settle);
    });
  }

  function stepRail(event) {
    const way = {
      ArrowRight: 1, ArrowUp: 1, PageUp: 12, ArrowLeft: -1, ArrowDown: -1, PageDown: -12,
    }[event.key];
    if (!way) return;
    event.preventDefault();
    const rail = event.target;
    let days = toDays(rail.dataset.rail) + Number(rail.value);
    if (event.shiftKey && Math.abs(way) === 1) days += way;
    else for (let step = 0; step < Math.abs(way); step += 1) days = monthEnd(days, way);
    preview(rail, days);
    // Steps in quick succession are one wish.
    pause = setTimeout(settle, 200);
  }

  /// Escape in the field: the date whose figures the address says, without any complaint.
  function restoreDate() {
    clearTimeout(pause);
    forget();
    clearProblem();
    dateField().value = dateField().defaultValue;
    const rail = document.getElementById("rail");
    if (rail) {
      rail.value = rail.defaultValue;
      drawPast(rail);
    }
    if (reached) show(location.href, false);
  }

  // ---- [ and ] step month ends; never while typing ----
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
    if (event.target.id === "rail") stepRail(event);
    if (event.key === "Escape" && event.target === dateField()) restoreDate();
    if (event.target.closest("input:not([type=range]), textarea, select")) return;
    const step = { "[": "step-back", "]": "step-next" }[event.key];
    const link = step && document.getElementById(step);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
})();
