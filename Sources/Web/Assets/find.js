// The palette: the list of the page `/find` for what one types, over any page. And the keys that
// open it and the list of keys.
(function () {
  "use strict";
  const part = (id) => document.getElementById(id);
  const links = () => [...part("palette-found").querySelectorAll("a[href]")];
  let pause = 0, asked = null;

  async function look() {
    if (asked) asked.abort();
    const request = asked = new AbortController();
    try {
      const { page } = await exchange.load(addressOf(part("palette-text").value), request.signal);
      const found = page.getElementById("found");
      if (request.signal.aborted || !found) return;
      const list = part("palette-found"), wasInList = list.contains(document.activeElement);
      list.replaceChildren(...found.childNodes);
      if (wasInList) part("palette-text").focus();
      part("palette-told").textContent = found.dataset.told;
    } catch { /* a newer wish, or no connection: the list stays */ }
  }

  function addressOf(text) {
    const address = new URL(part("find").href);
    address.searchParams.set("q", text);
    return address.href;
  }

  function open(dialog) {
    if (document.querySelector("dialog[open]")) return;
    dialog.showModal();
    if (dialog.id !== "palette") return;
    part("palette-text").value = "";
    part("palette-text").focus();
    part("palette-found").replaceChildren();
    look();
  }

  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    const opener = event.target.closest("[data-find], [data-keys]");
    if (opener && plain) {
      event.preventDefault();
      open(part(opener.matches("[data-find]") ? "palette" : "key-dialog"));
    }
    // A press beside the dialog falls on the dialog itself.
    if (event.target.matches("dialog.palette")) {
      const box = event.target.getBoundingClientRect();
      const isInside = event.clientX >= box.left && event.clientX <= box.right &&
        event.clientY >= box.top && event.clientY <= box.bottom;
      if (!isInside) event.target.close();
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "palette-text") return;
    clearTimeout(pause);
    pause = setTimeout(look, 80);
  });

  /// Arrows walk from the field through the links and around; Enter in the field opens the first.
  async function walk(event) {
    const stops = [part("palette-text"), ...links()];
    const here = Math.max(stops.indexOf(document.activeElement), 0);
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) {
      event.preventDefault();
      stops[(here + way + stops.length) % stops.length].focus();
    } else if (event.key === "Enter" && here === 0) {
      event.preventDefault();
      clearTimeout(pause);
      await look();
      if (links().length) location.assign(links()[0].href);
    } else if (event.key.length === 1 && here > 0 && !event.metaKey && !event.ctrlKey) {
      stops[0].focus();
    }
  }

  // Before other keys are looked at: what happens in a dialog is no wish to the page behind it.
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const dialog = document.querySelector("dialog[open]");
    const isFind = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k";
    if (isFind && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      return open(part("palette"));
    }
    if (dialog) {
      if (event.key === "Escape") {
        event.preventDefault();
        dialog.close();
        // Where nothing had the focus before, the field would keep it, unseen.
        if (dialog.contains(document.activeElement)) document.activeElement.blur();
      } else if (dialog.id === "palette") {
        walk(event);
      }
      return event.stopPropagation();
    }
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest("input:not([type=range]), textarea, select")) return;
    const wanted = { "/": "palette", "?": "key-dialog" }[event.key];
    if (!wanted) return;
    event.preventDefault();
    open(part(wanted));
  }, true);
})();
