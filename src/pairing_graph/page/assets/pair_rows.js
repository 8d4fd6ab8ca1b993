// Rows of two units beside each other with a line between them: pairs as double lines, gaps as dashed ones, on it the tasks
// that both have. Used by the views of pairs and of gaps.

// Below this width both names are above each other; the line takes a share of the width within limits.
const PAIR_NARROW = 560;
const LANE = { share: 0.4, least: 150, most: 420 };
const ARROW_ROOM = 26;
// How many tasks are named on a line and below a unit; who asks for all of them selects it.
const JOINT_CHIPS = 14;
const ALONE_CHIPS = 10;
// In the row of a unit of its own: the share of its name, and the tasks that find room in about three lines.
const GAP_NAMES = 0.3;
const GAP_CHIPS = 24;

function createPairRows(page) {
  const { model, store, words, onShow } = page;

  // The tasks of a unit among those shown; a partner that filters leave out has its own all the same.
  function tasksOf(node) {
    const { shown, edgesOf } = onShow.current();
    const edges = shown.has(node.id) ? edgesOf(node) : model.incident[node.id].filter((edge) => shown.has(edge.to));
    return [...new Set(edges.filter((edge) => edge.relation === "assigned").map((edge) => edge.to))].map((id) => model.nodes[id]);
  }
  const byNumber = (a, b) => (a.data.number ?? Infinity) - (b.data.number ?? Infinity) || a.id - b.id;

  function jointTasks(edge) {
    const other = new Set(tasksOf(model.nodes[edge.to]));
    return tasksOf(model.nodes[edge.from]).filter((task) => other.has(task)).sort(byNumber);
  }

  // Tasks in which the other side is named and none of it is paired with the unit.
  const aloneIn = (node) => [...new Set(onShow.current().edgesOf(node).filter((edge) => edge.unmatched).map((edge) => edge.to))].map((id) => model.nodes[id]).sort(byNumber);

  // Where in the notices a relation lies, as numbers that can be compared.
  function placeOf(edge) {
    const [document, place = ""] = page.address(edge).split("!");
    return [page.documentOrder(document), ...(place.match(/\d+/g) ?? []).map(Number)];
  }

  function byPlace(a, b) {
    const [one, other] = [placeOf(a), placeOf(b)];
    const at = one.findIndex((part, place) => part !== other[place]);
    return at < 0 ? a.id - b.id : one[at] - (other[at] ?? -1);
  }

  function lane(width) {
    return Math.min(LANE.most, Math.max(LANE.least, width * LANE.share));
  }

  // A unit with what is said of it: how often it is paired, and the tasks in which it lacks a counterpart.
  function endOf(node, { x, y, room, back, quiet, times, alone }) {
    const selected = page.isSelected(node.id);
    const name = times > 1 && !quiet ? `${node.label} ×${times}` : node.label;
    const lines = nameLines(name, room, selected);
    const high = lines * BODY * 1.3;
    const chips = chipRows(page, alone, room - 44, ALONE_CHIPS);
    const height = Math.max(ROW, high + 8) + (chips.rows ? chips.rows * CHIP_STEP + 2 : 0);
    const label = [node.label, times > 1 ? words.t("pairs.times", { count: times }) : "", alone.length ? words.t("pairs.alone.in", { tasks: alone.map(page.taskNumber).join(words.t("listing")) }) : ""].filter(Boolean).join(words.t("clause"));
    const draw = (top) => {
      const middle = top + Math.max(ROW, high + 8) / 2;
      const item = choosable(`n${node.id}`, label, { x: back ? x - room : x, y: top, width: room, height: Math.max(ROW, high + 8), ...(selected ? { fill: SELECTED } : {}) },
        unitName(page, node, x + (back ? -4 : 4), middle, room - 8, { back, quiet, bold: selected, name }));
      item.classList.toggle("selected", selected);
      const below = top + Math.max(ROW, high + 8) + (chips.rows * CHIP_STEP) / 2;
      const start = back ? x - 24 - chips.width : x + 44;
      const marks = chips.rows ? [gapMark(back ? start - 14 : x + 30, below), chipsAt(page, start, below, chips, { alone: true })] : [];
      return [item, ...marks.flat()];
    };
    return { height, middle: Math.max(ROW, high + 8) / 2, draw };
  }

  function lineLabel(edge, tasks) {
    const [tail, head] = [edge.from, edge.to].map((id) => model.nodes[id].label);
    const kind = words.t(`edge.${edge.kind}`);
    return [`${tail} – ${head}`, kind, tasks.length ? words.t("pairs.joint", { tasks: tasks.map(page.taskNumber).join(words.t("listing")) }) : ""].filter(Boolean).join(words.t("clause"));
  }

  function lineOfPair(edge, tasks, x1, x2, y, high) {
    const gap = edge.relation === "gap";
    const selected = page.isEdgeSelected(edge.id);
    const item = choosable(`e${edge.id}`, lineLabel(edge, tasks), { x: x1 - 2, y: y - Math.max(12, high / 2), width: x2 - x1 + 4, height: Math.max(24, high), ...(selected ? { fill: SELECTED } : {}) },
      pairLine(x1, x2, y, { gap, arrow: !gap && edge.data?.direction_basis !== "unknown", color: model.kinds.get(edge.kind).color }));
    item.classList.toggle("selected", selected);
    return item;
  }

  // One row at a height; `above` has the units of the row above, whose names are quiet when they come again.
  function pairRow(edge, top, width, { times = () => 1, above = new Set(), marks = true } = {}) {
    const tasks = jointTasks(edge);
    return width < PAIR_NARROW ? narrowRow(edge, tasks, top, width, { times, above, marks }) : wideRow(edge, tasks, top, width, { times, above, marks });
  }

  function ends(edge, { times, above, marks }, place) {
    return [edge.from, edge.to].map((id, side) => {
      const node = model.nodes[id];
      const quiet = above.has(id);
      return endOf(node, { ...place(side), quiet, times: times(id), alone: marks && !quiet ? aloneIn(node) : [] });
    });
  }

  function wideRow(edge, tasks, top, width, options) {
    const middle = lane(width);
    const side = (width - middle) / 2;
    const [tail, head] = ends(edge, options, (which) => ({ x: which ? width - side : side, room: side, back: !which }));
    const chips = chipRows(page, tasks, middle - 2 * ARROW_ROOM, JOINT_CHIPS);
    const height = Math.max(tail.height, head.height, chips.rows * CHIP_STEP + 4);
    const y = top + Math.max(tail.middle, head.middle, (chips.rows * CHIP_STEP + 4) / 2);
    const high = chips.rows * CHIP_STEP;
    return {
      height,
      parts: [lineOfPair(edge, tasks, side + 6, width - side - 6, y, high), ...chipsAt(page, width / 2 - chips.width / 2, y, chips),
        ...tail.draw(y - tail.middle), ...head.draw(y - head.middle)],
    };
  }

  function narrowRow(edge, tasks, top, width, options) {
    const { above } = options;
    const [tail, head] = ends(edge, options, (which) => ({ x: which ? 44 : 0, room: which ? width - 44 : width, back: false }));
    const chips = chipRows(page, tasks, width - 48, JOINT_CHIPS);
    // Several pairs of one unit hang below its name.
    const again = above.has(edge.from);
    const below = again ? top : top + tail.height;
    const under = below + head.height;
    const height = under - top + chips.rows * CHIP_STEP + 8;
    return {
      height,
      parts: [...(again ? [] : tail.draw(top)), lineOfPair(edge, tasks, 8, 42, below + head.middle, 0), ...head.draw(below), ...chipsAt(page, 48, under + (chips.rows * CHIP_STEP) / 2, chips)],
    };
  }

  // Headings of both sides, above the names.
  function sidesAt(top, width, from, to) {
    if (width < PAIR_NARROW) return { parts: headingAt(0, top + 10, width, `${page.side(from)} → ${page.side(to)}`), height: 32 };
    const side = (width - lane(width)) / 2;
    return {
      parts: [textAt(side - 4, top + 10, page.side(from), { bold: true, anchor: "end" }), textAt(width - side + 4, top + 10, page.side(to), { bold: true }), svg("line", { x1: 0, x2: width, y1: top + 24, y2: top + 24, stroke: RULE })],
      height: 32,
    };
  }

  // The units of other regions in a unit's tasks: whom it meets there without being paired.
  function others(node) {
    const found = new Set();
    for (const task of aloneIn(node)) {
      for (const edge of model.incident[task.id]) {
        const other = model.nodes[edge.from];
        if (edge.relation === "assigned" && other.data.region !== node.data.region && !other.data.collective) found.add(other);
      }
    }
    return [...found].sort((a, b) => a.id - b.id);
  }

  // A unit, the tasks in which it lacks a counterpart, and whom it meets there.
  function aloneRow(node, top, width) {
    const selected = page.isSelected(node.id);
    const narrow = width < PAIR_NARROW;
    const names = narrow ? width : Math.max(170, width * GAP_NAMES);
    const room = narrow ? width - 44 : (width - names) * 0.5;
    const chips = chipRows(page, aloneIn(node), room, GAP_CHIPS);
    const text = wrapped(words.t("gaps.meets", { names: others(node).map((other) => other.label).join(words.t("listing")) }), SMALL, narrow ? width - 24 : width - names - room - 20);
    const name = Math.max(ROW, nameLines(node.label, names - 30, selected) * BODY * 1.3 + 8);
    const [high, deep] = [chips.rows * CHIP_STEP + 4, text.length * SMALL * 1.35 + 8];
    const height = narrow ? name + high + deep : Math.max(name, high, deep);
    const middle = top + (narrow ? name : height) / 2;
    const item = choosable(`n${node.id}`, words.t("pairs.alone.in", { tasks: aloneIn(node).map(page.taskNumber).join(words.t("listing")) }), { x: 0, y: middle - name / 2, width: names, height: name, ...(selected ? { fill: SELECTED } : {}) },
      svg("title", { text: node.node }), gapMark(14, middle), unitName(page, node, 28, middle, names - 30, { bold: selected }));
    item.setAttribute("aria-label", `${node.label} ${item.getAttribute("aria-label")}`);
    item.classList.toggle("selected", selected);
    const chipY = narrow ? top + name + high / 2 : middle;
    const textY = narrow ? top + name + high + deep / 2 : middle;
    return { height: height + 4, parts: [item, ...chipsAt(page, narrow ? 28 : names, chipY, chips, { alone: true }), ...linesAt(narrow ? 28 : names + room + 16, textY, text, { size: SMALL, fill: MUTED })] };
  }

  const isShown = (key) => store.get("choices")[key] ?? true;

  return { pairRow, aloneRow, sidesAt, jointTasks, aloneIn, byPlace, isShown };
}
