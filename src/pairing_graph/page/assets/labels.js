// The labels: never smaller than can be read. All of them where they find room so, else the weightiest.

const FONT = '"Pairing Graph Sans", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const UNIT_SIZE = 14.25;
const TASK_SIZE = 14.25;
const CAPTION_SIZE = 15;
const LINE = 1.15;
// Pixels of the screen below which no text is drawn, whatever the zoom, and how much of that rounding may take.
const LEAST_TEXT = 12;
const ROUNDING = 0.02;
const BOX_PADDING = 26;
const GAP = 4;
// Of many nodes so many are named at once: more would be a grey surface.
const MOST_LABELS = 260;
// A task that is cut keeps so many signs at least, its number among them; with fewer it says nothing.
const LEAST_SIGNS = 6;
const INK = "#1A1A1A";
const MUTED = "#5F6368";

function createLabels(payload, model, store, words, onShow) {
  let placed = [];
  let stretch = 1;
  const widths = new Map();
  const priority = model.nodes
    .map((node) => node.id)
    .sort((a, b) => rank(b) - rank(a) || a - b);

  function rank(id) {
    const node = model.nodes[id];
    return (node.type === "unit" ? 2 : node.type === "area" ? 3 : 1) + model.load(node, payload.loads.count) * 10 + model.incident[id].length * 0.01;
  }

  function widthOf(ctx, text, size) {
    if (!widths.has(text)) {
      ctx.font = `100px ${FONT}`;
      widths.set(text, ctx.measureText(text).width / 100);
    }
    return widths.get(text) * size;
  }

  // A factor by which the writing of a size is enlarged, so that it can be read at a scale.
  const legible = (size, scale) => Math.max(1, (LEAST_TEXT - ROUNDING) / (size * scale));

  // What is written in a box at a size: its lines, else as much of its words as finds room, else its number; null where not even that.
  function linesInside(ctx, node, lines, room, size) {
    const fits = (text) => widthOf(ctx, text, size) <= room - BOX_PADDING + 1;
    if (lines.every(fits)) return lines;
    const signs = Array.from(node.label);
    for (let count = signs.length - 1; count >= LEAST_SIGNS; count -= 1) {
      const short = `${signs.slice(0, count).join("").trimEnd()}…`;
      if (fits(short)) return [short];
    }
    return node.data.number === undefined ? null : [String(node.data.number)];
  }

  // Place and lines of a node's label, in the coordinates of the graph; `factor` enlarges the writing.
  function boxOf(ctx, id, position, mark, factor) {
    const node = model.nodes[id];
    const [align, lines = [node.label], room = 0] = payload.layouts[store.get("layout")].boxes[id];
    const boxed = onShow.isBox(node);
    const size = (node.type === "task" || node.type === "target" ? TASK_SIZE : UNIT_SIZE) * factor;
    const within = boxed && (factor > 1 ? linesInside(ctx, node, lines, room, size) : lines);
    // The name of an area is a heading: where its box has no room for it, it goes beyond the box.
    if (boxed && !within && node.type !== "area") return null;
    const inside = Boolean(within);
    const shown = within || [node.label];
    const width = Math.max(...shown.map((line) => widthOf(ctx, line, size)));
    const height = size * LINE * shown.length;
    const box = { id, lines: shown, size, width, height, inside, align: "center" };
    const gap = GAP * factor;
    if (inside) return { ...box, x: node.type === "task" ? position.x - room / 2 + 20 : position.x - width / 2, y: position.y - height / 2 };
    if (boxed) return { ...box, x: position.x - width / 2, y: position.y - height / 2 };
    if (align === "left") return { ...box, x: position.x - mark - gap - width, y: position.y - height / 2 };
    if (align === "right") return { ...box, x: position.x + mark + gap, y: position.y - height / 2 };
    return { ...box, x: position.x - width / 2, y: position.y + mark + gap * 0.5 };
  }

  // Rooms that are taken, in a coarse grid, so that a label finds out at once whether it has one.
  function createRooms(cell) {
    const grid = new Map();
    const keys = (box) => {
      const found = [];
      for (let a = Math.floor(box.x / cell); a <= Math.floor((box.x + box.width) / cell); a += 1) {
        for (let b = Math.floor(box.y / cell); b <= Math.floor((box.y + box.height) / cell); b += 1) found.push(`${a},${b}`);
      }
      return found;
    };
    const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
    return (box) => {
      const places = keys(box);
      if (places.some((key) => grid.get(key)?.some((taken) => meet(taken, box)))) return false;
      for (const key of places) {
        if (!grid.has(key)) grid.set(key, []);
        grid.get(key).push(box);
      }
      return true;
    };
  }

  function write(ctx, box, color, strong) {
    ctx.font = `${strong ? "700 " : ""}${box.size}px ${FONT}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    box.lines.forEach((line, row) => {
      const y = box.y + box.size * LINE * (row + 0.5);
      if (!box.inside) {
        ctx.lineWidth = box.size * 0.28;
        ctx.lineJoin = "round";
        ctx.strokeStyle = "rgba(255,255,255,0.92)";
        ctx.strokeText(line, box.x, y);
      }
      ctx.fillStyle = color;
      ctx.fillText(line, box.x, y);
    });
  }

  function taskMark(ctx, position, width) {
    ctx.fillStyle = "#4D4D4D";
    ctx.fillRect(position.x - width / 2 + 7, position.y - 3.5, 7, 7);
  }

  // A small graph makes room for its labels in its own measure: as long as they are legible so, all of them show. Where
  // they would be too small, they keep legible and show where there is room, none of them cut by the frame.
  function draw(ctx, { scale, bounds, fitted, positions, marks, shown, focus, selected }) {
    placed = [];
    const factor = legible(UNIT_SIZE, scale);
    const named = onShow.isNamed();
    const thin = !named || factor > 1;
    const room = createRooms(90 * factor);
    const most = named ? Infinity : MOST_LABELS;
    // Of a large graph the part that a reader has gone to ends at the frame, as a map does.
    const uncut = (box) => !(named || fitted) || (box.x >= bounds.left && box.x + box.width <= bounds.right && box.y >= bounds.top && box.y + box.height <= bounds.bottom);
    // Over a focus lies its bar, where the headings are.
    for (const box of captionBoxes(shown.nodes, ctx, legible(CAPTION_SIZE, scale))) {
      if (thin && (focus || !uncut(box) || !room(box))) continue;
      placed.push(box);
      write(ctx, box, MUTED, true);
    }
    const order = selected === null ? priority : [selected, ...priority.filter((id) => id !== selected)];
    let count = 0;
    for (const id of order) {
      if (count >= most) break;
      if (!shown.nodes[id] || (focus && !focus.has(id))) continue;
      const position = positions[id];
      if (position.x < bounds.left - 200 || position.x > bounds.right + 200 || position.y < bounds.top - 40 || position.y > bounds.bottom + 40) continue;
      const box = boxOf(ctx, id, position, marks[id], factor);
      if (!box || (thin && id !== selected && !(uncut(box) && room({ ...box, x: box.x - 2 * factor, width: box.width + 4 * factor })))) continue;
      placed.push(box);
      count += 1;
      if (box.inside && model.nodes[id].type === "task") taskMark(ctx, position, payload.layouts[store.get("layout")].boxes[id][2]);
      write(ctx, box, INK, id === selected);
    }
  }

  // The headings of what is shown.
  function captionBoxes(shown, ctx = document.createElement("canvas").getContext("2d"), factor = 1) {
    const under = ({ nodes }) => !nodes.length || nodes.some((id) => shown[id]);
    return payload.layouts[store.get("layout")].captions.filter(under).map((caption) => {
      const size = CAPTION_SIZE * factor;
      const text = words.t(caption.word, { name: caption.text });
      const width = widthOf(ctx, text, size);
      const x = caption.x - (caption.align === "right" ? width : caption.align === "center" ? width / 2 : 0);
      return { id: null, lines: [text], size, width, height: size * LINE, x, y: caption.y * stretch - (size * LINE) / 2, inside: false };
    });
  }

  // The labels of some nodes in their own size, for a picture; where there are many, those that find room.
  function layout(ids, { positions, marks }) {
    const ctx = document.createElement("canvas").getContext("2d");
    const room = createRooms(90);
    const wanted = new Set(ids);
    return priority.filter((id) => wanted.has(id)).map((id) => boxOf(ctx, id, positions[id], marks[id], 1))
      .filter((box) => onShow.isNamed() || room(box));
  }

  // The node whose label lies under a point of the graph.
  function hit(point) {
    const found = placed.find((box) => box.id !== null && point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height);
    return found ? found.id : null;
  }

  return { draw, hit, boxOf, legible, layout, captionBoxes, placed: () => placed, setStretch: (next) => { stretch = next; }, forget: () => widths.clear() };
}
