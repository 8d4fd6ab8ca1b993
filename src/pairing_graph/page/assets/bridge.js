// In a notebook's widget the page says what is chosen, and takes what Python chooses. It listens to nobody but the window that
// holds it, only where it was made for that, and takes a message for data that may be anything.

function createBridge(page) {
  const { payload, model, store, choose, select, addresses } = page;
  const host = window.parent;
  if (!payload.bridge || host === window) return;

  const isText = (value) => typeof value === "string";
  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  function keyOf(selected) {
    if (!selected) return null;
    if (selected.type === "node") return { node: model.nodes[selected.id].node };
    const edge = model.edges[selected.id];
    return { from: model.nodes[edge.from].node, to: model.nodes[edge.to].node, kind: edge.kind, addresses: addresses(edge) };
  }

  // The node or line of a key; nothing where the page has none.
  function found(key) {
    if (isText(key.node) && model.named.has(key.node)) return { type: "node", id: model.named.get(key.node) };
    const from = model.named.get(key.from);
    const edge = (model.incident[from] ?? []).find((one) => one.from === from && one.to === model.named.get(key.to)
      && one.kind === key.kind && addresses(one) === key.addresses);
    return edge ? { type: "edge", id: edge.id } : null;
  }

  function takeSelected(key) {
    if (key === null) return select(null);
    const target = isRecord(key) ? found(key) : null;
    if (target?.type === "node") return choose(model.nodes[target.id]);
    return target ? select(target) : undefined;
  }

  function takeFilters(given) {
    if (!isRecord(given)) return;
    const names = Object.keys(NO_FILTERS).filter((name) => typeof given[name] === typeof NO_FILTERS[name]);
    store.set({ filters: { ...NO_FILTERS, ...Object.fromEntries(names.map((name) => [name, given[name]])) } });
  }

  const says = { selected: () => keyOf(store.get("selected")), filters: () => store.get("filters"), tab: () => store.get("tab") };
  const takes = { filters: takeFilters, tab: (name) => { if (isText(name) && Object.hasOwn(page.views, name)) store.set({ tab: name }); }, selected: takeSelected };
  const shared = payload.bridge.filter((name) => Object.hasOwn(says, name) && store.get(name) !== undefined);
  const state = () => Object.fromEntries(shared.map((name) => [name, says[name]()]));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  let heard = false;
  let taking = false;

  // What was sent is not sent back, unless it became something else here.
  function take(given) {
    const names = Object.keys(takes).filter((name) => shared.includes(name) && Object.hasOwn(given, name));
    const meant = { ...state(), ...Object.fromEntries(names.map((name) => [name, given[name]])) };
    taking = true;
    for (const name of names) if (!same(says[name](), given[name])) takes[name](given[name]);
    taking = false;
    heard = true;
    if (!same(state(), meant)) say();
  }

  function say() {
    if (heard && !taking) host.postMessage({ pairingGraph: "state", state: state() }, "*");
  }

  window.addEventListener("message", ({ source, data }) => {
    if (source === host && isRecord(data) && data.pairingGraph === "set" && isRecord(data.state)) take(data.state);
  });
  store.on(shared, say);
  host.postMessage({ pairingGraph: "ready" }, "*");
}
