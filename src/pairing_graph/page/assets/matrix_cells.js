// What is in the cells of the matrix, in the language of the published figure: a mark for each task, told apart by form as
// well as by colour, or the counts of an area. Whoever is named collectively is hollow.

// From the strongest: a full square, a hatched one, a ring, a dot, a small triangle.
const SORTS = ["first", "listed", "responsible", "support", "guide"];
const PAPER = "#FFFFFF";
const MARK = 13;
const JOINT = 3;
const COUNT_BOX = 18;
// Shares of a region's colour in the boxes of counts; more could not be told apart, least of all in grey.
const TINTS = [0.22, 0.5, 1];
const DOT = 0.24;
const RING = 0.42;

const channels = (color) => [1, 3, 5].map((place) => parseInt(color.slice(place, place + 2), 16));
const paler = (color, share) => `#${channels(color).map((value) => Math.round(share * value + (1 - share) * 255).toString(16).padStart(2, "0")).join("")}`;

function luminance(color) {
  const [red, green, blue] = channels(color).map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// Dark or white letters, whichever is easier to read on a colour: they are equally so at this luminance.
const inkOn = (color) => (luminance(color) > 0.2 ? INK : PAPER);

// A mark, its middle at x and y.
function sortMark(sort, x, y, color, hollow = false) {
  const half = MARK / 2;
  const fill = hollow ? PAPER : color;
  if (sort === "responsible") return [svg("circle", { cx: x, cy: y, r: MARK * RING, fill: "#fff", stroke: color, "stroke-width": 1.8 })];
  if (sort === "support") return [svg("circle", { cx: x, cy: y, r: MARK * DOT, fill, stroke: color, "stroke-width": 1.4 })];
  if (sort === "guide") return [svg("polygon", { points: `${x},${y - 4} ${x + 4.5},${y + 4} ${x - 4.5},${y + 4}`, fill, stroke: color, "stroke-width": 1.4 })];
  const box = { x: x - half, y: y - half, width: MARK, height: MARK, stroke: color };
  if (hollow) return [svg("rect", { ...box, fill: "#fff", "stroke-width": 2 }), sort === "listed" ? hatch(x, y, color) : null].filter(Boolean);
  if (sort === "first") return [svg("rect", { ...box, fill: color, "stroke-width": 1 })];
  return [svg("rect", { ...box, fill: paler(color, 0.25), "stroke-width": 1 }), hatch(x, y, color)];
}

// Lines across a square, drawn and not a pattern: a picture and the page may both hold it.
function hatch(x, y, color) {
  const half = MARK / 2;
  const lines = [-0.5, 0, 0.5].map((shift) => {
    const [from, to] = [Math.max(-half, -half + shift * MARK), Math.min(half, half + shift * MARK)];
    return `M${x + from},${y + shift * MARK - from}L${x + to},${y + shift * MARK - to}`;
  });
  return svg("path", { d: lines.join(""), stroke: color, "stroke-width": 1.6, fill: "none" });
}

// A bar between two marks that are from one merged cell.
const joint = (x1, x2, y, color) => svg("rect", { x: x1, y: y - JOINT / 2, width: x2 - x1, height: JOINT, fill: color });

// An orange frame around what lacks a paired counterpart.
const gapFrame = (x, y, width, height) => svg("rect", { x, y, width, height, rx: 3, fill: "#FFF6E0", stroke: GAP_COLOR, "stroke-width": 1.6, "stroke-dasharray": "4 2" });

const countText = ({ answers, others }) => `${answers || ""}${others ? `+${others}` : ""}`;

// The tint of a number of tasks where the largest is as given: none for none, else a place in TINTS.
const tintOf = (answers, largest) => (answers ? Math.min(TINTS.length, Math.ceil((answers * Math.min(TINTS.length, largest)) / largest)) - 1 : -1);

// A box with the number of tasks that a unit answers for and, after +, of the others.
function countBox(cell, x, y, width, color, { hollow, largest, text = countText(cell) }) {
  const tint = hollow ? -1 : tintOf(cell.answers, largest);
  const fill = tint < 0 ? PAPER : paler(color, TINTS[tint]);
  const look = cell.answers ? { stroke: color, "stroke-width": tint < 0 ? 2 : 1 } : { stroke: paler(color, 0.7), "stroke-width": 1.2, "stroke-dasharray": "1.5 2" };
  return [svg("rect", { x, y: y - COUNT_BOX / 2, width, height: COUNT_BOX, rx: 3, fill, ...look }), textAt(x + width / 2, y, text, { size: 13, anchor: "middle", fill: inkOn(fill), bold: cell.answers > 0 })];
}

// The numbers of tasks that every tint stands for.
function tintSpans(largest) {
  const spans = new Map();
  for (let count = 1; count <= largest; count += 1) {
    const tint = tintOf(count, largest);
    spans.set(tint, [spans.get(tint)?.[0] ?? count, count]);
  }
  return [...spans];
}

const KEY_SIGN = 26;
const KEY_GREY = "#4D4D4D";

// What the signs mean, only those that occur: `draw` draws one around a middle.
function matrixKey(words, found) {
  const roles = found.answering.map((role) => words.t(`edge.${role}`)).join(words.t("or"));
  const sign = (text, draw) => ({ text, draw });
  const signs = [...found.sorts].sort((a, b) => SORTS.indexOf(a) - SORTS.indexOf(b)).map((sort) => sign(words.t(`legend_${sort}`, { roles }), (x, y) => sortMark(sort, x, y, KEY_GREY)));
  if (found.joined) {
    signs.push(sign(words.t("legend_joined"), (x, y) => [joint(x - 10, x + 10, y, KEY_GREY), ...[-7, 7].map((aside) => svg("rect", { x: x + aside - 4, y: y - 4, width: 8, height: 8, fill: KEY_GREY }))]));
  }
  if (found.largest) {
    const box = (cell, options) => (x, y) => countBox(cell, x - 12, y, 24, KEY_GREY, { largest: found.largest, text: "", ...options });
    signs.push(...tintSpans(found.largest).map(([, [least, most]]) => sign(words.t("legend_fold_answers", { roles, span: most > least ? `${least}–${most}` : most }), box({ answers: most, others: 0 }, { text: String(most) }))));
  }
  if (found.others) signs.push(sign(words.t("legend_fold_others"), (x, y) => countBox({ answers: 0, others: 1 }, x - 12, y, 24, KEY_GREY, { largest: 1, text: "+n" })));
  if (found.hollow) signs.push(sign(words.t("legend_hollow"), (x, y) => sortMark("first", x, y, KEY_GREY, true)));
  if (found.alone) signs.push(sign(words.t("matrix.alone"), (x, y) => [gapFrame(x - 10, y - 9, 20, 18)]));
  return signs;
}

// The key in lines no wider than the room, its top at y.
function keyAt(signs, x, y, width) {
  const parts = [];
  let [across, down] = [0, 0];
  for (const { text, draw } of signs) {
    const step = KEY_SIGN + textWidth(text, SMALL) + 20;
    if (across && across + step > width) [across, down] = [0, down + 24];
    parts.push(...draw(x + across + 12, y + down + 12), textAt(x + across + KEY_SIGN + 2, y + down + 12, text, { size: SMALL }));
    across += step;
  }
  return { parts, height: signs.length ? down + 28 : 0 };
}
