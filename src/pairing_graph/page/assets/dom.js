// Elements made without markup: every text goes in as text.

function el(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, options = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null) continue;
    if (name === "text") node.textContent = value;
    else node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

const byId = (id) => document.getElementById(id);

// The mark of a kind of node, as shown in legend, details and pictures.
function markShape(shape, x, y, r, fill, stroke, width = 1) {
  const look = { fill, stroke, "stroke-width": width };
  const points = (list) => svg("polygon", { points: list.map(([a, b]) => `${x + a * r},${y + b * r}`).join(" "), ...look });
  const ring = (count, turn) =>
    Array.from({ length: count }, (_, i) => [Math.cos(turn + (i * 2 * Math.PI) / count), Math.sin(turn + (i * 2 * Math.PI) / count)]);
  switch (shape) {
    case "diamond": return points([[0, -1], [1, 0], [0, 1], [-1, 0]]);
    case "triangle": return points([[0, -1], [0.95, 0.75], [-0.95, 0.75]]);
    case "triangleDown": return points([[0, 1], [0.95, -0.75], [-0.95, -0.75]]);
    case "hexagon": return points(ring(6, 0));
    case "star": return points(Array.from({ length: 10 }, (_, i) => {
      const far = i % 2 === 0 ? 1 : 0.45;
      const angle = -Math.PI / 2 + (i * Math.PI) / 5;
      return [far * Math.cos(angle), far * Math.sin(angle)];
    }));
    case "square": return svg("rect", { x: x - r * 0.85, y: y - r * 0.85, width: r * 1.7, height: r * 1.7, ...look });
    case "box": return svg("rect", { x: x - r, y: y - r * 0.7, width: r * 2, height: r * 1.4, rx: r * 0.4, ...look });
    default: return svg("circle", { cx: x, cy: y, r, ...look });
  }
}

function markOf(kind, size = 16) {
  const half = size / 2;
  return svg("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}`, class: "mark", "aria-hidden": "true" },
    markShape(kind.shape, half, half, half * 0.75, kind.fill, kind.border, 1.4));
}

// Width and colour of the strokes that make the line of a kind; a double line is a broad one with paper in its middle.
const strokesOf = (kind) => (kind.double ? [[kind.width + 1.8, kind.color], [kind.width - 1.4, "#fff"]] : [[kind.width, kind.color]]);

function lineStrokes(kind, x1, x2, y) {
  const dashes = kind.dashes.length ? kind.dashes.join(" ") : null;
  return strokesOf(kind).map(([width, stroke]) => svg("line", { x1, x2, y1: y, y2: y, stroke, "stroke-width": Math.max(1.2, width), "stroke-dasharray": dashes }));
}

function lineOf(kind) {
  return svg("svg", { width: 28, height: 12, viewBox: "0 0 28 12", class: "mark", "aria-hidden": "true" }, ...lineStrokes(kind, 1, 27, 6));
}
