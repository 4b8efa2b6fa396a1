// The one way in which a page that was fetched takes the place of the page that is shown. Parts
// marked `data-swap` are brought into line node by node, so that whatever is the same stays: with
// its scroll, its focus, its selection.
const exchange = (function () {
  "use strict";

  async function load(address, signal, more) {
    const answer = await fetch(address, {
      signal, headers: { Accept: "text/html", ...more }, credentials: "same-origin",
    });
    return { answer, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
  }

  const swapped = (page) => [...page.querySelectorAll("[data-swap]")];

  /// Whether both pages have the same parts to exchange.
  function fits(page) {
    return page.getElementById("main") &&
      swapped(page).every((part) => part.id && document.getElementById(part.id));
  }

  const fields = (part) => [...part.querySelectorAll("input, select, textarea")];
  const chosen = (select) => {
    const first = [...select.options].findIndex((option) => option.defaultSelected);
    return first < 0 && select.type === "select-one" ? 0 : first;
  };

  /// Whether the reader has put something into the field since the page came.
  function isTyped(field) {
    if (field.nodeName === "SELECT") return field.selectedIndex !== chosen(field);
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  }

  /// As the page has it, whatever was typed.
  function renew(field) {
    if (!isTyped(field)) return;
    if (field.nodeName === "SELECT") field.selectedIndex = chosen(field);
    else if (["checkbox", "radio"].includes(field.type)) field.checked = field.defaultChecked;
    else field.value = field.defaultValue;
  }

  /// Another page in place of this one: its fields say what it says, but for the one that is being
  /// typed in, and for a half-filled form that is there too.
  function put(page, typing) {
    const kept = new Set(swapped(document).flatMap(fields).filter((field) =>
      field.type !== "hidden" && field.closest("form[data-form]") && isTyped(field)));
    const isKept = keeper(kept);
    exchangeParts(page, {
      isKept: (field) => field === typing || isKept(field),
      skip: (node) => isKept(node) || isOwn(node),
    });
  }

  /// The figures of another date, while the reader looks for one: fields and links stay as they are,
  /// and so does whatever is folded open or was given a width.
  function follow(page) {
    const stays = (node) => isOwn(node) || ["INPUT", "SELECT", "TEXTAREA"].includes(node.nodeName);
    exchangeParts(page, {
      isKept: () => true, skip: stays, keepsOpen: true, keepsLinks: true,
    });
  }

  /// Whether a node is one of the fields, or what is read back of one.
  const keeper = (fields) => (node) => fields.has(node) ||
    (node.nodeName === "OUTPUT" && [...fields].some((field) => node.htmlFor.contains(field.id)));

  /// The same page anew. What is typed, chosen, focused or folded open stays, with what is read
  /// back of it, and so do hidden fields: they belong to what the reader saw and is about to send.
  function refresh(page) {
    const kept = new Set(swapped(document).flatMap(fields).filter((field) =>
      field.type === "hidden" || field === document.activeElement || isTyped(field)));
    const isKept = keeper(kept);
    exchangeParts(
      page, { isKept, skip: (node) => isKept(node) || isOwn(node), keepsOpen: true });
  }

  function exchangeParts(page, how) {
    const active = document.activeElement;
    for (const part of swapped(page)) {
      const shown = document.getElementById(part.id);
      align(shown, part, how);
      for (const field of fields(shown)) if (!how.isKept(field)) renew(field);
    }
    document.title = page.title;
    if (active && active !== document.activeElement) {
      const heir = active.isConnected ? active : active.id && document.getElementById(active.id);
      (heir || document.getElementById("main")).focus({ preventScroll: true });
    }
    document.dispatchEvent(new Event("shown"));
  }

  /// What a script put into the page for itself says `data-own`, and is left alone.
  const isOwn = (node) => node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("data-own");

  function align(node, fresh, how) {
    if (how.skip(node) || node.isEqualNode(fresh)) return;
    if (node.nodeType !== Node.ELEMENT_NODE) {
      node.data = fresh.data;
      return;
    }
    const folds = how.keepsOpen && ["DETAILS", "DIALOG"].includes(node.nodeName);
    for (const { name, value } of fresh.attributes) {
      if (node.getAttribute(name) !== value && !(folds && name === "open")) {
        node.setAttribute(name, value);
      }
    }
    const stays = (name) => (folds && name === "open") ||
      (how.keepsLinks && (node.nodeName === "A" ? name !== "aria-current" : name === "style"));
    for (const { name } of [...node.attributes]) {
      if (!fresh.hasAttribute(name) && !stays(name)) node.removeAttribute(name);
    }
    alignChildren(node, fresh, how);
  }

  function alignChildren(node, fresh, how) {
    const waiting = new Map();
    for (const child of node.childNodes) {
      const key = keyOf(child);
      if (waiting.has(key)) waiting.get(key).push(child);
      else waiting.set(key, [child]);
    }
    const pairs = [...fresh.childNodes].map(
      (child) => [child, (waiting.get(keyOf(child)) || []).shift()]);
    const left = new Set([...waiting.values()].flat());
    for (const child of left) if (!isOwn(child)) child.remove();

    let place = node.firstChild;
    for (const [child, shown] of pairs) {
      while (place && left.has(place)) place = place.nextSibling;
      if (shown && shown === place) place = place.nextSibling;
      else node.insertBefore(shown || child, place);
      if (shown) align(shown, child, how);
    }
  }

  /// What makes a node the same one on both pages: its kind, and its own name or that of the first
  /// thing in it that has one; so no row takes over what was typed into another.
  function keyOf(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
    return `${node.nodeName} ${nameOf(node) || nameOf(node.querySelector(whatHasName)) || ""}`;
  }
  const whatHasName = "[id], [data-fund], [data-call], [data-item], [name]";
  const nameOf = (node) => node && (node.id || node.dataset.fund || node.dataset.call ||
    node.dataset.item || node.getAttribute("name"));

  return { load, fits, put, follow, refresh, isTyped, wish: null, isAdrift: false };
})();
