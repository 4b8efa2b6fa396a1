// The figures of a table are one tab stop: arrows move among them, Home and End along a row, Enter
// opens. Without this file each is a plain link.
(function () {
  "use strict";
  const figures = (table) => [...table.querySelectorAll(".why")];

  /// Makes `chosen` the one figure of its table that Tab reaches.
  function choose(chosen, all) {
    for (const figure of all) figure.tabIndex = figure === chosen ? 0 : -1;
  }

  function prepare() {
    for (const table of document.querySelectorAll("table.ledger")) {
      const all = figures(table);
      if (all.every((figure) => figure.hasAttribute("tabindex"))) continue;
      choose(all.find((figure) => figure.getAttribute("tabindex") === "0") || all[0], all);
    }
  }

  /// The figure in the same column of the next row on that way that has one there.
  function above(figure, step) {
    const cell = figure.closest("td, th"), rows = [...figure.closest("table").rows];
    let place = rows.indexOf(cell.parentElement) + step;
    for (; rows[place]; place += step) {
      const found = [...rows[place].cells].find((other) => other.cellIndex === cell.cellIndex);
      const link = found && found.querySelector(".why");
      if (link) return link;
    }
    return null;
  }

  function next(figure, key, all) {
    const row = all.filter((other) => other.closest("tr") === figure.closest("tr"));
    switch (key) {
      case "ArrowRight": return row[row.indexOf(figure) + 1];
      case "ArrowLeft": return row[row.indexOf(figure) - 1];
      case "ArrowDown": return above(figure, 1);
      case "ArrowUp": return above(figure, -1);
      case "Home": return row[0];
      case "End": return row[row.length - 1];
      default: return undefined;
    }
  }

  document.addEventListener("keydown", (event) => {
    const figure = event.target.closest(".ledger .why");
    if (!figure || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
    if (!/^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(event.key)) return;
    event.preventDefault();
    const wanted = next(figure, event.key, figures(figure.closest("table")));
    if (wanted) wanted.focus();
  });

  document.addEventListener("focusin", (event) => {
    const figure = event.target.closest(".ledger .why");
    if (figure) choose(figure, figures(figure.closest("table")));
  });

  document.addEventListener("DOMContentLoaded", () => {
    prepare();
    // Figures that are put in place later.
    new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true });
  });
})();
