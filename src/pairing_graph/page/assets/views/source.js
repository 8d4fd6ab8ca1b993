// Where it is written (原文): the notice's own tables, drawn when they are first asked for.

// The tab and the drawer share one component: `mount(host)` moves it, with its place in the text, so that every cell is on
// the page once. `lead(addresses)` shows cells of it.
function createSourceView(page) {
  const { payload, model, store, words } = page;
  const host = byId("source-view");
  const picks = createPicks(payload, model, words, (target) => page.select(target));
  let source = null;
  let picking = false;

  function onPick(address) {
    picking = true;
    const choices = picks.pick(address);
    picking = false;
    return choices;
  }

  function mount(place) {
    if (!source) source = createSource(place, payload.source, words, { onPick });
    else if (source.root.parentElement !== place) {
      const { scrollTop } = source.body;
      place.append(source.root);
      source.body.scrollTop = scrollTop;
    }
  }

  const addresses = (numbers) => (numbers ?? []).map((number) => payload.cells[number].address);

  // Every cell that says something about what is selected.
  function cited(selected) {
    if (selected.type === "edge") return addresses(model.edges[selected.id].cells);
    const node = model.nodes[selected.id];
    const edges = model.incident[selected.id].filter((edge) => edge.relation === "assigned" || edge.relation === "paired");
    return [...new Set([...addresses(node.cells), ...edges.flatMap((edge) => sideOf(edge, selected.id))])];
  }

  const sideOf = (edge, id) => {
    const all = addresses(edge.cells);
    if (edge.relation === "paired" && all.length === 2) return [all[edge.from === id ? 0 : 1]];
    return all.concat(addresses(edge.inherited));
  };

  function lead(joined) {
    return source?.show(joined) ?? false;
  }

  function showSelected() {
    const selected = store.get("selected");
    if (selected && !picking) lead(cited(selected).join(" "));
  }

  function show() {
    host.hidden = false;
    mount(host);
    showSelected();
  }

  const texts = () => payload.source.documents.flatMap((document) => blocksOf(document, payload.source.shades).flatMap(({ rows }) => rows.flat()));

  function table() {
    return { columns: ["address", "words"].map((column) => words.t(`column.${column}`)), rows: texts().filter(({ text }) => text.trim()).map(({ address, text }) => [address, text]) };
  }

  // Whether all was understood: what one wants to know before one reads on.
  function finding() {
    const { documents } = payload.source;
    const doubts = documents.reduce((sum, document) => sum + doubtsOf(document), 0);
    const pieces = documents.reduce((sum, { counts }) => sum + Object.values(counts).reduce((a, b) => a + b, 0), 0);
    return words.t(doubts ? "source.finding.doubts" : "source.finding.clear", { doubts, pieces });
  }

  store.on(["lang"], () => source?.redraw());
  store.on(["selected"], () => { if (store.get("tab") === "source") showSelected(); });
  return {
    name: "source", parts: ["roles", "paired", "alone"], uses: () => false, show, table, finding, hide: () => { host.hidden = true; }, mount, lead,
    missing: () => (payload.source.documents.length ? "" : words.t(`source.${payload.source.why}`)), addresses: () => source?.addresses() ?? [],
  };
}
