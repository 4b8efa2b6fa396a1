// Pages that keep themselves up to date. The tabs of a browser share one stream of change notices:
// one of them, whichever holds the lock, listens and passes on what it hears. A page whose fund
// changed fetches itself and exchanges its parts; one that nothing concerns asks for nothing.
(function () {
  "use strict";
  const secondsUntilCut = 2, secondsOfSilence = 40, secondsBetweenTries = 5;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("jangbu-live") : null;
  const main = () => document.getElementById("main");

  // ---- what every tab does with what is heard ----
  let wanted = 0, passed = 0, refreshing = false;

  /// The audit sequence up to which this page is true; everything where it does not say.
  const known = () => "known" in main().dataset
    ? Math.max(Number(main().dataset.known), passed) : Infinity;

  function hear({ sequence, since, funds }) {
    const shown = main().dataset.funds;
    const concerned = !shown || !funds || since > known() ||
      shown.split(" ").some((fund) => funds.includes(Number(fund)));
    if (concerned) wanted = Math.max(wanted, sequence);
    else if (wanted <= known()) passed = Math.max(passed, sequence);
    catchUp();
  }

  /// Fetches the page anew, when it has to be and the reader's hands are off it.
  async function catchUp() {
    if (refreshing || wanted <= known() || isBusy()) return;
    refreshing = true;
    const address = location.href;
    try {
      const { answer, page } = await exchange.load(address);
      // What came while the reader went elsewhere on the page is too late.
      if (answer.status === 401) return leave();
      const isSame = location.href === address && answer.ok && exchange.fits(page);
      if (isSame && !isBusy() && Number(page.getElementById("main").dataset.known) > known()) {
        exchange.refresh(page);
      }
    } catch { /* The next notice is another chance. */ } finally {
      refreshing = false;
    }
  }

  // ---- signed out in another tab, or for too long: nothing of the books stays on the screen ----
  /// Where something was typed and not sent, it stays: sending it asks to sign in and keeps it.
  function leave() {
    const typed = document.querySelector("form[data-sent]") ||
      [...document.querySelectorAll("form[data-form] :is(input, select, textarea)")]
        .some((field) => field.type !== "hidden" && exchange.isTyped(field));
    if (typed) return;
    const place = encodeURIComponent(location.pathname + location.search);
    location.replace(`/sign-in?next=${place}`);
  }

  async function askWhetherSignedIn() {
    try {
      const answer = await fetch("/reading?text=", { credentials: "same-origin" });
      if (answer.status !== 401) return;
      // Not kept for later tabs, which may be signed in again.
      if (tabs) tabs.postMessage({ out: true });
      leave();
    } catch { /* The server is away; the next try is another chance. */ }
  }

  // ---- while the reader's own wish is under way, a key or a button is down, nobody looks ----
  let pressed = false, composing = false;
  const isBusy = () => exchange.wish || exchange.isAdrift || pressed || composing || document.hidden;
  const later = () => setTimeout(catchUp);  // after the click or the input that this ends in
  const on = (name, act) => document.addEventListener(name, () => { act(); later(); }, true);
  on("pointerdown", () => { pressed = true; });
  for (const end of ["pointerup", "pointercancel", "dragend"]) on(end, () => { pressed = false; });
  on("compositionstart", () => { composing = true; });
  on("compositionend", () => { composing = false; });
  document.addEventListener("visibilitychange", catchUp);
  document.addEventListener("settled", catchUp);

  function showCut(isCut) {
    const live = document.getElementById("live");
    if (isCut === live.hasChildNodes()) return;
    const words = document.getElementById("live-cut").content.cloneNode(true);
    live.replaceChildren(...(isCut ? words.childNodes : []));
  }

  // ---- the tab that listens tells the others; a new tab asks what it missed ----
  let told = null;

  function take(message) {
    if (message.asks) return told && tabs.postMessage(told);
    if (message.out) return leave();
    if (message.doubt) return askWhetherSignedIn();
    showCut(message.cut);
    if (message.notice) hear(message.notice);
  }

  function tell(message) {
    told = { ...told, ...message };
    if (tabs) tabs.postMessage(told);
    take(told);
  }

  function listen() {
    let wait = 0.25, cutSoon = null;
    (function connect() {
      const stream = new EventSource("/events");
      let silence = setTimeout(lost, secondsOfSilence * 1000);
      function lost() {
        // Answered, and not by a stream: perhaps nobody is signed in any more.
        if (stream.readyState === EventSource.CLOSED) askWhetherSignedIn();
        stream.close();
        clearTimeout(silence);
        cutSoon = cutSoon || setTimeout(() => tell({ cut: true }), secondsUntilCut * 1000);
        setTimeout(connect, wait * 1000);
        wait = Math.min(wait * 2, secondsBetweenTries);
      }
      stream.onerror = lost;
      stream.addEventListener("books", (event) => {
        clearTimeout(silence);
        silence = setTimeout(lost, secondsOfSilence * 1000);
        clearTimeout(cutSoon);
        cutSoon = null;
        wait = 0.25;
        tell({ cut: false, notice: JSON.parse(event.data) });
      });
    })();
  }

  document.addEventListener("DOMContentLoaded", () => {
    // Before anybody has signed in there is nothing to hear; other tabs may not know that yet.
    if (!document.getElementById("nav")) return tabs && tabs.postMessage({ doubt: true });
    if (!tabs || !navigator.locks) return listen();
    tabs.onmessage = (event) => take(event.data);
    tabs.postMessage({ asks: true });
    navigator.locks.request("jangbu-live", () => new Promise(listen));
  });
})();
