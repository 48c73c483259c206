"use strict";
// What the dashboard's pages need beside Streamlit: Back undoes one control, charts keep their zoom when a
// control changes them, and every chart is cared for by charts.js as soon as it is drawn.
(() => {
  // --- where the server is and who may embed a page: Streamlit asks both, the first below the page's own address
  // in vain, before it asks for the page itself. Told beforehand it opens its socket at once.

  window.__streamlit ??= {
    BACKEND_BASE_URL: `${location.origin}/`,
    HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
  };

  // --- history: Streamlit replaces the address when a control changes; the first change after a reader did
  // something becomes an entry of its own, whatever follows by itself belongs to it.

  let acted = false;
  const doing = () => { acted = true; };
  ["pointerdown", "keydown"].forEach((kind) => addEventListener(kind, doing, { capture: true, passive: true }));

  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);

  function enter(state, unused, url) {
    const differs = url && new URL(url, location.href).href !== location.href;
    if (differs && acted) {
      acted = false;
      push(state, unused, url);
    } else replace(state, unused, url);
  }

  history.pushState = enter;
  history.replaceState = enter;

  // The address says all that a page shows, so going back is opening it again.
  addEventListener("popstate", (event) => {
    if (event.state === null && location.hash) return;
    event.stopImmediatePropagation();
    location.reload();
  }, true);

  // --- zoom

  const zoomed = new Map();

  const axesOf = (plot) => Object.keys(plot._fullLayout || {}).filter((key) => /^[xy]axis\d*$/.test(key));

  function remember(plot, name, change) {
    if (plot.dataset.restoring) return;
    const keys = Object.keys(change);
    if (keys.some((key) => key.endsWith(".autorange") || key.endsWith(".showspikes"))) zoomed.delete(name);
    else if (keys.some((key) => /axis\d*\.range/.test(key))) {
      zoomed.set(name, axesOf(plot).map((axis) => {
        const { type, range } = plot._fullLayout[axis];
        return { axis, type, range: [...range] };
      }));
    }
  }

  const asNumber = (value) => (typeof value === "number" ? value : Number(new Date(value)));
  const meets = (one, other) => {
    const [low, high] = one.map(asNumber);
    const [from, to] = other.map(asNumber);
    return low < to && from < high;
  };

  // Only where every axis is still of its kind and shows something of the new figure.
  function restore(plot, name) {
    const kept = zoomed.get(name);
    if (!kept) return;
    const now = plot._fullLayout;
    const possible = kept.every(({ axis, type, range }) =>
      now[axis] && now[axis].type === type && meets(range, now[axis].range));
    const same = possible && kept.every(({ axis, range }) => String(now[axis].range) === String(range));
    if (!possible || same) return;
    plot.dataset.restoring = "yes";
    Plotly.relayout(plot, Object.fromEntries(kept.map(({ axis, range }) => [`${axis}.range`, range])))
      .finally(() => { delete plot.dataset.restoring; });
  }

  function keepZoom(plot) {
    if (plot.dataset.zoomKept || !plot.on) return;
    plot.dataset.zoomKept = "yes";
    const name = plot.layout?.meta?.name;
    if (!name) return;
    let drawn = plot.layout;
    plot.on("plotly_relayout", (change) => remember(plot, name, change));
    plot.on("plotly_afterplot", () => {
      if (plot.layout === drawn) return;
      drawn = plot.layout;
      restore(plot, name);
    });
    restore(plot, name);
  }

  // --- a chart that is not in sight yet costs nothing: its button is pressed when its place comes near, one
  // after the other, since each answer of the server moves what stands below it

  const NEAR = "300px";
  const AGAIN = 3000; // ms: a press while the page is still being made can be lost
  const coming = new Set();
  let pressed = null;
  let pressedAt = 0;

  // Streamlit takes elements again for something else, so that one in the page need not wait any more.
  const unseen = (place) => place.isConnected && /st-key-unseen-[\w-]+/.exec(place.className)?.[0];

  // An address such as #frontier-through-time=2024-12 asks for a chart wherever it stands.
  const isAsked = (place) => place.classList.contains(`st-key-unseen-${location.hash.slice(1).split("=")[0]}`);

  let isPrinted = false; // then all of them are wanted, wherever they stand

  const near = new IntersectionObserver((entries) => {
    entries.forEach(({ target, isIntersecting }) => {
      if (isIntersecting || isPrinted || isAsked(target)) coming.add(target);
      else coming.delete(target);
    });
    press();
  }, { rootMargin: NEAR });

  function press() {
    if (pressed && unseen(pressed)) {
      if (performance.now() - pressedAt < AGAIN) return;
      coming.add(pressed);
    }
    coming.forEach((place) => { if (!unseen(place)) coming.delete(place); });
    // A place can be there before the script of its button is: the button's coming is looked at, too.
    pressed = [...coming].filter((place) => place.querySelector("button")).sort((one, other) =>
      one.getBoundingClientRect().top - other.getBoundingClientRect().top)[0] || null;
    if (!pressed) return;
    coming.delete(pressed);
    pressedAt = performance.now();
    pressQuietly(pressed.querySelector("button"));
    setTimeout(press, AGAIN + 100);
  }

  // Streamlit listens below the body; on the document a click beside an open popover shuts it, and this one is
  // nobody's.
  function pressQuietly(button) {
    const quiet = (event) => event.stopPropagation();
    document.body.addEventListener("click", quiet);
    button.click();
    document.body.removeEventListener("click", quiet);
  }

  // All below the first chart follows once that is drawn; where none comes, as with a slow line, after a while.
  const REST = "st-key-unseen-rest";
  const PATIENCE = 3000; // ms
  const hasChart = () => document.querySelector(".js-plotly-plot .main-svg .infolayer") !== null;

  function awaitChart(place) {
    const since = performance.now();
    const isDue = () => hasChart() || isPrinted || performance.now() - since > PATIENCE;
    const wait = setInterval(() => {
      if (unseen(place) && !isDue()) return;
      clearInterval(wait);
      coming.add(place);
      press();
    }, 50);
  }

  function watch(place) {
    if (place.dataset.watched === unseen(place)) return;
    place.dataset.watched = unseen(place);
    if (place.classList.contains(REST)) {
      awaitChart(place);
      return;
    }
    near.unobserve(place);
    near.observe(place);
  }

  // --- printing: what was not seen yet is drawn first. By its keys the page can wait for that; asked by a menu it
  // cannot, and a sentence is printed in each place that is still empty (pages.css).

  const LONGEST = 20_000; // ms
  let waiting = 0;
  let isAskedByKeys = false;
  const places = () => [...document.querySelectorAll('[class*="st-key-unseen-"]')];
  // Between the place of the rest and those that come with it there is none, though the page is not whole.
  const isMade = () => !places().length
    && document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
  const isWhole = () => isMade() && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .every((chart) => chart.querySelector(".main-svg .infolayer"));

  function drawForPrint() {
    isPrinted = true;
    places().forEach((place) => coming.add(place));
    press();
    if (waiting) return;
    const until = performance.now() + LONGEST;
    let wasWhole = false; // twice, since what the server has ended may not stand there yet
    waiting = setInterval(() => {
      const isDone = isWhole();
      if (!(isDone && wasWhole) && performance.now() < until) {
        wasWhole = isDone;
        return;
      }
      clearInterval(waiting);
      waiting = 0;
      isPrinted = false;
      if (isAskedByKeys) {
        isAskedByKeys = false;
        window.print();
      }
    }, 200);
  }

  function isPrintKey(event) {
    return (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key?.toLowerCase() === "p";
  }

  addEventListener("keydown", (event) => {
    if (!isPrintKey(event) || isMade()) return;
    event.preventDefault();
    isAskedByKeys = true;
    drawForPrint();
  }, true);
  addEventListener("beforeprint", drawForPrint);

  // --- charts come and go as Streamlit draws

  let due = 0;
  function look() {
    due = 0;
    document.querySelectorAll('[class*="st-key-unseen-"]').forEach(watch);
    press();
    document.querySelectorAll(".js-plotly-plot").forEach((plot) => {
      window.hypecurveCharts?.care(plot);
      keepZoom(plot);
    });
  }

  // --- the first words stand in the document (first_words.py) until Streamlit has drawn them, or something else

  const LONG = 20_000; // ms: then something is wrong, and what Streamlit shows of it is to be seen
  const WRONG = "[data-testid=stAlert], [data-testid=stException]";
  const drawn = () => {
    const hasLine = document.querySelector("#first-words .line") !== null;
    return document.querySelector(`${hasLine ? ".st-key-answer p" : "[data-testid=stMain] h1"}, ${WRONG}`) !== null;
  };

  function yieldFirstWords() {
    const words = document.getElementById("first-words");
    if (words && (drawn() || performance.now() > LONG)) words.remove();
  }

  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(yieldFirstWords).observe(document.getElementById("root"), { childList: true, subtree: true });
    setTimeout(yieldFirstWords, LONG);
    new MutationObserver(() => { due ||= setTimeout(look, 100); })
      .observe(document.body, { childList: true, subtree: true });
  });
})();

// --- a tour of three steps on a first visit; it stands at the edge, takes no focus and can be ended at once

(() => {
  const DONE = "hypecurve-tour";
  const STEPS = [
    ["The answer comes first", "Each page begins with one sentence, its interval and the day its data end. The words below it say what it rests on."],
    ["See it as it was", "“As known on”, at the side, shows every page as it would have looked on a past day."],
    ["Take it along", "Below each chart: how to read it, its rows, a picture with its sources, its citation, and a link to exactly what you see."],
  ];

  const seen = () => {
    try { return localStorage.getItem(DONE); } catch { return "blocked"; }
  };

  function end(box) {
    try { localStorage.setItem(DONE, "seen"); } catch { /* without a memory it was shown once too often */ }
    box.remove();
  }

  function show(box, place) {
    const [title, text] = STEPS[place];
    const last = place === STEPS.length - 1;
    box.replaceChildren();
    const add = (tag, words, parent = box) => {
      const element = document.createElement(tag);
      element.textContent = words;
      parent.append(element);
      return element;
    };
    add("strong", title);
    add("p", text);
    const row = add("div", "");
    add("span", `${place + 1} of ${STEPS.length}`, row);
    const next = add("button", last ? "Done" : "Next", row);
    next.addEventListener("click", () => (last ? end(box) : show(box, place + 1)));
    if (!last) add("button", "Skip", row).addEventListener("click", () => end(box));
  }

  addEventListener("load", () => {
    if (location.pathname !== "/" || new URLSearchParams(location.search).has("embed") || seen()) return;
    const begin = setInterval(() => {
      if (!document.querySelector("h1")) return;
      clearInterval(begin);
      const box = document.createElement("aside");
      box.className = "tour";
      box.setAttribute("aria-label", "A short tour");
      document.body.append(box);
      show(box, 0);
    }, 500);
  });
})();

// --- the first stop of the keyboard leads past the navigation

addEventListener("DOMContentLoaded", () => {
  const skip = document.createElement("a");
  skip.className = "skip";
  skip.href = "#content";
  skip.textContent = "Skip to the answer";
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    const title = document.querySelector("h1");
    if (!title) return;
    title.tabIndex = -1;
    title.focus();
  });
  document.body.prepend(skip);
});
