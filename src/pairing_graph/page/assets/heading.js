// The headline answers for what is shown: tab, filters and focus included. Picture and print carry it too.

function createHeading(page) {
  const { payload, model, store, words, onShow } = page;
  const { t } = words;
  const kindWord = (edge) => t(model.kinds.get(edge.kind).word);

  // What a headline can say of a unit; a tab names the parts that its question is about.
  const partsOf = {
    roles: (node, edges) => ROLES.map((role) => [role, new Set(edges.filter((edge) => edge.relation === "assigned" && edge.kind === role).map((edge) => edge.to)).size])
      .filter(([, count]) => count).map(([role, count]) => t(`finding.part.${role}`, { tasks: words.tasks(count) })),
    paired: (node) => {
      const partners = [...new Set(model.incident[node.id].filter((edge) => edge.relation === "paired").map((edge) => model.other(edge, node.id).label))];
      return partners.length ? [t("finding.part.paired", { names: words.names(partners) })] : [];
    },
    alone: (node, edges) => {
      const alone = new Set(edges.filter((edge) => edge.unmatched).map((edge) => edge.to)).size;
      return alone ? [t("finding.part.alone", { tasks: words.tasks(alone) })] : [];
    },
  };
  // Where a unit has nothing of what a tab is about, that is the answer.
  const nothing = { roles: "finding.part.idle", paired: "finding.part.unpaired", alone: "finding.part.matched" };

  function ofUnit(node, names) {
    if (!onShow.current().shown.has(node.id)) return t("finding.unit.filtered", { name: node.label });
    const edges = onShow.current().edgesOf(node);
    const [asked] = names;
    const parts = names.flatMap((name) => {
      const own = partsOf[name](node, edges);
      return own.length || name !== asked || !page.hasPairs ? own : [t(nothing[name])];
    });
    return parts.length ? t("finding.unit", { name: node.label, parts: parts.join(t("clause")) }) : node.label;
  }

  function ofTask(node) {
    const assigned = onShow.current().edges.filter((edge) => edge.to === node.id && edge.relation === "assigned");
    const groups = ROLES.map((role) => assigned.filter((edge) => edge.kind === role)).filter((group) => group.length);
    const names = groups.map((group) => t("finding.task_of", { names: words.names(group.map((edge) => model.nodes[edge.from].label)), role: kindWord(group[0]) }));
    if (!names.length) return node.label;
    if (node.data.number === undefined) return t("finding.task_unnumbered", { task: node.label, names: names.join(t("semicolon")) });
    return t("finding.task", { number: node.data.number, names: names.join(t("semicolon")) });
  }

  function ofEdge(edge) {
    const [tail, head] = [edge.from, edge.to].map((id) => model.nodes[id].label);
    return edge.relation === "paired" ? t("finding.pair", { tail, head }) : t("finding.relation", { tail, head, relation: kindWord(edge) });
  }

  function ofNode(node, parts) {
    if (node.type === "unit") return ofUnit(node, parts);
    if (node.type === "task") return ofTask(node);
    const tasks = model.incident[node.id].filter((edge) => edge.relation === "part_of").length;
    return tasks ? t("finding.area", { name: node.label, tasks: words.tasks(tasks) }) : node.label;
  }

  // The answer of a view, or where it has none of its own that of the loads.
  function finding(view = page.view()) {
    const selected = store.get("selected");
    if (selected?.type === "edge") return ofEdge(model.edges[selected.id]);
    if (selected) return ofNode(model.nodes[selected.id], view.parts);
    if (view.missing()) return t(`tab.${view.name}`);
    return view.finding?.() ?? page.views.load.finding();
  }

  function filters() {
    const { region, kind, role, area, document: notice, least } = store.get("filters");
    return [region, kind && words.kind(kind), role && t(`edge.${role}`), area, notice, least && `${t(`load.${store.get("sizeBy")}`)} ≥ ${least}`].filter(Boolean).join(t("listing"));
  }

  function counts(view) {
    const inNetwork = view.name === "network" || view.name === "table";
    const shown = inNetwork ? { nodes: model.nodes.filter(({ id }) => onShow.visible().nodes[id]), edges: model.edges.filter(({ id }) => onShow.visible().edges[id]) } : onShow.current();
    const focus = onShow.focus();
    const nodes = focus ? shown.nodes.filter(({ id }) => focus.nodes.has(id)) : shown.nodes;
    const edges = focus ? focus.edges.map((id) => model.edges[id]) : shown.edges;
    const pairings = edges.filter((edge) => edge.relation === "paired").length;
    // A part without a pairing says nothing of them: its units may be paired with others.
    const key = pairings ? "subtitle" : page.hasPairs ? "subtitle.part" : "subtitle.unpaired";
    return t(key, { units: nodes.filter((node) => node.type === "unit").length, tasks: nodes.filter((node) => model.isTask(node)).length, pairings });
  }

  function subtitle(view = page.view()) {
    const whole = !store.get("selected") && onShow.current().whole;
    const parts = [whole ? payload.heading.subtitle[store.get("lang")] : t("subtitle.shown", { counts: counts(view) })];
    if (onShow.isFiltered()) parts.push(t("subtitle.filtered", { filters: filters() }));
    return [...parts, view.note?.()].filter(Boolean).join(" · ");
  }

  function draw() {
    byId("finding").textContent = finding();
    byId("subtitle").textContent = subtitle();
    byId("subtitle").title = subtitle();
    byId("source-note").textContent = payload.heading.source[store.get("lang")];
  }

  store.on(["lang", "tab", "selected", "hops", "filters", "choices", "layout", "sizeBy"], draw);
  return { draw, finding, subtitle };
}
