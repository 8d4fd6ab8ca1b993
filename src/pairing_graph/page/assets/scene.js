// What drawings of the views are made of. A view draws one scene for a width; screen, picture and print take the same.
// Every length is a pixel of the screen, so that no text is smaller than it says.

const BODY = 14;
const SMALL = 12;
const ROW = 28;
const CHIP = 18;
const SELECTED = "#E6F1F8";
const RULE = "#E3E6EA";
const GAP_COLOR = "#BF7C00";
const GAP_INK = "#6B4A00";
const DESCENT = 0.36;

const ruler = { ctx: null, widths: new Map() };

function textWidth(text, size = BODY, bold = false) {
  const key = `${bold ? "b" : ""}${text}`;
  if (!ruler.widths.has(key)) {
    ruler.ctx ??= document.createElement("canvas").getContext("2d");
    ruler.ctx.font = `${bold ? "700 " : ""}100px ${FONT}`;
    ruler.widths.set(key, ruler.ctx.measureText(text).width / 100);
  }
  return ruler.widths.get(key) * size;
}

// Once the font has arrived, what was measured without it is wrong.
const forgetWidths = () => ruler.widths.clear();

// What stays together: Latin words and numbers, and a sign with the marks that no line begins or ends with.
const UNBROKEN = /[（《“〔]*(?:[\u0021-\u024f]+|[^\s])[，。、；：！？）》”〕·]*|\s+/gu;

// A text in lines that are no wider than the room.
function wrapped(text, size, room, bold = false) {
  const lines = [""];
  for (const part of String(text).match(UNBROKEN) ?? []) {
    if (lines.at(-1) && textWidth(lines.at(-1) + part, size, bold) > room) lines.push("");
    lines.push((lines.pop() + part).trimStart());
  }
  return lines;
}

// A text, its middle at y.
function textAt(x, y, text, { size = BODY, bold = false, fill = INK, anchor = null } = {}) {
  return svg("text", { x, y: y + size * DESCENT, "font-size": size, "font-weight": bold ? 700 : null, fill, "text-anchor": anchor, text });
}

// Lines of text, the middle of all of them at y.
function linesAt(x, y, lines, options = {}) {
  const step = (options.size ?? BODY) * 1.3;
  return lines.map((line, row) => textAt(x, y + (row - (lines.length - 1) / 2) * step, line, options));
}

// What can be chosen: `select` names a node (n3) or an edge (e5); a ground catches the pointer between its strokes.
function choosable(select, label, ground, ...children) {
  return svg("g", { class: "choosable", role: "button", tabindex: 0, "data-select": select, "aria-label": label },
    svg("rect", { class: "ground", rx: 4, fill: "transparent", ...ground }), ...children.flat(Infinity).filter(Boolean));
}

const plain = (...children) => svg("g", {}, ...children.flat(Infinity).filter(Boolean));

const chipWidth = (text) => Math.max(CHIP + 4, textWidth(text, SMALL, true) + 12);

// A task as its printed number in a box; an orange one says that the unit lacks a counterpart in it.
function chip(page, x, y, task, { alone = false } = {}) {
  const text = page.taskNumber(task);
  const width = chipWidth(text);
  const look = alone ? { fill: "#FFF6E0", stroke: GAP_COLOR, "stroke-dasharray": "4 2" } : { fill: "#fff", stroke: "#4D4D4D" };
  const label = alone ? page.words.t("pairs.alone", { task: task.label }) : task.label;
  const group = choosable(`n${task.id}`, label, { x, y: y - 12, width, height: 24 },
    svg("rect", { x, y: y - CHIP / 2, width, height: CHIP, rx: 4, ...look, ...(page.isSelected(task.id) ? { fill: "#CDE5F3", stroke: "#0072B2", "stroke-width": 2 } : {}) }), textAt(x + width / 2, y, text, { size: SMALL, bold: true, anchor: "middle", fill: alone ? GAP_INK : INK }));
  group.prepend(svg("title", { text: task.data.text ?? task.label }));
  return group;
}

// Chips from left to right in rows no wider than the room: where each lies, and how high all of them are. Of more than
// `most`, the last place says how many are left out.
function chipRows(page, tasks, room, most = Infinity) {
  const shown = tasks.length > most ? tasks.slice(0, most - 1) : tasks;
  const rest = tasks.length - shown.length;
  const items = [...shown.map((task) => ({ task, width: chipWidth(page.taskNumber(task)) })), ...(rest ? [{ rest, width: textWidth(`+${rest}`, SMALL, true) + 8 }] : [])];
  const places = [];
  let [x, row] = [0, 0];
  for (const item of items) {
    if (x && x + item.width > room) [x, row] = [0, row + 1];
    places.push({ ...item, x, row });
    x += item.width + 4;
  }
  const wide = Math.max(0, ...places.map((place) => place.x + place.width));
  return { places, rows: places.length ? row + 1 : 0, width: wide };
}

const CHIP_STEP = 24;

// The chips of `chipRows`, the middle of all rows at y.
function chipsAt(page, x, y, { places, rows }, options = {}) {
  return places.map(({ task, rest, x: across, row, width }) => {
    const middle = y + (row - (rows - 1) / 2) * CHIP_STEP;
    if (task) return chip(page, x + across, middle, task, options);
    const words = textAt(x + across + 4, middle, `+${rest}`, { size: SMALL, bold: true, fill: options.alone ? GAP_INK : INK });
    return plain(svg("rect", { x: x + across, y: middle - CHIP / 2, width, height: CHIP, fill: "#fff" }), words);
  });
}

// An orange mark: who lacks a counterpart.
function gapMark(x, y) {
  return [svg("polygon", { points: `${x},${y - 7} ${x + 8},${y + 6} ${x - 8},${y + 6}`, fill: "#fff", stroke: GAP_COLOR, "stroke-width": 1.8, "stroke-linejoin": "round" }),
    svg("line", { x1: x, x2: x, y1: y - 2.5, y2: y + 1.5, stroke: GAP_INK, "stroke-width": 2 }), svg("circle", { cx: x, cy: y + 4, r: 1.2, fill: GAP_INK })];
}

// The same on a canvas.
function drawGapMark(ctx, x, y, size) {
  ctx.beginPath();
  ctx.moveTo(x, y - 7 * size);
  ctx.lineTo(x + 8 * size, y + 6 * size);
  ctx.lineTo(x - 8 * size, y + 6 * size);
  ctx.closePath();
  ctx.fillStyle = "#fff";
  ctx.fill();
  ctx.strokeStyle = GAP_COLOR;
  ctx.lineWidth = 1.8 * size;
  ctx.stroke();
  ctx.fillStyle = GAP_INK;
  ctx.fillRect(x - size, y - 2.5 * size, 2 * size, 4 * size);
  ctx.fillRect(x - size, y + 3 * size, 2 * size, 2 * size);
}

const gapMarkOf = () => svg("svg", { width: 18, height: 16, viewBox: "-9 -8 18 16", class: "mark", "aria-hidden": "true" }, ...gapMark(0, 0));

// A pair as a double line; a gap as a dashed one. With a direction it ends in an arrow.
function pairLine(x1, x2, y, { gap = false, arrow = true, color }) {
  if (gap) return [svg("line", { x1, x2, y1: y, y2: y, stroke: GAP_COLOR, "stroke-width": 2.2, "stroke-dasharray": "9 6" })];
  const end = arrow ? x2 - 7 : x2;
  const lines = [-2, 2].map((aside) => svg("line", { x1, x2: end, y1: y + aside, y2: y + aside, stroke: color, "stroke-width": 1.6 }));
  return arrow ? [...lines, svg("polygon", { points: `${x2},${y} ${x2 - 9},${y - 6} ${x2 - 9},${y + 6}`, fill: color })] : lines;
}

// The mark and name of a unit in lines; its block grows to the right of x, or with `back` to the left.
function unitName(page, node, x, y, room, { back = false, quiet = false, bold = false, name = node.label } = {}) {
  const kind = page.model.kinds.get(node.kind);
  const lines = wrapped(name, BODY, room - 20, bold);
  const text = { bold, fill: quiet ? MUTED : INK, anchor: back ? "end" : null };
  return [markShape(kind.shape, back ? x - 7 : x + 7, y, 5.5, kind.fill, kind.border, 1.4), ...linesAt(back ? x - 20 : x + 20, y, lines, text)];
}

const nameLines = (name, room, bold = false) => wrapped(name, BODY, room - 20, bold).length;

// A heading within a scene with a line below it.
function headingAt(x, y, width, title, note = "") {
  const room = width - textWidth(title, BODY, true) - 16;
  const kept = note && textWidth(note, SMALL) <= room ? note : "";
  return [textAt(x, y, title, { bold: true }), kept ? textAt(x + width, y, kept, { size: SMALL, fill: MUTED, anchor: "end" }) : null,
    svg("line", { x1: x, x2: x + width, y1: y + 14, y2: y + 14, stroke: RULE })].filter(Boolean);
}
