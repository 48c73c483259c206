// Stops of the keyboard: how each looks at rest, and whether the one that has the focus looks different now.
(() => {
  const told = (element) => {
    const up = [];
    for (let one = element; one && up.length < 6; one = one.parentElement) up.push(one);
    return up.map((one) => {
      const style = getComputedStyle(one);
      return [style.outlineStyle, style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor,
        style.color, style.textDecorationLine].join(" ");
    }).join("\n");
  };
  const stops = "a, button, input, summary, select, textarea, [tabindex]";
  const rest = new Map([...document.querySelectorAll(stops)].map((element) => [element, told(element)]));
  window.stopOfKeys = () => {
    const one = document.activeElement;
    if (!one.closest(".stMain")) return null;
    const name = (one.getAttribute("aria-label") || one.textContent).slice(0, 60);
    // A table draws its cells, and which one has the focus, itself.
    return [`${one.tagName.toLowerCase()} ${name}`, one.tagName === "CANVAS" || rest.get(one) !== told(one)];
  };
})()
