"use strict";
// What every chart does in a browser, on pages, embedded and in the static copy: labels that never overlap,
// and pictures that carry the words around the plot. Draws the figures that a page holds as JSON.
(() => {
  const WIDTH = 1200;
  const EDGE = 24;
  const INSET = 16; // of the plot, whose words begin nearer to its edge than those around it
  const PLOT = WIDTH - 2 * INSET;
  const TOUCH = 1;

  const svg = (name, set) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(set).forEach(([attribute, value]) => element.setAttribute(attribute, value));
    return element;
  };

  // --- labels: those written first are placed first, beside their place if need be; one for which there is
  // no room without covering another, a tick, a mark, the toolbar or an edge is not shown.

  const STEPS = [0, -14, 14, -27, 27];
  const GROUND = 6; // so far the ground of a label reaches beyond its words, over a tick beside them
  const NEAR = 13; // as high as a label: one that stands farther from its mark is tied to it by a line
  const CLEAR = 5; // of a mark, where that line begins

  const box = (element) => element.getBoundingClientRect();
  const overlap = (one, other, by = TOUCH) =>
    one.left < other.right - by && other.left < one.right - by &&
    one.top < other.bottom - by && other.top < one.bottom - by;
  const moved = ({ left, right, top, bottom }, by) => ({ left, right, top: top + by, bottom: bottom + by });

  const widened = ({ left, right, top, bottom }) => ({ left: left - GROUND, right: right + GROUND, top, bottom });

  function placeLabels(plot) {
    const frame = plot.querySelector(".main-svg");
    const edges = frame && box(frame);
    if (!edges?.width) return [];
    const taken = [...plot.querySelectorAll(".xtick text, .ytick text, .xtitle, .ytitle, .modebar-group")]
      .map(box).map(widened);
    const marks = [...plot.querySelectorAll(".scatterlayer path.point")].map(box);
    const fits = (place) =>
      place.left >= edges.left - TOUCH && place.right <= edges.right + TOUCH && place.top >= edges.top - TOUCH &&
      !taken.some((other) => overlap(place, other)) && !marks.some((mark) => overlap(place, mark, 3));
    const leaders = layerOfLeaders(plot);
    return [...plot.querySelectorAll(".annotation")].map((label) => {
      label.style.transform = "";
      const own = box(label.querySelector(".annotation-text") || label);
      const step = STEPS.find((by) => fits(moved(own, by)));
      label.style.visibility = step === undefined ? "hidden" : "";
      if (step) label.style.transform = `translateY(${step}px)`;
      if (step !== undefined) {
        taken.push(moved(own, step));
        leaders?.append(...leaderTo(plot, label, moved(own, step), edges));
      }
      return step;
    });
  }

  function layerOfLeaders(plot) {
    plot.querySelector(".leaders")?.remove();
    const layer = svg("g", { class: "leaders" });
    plot.querySelector(".infolayer")?.prepend(layer);
    return layer.parentNode && layer;
  }

  // Where the mark of a label is within its drawing; null for the words of a panel or a row, and of a label
  // to which the figure itself draws a line.
  function markOf(plot, label) {
    const note = plot._fullLayout?.annotations?.[label.dataset.index];
    const [across, up] = [note?.xref, note?.yref].map((axis) => plot._fullLayout?.[axis?.replace(/^[xy]/, "$&axis")]);
    if (!across?.r2p || !up?.r2p || note.showarrow) return null;
    return { x: across._offset + across.r2p(note.x), y: up._offset + up.r2p(note.y), colour: note.font.color };
  }

  function leaderTo(plot, label, place, edges) {
    const mark = markOf(plot, label);
    if (!mark) return [];
    const [left, right] = [place.left - edges.left, place.right - edges.left];
    const [top, bottom] = [place.top - edges.top, place.bottom - edges.top];
    const x = Math.min(Math.max(mark.x, left), right);
    const far = Math.hypot(x - mark.x, Math.min(Math.max(mark.y, top), bottom) - mark.y);
    if (far <= NEAR) return [];
    const y = x === mark.x ? (mark.y < top ? top : bottom) : (top + bottom) / 2;
    const begin = CLEAR / Math.hypot(x - mark.x, y - mark.y);
    return [svg("line", {
      x1: mark.x + begin * (x - mark.x), y1: mark.y + begin * (y - mark.y), x2: x, y2: y,
      stroke: mark.colour, "stroke-width": 1, "stroke-opacity": 0.6, "data-index": label.dataset.index,
    })];
  }

  // --- names of lanes: whole where there is room for them, else as short as a telephone needs them.

  const ROOMY = 560;

  function laneNames(layout, width) {
    const lanes = layout?.meta?.lanes;
    const fit = lanes && (width >= ROOMY ? lanes.wide : lanes.narrow);
    if (!fit || String(layout.yaxis?.ticktext) === String(fit.names) && layout.margin?.l === fit.left) return null;
    return { "margin.l": fit.left, "yaxis.ticktext": fit.names };
  }

  function nameLanes(plot) {
    const change = laneNames(plot.layout, plot._fullLayout?.width);
    if (change) Plotly.relayout(plot, change);
  }

  function care(plot) {
    if (plot.dataset.cared || !plot.on) return;
    plot.dataset.cared = "yes";
    plot.on("plotly_afterplot", () => { placeLabels(plot); nameLanes(plot); });
    nameLanes(plot);
    plot.querySelectorAll(".main-svg").forEach((drawing) => drawing.setAttribute("aria-hidden", "true"));
    placeLabels(plot);
    plot.dispatchEvent(new CustomEvent("hypecurve-drawn", { bubbles: true }));
  }

  // --- pictures

  const pen = document.createElement("canvas").getContext("2d");

  function wrapped(text, font, width) {
    pen.font = font;
    const lines = [];
    let line = "";
    for (const word of text.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (line && pen.measureText(longer).width > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  }

  class Sheet {
    constructor(template) {
      this.family = template.font.family;
      this.ink = template.font.color;
      this.faint = template.xaxis.tickfont.color;
      this.paper = template.paper_bgcolor;
      this.parts = [];
      this.below = EDGE;
    }

    write(text, size, { weight = 400, colour = this.ink, after = 6 } = {}) {
      const font = `${weight} ${size}px ${this.family}`;
      for (const line of wrapped(text, font, WIDTH - 2 * EDGE)) {
        this.below += Math.round(size * 1.35);
        this.text(EDGE, this.below - Math.round(size * 0.3), line, size, weight, colour);
      }
      this.below += after;
    }

    text(x, y, words, size, weight, colour) {
      const element = svg("text", {
        x, y, "font-size": size, "font-weight": weight, "font-family": this.family, fill: colour,
      });
      element.textContent = words;
      this.parts.push(element);
    }

    writeKey(items) {
      if (!items.length) return;
      const size = 15;
      pen.font = `400 ${size}px ${this.family}`;
      let x = EDGE;
      this.below += size + 6;
      for (const { mark, text, colour } of items) {
        const markWidth = pen.measureText(`${mark} `).width;
        const width = markWidth + pen.measureText(text).width + 18;
        if (x > EDGE && x + width > WIDTH - EDGE) {
          x = EDGE;
          this.below += size + 8;
        }
        this.text(x, this.below, mark, size, 400, colour || this.ink);
        this.text(x + markWidth, this.below, text, size, 400, this.ink);
        x += width;
      }
      this.below += 10;
    }

    place(drawing, height) {
      drawing.setAttribute("x", String(INSET));
      drawing.setAttribute("y", String(this.below));
      this.parts.push(drawing);
      this.below += height + 4;
    }

    drawing() {
      const height = this.below + EDGE;
      const whole = svg("svg", { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` });
      whole.append(svg("rect", { width: WIDTH, height, fill: this.paper }), ...this.parts);
      return new XMLSerializer().serializeToString(whole);
    }
  }

  // Labels are placed at this width, too: the figure is drawn once unseen.
  async function drawn(figure, height) {
    const stage = document.createElement("div");
    stage.style.cssText = `position:fixed;left:-9999px;top:0;width:${PLOT}px;height:${height}px`;
    stage.setAttribute("aria-hidden", "true");
    document.body.append(stage);
    try {
      const layout = { ...figure.layout, width: PLOT, height, autosize: false };
      const wide = laneNames(layout, PLOT);
      if (wide) {
        layout.margin = { ...layout.margin, l: wide["margin.l"] };
        layout.yaxis = { ...layout.yaxis, ticktext: wide["yaxis.ticktext"] };
      }
      await Plotly.newPlot(stage, figure.data, layout, { staticPlot: true });
      const steps = placeLabels(stage);
      const annotations = (layout.annotations || []).map((note, place) =>
        steps[place] === undefined ? { ...note, visible: false } : { ...note, yshift: (note.yshift || 0) - steps[place] });
      const url = await Plotly.toImage(
        { data: figure.data, layout: { ...layout, annotations } },
        { format: "svg", width: PLOT, height },
      );
      const text = decodeURIComponent(url.slice(url.indexOf(",") + 1));
      const drawing = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
      drawing.append(...stage.querySelectorAll(".leaders"));
      return drawing;
    } finally {
      Plotly.purge(stage);
      stage.remove();
    }
  }

  async function picture(figure, link) {
    const { title, subtitle, key, footer } = figure.layout.meta;
    const sheet = new Sheet(figure.layout.template.layout);
    const height = figure.layout.height || 480;
    const plot = await drawn(figure, height);
    sheet.write(title, 24, { weight: 700 });
    if (subtitle) sheet.write(subtitle, 16, { colour: sheet.faint });
    sheet.writeKey(key || []);
    sheet.place(plot, height);
    sheet.write(footer, 13, { colour: sheet.faint, after: 2 });
    sheet.write(link, 13, { colour: sheet.faint, after: 0 });
    return sheet.drawing();
  }

  async function rasterized(svg) {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml;charset=utf-8" }));
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0);
    URL.revokeObjectURL(image.src);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  const absolute = (link) =>
    location.protocol.startsWith("http") ? new URL(link, location.origin).href : `hypecurve ${link}`;

  function figureOf(button) {
    const name = button.dataset.chart;
    const near = button.closest("figure")?.querySelector(".js-plotly-plot");
    return near || [...document.querySelectorAll(".js-plotly-plot")]
      .find((plot) => plot.layout?.meta?.name === name);
  }

  async function save(button) {
    const plot = figureOf(button);
    if (!plot) return;
    const svg = await picture({ data: plot.data, layout: plot.layout }, absolute(button.dataset.link));
    const kind = button.dataset.picture;
    const file = kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await rasterized(svg);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${button.dataset.file}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-picture]");
    if (button) save(button);
  });

  // --- figures that the page itself holds as JSON

  function drawAll() {
    document.querySelectorAll("figure").forEach((holder) => {
      const data = holder.querySelector("script.figure");
      if (!data) return;
      const figure = JSON.parse(data.textContent);
      figure.layout.autosize = true;
      const options = {
        responsive: true,
        displaylogo: false,
        modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "toImage"],
      };
      const plot = holder.querySelector(".plot");
      Plotly.newPlot(plot, figure.data, figure.layout, options).then(() => care(plot));
    });
  }

  const asText = (blob) => new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });

  window.hypecurveCharts = { care, picture, rasterized, asText };
  drawAll();
})();
