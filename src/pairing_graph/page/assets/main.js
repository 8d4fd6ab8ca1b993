// Everything put together.

const payload = JSON.parse(byId("payload").textContent);
const model = createModel(payload);
const store = createStore({
  lang: payload.lang, layout: payload.layout, view: "graph", selected: null, hops: 1, choices: {}, sizeBy: payload.loads.count,
  filters: NO_FILTERS,
});
const words = createWords(payload, store);

function segments(host, name, options) {
  const draw = () => host.replaceChildren(...options.map(([value, word]) => el("button", {
    type: "button", "aria-pressed": String(store.get(name) === value), "data-value": value,
    text: word(), onclick: () => { store.set({ [name]: value }); host.querySelector(`[data-value="${value}"]`)?.focus(); },
  })));
  draw();
  store.on([name, "lang"], draw);
}

function createFocusBar(host, canvas, select) {
  const draw = () => {
    const selected = store.get("selected");
    host.hidden = !selected || store.get("view") !== "graph";
    if (host.hidden) return;
    const focus = canvas.focus();
    const name = selected.type === "node" ? model.nodes[selected.id].label : words.t("focus.relation");
    host.replaceChildren(
      el("span", { text: words.t("focus.text", { name, count: focus ? focus.nodes.size - 1 : 0, hops: store.get("hops") }) }),
      ...(selected.type === "node" ? [
        el("button", { type: "button", class: "quiet", id: "narrow", disabled: store.get("hops") < 2, text: words.t("focus.narrow"), onclick: () => store.set({ hops: store.get("hops") - 1 }) }),
        el("button", { type: "button", class: "quiet", id: "widen", disabled: store.get("hops") > 3, text: words.t("focus.widen"), onclick: () => store.set({ hops: store.get("hops") + 1 }) }),
      ] : []),
      el("button", { type: "button", class: "quiet", id: "clear-focus", text: words.t("focus.clear"), onclick: () => select(null) }));
  };
  store.on(["selected", "hops", "lang", "view", "filters", "choices", "layout"], draw);
  draw();
}

function start() {
  connectAddressBar(store, model, payload);
  words.apply();
  store.on(["lang"], () => words.apply());
  segments(byId("layouts"), "layout", Object.keys(payload.layouts).map((name) => [name, () => words.t(`layout.${name}`)]));
  segments(byId("views"), "view", ["graph", "table"].map((name) => [name, () => words.t(`view.${name}`)]));
  segments(byId("languages"), "lang", [["zh", () => "中文"], ["en", () => "EN"]]);

  const canvas = createCanvas(byId("graph"), payload, model, store, words);
  const onShow = createShown(payload, model, store, createLoads(payload, model));
  createHeading(payload, model, canvas, store, words, onShow);
  const select = (target) => {
    store.set({ selected: target, hops: 1 });
    if (target?.type === "node" && store.get("view") === "graph") canvas.reveal(target.id);
  };
  const legend = createLegend(byId("legend"), payload, model, store, words);
  const filters = createFilters(byId("filters"), payload, model, store, words);
  createPositions(byId("positions"), payload, model, canvas, store, words);
  createTooltip(byId("tooltip"), canvas, payload, model, store, words);
  createSearch(byId("search"), byId("search-results"), payload, model, store, words, (node) => {
    if (!canvas.shown().nodes[node.id]) filters.reset({ ...store.get("choices"), [node.kind]: true });
    select({ type: "node", id: node.id });
  });
  const sourceView = createSourceView(payload, words, createPicks(payload, model, words, select).pick);
  const drawer = createDrawer(byId("stage"), sourceView, words);
  store.on(["lang"], () => { sourceView.redraw(); drawer.apply(); });
  createDetails(byId("details"), payload, model, store, words, select, onShow, sourceView.empty ? null : drawer.open);
  store.on(["selected"], canvas.adapt);
  const tables = createTables(byId("table-view"), payload, model, canvas, store, words, select);
  const picture = createPicture(payload, model, canvas, store, words, legend);
  createTakeAway(byId("take-away"), byId("take-away-items"), { tables, picture, words, store, payload });
  createKeyboard(canvas, payload, model, store, words, select);
  createFocusBar(byId("focus-bar"), canvas, select);
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    store.set({ view: "table" });
    byId("table-view").focus();
  });
  byId("toggle-controls").addEventListener("click", () => {
    const open = byId("controls").classList.toggle("open");
    byId("toggle-controls").setAttribute("aria-expanded", String(open));
    canvas.adapt();
  });

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

  const status = () => {
    const shown = canvas.shown();
    const units = model.nodes.filter((node) => node.type === "unit" && shown.nodes[node.id]).length;
    const tasks = model.nodes.filter((node) => model.isTask(node) && shown.nodes[node.id]).length;
    byId("status").textContent = words.t("status", { units, tasks, relations: shown.edges.filter(Boolean).length });
  };
  store.on(["filters", "choices", "layout", "lang", "sizeBy"], status);
  status();

  window.pairingGraph = { payload, model, store, canvas, picture, tables, onShow, sourceView, drawer, toCsv, ready: false };
  canvas.fit();
  document.fonts.load(`13px ${FONT}`, "结对 Ab").finally(() => {
    canvas.labels.forget();
    canvas.fit();
    const selected = store.get("selected");
    if (selected?.type === "node") canvas.reveal(selected.id);
    canvas.network.once("afterDrawing", () => { window.pairingGraph.ready = true; });
    canvas.redraw();
  });
  let size = `${byId("graph").clientWidth}x${byId("graph").clientHeight}`;
  new ResizeObserver(() => {
    const now = `${byId("graph").clientWidth}x${byId("graph").clientHeight}`;
    if (now !== size) { size = now; canvas.fit(); }
  }).observe(byId("graph"));
}

start();
