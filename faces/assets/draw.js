"use strict";
// Draws each figure of the page from the JSON beside it, and again when the window changes its width.
document.querySelectorAll("figure").forEach((holder) => {
  const data = holder.querySelector("script.figure");
  if (!data) return;
  const figure = JSON.parse(data.textContent);
  figure.layout.autosize = true;
  const options = { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["select2d", "lasso2d"] };
  Plotly.newPlot(holder.querySelector(".plot"), figure.data, figure.layout, options);
});
