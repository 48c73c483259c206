// What a page shows, measured where it stands: each rule gives what breaks it, in words; [] where all is well.
(() => {
  const box = (element) => element.getBoundingClientRect();
  const main = document.querySelector(".stMainBlockContainer, main");
  const all = (css, within = main) => [...within.querySelectorAll(css)];
  const said = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && box(element).width > 1;

  const meet = (a, b, by) => a.left < b.right - by && b.left < a.right - by
    && a.top < b.bottom - by && b.top < a.bottom - by;

  // How far a label stands from what it names; 0 for the words of a panel or a row.
  function distance(plot, label, place, frame) {
    const { annotations, ...layout } = plot._fullLayout || {};
    const note = annotations?.[label.dataset.index];
    const [x, y] = [note?.xref, note?.yref].map((axis) => layout[axis?.replace(/^[xy]/, "$&axis")]);
    if (!x?.r2p || !y?.r2p) return 0;
    const [across, down] = [frame.left + x._offset + x.r2p(note.x), frame.top + y._offset + y.r2p(note.y)];
    return Math.hypot(Math.max(place.left - across, across - place.right, 0),
      Math.max(place.top - down, down - place.bottom, 0));
  }

  function labelsOf(plot) {
    const frame = box(plot.querySelector(".main-svg"));
    if (!frame.width) return [];
    const { name } = plot.layout.meta;
    const shown = all(".annotation", plot).filter((one) => one.style.visibility !== "hidden")
      .map((one) => [said(one), box(one.querySelector(".annotation-text"))]);
    const led = new Set(all(".leaders line", plot).map((one) => one.dataset.index));
    // A line to its mark, drawn by the page or by the figure itself.
    const isLed = (one) => led.has(one.dataset.index) || one.querySelector(".annotation-arrow-g path");
    const alone = all(".annotation", plot).filter((one) => one.style.visibility !== "hidden" && !isLed(one))
      .map((one) => [said(one), one, box(one.querySelector(".annotation-text"))])
      .filter(([, one, place]) => distance(plot, one, place, frame) > 16);
    const ticks = all(".xtick text, .ytick text, .xtitle, .ytitle", plot).map((one) => [said(one), box(one)]);
    const marks = all(".scatterlayer path.point", plot).map(box);
    const texts = [...shown, ...ticks];
    return [
      ...texts.flatMap(([text, place], at) => texts.slice(at + 1)
        .filter(([, there]) => meet(place, there, 1.5)).map(([other]) => `${name}: ${text} | ${other}`)),
      ...texts.filter(([, place]) => place.left < frame.left - 2 || place.right > frame.right + 2)
        .map(([text]) => `${name}: ${text} is cut`),
      ...shown.filter(([, place]) => marks.some((mark) => meet(place, mark, 3.5)))
        .map(([text]) => `${name}: ${text} | a mark`),
      ...alone.map(([text]) => `${name}: ${text} is far from its mark`),
    ];
  }

  const plots = all(".js-plotly-plot");
  const words = "p, h1, h2, h3, h4, li, label, summary, button, a, .stMarkdown";

  // Lists of choices show what fits and the rest on opening; tables scroll.
  const scrolls = "[data-baseweb], .stDataFrame, .table, pre, code";

  function cutWords() {
    return all(words).filter((one) => seen(one) && !one.closest(scrolls)
      && getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1).map(said);
  }

  function headings() {
    const found = all("h1, h2, h3, h4, h5, h6").filter(seen).map((one) => [Number(one.tagName[1]), said(one)]);
    const first = found.filter(([level]) => level === 1);
    return [
      ...(first.length === 1 && found[0][0] === 1 ? [] : [`${first.length} first headings`]),
      ...found.slice(1).filter(([level], at) => level > found[at][0] + 1).map(([level, text]) => `h${level} ${text}`),
    ];
  }

  const hidden = (element) => element.closest("[aria-hidden=true]") !== null;

  // Footers name the same sources below each chart; entries of a list may share a note, cells a value.
  function toldTwice() {
    const texts = [
      ...all("h1, h2, h3, h4, p").filter((one) => seen(one) && !hidden(one) && !one.closest("li, td, th, summary, .chart-footer"))
        .map(said),
      ...all("[aria-label]").filter((one) => seen(one) && !hidden(one)).map((one) => one.getAttribute("aria-label")),
    ].flatMap((text) => text.split(/(?<=[.!?]) +/)).map((text) => text.replace(/[.!?]$/, ""))
      .filter((text) => text.split(" ").length > 5);
    return [...new Set(texts.filter((text, at) => texts.indexOf(text) !== at))];
  }

  function tables() {
    const behind = all("summary").filter((one) => said(one).includes("The table behind it")).length;
    const unreachable = all(".stDataFrame").filter((one) => seen(one) && !one.querySelector("[tabindex='0']"));
    return [
      ...(document.querySelector(".stMainBlockContainer") && behind < plots.length
        ? [`${plots.length} charts, ${behind} tables behind them`] : []),
      ...unreachable.map(() => "a table that no key reaches"),
    ];
  }

  function moving() {
    return document.getAnimations().filter((one) => one.playState === "running"
      && one.effect.getComputedTiming().activeDuration > 200 && one.effect.target.checkVisibility())
      .map((one) => `${one.animationName || one.transitionProperty} of ${one.effect.target.className}`);
  }

  function firstLine() {
    return all(".st-key-answer p, main > p.answer").slice(0, 1).map(said)
      .filter((text) => text.split(" ").filter((word) => /\w/.test(word)).length > 30);
  }

  return {
    charts: plots.length,
    labels: plots.flatMap((plot) => all(".annotation", plot)).filter((one) => one.style.visibility !== "hidden").length,
    broken: {
      labels: plots.flatMap(labelsOf),
      beyond: document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px wide`] : [],
      cut: cutWords(),
      headings: headings(),
      twice: toldTwice(),
      tables: tables(),
      moving: moving(),
      "first line": firstLine(),
      errors: all("[data-testid=stException]").map(said),
    },
  };
})()
