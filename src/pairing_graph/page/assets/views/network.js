// Units, tasks and pairings as one network (关系网络). It is made when it is first asked for, since a large one takes its time.

function createNetworkView(page) {
  const { payload, model, store, words, onShow, legend } = page;
  const host = byId("graph-view");
  let canvas = null;

  function made() {
    if (canvas) return canvas;
    canvas = createCanvas(byId("graph"), payload, model, store, words, onShow, () => page.heading.draw());
    createPositions(byId("positions"), payload, model, canvas, store, words);
    createTooltip(byId("tooltip"), canvas, payload, model, store, words);
    createFocusBar();
    byId("zoom-in").addEventListener("click", () => canvas.zoom(1.3));
    byId("zoom-out").addEventListener("click", () => canvas.zoom(1 / 1.3));
    byId("zoom-fit").addEventListener("click", () => canvas.fit(true));
    // A click selects; a click on what is selected widens its neighbourhood; a click beside everything clears.
    canvas.network.on("click", ({ pointer }) => {
      const hit = canvas.at(pointer);
      const now = store.get("selected");
      if (hit?.type === "node" && now?.type === "node" && hit.id === now.id) store.set({ hops: Math.min(4, store.get("hops") + 1) });
      else store.set({ selected: hit, hops: 1 });
    });
    store.on(["selected"], () => {
      const selected = store.get("selected");
      if (store.get("tab") === "network") canvas.adapt();
      if (store.get("tab") === "network" && selected?.type === "node" && page.fromElsewhere()) canvas.reveal(selected.id);
    });
    let size = "";
    new ResizeObserver(() => {
      const now = `${byId("graph").clientWidth}x${byId("graph").clientHeight}`;
      if (now !== size && byId("graph").clientWidth) { size = now; canvas.fit(); }
    }).observe(byId("graph"));
    return canvas;
  }

  function createFocusBar() {
    const bar = byId("focus-bar");
    const draw = () => {
      const selected = store.get("selected");
      bar.hidden = !selected;
      if (!selected) return;
      const name = selected.type === "node" ? model.nodes[selected.id].label : words.t("focus.relation");
      bar.replaceChildren(
        el("span", { text: words.t("focus.text", { name, count: onShow.focus().nodes.size - 1, hops: store.get("hops") }) }),
        ...(selected.type === "node" ? [
          el("button", { type: "button", class: "quiet", id: "narrow", disabled: store.get("hops") < 2, text: words.t("focus.narrow"), onclick: () => store.set({ hops: store.get("hops") - 1 }) }),
          el("button", { type: "button", class: "quiet", id: "widen", disabled: store.get("hops") > 3, text: words.t("focus.widen"), onclick: () => store.set({ hops: store.get("hops") + 1 }) }),
        ] : []),
        el("button", { type: "button", class: "quiet", id: "clear-focus", text: words.t("focus.clear"), onclick: () => page.select(null) }));
    };
    store.on(["selected", "hops", "lang", "filters", "choices", "layout"], draw);
    draw();
  }

  function drawEdge(edge) {
    const kind = model.kinds.get(edge.kind);
    const { line, head } = canvas.curves.path(edge);
    const dashes = kind.dashes.length ? kind.dashes.join(" ") : null;
    return plain(strokesOf(kind).map(([width, stroke]) => svg("path", { d: line, fill: "none", stroke, "stroke-width": width, "stroke-dasharray": dashes })),
      head ? svg("polygon", { points: head, fill: kind.color }) : null);
  }

  function drawNode(node) {
    const kind = model.kinds.get(node.kind);
    const { x, y } = canvas.positions[node.id];
    const shape = canvas.shapeOf(node.id);
    if (!onShow.isBox(node)) return markShape(kind.shape, x, y, canvas.marks[node.id], kind.fill, kind.border, node.data.collective ? 2 : 1);
    const width = shape.widthConstraint.minimum;
    const height = shape.heightConstraint.minimum;
    return plain(svg("rect", {
      x: x - width / 2, y: y - height / 2, width, height, rx: shape.shapeProperties.borderRadius, fill: shape.color.background, stroke: shape.color.border, "stroke-width": shape.borderWidth,
    }), node.type === "task" ? svg("rect", { x: x - width / 2 + 7, y: y - 3.5, width: 7, height: 7, fill: "#4D4D4D" }) : null);
  }

  function drawLabel(box) {
    return svg("text", { "font-size": box.size, fill: box.id === null ? MUTED : INK, "font-weight": box.id === null ? 700 : 400, stroke: box.inside ? null : "#fff", "stroke-width": box.inside ? null : box.size * 0.28, "paint-order": "stroke" },
      ...box.lines.map((line, row) => svg("tspan", { x: box.x, y: box.y + box.size * LINE * (row + 0.5) + box.size * DESCENT, text: line })));
  }

  // The part of the graph that is in focus, or all that is shown, in its own measure.
  function scene() {
    made();
    const shown = onShow.visible();
    const focus = onShow.focus();
    const nodes = model.nodes.filter(({ id }) => shown.nodes[id] && (!focus || focus.nodes.has(id)));
    const edges = focus ? focus.edges.map((id) => model.edges[id]) : model.edges.filter(({ id }) => shown.edges[id] && !canvas.behind().has(id));
    const alone = nodes.filter(({ id }) => onShow.alone().has(id)).flatMap(({ id }) => gapMark(canvas.aloneMark(id).x, canvas.aloneMark(id).y));
    const labels = canvas.labels.layout(nodes.map((node) => node.id), canvas);
    const captions = focus ? [] : canvas.labels.captionBoxes(shown.nodes);
    const box = extentOf(nodes, [...labels, ...captions]);
    const element = svg("g", { transform: `translate(${-box.left} ${-box.top})` }, ...edges.map(drawEdge), ...nodes.map(drawNode), ...alone, ...[...labels, ...captions].map(drawLabel));
    return { element: svg("g", {}, element), width: box.right - box.left, height: box.bottom - box.top };
  }

  function extentOf(nodes, boxes) {
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    const take = (left, right, top, bottom) => {
      box.left = Math.min(box.left, left);
      box.right = Math.max(box.right, right);
      box.top = Math.min(box.top, top);
      box.bottom = Math.max(box.bottom, bottom);
    };
    for (const { id } of nodes) {
      const { x, y } = canvas.positions[id];
      const mark = canvas.marks[id];
      take(x - mark, x + mark, y - mark, y + mark);
    }
    for (const label of boxes) take(label.x - 16, label.x + label.width + 16, label.y - 3, label.y + label.height + 3);
    return Number.isFinite(box.left) ? box : { left: 0, right: 1, top: 0, bottom: 1 };
  }

  function table() {
    const shown = onShow.visible();
    const focus = onShow.focus();
    const name = (id) => (model.nodes[id].type === "unit" ? model.nodes[id].node : model.nodes[id].label);
    const edges = focus ? focus.edges.map((id) => model.edges[id]) : model.edges.filter(({ id }) => shown.edges[id]);
    return { columns: ["from", "relation", "to"].map((column) => words.t(`column.${column}`)), rows: edges.map((edge) => [name(edge.from), legend.name(model.kinds.get(edge.kind)), name(edge.to)]) };
  }

  function show() {
    host.hidden = false;
    byId("positions-section").hidden = false;
    made();
    canvas.fit();
    const selected = store.get("selected");
    if (selected?.type === "node") canvas.reveal(selected.id);
  }

  function hide() {
    host.hidden = true;
    byId("positions-section").hidden = true;
  }

  return {
    name: "network", parts: ["roles", "paired", "alone"], scene, table, show, hide, canvas: made, ready: () => canvas, printed: model.nodes.length <= payload.most_named,
    missing: () => "", uses: () => true, marksAlone: true,
    note: () => (canvas?.behind().size && !onShow.focus() ? words.t("network.behind", { count: canvas.behind().size }) : ""),
    tools: () => [choiceOf(page, "layout", words.t("layout"), Object.keys(payload.layouts).map((name) => [name, words.t(`layout.${name}`)]))],
  };
}
