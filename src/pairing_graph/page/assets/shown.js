// What is on show: the part that legend and filters leave, what is in focus, and the loads within it. Every view asks here.

const ANSWERS = ["filters", "choices", "layout", "sizeBy"];

function createShown(payload, model, store, loads) {
  let counted = null;
  let drawn = null;
  let near = null;
  let named = null;
  let lonely = null;
  store.on(ANSWERS, () => { counted = null; drawn = null; near = null; named = null; lonely = null; });
  store.on(["selected", "hops"], () => { near = null; });

  const isFiltered = () => Object.values(store.get("filters")).some(Boolean);
  const chosen = () => ({ choices: store.get("choices"), filters: store.get("filters"), layout: store.get("layout"), sizeBy: store.get("sizeBy") });

  // What the network draws: for every node and edge whether it is shown.
  function visible() {
    drawn ??= model.visible(chosen());
    return drawn;
  }

  // What belongs to the selection within that; null without one.
  function focus() {
    const selected = store.get("selected");
    if (!selected) return null;
    near ??= focusOf(model, visible(), selected, store.get("hops"));
    return near;
  }

  // What the answers are about: filters and hidden units count, a line that the legend hides does not.
  function current() {
    if (counted) return counted;
    const isUnit = (key) => key.startsWith("unit:");
    const choices = {};
    for (const key of model.kinds.keys()) choices[key] = isUnit(key) ? model.isKindShown(key, store.get("choices"), store.get("layout")) : true;
    const left = model.visible({ ...chosen(), choices });
    const whole = !isFiltered() && Object.values(choices).every(Boolean);
    const edges = model.edges.filter((edge) => left.edges[edge.id]);
    const loadsOf = whole ? null : loads.count(edges);
    const load = (node, count) => (loadsOf ? loadsOf.get(node.id)?.[count] ?? 0 : model.load(node, count));
    const nodes = model.nodes.filter((node) => left.nodes[node.id]);
    const byUnit = new Map(nodes.filter((node) => node.type === "unit").map((node) => [node.id, []]));
    for (const edge of edges) for (const id of new Set([edge.from, edge.to])) byUnit.get(id)?.push(edge);
    counted = { whole, edges, load, nodes, shown: new Set(nodes.map((node) => node.id)), units: nodes.filter((node) => node.type === "unit"), edgesOf: (node) => byUnit.get(node.id) ?? [] };
    return counted;
  }

  // Whether so little is shown that each of it is named: tasks are boxes with their words then.
  function isNamed() {
    named ??= payload.layouts[store.get("layout")].roomy && visible().nodes.filter(Boolean).length <= payload.most_named;
    return named;
  }

  // Whether a node is drawn as a box with its words inside.
  const isBox = (node) => node.type !== "unit" && payload.layouts[store.get("layout")].boxes[node.id][0] === "inside" && (node.type === "area" || isNamed());

  // The pairs of the units that filters leave: a partner that they leave out still belongs to its pair. How often a unit is
  // paired is a fact of its notice, whatever is filtered.
  function pairs() {
    const left = new Set(current().units.map((unit) => unit.id));
    const { document: notice } = store.get("filters");
    const hidden = (id) => store.get("choices")[model.nodes[id].kind] === false;
    return model.edges.filter((edge) => edge.relation === "paired" && (left.has(edge.from) || left.has(edge.to)) && !hidden(edge.from) && !hidden(edge.to)
      && (!notice || (edge.cells?.length ? payload.cells[edge.cells[0]].address : "").startsWith(`${notice}!`)));
  }

  const timesPaired = (id) => model.incident[id].filter((edge) => edge.relation === "paired").length;

  // Units that lack a paired counterpart in a task.
  function alone() {
    lonely ??= new Set(current().edges.filter((edge) => edge.unmatched).map((edge) => edge.from));
    return lonely;
  }

  // Units of a region, the most loaded first: by the count that the page begins with, then by its shares.
  function ranked(units) {
    const { load } = current();
    const by = [payload.loads.count, "fractional", "tasks"];
    return [...units].sort((a, b) => by.reduce((found, count) => found || load(b, count) - load(a, count), 0) || a.id - b.id);
  }

  return { visible, focus, current, pairs, timesPaired, alone, isNamed, isBox, isFiltered, ranked, count: loads.count, shareOf: loads.shareOf };
}
