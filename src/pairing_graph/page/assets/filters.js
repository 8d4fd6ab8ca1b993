// Filters: by region, kind of unit, role, area, notice and least load; how nodes are sized and placed.

function createFilters(host, payload, model, store, words) {
  const units = model.nodes.filter((node) => node.type === "unit");
  const distinct = (values) => [...new Set(values.filter(Boolean))];
  const choices = {
    region: () => payload.regions.map((name) => [name, name]),
    kind: () => distinct(units.map((node) => node.data.kind)).map((name) => [name, words.kind(name)]),
    role: () => ROLES.filter((role) => model.kinds.has(role)).map((role) => [role, words.t(`edge.${role}`)]),
    area: () => distinct(model.nodes.filter((node) => node.type === "area").map((node) => node.label)).map((name) => [name, name]),
    document: () => (payload.documents.length > 1 ? payload.documents.map(({ document: name }) => [name, name]) : []),
  };

  function change(name, value) {
    store.set({ filters: { ...store.get("filters"), [name]: value } });
  }

  function select(name, rows, value, changed, empty) {
    const id = `choose-${name}`;
    const options = rows.map(([key, text]) => el("option", { value: key, text, selected: key === value }));
    if (empty) options.unshift(el("option", { value: "", text: empty, selected: !value }));
    return el("label", { class: "field", for: id }, el("span", { text: words.t(`filter.${name}`) }),
      el("select", { id, onchange: (event) => changed(event.target.value) }, options));
  }

  function least() {
    const count = store.get("sizeBy");
    const most = Math.ceil(Math.max(0, ...units.map((node) => model.load(node, count))));
    if (!most) return null;
    const now = Math.min(store.get("filters").least, most);
    const output = el("output", { for: "choose-least", text: now });
    return el("label", { class: "field", for: "choose-least" },
      el("span", {}, words.t("filter.least"), " ", output),
      el("input", {
        id: "choose-least", type: "range", min: 0, max: most, step: 1, value: now,
        oninput: (event) => { output.textContent = event.target.value; change("least", Number(event.target.value)); },
      }));
  }

  const isFiltered = () => Object.values(store.get("filters")).some(Boolean);

  // No filter, and of the legend's choices those that are given.
  function reset(kept = {}) {
    store.set({ filters: NO_FILTERS, choices: kept });
    draw();
  }

  const clear = el("button", { type: "button", class: "quiet", id: "reset-filters", onclick: () => reset() });

  function refresh() {
    clear.textContent = words.t("filter.reset");
    clear.disabled = !isFiltered() && !Object.keys(store.get("choices")).length;
  }

  function draw() {
    const { filters } = { filters: store.get("filters") };
    const rows = Object.entries(choices)
      .map(([name, list]) => [name, list()])
      .filter(([name, list]) => list.length > (name === "role" ? 0 : 1))
      .map(([name, list]) => select(name, list, filters[name], (value) => change(name, value), words.t("filter.all")));
    const counts = payload.loads.counts;
    const size = counts.length
      ? select("size", counts.map((name) => [name, words.t(`load.${name}`)]), store.get("sizeBy"), (value) => store.set({ sizeBy: value }))
      : null;
    host.replaceChildren(...[...rows, least(), size, clear].filter(Boolean));
    refresh();
  }

  host.addEventListener("submit", (event) => event.preventDefault());
  draw();
  store.on(["lang", "sizeBy"], draw);
  store.on(["filters"], () => { if (!host.contains(document.activeElement)) draw(); });
  store.on(["filters", "choices"], refresh);
  return { reset };
}
