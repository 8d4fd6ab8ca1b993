// What the reader has chosen. Whoever shows a part of it subscribes; the address bar keeps what is worth handing on.

function createStore(initial) {
  const state = { ...initial };
  const listeners = [];

  const get = (name) => state[name];

  function set(patch) {
    const changed = Object.keys(patch).filter((name) => state[name] !== patch[name]);
    if (!changed.length) return;
    Object.assign(state, patch);
    for (const { names, listener } of listeners) {
      if (names.some((name) => changed.includes(name))) listener(state);
    }
  }

  const on = (names, listener) => listeners.push({ names, listener });

  return { get, set, on };
}

const KEPT = ["lang", "tab", "layout"];
// A link may ask for any number; no unit has more tasks than a page has.
const MOST_LEAST = 1e5;
const NO_FILTERS = { region: "", kind: "", role: "", area: "", document: "", least: 0 };

// The link holds what is on show, so that it can be handed on; every choice is a step that Back takes back.
function connectAddressBar(store, model, payload) {
  const defaults = { lang: payload.lang, tab: payload.tab, layout: payload.layout };
  let reading = false;

  // Filters that name something else (a link to another notice) are left out.
  function filtersFrom(given) {
    const units = model.nodes.filter((node) => node.type === "unit");
    const known = {
      region: payload.regions, kind: units.map((node) => node.data.kind), role: ROLES, document: payload.documents.map((document) => document.document),
      area: model.nodes.filter((node) => node.type === "area").map((node) => node.label),
    };
    const filters = { ...NO_FILTERS, least: Math.min(MOST_LEAST, Math.max(0, Number(given.get("least")) || 0)) };
    for (const [name, values] of Object.entries(known)) if (values.includes(given.get(name))) filters[name] = given.get(name);
    return filters;
  }

  function choicesFrom(given) {
    const kinds = (name, shown) => given.getAll(name).filter((key) => model.kinds.has(key)).map((key) => [key, shown]);
    return Object.fromEntries([...kinds("show", true), ...kinds("hide", false)]);
  }

  function selectedFrom(given) {
    const node = model.named.get(given.get("node") ?? "");
    if (node !== undefined) return { type: "node", id: node };
    const edge = Number(given.get("edge") ?? -1);
    return given.has("edge") && model.edges[edge] ? { type: "edge", id: edge } : null;
  }

  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    const patch = { selected: selectedFrom(given), hops: Math.min(4, Math.max(1, Number(given.get("hops")) || 1)) };
    for (const name of KEPT) patch[name] = given.get(name) ?? defaults[name];
    if (!Object.hasOwn(payload.layouts, patch.layout)) patch.layout = defaults.layout;
    if (!Object.hasOwn(payload.words, patch.lang)) patch.lang = defaults.lang;
    if (!TABS.includes(patch.tab)) patch.tab = defaults.tab;
    patch.folded = given.has("fold") ? given.get("fold") === "1" : null;
    patch.sizeBy = payload.loads.counts.includes(given.get("size")) ? given.get("size") : payload.loads.count;
    patch.filters = filtersFrom(given);
    patch.choices = choicesFrom(given);
    for (const name of ["selected", "filters", "choices"]) if (JSON.stringify(patch[name]) === JSON.stringify(store.get(name))) delete patch[name];
    reading = true;
    store.set(patch);
    reading = false;
  }

  function link() {
    const kept = new URLSearchParams();
    const selected = store.get("selected");
    if (selected?.type === "node") kept.set("node", model.nodes[selected.id].node);
    if (selected?.type === "edge") kept.set("edge", selected.id);
    if (selected && store.get("hops") > 1) kept.set("hops", store.get("hops"));
    for (const name of KEPT) if (store.get(name) !== defaults[name]) kept.set(name, store.get(name));
    if (store.get("folded") !== null) kept.set("fold", store.get("folded") ? 1 : 0);
    if (store.get("sizeBy") !== payload.loads.count) kept.set("size", store.get("sizeBy"));
    for (const [name, value] of Object.entries(store.get("filters"))) if (value) kept.set(name, value);
    for (const [key, shown] of Object.entries(store.get("choices"))) kept.append(shown ? "show" : "hide", key);
    return kept.toString();
  }

  // A slider that is drawn is one step, not one for every place that it passes.
  const withoutLeast = (hash) => hash.replace(/(^|&)least=\d+/, "").replace(/^&/, "");

  function write() {
    const hash = link();
    const before = location.hash.slice(1);
    if (reading || hash === before) return;
    const passing = /(^|&)least=/.test(before) && /(^|&)least=/.test(hash) && withoutLeast(before) === withoutLeast(hash);
    try {
      history[passing ? "replaceState" : "pushState"](null, "", hash ? `#${hash}` : `${location.pathname}${location.search}`);
    } catch {
      // A frame without an address of its own cannot keep it.
    }
  }

  read();
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", read);
  store.on(["selected", "hops", "filters", "choices", "sizeBy", "folded", ...KEPT], write);
}
