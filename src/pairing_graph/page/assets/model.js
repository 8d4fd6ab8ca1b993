// The graph as the page asks about it: who is whose neighbour, what is shown.

// From the weightiest; an order of roles is always this one.
const ROLES = ["lead", "responsible", "support", "guide"];

function createModel(payload) {
  giveWords(payload.cells, payload.source);
  const facts = payload.facts;
  const nodes = payload.network.nodes.map((look, id) => ({ id, label: look.label, ...facts.nodes[id] }));
  const edges = payload.network.edges.map((look, id) => ({ id, from: look.from, to: look.to, ...facts.edges[id] }));
  const incident = nodes.map(() => []);
  for (const edge of edges) {
    incident[edge.from].push(edge);
    if (edge.to !== edge.from) incident[edge.to].push(edge);
  }
  const kinds = new Map([...payload.kinds.nodes, ...payload.kinds.edges].map((kind) => [kind.key, kind]));
  const named = new Map(nodes.map((node) => [node.node, node.id]));
  const areaOf = new Map();
  for (const edge of edges) if (edge.relation === "part_of") areaOf.set(edge.from, edge.to);

  const other = (edge, id) => nodes[edge.from === id ? edge.to : edge.from];
  const load = (node, count) => node.load?.[count] ?? 0;
  const isTask = (node) => node.type === "task" || node.type === "other";
  // Whether a unit has a name of its own and is not one of several that are named together.
  const isNamed = (node) => !node.data.collective;

  // All nodes within some steps, over edges that are shown.
  function within(start, hops, shown) {
    const reached = new Set(start);
    let front = [...start];
    for (let step = 0; step < hops; step += 1) {
      const next = [];
      for (const id of front) {
        for (const edge of incident[id]) {
          if (!shown.edges[edge.id]) continue;
          const far = edge.from === id ? edge.to : edge.from;
          if (!reached.has(far)) {
            reached.add(far);
            next.push(far);
          }
        }
      }
      front = next;
    }
    return reached;
  }

  function isKindShown(key, choices, layout) {
    if (Object.hasOwn(choices, key)) return choices[key];
    return !kinds.get(key).hidden || payload.layouts[layout].shown.includes(key);
  }

  // What the legend and the filters leave. A task stays while one of its units does; a unit under a filter by role or
  // area only with such an assignment.
  function visible({ choices, filters, layout, sizeBy }) {
    const kindShown = new Map([...kinds.keys()].map((key) => [key, isKindShown(key, choices, layout)]));
    const filtered = Boolean(filters.region || filters.kind || filters.role || filters.area || filters.document || filters.least > 0);
    const narrow = Boolean(filters.role || filters.area || filters.document);
    const inArea = (id) => !filters.area || nodes[areaOf.get(id)]?.label === filters.area;
    const inDocument = (place) => !filters.document || (place ?? "").startsWith(`${filters.document}!`);
    const wherefrom = (item) => (item.cells?.length ? payload.cells[item.cells[0]].address : "");
    const fits = nodes.map((node) => {
      if (node.type === "unit") {
        return (!filters.region || node.data.region === filters.region)
          && (!filters.kind || node.data.kind === filters.kind)
          && load(node, sizeBy) >= filters.least;
      }
      return !isTask(node) || (inArea(node.id) && (node.type === "other" || inDocument(wherefrom(node))));
    });
    const fittingEdge = (edge) => fits[edge.from] && fits[edge.to]
      && (edge.relation !== "assigned" || !filters.role || edge.kind === filters.role)
      && (edge.relation !== "paired" || inDocument(wherefrom(edge)));
    if (filtered) {
      // A task or a line that the legend hides still says which units the filter means.
      const counts = (id) => nodes[id].type !== "unit" || kindShown.get(nodes[id].kind);
      const kept = new Set();
      for (const edge of edges) {
        const carries = edge.relation === "assigned" || (!narrow && edge.relation !== "part_of" && edge.relation !== "aims_at")
          || (!filters.role && !filters.area && edge.relation === "paired");
        if (carries && fittingEdge(edge) && counts(edge.from) && counts(edge.to)) kept.add(edge.from).add(edge.to);
      }
      for (const node of nodes) {
        if (isTask(node) || (node.type === "unit" && narrow)) fits[node.id] &&= kept.has(node.id);
      }
      for (const node of nodes) {
        if (node.type === "area" || node.type === "target") fits[node.id] &&= incident[node.id].some((edge) => fits[edge.from]);
      }
    }
    const shownNodes = nodes.map((node) => fits[node.id] && kindShown.get(node.kind));
    const shownEdges = edges.map((edge) => shownNodes[edge.from] && shownNodes[edge.to] && kindShown.get(edge.kind) && fittingEdge(edge));
    return { nodes: shownNodes, edges: shownEdges };
  }

  return { nodes, edges, incident, kinds, named, areaOf, other, load, isTask, isNamed, within, visible, isKindShown };
}
