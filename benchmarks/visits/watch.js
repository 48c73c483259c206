"use strict";
// Notes when a page shows its first line, its first chart, and all that is in sight. A page is whole when its
// script has ended and every chart in sight is drawn, and stays so for a while.
(() => {
  const STILL = 300;
  const notes = { line: [], chart: [] };
  let began = 0;
  let ran = true;
  let since = null;
  let whole = null;
  let pressing = false;
  let before = null;

  const inSight = (element) => {
    const { top, bottom, width } = element.getBoundingClientRect();
    return width > 0 && bottom > 0 && top < innerHeight;
  };
  const fresh = (element) => !element.closest('[data-stale="true"]');
  const isDrawn = (plot) => plot._fullLayout && plot.querySelector(".main-svg .infolayer");

  function note(what, value) {
    const list = notes[what];
    if (value && list.at(-1)?.[1] !== value) list.push([performance.now(), value]);
  }

  function look() {
    // What the document itself holds counts where the page then says the very same.
    const early = document.querySelector("#first-words .line") || document.querySelector("#first-words .title");
    const line = [...document.querySelectorAll('.st-key-answer [data-testid="stMarkdownContainer"], h1')]
      .reverse().find(fresh);
    const answer = document.querySelector('.st-key-answer [data-testid="stMarkdownContainer"]');
    note("line", (early || (answer && fresh(answer) ? answer : line))?.textContent.trim());
    const plots = [...document.querySelectorAll(".js-plotly-plot")].filter((plot) => fresh(plot) && isDrawn(plot));
    note("chart", plots[0]?.layout?.meta?.name);
    const state = document.querySelector('[data-testid="stApp"]')?.getAttribute("data-test-script-state");
    // Of a short script no state may be seen at all: then what it drew tells that it ran.
    const drawn = plots[0]?.layout;
    if (!pressing && (notes.line.at(-1)?.[0] >= began || drawn !== before)) ran = true;
    if (pressing) before = drawn;
    const waiting = document.querySelector(".st-key-unseen-rest") !== null
      || [...document.querySelectorAll('[data-testid="stSkeleton"], [class*="st-key-unseen-"]')].some(inSight);
    const undrawn = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
      .some((chart) => inSight(chart) && ![...chart.querySelectorAll(".js-plotly-plot")].some(isDrawn));
    const done = !pressing && ran && state === "notRunning" && !waiting && !undrawn && notes.line.length > 0;
    if (!done) since = null;
    else since ??= performance.now();
    if (since !== null && performance.now() - since >= STILL) whole ??= since;
    requestAnimationFrame(look);
  }

  // A short script has ended before a frame shows it running, so that each change of its state is noted.
  new MutationObserver(() => {
    if (!pressing) ran = true;
  }).observe(document, { subtree: true, attributeFilter: ["data-test-script-state"] });

  addEventListener("click", (event) => {
    if (!pressing) return;
    pressing = false;
    began = event.timeStamp;
  }, true);

  window.watched = {
    // Before a click: what counts is what changes after it.
    press() {
      pressing = true;
      ran = false;
      since = whole = null;
      notes.line.splice(0, Infinity, ...notes.line.slice(-1));
      notes.chart.splice(0, Infinity, ...notes.chart.slice(-1));
    },
    // Milliseconds from the beginning; null for what is not there, or did not change.
    times() {
      if (whole === null) return null;
      const of = (list) => (list.length && list.at(-1)[0] >= began ? list.at(-1)[0] - began : null);
      // Words that stand in the document are there before the browser paints anything.
      const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
      const line = of(notes.line);
      return {
        line: line === null ? null : Math.max(line, painted - began),
        chart: of(notes.chart),
        whole: whole - began,
      };
    },
  };
  requestAnimationFrame(look);
})();
