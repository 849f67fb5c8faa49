// A chart of a result's rows: the numbers of one column along another one, as bars or as a line, and the picture as a file.
// What is left out is said; pointing at a bar names its number, and the rows themselves stand above.
const SVG = "http://www.w3.org/2000/svg";
const HIGH = 240;
/** Room for the numbers on the left, and for what they stand along below. */
const [LEFT, BELOW, ABOVE] = [64, 28, 12];
/** Rows of a chart, at most: more than these are no bars any more. */
const MOST = 500;
const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const drawn = (name, attributes, text = "") => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(text);
  return element;
};
const tagged = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
/** The smallest of 1, 2, 4, 5, 6, 8, 10, 20 … that holds `value`, so that its half is a round number too. */
const round = (value) => {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 4, 5, 6, 8, 10].find((digit) => value <= digit * power * (1 + 1e-9));
};
const counted = (value) => value !== 0 && /^(n|t-?\d+(\.\d+)?$)/i.test(value);

/** Fills `place`. `names`: of the columns; `rows`: how many; `row(at)`: its values, as the grid has them. Gives what draws anew. */
export function chart(place, { names, rows, row }) {
  const sample = Array.from({ length: Math.min(rows, 50) }, (_, at) => row(at));
  const numbers = names.map((_, at) => at).filter((at) => {
    const given = sample.map((one) => one[at]).filter((value) => value !== 0);
    return given.length && given.every(counted);
  });
  if (!numbers.length) {
    place.replaceChildren(tagged("p", { className: "hint", textContent: "No column holds numbers only, so there is nothing to draw." }));
    return () => {};
  }
  const choice = (label, options, chosen) => {
    const select = tagged("select", { className: "input" }, ...options.map(([value, text]) => tagged("option", { value, textContent: text, selected: value === chosen })));
    return [select, tagged("label", {}, `${label} `, select)];
  };
  const along = names.findIndex((_, at) => !numbers.includes(at));
  const of = numbers.find((at) => at !== 0) ?? numbers[0];
  const [value, valueLabel] = choice("Of", numbers.map((at) => [at, names[at]]), of);
  const [label, labelLabel] = choice("along", [[-1, "the rows"], ...names.map((name, at) => [at, name])], along >= 0 ? along : of === 0 ? -1 : 0);
  const [kind, kindLabel] = choice("as", [["bars", "bars"], ["line", "a line"]], "bars");
  const save = tagged("button", { type: "button", className: "button button-small", textContent: "Picture (SVG)" });
  const picture = tagged("div", { className: "grid-picture" });
  const said = tagged("p", { className: "hint" });
  place.replaceChildren(tagged("div", { className: "grid-choices" }, valueLabel, labelLabel, kindLabel, save), picture, said);
  const draw = () => {
    const count = Math.min(rows, MOST);
    const points = Array.from({ length: count }, (_, at) => {
      const values = row(at);
      const given = values[value.value];
      const named = label.value < 0 ? at + 1 : values[label.value];
      return { y: counted(given) ? Number(given.slice(1)) : null, name: typeof named === "string" ? named.slice(1) : String(named || "null") };
    });
    picture.replaceChildren(svg(points, kind.value, Math.max(picture.clientWidth, 240), names[value.value], label.selectedOptions[0].textContent));
    const missing = points.filter(({ y }) => y === null).length;
    said.textContent = [rows > count && `The first ${number.format(count)} of ${number.format(rows)} rows.`, missing && `${number.format(missing)} without a number are left out.`].filter(Boolean).join(" ");
  };
  for (const select of [value, label, kind]) select.addEventListener("change", draw);
  save.addEventListener("click", () => download(picture.firstChild));
  new ResizeObserver(() => requestAnimationFrame(draw)).observe(picture);
  return draw;
}

function svg(points, kind, wide, of, along) {
  const given = points.map(({ y }) => y).filter((y) => y !== null);
  const [low, high] = [Math.min(0, ...given), Math.max(0, ...given)];
  const [bottom, top] = [low < 0 ? -round(-low) : 0, high > 0 ? round(high) : low < 0 ? 0 : 1];
  const room = HIGH - ABOVE - BELOW;
  const y = (value) => ABOVE + room * (1 - (value - bottom) / (top - bottom));
  const step = (wide - LEFT) / points.length;
  const told = `${of} along ${along}, ${points.length} rows, from ${number.format(Math.min(...given))} to ${number.format(Math.max(...given))}`;
  const picture = drawn("svg", { width: wide, height: HIGH, viewBox: `0 0 ${wide} ${HIGH}`, role: "img", "aria-label": told });
  for (const tick of new Set([bottom, (bottom + top) / 2, 0, top])) {
    picture.append(
      drawn("line", { x1: LEFT, x2: wide, y1: y(tick), y2: y(tick), "data-ink": "line" }),
      drawn("text", { x: LEFT - 8, y: y(tick) + 4, "text-anchor": "end", "data-ink": "text" }, number.format(tick)),
    );
  }
  const ends = [[0, "start"], [Math.floor(points.length / 2), "middle"], [points.length - 1, "end"]];
  for (const [at, anchor] of points.length > 2 ? ends : [ends[0]]) {
    const x = LEFT + step * (at + (anchor === "start" ? 0 : anchor === "end" ? 1 : 0.5));
    picture.append(drawn("text", { x, y: HIGH - 8, "text-anchor": anchor, "data-ink": "text" }, points[at].name.slice(0, 24)));
  }
  if (kind === "line") {
    let path = "";
    points.forEach((point, at) => {
      if (point.y === null) return;
      const joined = at > 0 && points[at - 1].y !== null;
      path += `${joined ? "L" : "M"}${(LEFT + step * (at + 0.5)).toFixed(1)} ${y(point.y).toFixed(1)}`;
    });
    picture.append(drawn("path", { d: path, fill: "none", "stroke-width": 2, "data-ink": "stroke" }));
  }
  points.forEach((point, at) => {
    if (point.y === null) return;
    const [from, to] = [y(Math.max(point.y, 0)), y(Math.min(point.y, 0))];
    const bar = kind === "bars"
      ? drawn("rect", { x: LEFT + step * (at + 0.1), width: Math.max(step * 0.8, 0.5), y: from, height: Math.max(to - from, 0.5), "data-ink": "fill" })
      : drawn("rect", { x: LEFT + step * at, width: step, y: ABOVE, height: room, "data-ink": "none" });
    bar.append(drawn("title", {}, `${point.name}: ${number.format(point.y)}`));
    picture.append(bar);
  });
  return picture;
}

/** With the page's colours written into it, since its style sheet is not in the file. */
function download(picture) {
  const copy = picture.cloneNode(true);
  copy.setAttribute("xmlns", SVG);
  const live = [...picture.querySelectorAll("[data-ink]")];
  [...copy.querySelectorAll("[data-ink]")].forEach((element, at) => {
    const { fill, stroke } = getComputedStyle(live[at]);
    element.setAttribute("fill", fill);
    element.setAttribute("stroke", stroke);
    if (element.localName === "text") {
      element.setAttribute("font-size", 12);
      element.setAttribute("font-family", "sans-serif");
    }
    element.removeAttribute("data-ink");
  });
  const link = tagged("a", { href: URL.createObjectURL(new Blob([copy.outerHTML], { type: "image/svg+xml" })), download: "chart.svg" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
