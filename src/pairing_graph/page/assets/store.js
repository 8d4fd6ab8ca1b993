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

function connectAddressBar(store, model, payload) {
  const defaults = { lang: payload.lang, layout: payload.layout, view: "graph" };

  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    const patch = { selected: null, hops: 1 };
    for (const name of ["lang", "layout", "view"]) patch[name] = given.get(name) ?? defaults[name];
    if (!payload.layouts[patch.layout]) patch.layout = defaults.layout;
    if (!payload.words[patch.lang]) patch.lang = defaults.lang;
    if (!["graph", "table"].includes(patch.view)) patch.view = "graph";
    const node = model.named.get(given.get("node") ?? "");
    if (node !== undefined) patch.selected = { type: "node", id: node };
    const edge = Number(given.get("edge") ?? -1);
    if (node === undefined && given.has("edge") && model.edges[edge]) patch.selected = { type: "edge", id: edge };
    patch.hops = Math.min(4, Math.max(1, Number(given.get("hops")) || 1));
    const now = store.get("selected");
    if (now && patch.selected && now.type === patch.selected.type && now.id === patch.selected.id) delete patch.selected;
    store.set(patch);
  }

  function write() {
    const kept = new URLSearchParams();
    const selected = store.get("selected");
    if (selected?.type === "node") kept.set("node", model.nodes[selected.id].node);
    if (selected?.type === "edge") kept.set("edge", selected.id);
    if (selected && store.get("hops") > 1) kept.set("hops", store.get("hops"));
    for (const name of ["lang", "layout", "view"]) {
      if (store.get(name) !== defaults[name]) kept.set(name, store.get(name));
    }
    const hash = kept.toString();
    if (hash === location.hash.slice(1)) return;
    try {
      history.replaceState(null, "", hash ? `#${hash}` : `${location.pathname}${location.search}`);
    } catch {
      // A frame without an address of its own cannot keep it.
    }
  }

  read();
  window.addEventListener("hashchange", read);
  store.on(["selected", "hops", "lang", "layout", "view"], write);
}
