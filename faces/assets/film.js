"use strict";
// Plays a figure whose `meta.film` holds its moments (see charts/capability/frontier_through_time.py), on pages,
// embedded and in the static copy: buttons and a slider that stand as HTML beside it, and no call to a server.
(() => {
  const SECONDS = 12;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const places = new Map();
  const timers = new Map();

  const plotOf = (name) => [...document.querySelectorAll(".js-plotly-plot")]
    .find((plot) => plot.layout?.meta?.name === name && plot.layout.meta.film);
  const boxOf = (name) => document.querySelector(`.film[data-chart="${name}"]`);
  const last = (film) => film.moments.length - 1;

  function label(film, index, cost) {
    return {
      x: film.log ? Math.log10(cost) : cost, y: film.values[index], text: film.titles[index],
      showarrow: false, xanchor: "right", xshift: -8, yshift: 8, borderpad: 0,
      font: { size: 11, color: film.label.colour }, bgcolor: film.label.ground,
    };
  }

  function show(name, at) {
    const plot = plotOf(name);
    if (!plot) return;
    const { film } = plot.layout.meta;
    const place = Math.max(0, Math.min(last(film), at));
    const moment = film.moments[place];
    const costs = film.values.map(() => null);
    moment.there.forEach((index, order) => { costs[index] = moment.costs[order]; });
    const marked = costs[film.chosen] ?? null;
    places.set(name, { film, month: moment.month, at: place });
    tell(name, film, place);
    Plotly.update(plot, {
      x: [moment.before[0], moment.front[0], costs, [marked]],
      y: [moment.before[1], moment.front[1], film.values, [marked === null ? null : film.values[film.chosen]]],
    }, { annotations: moment.named.map((index) => label(film, index, costs[index])).reverse() }, [0, 1, 2, 3]);
  }

  function tell(name, film, at) {
    const box = boxOf(name);
    if (!box) return;
    const moment = film.moments[at];
    const part = (kind) => box.querySelector(`[data-film=${kind}]`);
    const playing = timers.has(name);
    part("says").setAttribute("aria-live", playing ? "off" : "polite");
    part("says").textContent = moment.text;
    part("month").textContent = moment.name;
    part("at").value = String(at);
    part("at").setAttribute("aria-valuetext", moment.name);
    part("link").setAttribute("href", `#${name}=${moment.month}`);
    part("go").value = film.large.some((one) => one.at === at) ? String(at) : "";
    part("play").textContent = playing ? "Pause" : "Play";
    part("play").hidden = still.matches;
    part("back").disabled = at === 0;
    part("on").disabled = at === last(film);
  }

  function stop(name) {
    clearInterval(timers.get(name));
    timers.delete(name);
  }

  // By the clock, so that a slow machine leaves out moments rather than taking longer.
  function play(name) {
    const now = places.get(name);
    if (!now || still.matches) return;
    const each = (SECONDS * 1000) / now.film.moments.length;
    const from = now.at >= last(now.film) ? 0 : now.at;
    const began = performance.now();
    const turn = () => {
      const at = Math.min(last(now.film), from + Math.floor((performance.now() - began) / each));
      if (!plotOf(name) || at === last(now.film)) stop(name);
      if (at !== places.get(name).at || !timers.has(name)) show(name, at);
    };
    timers.set(name, setInterval(turn, each / 2));
    show(name, from);
  }

  // The picture that reaches the reader first is the last moment; an address may ask for another one.
  const asked = (name) => {
    const [of, month] = decodeURIComponent(location.hash.slice(1)).split("=");
    return of === name ? month : "";
  };

  function begin(plot) {
    const { film, name } = plot.layout?.meta || {};
    if (!film || places.get(name)?.film === film) return;
    const before = places.get(name)?.month || asked(name);
    const found = film.moments.findIndex(({ month }) => month === before);
    stop(name);
    show(name, found < 0 ? last(film) : found);
  }

  function follow(plot) {
    if (!plot.layout?.meta?.film) return;
    begin(plot);
    plot.on("plotly_afterplot", () => begin(plot));
  }

  const nameNear = (element) => element.closest(".film")?.dataset.chart;

  document.addEventListener("hypecurve-drawn", (event) => follow(event.target));

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".film button[data-film]");
    const name = button && nameNear(button);
    if (!places.has(name)) return;
    const playing = timers.has(name);
    stop(name);
    const { at } = places.get(name);
    const step = { back: -1, on: 1 }[button.dataset.film] || 0;
    if (button.dataset.film === "play" && !playing) play(name);
    else show(name, at + step);
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".film input, .film select")) return;
    const name = nameNear(event.target);
    if (!places.has(name) || event.target.value === "") return;
    stop(name);
    show(name, Number(event.target.value));
  });

  addEventListener("hashchange", () => places.forEach(({ film }, name) => {
    const found = film.moments.findIndex(({ month }) => month === asked(name));
    if (found < 0) return;
    stop(name);
    show(name, found);
  }));

  still.addEventListener("change", () => places.forEach(({ at }, name) => {
    stop(name);
    show(name, at);
  }));
})();
