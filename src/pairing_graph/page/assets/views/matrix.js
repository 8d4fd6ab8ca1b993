// Who answers for what (任务矩阵): units down the side, tasks across the top, a mark for every responsibility. Heads stay in
// place when it is scrolled; areas replace their tasks where these are many.

// A picture has at the most so many parts below each other, each of some 600 pixels (a painted one has 8,000), else it is of areas.
const MATRIX_PARTS = 12;
const MATRIX_GAP = 28;
// Units times tasks that a browser draws within a second; of more a part is asked for.
const MOST_CELLS = 600_000;
const KEY_GAP = 10;

function createMatrixView(page) {
  const { model, store, words, onShow } = page;
  const { t } = words;
  const data = createMatrixData(page);
  const drawing = createMatrixDrawing(page, data);
  const host = byId("matrix-view");
  const carrying = new Set(model.edges.filter((edge) => edge.relation === "assigned").map((edge) => model.nodes[edge.from].kind));
  const key = el("p", { class: "key" });
  // Areas that the reader opened one by one, the item that the keys have reached, and what the heads cover.
  const opened = new Set();
  let reached = "";
  let insets = { left: 0, top: 0, right: 0 };
  let onScreen = null;
  store.on(["folded"], () => opened.clear());

  // What was chosen elsewhere is not hidden in a closed area.
  store.on(["selected"], () => {
    const selected = store.get("selected");
    if (!selected || isTooLarge()) return;
    const task = selected.type === "edge" ? model.edges[selected.id].to : selected.id;
    const group = data.areas().find(({ tasks }) => tasks.some(({ id }) => id === task));
    if (group) opened.add(group.key);
  });

  function extent() {
    const shown = onShow.current();
    return { units: new Set(shown.edges.filter((edge) => edge.relation === "assigned").map((edge) => edge.from)).size, tasks: shown.nodes.filter((node) => node.type === "task").length };
  }

  function isTooLarge() {
    const { units, tasks } = extent();
    return units * tasks > MOST_CELLS;
  }

  const tooLarge = () => t("matrix.too_large", extent());

  // As a picture: what is too wide goes on below with the units that it names, and where sheets have a height every one has the heads.
  function scene(width, room = Infinity) {
    if (isTooLarge()) return { element: plain(linesAt(0, 24, wrapped(tooLarge(), BODY, width))), width, height: 60 };
    let what = data.prepared(width, { still: true, opened });
    let parts = partsOf(what.groups, what);
    if (parts.length > MATRIX_PARTS && data.isFoldable(what.groups)) {
      what = data.prepared(width, { still: true, folded: true });
      parts = partsOf(what.groups, what);
    }
    const signs = data.signs(what);
    const drawn = [];
    const breaks = [];
    const wide = Math.max(width, what.names + MATRIX_CELL.most + what.totals);
    let y = 0;
    for (const groups of parts) {
      const placed = placedColumns(groups, { ...what, room: parts.length > 1 ? 0 : what.room });
      const rows = placedRows(parts.length > 1 ? data.within(what, groups) : what.regions, what.names);
      const taken = drawing.headsOf(what, placed).height + keyAt(signs, 0, 0, wide).height + KEY_GAP;
      for (const part of rowParts(rows, room - taken)) {
        const one = drawing.block(what, placed, part, y);
        const key = room < Infinity || groups === parts.at(-1) ? keyAt(signs, 0, y + one.height + KEY_GAP, wide) : { parts: [], height: 0 };
        drawn.push(...one.parts, ...key.parts);
        y += one.height + key.height + KEY_GAP;
        breaks.push(y);
        y += MATRIX_GAP;
      }
    }
    return { element: plain(drawn), width: wide, height: Math.max(60, y - MATRIX_GAP), breaks };
  }

  // On the screen: heads and totals stay in place, and only one item can be reached by Tab, from where arrows go on.
  function panes(width) {
    onScreen = null;
    if (isTooLarge()) return el("p", { class: "note", text: tooLarge() });
    const what = data.prepared(width, { opened });
    const placed = placedColumns(what.groups, what);
    const heads = drawing.headsOf(what, placed);
    const { rows, height } = placedRows(what.regions, what.names);
    insets = { left: what.names, top: heads.height, right: what.totals };
    // Whole pixels, else the browser reduces a drawing by a hair.
    const pane = (name, wide, high, parts) => svg("svg", { class: `scene ${name}`, width: Math.ceil(wide), height: high, viewBox: `0 0 ${Math.ceil(wide)} ${high}` }, ...parts);
    const grid = el("div", { class: "matrix", role: "group", "aria-label": t("tab.matrix") },
      pane("corner", what.names, heads.height, drawing.cornerOf(what, heads)), pane("top", placed.width, heads.height, drawing.columnHeads(what, placed, heads)), pane("corner end", what.totals, heads.height, drawing.totalsHead(what, heads)),
      pane("side", what.names, height, drawing.rowHeads(what, rows)), pane("body", placed.width, height, drawing.bodyOf(what, placed, rows, height)), pane("end", what.totals, height, drawing.totalsOf(what, rows)));
    onScreen = { placed, rows };
    if (!rows.length) grid.append(el("p", { class: "note", text: t("finding.none") }));
    rove(grid);
    drawKey(what);
    keepTitles(grid);
    return grid;
  }

  const nameOf = (item) => item.dataset.select ?? `${item.dataset.more}:${item.dataset.row}`;

  function rove(grid) {
    const items = [...grid.querySelectorAll("[data-row]")];
    for (const item of items) item.setAttribute("tabindex", -1);
    const chosen = items.find((item) => nameOf(item) === reached) ?? items.find((item) => item.dataset.first === "0") ?? items[0];
    chosen?.setAttribute("tabindex", 0);
  }

  const placeOfItem = ({ dataset }) => ({ row: Number(dataset.row), first: Number(dataset.first), last: Number(dataset.last) });

  // The next item in a row or column, whatever lies between.
  function neighbour(item, [down, across]) {
    const own = placeOfItem(item);
    const far = (place) => (down ? (place.row - own.row) * down : across > 0 ? place.first - own.last : own.first - place.last);
    const beside = (place) => (down ? place.first <= own.first && own.first <= place.last : place.row === own.row);
    const found = [...host.querySelectorAll("[data-row]")].map((one) => [one, placeOfItem(one)]).filter(([, place]) => beside(place) && far(place) > 0);
    return found.sort(([, a], [, b]) => far(a) - far(b))[0]?.[0];
  }

  const arrows = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  host.addEventListener("keydown", (event) => {
    const item = event.target.closest("[data-row]");
    if (!item || !arrows[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    const next = neighbour(item, arrows[event.key]);
    if (!next) return;
    next.focus({ preventScroll: true });
    bringItem(next);
  });
  host.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-row]");
    if (!item) return;
    host.querySelector("[data-row][tabindex='0']")?.setAttribute("tabindex", -1);
    item.setAttribute("tabindex", 0);
    reached = nameOf(item);
  });

  // Scrolled as little as is needed: an item that is in a head only moves along it.
  function bringItem(item) {
    const [own, room] = [item.getBoundingClientRect(), host.getBoundingClientRect()];
    const { row, first } = placeOfItem(item);
    const shift = (from, to, least, most) => (from < least ? from - least : to > most ? Math.min(to - most, from - least) : 0);
    if (first > 0) host.scrollLeft += shift(own.left, own.right, room.left + insets.left, room.left + host.clientWidth - insets.right);
    if (row > 2) host.scrollTop += shift(own.top, own.bottom, room.top + insets.top, room.top + host.clientHeight);
  }

  const bring = () => host.querySelectorAll("[data-row].selected").forEach(bringItem);

  // The title of an area stays in the middle of what is seen of its columns.
  function keepTitles(grid = host) {
    const [from, to] = [host.scrollLeft, host.scrollLeft + host.clientWidth - insets.left - insets.right];
    for (const title of grid.querySelectorAll(".title")) {
      const [x, width, own] = [title.dataset.x, title.dataset.width, title.dataset.own].map(Number);
      const seen = (Math.max(x, from) + Math.min(x + width, to)) / 2;
      const middle = Math.min(x + width - own / 2 - 3, Math.max(x + own / 2 + 3, seen));
      title.setAttribute("transform", `translate(${middle - x - width / 2} 0)`);
    }
  }

  host.addEventListener("scroll", () => keepTitles(), { passive: true });

  // A bar along the row and the column under the pointer.
  function follow(event) {
    const body = host.querySelector(".matrix > .body");
    if (!body || !onScreen) return;
    const origin = body.getBoundingClientRect();
    const [x, y] = [event.clientX - origin.left, event.clientY - origin.top];
    const row = onScreen.rows.find((one) => one.unit && y >= one.y && y < one.y + one.height);
    const column = onScreen.placed.columns.find((one) => x >= one.x && x < one.x + one.width);
    host.querySelectorAll(".cross").forEach((bar) => bar.remove());
    const bar = (place, at) => host.querySelector(`.matrix > ${place}`)?.append(svg("rect", { class: "cross", ...at }));
    if (row && !event.target.closest(".top, .corner")) for (const place of [".side", ".body", ".end:not(.corner)"]) bar(place, { x: 0, y: row.y, width: "100%", height: row.height });
    if (column && !event.target.closest(".side, .end, .corner")) for (const place of [".top", ".body"]) bar(place, { x: column.x, y: 0, width: column.width, height: "100%" });
  }

  host.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") follow(event); });
  host.addEventListener("pointerleave", () => host.querySelectorAll(".cross").forEach((bar) => bar.remove()));

  function drawKey(what) {
    key.replaceChildren(...data.signs(what).map(({ text, draw }) => el("span", { class: "sign" }, svg("svg", { width: KEY_SIGN, height: 24, viewBox: `0 0 ${KEY_SIGN} 24`, "aria-hidden": "true" }, ...draw(KEY_SIGN / 2, 12)), text)));
  }

  function tools() {
    const all = data.areas();
    return [data.isFoldable(all) ? choiceOf(page, "folded", t("matrix.fold"), [[false, t("matrix.by_task")], [true, t("matrix.by_area")]], data.isFolded(all)) : null, key].filter(Boolean);
  }

  const view = {
    name: "matrix", parts: ["roles", "alone"], scene, panes, bring, finding: data.finding, table: data.table, sorts: data.sorts, tools,
    missing: () => (page.hasTasks ? "" : t("missing.matrix")),
    uses: (kind) => carrying.has(kind.key),
    more: (key) => (opened.has(key) ? opened.delete(key) : opened.add(key)),
  };
  return Object.assign(view, createSceneHost(page, host, view));
}
