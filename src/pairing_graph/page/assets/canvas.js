// The drawing: vis-network at places computed before, without physics; labels and focus are drawn over it.

const MANY_EDGES = 4000;
const MANY_NODES = 2000;
const MOST_SCALE = 1.25;
const FIT_ROUNDS = 8;
const MOST_STRETCH = 5;
const MOST_BOX_STRETCH = 4;

// `onBehind` is called when other lines than before are left out.
function createCanvas(host, payload, model, store, words, onShow, onBehind) {
  const labels = createLabels(payload, model, store, words, onShow);
  const layoutOf = () => payload.layouts[store.get("layout")];
  const positions = model.nodes.map(() => ({ x: 0, y: 0 }));
  const marks = payload.network.nodes.map((look) => look.size);
  let shown = onShow.visible();
  let moved = {};
  let focus = null;
  const repeats = countRepeats();
  const curves = createCurves(model, onShow, { positions, marks, layoutOf, repeats });
  const many = model.edges.length > MANY_EDGES;
  let moving = false;
  let fitted = true;
  let named = onShow.isNamed();
  let hadBoxes = named;
  let free = { left: 0, right: 0 };
  // In a frame that is higher than the columns are, as on a phone, rows are farther apart, so that their names find room.
  let stretch = 1;
  placeAll();
  const nodeData = new vis.DataSet(payload.network.nodes.map(startNode));
  const network = new vis.Network(host, { nodes: nodeData, edges: [] }, options());

  function options() {
    return {
      autoResize: true,
      physics: false,
      layout: { improvedLayout: false, randomSeed: 1 },
      nodes: { font: { size: 0 }, chosen: false, scaling: { label: false }, labelHighlightBold: false },
      interaction: {
        hover: false, selectConnectedEdges: false, multiselect: false, zoomSpeed: 0.6,
      },
    };
  }

  // How many edges before it join the same two nodes; such edges are bent apart, so that each can be seen.
  function countRepeats() {
    const seen = new Map();
    return model.edges.map((edge) => {
      const key = edge.from < edge.to ? `${edge.from}-${edge.to}` : `${edge.to}-${edge.from}`;
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      return count;
    });
  }

  function startNode(look) {
    const { label: _label, ...rest } = look;
    return { ...rest, ...positions[look.id], ...shapeOf(look.id), hidden: !shown.nodes[look.id] };
  }

  // Tasks of a small graph and all areas are boxes with their words inside; their room depends on the layout.
  function shapeOf(id) {
    const node = model.nodes[id];
    if (!onShow.isBox(node)) return unboxed(id);
    const [, , width, height] = layoutOf().boxes[id];
    const area = node.type === "area";
    return {
      shape: "box", label: " ", margin: { top: 0, right: 0, bottom: 0, left: 0 }, borderWidth: area ? 1.2 : 0.8, shapeProperties: { borderRadius: area ? 9 : 4 },
      widthConstraint: { minimum: width, maximum: width }, heightConstraint: { minimum: height * Math.min(stretch, MOST_BOX_STRETCH) },
      color: { background: area ? "#F4F5F7" : "#FFFFFF", border: area ? "#4D4D4D" : "#9A9A9A" },
    };
  }

  // A node that was a box becomes a mark again.
  function unboxed(id) {
    if (!hadBoxes || model.nodes[id].type === "unit") return {};
    const { shape, size, color, borderWidth } = payload.network.nodes[id];
    return { shape, size, color, borderWidth, label: "", widthConstraint: false, heightConstraint: false };
  }

  // What is named changes with what is shown: nodes become boxes, or marks again.
  function reshape() {
    if (onShow.isNamed() === named) return;
    named = onShow.isNamed();
    nodeData.update(model.nodes.filter(({ type }) => type !== "unit").map(({ id }) => ({ id, ...shapeOf(id) })));
    hadBoxes ||= named;
  }

  function placeAll() {
    const layout = layoutOf();
    const own = moved[store.get("layout")] ?? {};
    for (const { id, node } of model.nodes) {
      const [x, y] = Object.hasOwn(own, node) ? own[node] : [layout.x[id], layout.y[id]];
      positions[id] = { x, y: y * stretch };
    }
  }

  function relayout() {
    placeAll();
    nodeData.update(model.nodes.map(({ id }) => ({ id, ...positions[id], ...shapeOf(id) })));
    refilter();
    fit();
  }

  function refilter() {
    const before = shown;
    shown = onShow.visible();
    const nodes = model.nodes.filter(({ id }) => shown.nodes[id] !== before.nodes[id]).map(({ id }) => ({ id, hidden: !shown.nodes[id] }));
    if (nodes.length) nodeData.update(nodes);
    reshape();
    findBehind();
    refocus();
  }

  function resize() {
    const count = store.get("sizeBy");
    const [least, span] = payload.loads.size;
    const most = Math.max(...model.nodes.map((node) => model.load(node, count)), 0);
    const units = model.nodes.filter((node) => node.type === "unit");
    for (const node of units) marks[node.id] = least + (most ? span * Math.sqrt(model.load(node, count) / most) : 0);
    nodeData.update(units.map(({ id }) => ({ id, size: marks[id] })));
  }

  function refocus() {
    focus = onShow.focus();
    network.redraw();
  }

  function view() {
    const scale = network.getScale();
    const centre = network.getViewPosition();
    const half = { x: host.clientWidth / 2 / scale, y: host.clientHeight / 2 / scale };
    return { scale, bounds: { left: centre.x - half.x, right: centre.x + half.x, top: centre.y - half.y, bottom: centre.y + half.y } };
  }

  // Pairs whose lines would run behind tasks are drawn when one of their units is selected, before them; until then the
  // tasks can be read, and the tab of the pairs has all of them.
  let behind = new Set();

  function findBehind() {
    const boxes = model.nodes.filter(({ id, type }) => type === "task" && shown.nodes[id] && onShow.isBox(model.nodes[id])).map(({ id }) => id);
    const paired = boxes.length ? model.edges.filter((edge) => edge.relation === "paired" && shown.edges[edge.id]) : [];
    const before = behind.size;
    behind = new Set(paired.filter((edge) => curves.crosses(edge, boxes)).map((edge) => edge.id));
    if (behind.size !== before) queueMicrotask(onBehind);
  }

  findBehind();
  refocus();

  network.on("beforeDrawing", (ctx) => {
    if (moving) return;
    if (many) curves.drawMany(ctx, shown.edges, view().bounds);
    else for (const edge of model.edges) if (shown.edges[edge.id] && !behind.has(edge.id)) curves.draw(ctx, edge);
  });

  network.on("afterDrawing", (ctx) => {
    const { scale, bounds } = view();
    const selected = store.get("selected");
    if (focus) drawFocus(ctx, network, { drawEdge: (id) => curves.draw(ctx, model.edges[id]), behind, bounds, focus, marks, positions, selected });
    drawAlone(ctx, scale);
    labels.draw(ctx, { scale, bounds, fitted, positions, marks, shown, focus: focus?.nodes ?? null, selected: selected?.type === "node" ? selected.id : null });
  });

  // Units without a counterpart in a task: their mark, as large on the screen at any scale.
  function drawAlone(ctx, scale) {
    for (const id of onShow.alone()) {
      if (!shown.nodes[id] || (focus && !focus.nodes.has(id))) continue;
      const { x, y, size } = aloneMark(id, scale);
      drawGapMark(ctx, x, y, size);
    }
  }

  function aloneMark(id, scale = 1) {
    const size = Math.max(1, 1 / scale);
    const way = layoutOf().boxes[id][0] === "right" ? -1 : 1; // away from the name
    return { x: positions[id].x + way * (marks[id] * 0.7 + 5 * size), y: positions[id].y - marks[id] * 0.7 - 4 * size, size };
  }

  // How much of the drawing lies under panels, in a narrow frame.
  function covered() {
    const own = host.getBoundingClientRect();
    const [left, right] = ["controls", "details"].map((name) => byId(name)).map((panel) => {
      const over = panel.getBoundingClientRect();
      const beside = over.bottom <= own.top || over.top >= own.bottom || !over.width;
      if (beside || getComputedStyle(panel).visibility === "hidden") return 0;
      return Math.max(0, panel.id === "controls" ? over.right - own.left : own.right - over.left);
    });
    return left + right < own.width - 160 ? { left, right } : { left: 0, right: 0 };
  }

  // A panel opened or closed: the whole graph is fitted into what is free, a part that was chosen stays.
  function adapt() {
    const now = covered();
    if (now.left === free.left && now.right === free.right) return;
    free = now;
    if (fitted) fit();
    else if (store.get("selected")?.type === "node") reveal(store.get("selected").id);
  }

  // The part of the graph that is shown, with the labels as large as they are at a scale.
  function extent(scale = 1) {
    const ctx = host.querySelector("canvas").getContext("2d");
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    const take = (x, y, width, height) => {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + width);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + height);
    };
    const measured = onShow.isNamed() || model.nodes.length <= MANY_NODES;
    for (const { id } of model.nodes) {
      if (!shown.nodes[id]) continue;
      const { x, y } = positions[id];
      take(x - marks[id], y - marks[id], 2 * marks[id], 2 * marks[id]);
      if (measured) {
        const label = labels.boxOf(ctx, id, positions[id], marks[id], labels.legible(UNIT_SIZE, scale));
        if (label && !(label.inside && scale < 1)) take(label.x - 8, label.y, label.width + 16, label.height);
      }
    }
    for (const caption of labels.captionBoxes(shown.nodes, ctx, labels.legible(CAPTION_SIZE, scale))) take(caption.x - 8, caption.y, caption.width + 16, caption.height);
    return box;
  }

  function setStretch(next) {
    if (Math.abs(next - stretch) < 0.02) return;
    stretch = next;
    labels.setStretch(stretch);
    placeAll();
    nodeData.update(model.nodes.map(({ id }) => ({ id, ...positions[id], ...shapeOf(id) })));
    findBehind();
  }

  // The scale at which the graph with its labels fills a room. Labels keep their size on the screen, so that what they
  // take of the room depends on the scale: it is found step by step.
  function scaleFor(room) {
    let scale = 1;
    for (let round = 0; round < FIT_ROUNDS; round += 1) {
      const box = extent(scale);
      const next = Math.min(MOST_SCALE, room.width / Math.max(1, box.right - box.left), room.height / Math.max(1, box.bottom - box.top));
      scale = round ? (scale + next) / 2 : next;
    }
    return scale;
  }

  function fit(animated = false) {
    const { left, right } = covered();
    const room = { width: Math.max(80, host.clientWidth - left - right - 36), height: Math.max(80, host.clientHeight - 36) };
    setStretch(1);
    if (!Number.isFinite(extent().left)) return;
    if (onShow.isNamed() && layoutOf().curve === "horizontal") {
      const scale = scaleFor({ ...room, height: Infinity });
      const box = extent(scale);
      setStretch(Math.min(MOST_STRETCH, Math.max(1, room.height / scale / Math.max(1, box.bottom - box.top))));
    }
    const scale = scaleFor(room);
    const box = extent(scale);
    go({ position: { x: (box.left + box.right) / 2 + (right - left) / 2 / scale, y: (box.top + box.bottom) / 2 }, scale }, animated);
    fitted = true;
  }

  function go(target, animated) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    network.moveTo({ ...target, animation: animated && !still ? { duration: 250, easingFunction: "easeInOutQuad" } : false });
  }

  // Away from the view of the whole.
  function leave(target, animated) {
    fitted = false;
    go(target, animated);
  }

  // The scale at which a focus can be read, and the one to go to where it cannot: columns name what is in focus at any
  // scale, tasks that lie anywhere need the room of their boxes.
  function closeness() {
    if (!onShow.isNamed()) return [0.6, 0.8];
    return layoutOf().curve === "horizontal" ? [0, 0] : [LEAST_TEXT / UNIT_SIZE, 0.9];
  }

  function reveal(id) {
    const { scale, bounds } = view();
    const { x, y } = positions[id];
    const margin = 60 / scale;
    const { left, right } = covered();
    const inView = x > bounds.left + left / scale + margin && x < bounds.right - right / scale - margin && y > bounds.top + margin && y < bounds.bottom - margin;
    const [enough, wanted] = closeness();
    if (inView && scale >= enough) return;
    const next = Math.max(scale, wanted);
    leave({ position: { x: x + (right - left) / 2 / next, y }, scale: next }, true);
  }

  const pan = (x, y) => {
    const { scale } = view();
    const centre = network.getViewPosition();
    leave({ position: { x: centre.x + x / scale, y: centre.y + y / scale }, scale }, false);
  };
  const zoom = (factor) => leave({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)) }, true);

  function setMoved(next) {
    moved = next;
    placeAll();
    nodeData.update(model.nodes.map(({ id }) => ({ id, ...positions[id] })));
  }

  // Where there are very many lines they rest while the view moves.
  if (many) {
    let timer = 0;
    const rest = (wait) => {
      clearTimeout(timer);
      moving = true;
      timer = setTimeout(() => { moving = false; network.redraw(); }, wait);
    };
    network.on("dragStart", () => rest(60000));
    network.on("dragEnd", () => rest(0));
    network.on("zoom", () => rest(180));
  }

  // vis-network keeps its own view when its canvas changes its size, after it has said so: the whole is fitted once more.
  network.on("resize", () => queueMicrotask(() => { if (fitted) fit(); }));
  network.on("zoom", () => { fitted = false; });
  network.on("dragStart", () => { fitted = false; });

  network.on("dragging", ({ nodes }) => {
    for (const id of nodes) positions[id] = network.getPosition(id);
    findBehind();
  });

  function at(pointer) {
    const node = network.getNodeAt(pointer.DOM) ?? labels.hit(pointer.canvas);
    if (node !== null && node !== undefined && shown.nodes[node]) return { type: "node", id: node };
    const edge = nearestEdge(pointer.canvas);
    return edge === null ? null : { type: "edge", id: edge };
  }

  function nearestEdge(point) {
    const edges = (focus ? focus.edges.map((id) => model.edges[id]) : model.edges).filter((edge) => shown.edges[edge.id] && (focus || !behind.has(edge.id)));
    return curves.nearest(point, edges, 5 / network.getScale());
  }

  store.on(["layout"], relayout);
  store.on(["choices", "filters"], refilter);
  store.on(["filters"], () => fit());
  store.on(["sizeBy"], () => { resize(); refilter(); });
  store.on(["selected", "hops"], refocus);
  store.on(["lang"], () => network.redraw());

  return {
    network, labels, fit, adapt, reveal, pan, zoom, at, view, extent, setMoved, positions, marks,
    shown: () => shown, focus: () => focus, redraw: () => network.redraw(), layoutOf, shapeOf, curves, aloneMark, behind: () => behind, stretch: () => stretch,
  };
}
