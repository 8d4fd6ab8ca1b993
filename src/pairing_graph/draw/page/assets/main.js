// Everything put together.

const payload = JSON.parse(byId("payload").textContent);
const model = createModel(payload);
const store = createStore({
  lang: payload.lang, layout: payload.layout, view: "graph", selected: null, hops: 1, choices: {}, sizeBy: payload.loads.count,
  filters: { region: "", kind: "", role: "", area: "", document: "", least: 0 },
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

function start() {
  connectAddressBar(store, model, payload);
  words.apply();
  store.on(["lang"], () => words.apply());
  segments(byId("layouts"), "layout", Object.keys(payload.layouts).map((name) => [name, () => words.t(`layout.${name}`)]));
  segments(byId("languages"), "lang", [["zh", () => "中文"], ["en", () => "EN"]]);
  const canvas = createCanvas(byId("graph"), payload, model, store, words);
  createLegend(byId("legend"), payload, model, store, words);
  createTooltip(byId("tooltip"), canvas, payload, model, store, words);
  byId("zoom-in").addEventListener("click", () => canvas.zoom(1.3));
  byId("zoom-out").addEventListener("click", () => canvas.zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => canvas.fit(true));
  canvas.network.on("click", ({ pointer }) => {
    const hit = canvas.at(pointer);
    store.set({ selected: hit, hops: 1 });
  });
  window.pairingGraph = { payload, model, store, canvas, ready: false };
  canvas.fit();
  document.fonts.load(`13px ${FONT}`, "结对 Ab").finally(() => {
    canvas.labels.forget();
    canvas.fit();
    canvas.network.once("afterDrawing", () => { window.pairingGraph.ready = true; });
    canvas.redraw();
  });
}

start();
