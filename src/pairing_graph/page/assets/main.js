// Everything put together.

const payload = readPayload(byId("payload").textContent);
const model = createModel(payload);
const store = createStore({
  lang: payload.lang, tab: payload.tab, layout: payload.layout, selected: null, hops: 1, choices: {}, sizeBy: payload.loads.count,
  filters: NO_FILTERS, folded: null,
});
const words = createWords(payload, store);

// What every view asks of the page besides its own drawing.
function createPage() {
  const onShow = createShown(payload, model, store, createLoads(payload, model));
  let elsewhere = false;
  const page = { payload, model, store, words, onShow };

  page.regions = () => [...new Set([...payload.regions, ...model.nodes.filter((node) => node.type === "unit").map((node) => node.data.region ?? "")])];

  // The heading of a region's units: whether it helps or is helped.
  page.side = (region) => {
    const name = region || words.t("no_region");
    const side = ["donor", "recipient"].find((one) => payload.sides[`${one}s`].includes(region));
    return side ? words.t(`caption.${side}`, { name }) : name;
  };

  const order = new Map(payload.documents.map(({ document }, place) => [document, place]));
  page.documentOrder = (document) => order.get(document) ?? order.size;
  // The places of a node or an edge.
  page.addresses = (item) => (item.cells ?? []).map((number) => payload.cells[number].address).join(" ");
  page.address = (edge) => (edge.cells?.length ? payload.cells[edge.cells[0]].address : "");
  page.hasPairs = model.edges.some((edge) => edge.relation === "paired");
  page.hasTasks = model.edges.some((edge) => edge.relation === "assigned");

  // What a task is called in a list: its printed number, else its place in the notice.
  page.taskNumber = (task) => String(task.data.number ?? task.node.match(/#(\w+)$/)?.[1] ?? "·");
  page.mostOf = (count, units, most) => words.t(`finding_${count}_${units.length === 1 ? "one" : "many"}`, {
    names: words.names(units.map((node) => node.label)), tasks: words.tasks(words.number(most)), count: words.number(most),
  });

  page.isSelected = (id) => {
    const selected = store.get("selected");
    if (selected?.type === "node" && model.nodes[selected.id].type === "task" && model.nodes[id].type === "unit") {
      return model.incident[selected.id].some((edge) => edge.relation === "assigned" && edge.from === id);
    }
    return selected?.type === "node" ? selected.id === id : Boolean(selected) && [model.edges[selected.id].from, model.edges[selected.id].to].includes(id);
  };
  page.isEdgeSelected = (id) => store.get("selected")?.type === "edge" && store.get("selected").id === id;

  // The network hides some kinds at first; a view that draws a kind shows it unless the reader has hidden it.
  page.isKindShown = (kind, view) => {
    if (view.name === "network" || view.name === "table") return model.isKindShown(kind.key, store.get("choices"), store.get("layout"));
    return store.get("choices")[kind.key] ?? true;
  };

  page.select = (target) => {
    elsewhere = true;
    store.set({ selected: target, hops: 1 });
    elsewhere = false;
  };
  page.fromElsewhere = () => elsewhere;

  page.moreButton = (key, x, y, count) => svg("g", { class: "on-screen choosable", role: "button", tabindex: 0, "data-more": key, "data-count": count, "aria-label": words.t("more", { count }) },
    svg("rect", { class: "ground", x, y: y - 11, width: textWidth(words.t("more", { count }), SMALL) + 16, height: 22, rx: 4, fill: "#fff", stroke: "#C9CDD3" }),
    textAt(x + 8, y, words.t("more", { count }), { size: SMALL }));
  return page;
}

function segments(host, name, options) {
  const draw = () => host.replaceChildren(...options.map(([value, word]) => el("button", {
    type: "button", "aria-pressed": String(store.get(name) === value), "data-value": value,
    text: word(), onclick: () => { store.set({ [name]: value }); host.querySelector(`[data-value="${value}"]`)?.focus(); },
  })));
  draw();
  store.on([name, "lang"], draw);
}

function createStatus(page) {
  const draw = () => {
    const shown = page.onShow.visible();
    const units = model.nodes.filter((node) => node.type === "unit" && shown.nodes[node.id]).length;
    const tasks = model.nodes.filter((node) => model.isTask(node) && shown.nodes[node.id]).length;
    byId("status").textContent = words.t("status", { units, tasks, relations: shown.edges.filter(Boolean).length });
  };
  store.on(["filters", "choices", "layout", "lang", "sizeBy"], draw);
  draw();
}

function createControls(network) {
  const button = byId("toggle-controls");
  button.addEventListener("click", () => {
    const open = byId("controls").classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    network.ready()?.adapt();
  });
  // Another question: the panel over it, or above it on a phone, makes room.
  store.on(["tab"], () => {
    byId("controls").classList.remove("open");
    button.setAttribute("aria-expanded", "false");
  });
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    store.set({ tab: "table" });
    byId("table-view").focus();
  });
}

function start() {
  connectAddressBar(store, model, payload);
  words.apply();
  store.on(["lang"], () => words.apply());
  segments(byId("languages"), "lang", [["zh", () => "中文"], ["en", () => "EN"]]);

  const page = createPage();
  page.view = () => tabs.current();
  page.legend = createLegend(byId("legend"), page);
  const filters = createFilters(byId("filters"), payload, model, store, words);
  const network = createNetworkView(page);
  const table = createTableView(page);
  const source = createSourceView(page);
  const views = [createLoadView(page), createPairsView(page), createGapsView(page), createMatrixView(page), network, source, table];
  page.views = Object.fromEntries(views.map((view) => [view.name, view]));
  const tabs = createTabs(byId("tabs"), page, views);
  page.heading = createHeading(page);
  // What is chosen elsewhere is shown, whatever filters and legend say.
  page.choose = (node) => {
    if (!page.onShow.visible().nodes[node.id]) store.set({ choices: { ...store.get("choices"), [node.kind]: true } });
    if (!page.onShow.visible().nodes[node.id]) filters.reset({ ...store.get("choices"), [node.kind]: true });
    page.select({ type: "node", id: node.id });
  };
  createSearch(byId("search"), byId("search-results"), payload, model, store, words, page.choose);
  page.openSource = createDrawer(byId("stage"), page, source);
  createDetails(byId("details"), page);
  const picture = createPicture(page, tabs);
  createTakeAway(byId("take-away"), byId("take-away-items"), page, { tabs, table, picture });
  createKeyboard(page, network);
  createControls(network);
  createStatus(page);

  const draw = () => {
    tabs.draw();
    page.legend.draw();
    page.heading.draw();
  };
  window.pairingGraph = { payload, model, store, page, tabs, picture, tables: table, onShow: page.onShow, toCsv, get canvas() { return network.canvas(); }, ready: false };
  draw();
  document.fonts.load(`13px ${FONT}`, "结对 Ab").finally(() => {
    forgetWidths();
    network.ready()?.labels.forget();
    draw();
    createBridge(page);
    const done = () => { window.pairingGraph.ready = true; };
    if (!network.ready()) return requestAnimationFrame(done);
    network.ready().network.once("afterDrawing", done);
    return network.ready().redraw();
  });
}

start();
