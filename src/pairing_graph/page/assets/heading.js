// The headline answers for what is shown: filters and focus included. Picture and print carry it too.

function createHeading(payload, model, canvas, store, words, onShow) {
  const { t } = words;
  const paired = model.edges.some((edge) => edge.relation === "paired");
  const kindWord = (edge) => t(model.kinds.get(edge.kind).word.replace(/^page\./, ""));

  function ofUnit(node) {
    const edges = onShow.current().edges.filter((edge) => edge.from === node.id || edge.to === node.id);
    const parts = ROLES.map((role) => [role, new Set(edges.filter((edge) => edge.relation === "assigned" && edge.kind === role).map((edge) => edge.to)).size])
      .filter(([, count]) => count).map(([role, count]) => t(`finding.part.${role}`, { tasks: words.tasks(count) }));
    const partners = [...new Set(edges.filter((edge) => edge.relation === "paired").map((edge) => model.other(edge, node.id).label))];
    if (partners.length) parts.push(t("finding.part.paired", { names: words.names(partners) }));
    const alone = new Set(edges.filter((edge) => edge.unmatched).map((edge) => edge.to)).size;
    if (alone) parts.push(t("finding.part.alone", { tasks: words.tasks(alone) }));
    return parts.length ? t("finding.unit", { name: node.label, parts: parts.join(t("clause")) }) : node.label;
  }

  function ofTask(node) {
    const assigned = onShow.current().edges.filter((edge) => edge.to === node.id && edge.relation === "assigned");
    const groups = ROLES.map((role) => assigned.filter((edge) => edge.kind === role)).filter((group) => group.length);
    const names = groups.map((group) => t("finding.task_of", { names: words.names(group.map((edge) => model.nodes[edge.from].label)), role: kindWord(group[0]) }));
    if (node.data.number === undefined || !names.length) return node.label;
    return t("finding.task", { number: node.data.number, names: names.join(t("semicolon")) });
  }

  function ofEdge(edge) {
    const [tail, head] = [edge.from, edge.to].map((id) => model.nodes[id].label);
    return edge.relation === "paired" ? t("finding.pair", { tail, head }) : t("finding.relation", { tail, head, relation: kindWord(edge) });
  }

  function ofNode(node) {
    if (node.type === "unit") return ofUnit(node);
    if (node.type === "task") return ofTask(node);
    const tasks = model.incident[node.id].filter((edge) => edge.relation === "part_of").length;
    return tasks ? t("finding.area", { name: node.label, tasks: words.tasks(tasks) }) : node.label;
  }

  // Who carries most of what the filters leave; the weightiest role that anybody has in it.
  function ofShown() {
    const shown = onShow.current();
    const units = shown.nodes.filter((node) => node.type === "unit" && node.level !== "collective" && !node.data.collective);
    for (const count of ROLES) {
      const most = Math.max(0, ...units.map((node) => shown.load(node, count)));
      if (!most) continue;
      const names = units.filter((node) => shown.load(node, count) === most).map((node) => node.label);
      return t(`finding_${count}_${names.length === 1 ? "one" : "many"}`, { names: words.names(names), tasks: words.tasks(most) });
    }
    return t("finding.none");
  }

  function finding() {
    const selected = store.get("selected");
    if (selected?.type === "edge") return ofEdge(model.edges[selected.id]);
    if (selected) return ofNode(model.nodes[selected.id]);
    return onShow.current().whole ? payload.heading.finding[store.get("lang")] : ofShown();
  }

  function filters() {
    const { region, kind, role, area, document: notice, least } = store.get("filters");
    return [region, kind && words.kind(kind), role && t(`edge.${role}`), area, notice, least && `${t(`load.${store.get("sizeBy")}`)} ≥ ${least}`].filter(Boolean).join(t("listing"));
  }

  function counts() {
    const shown = canvas.shown();
    const focus = canvas.focus();
    const nodes = model.nodes.filter(({ id }) => shown.nodes[id] && (!focus || focus.nodes.has(id)));
    const edges = focus ? focus.edges.map((id) => model.edges[id]) : model.edges.filter((edge) => shown.edges[edge.id]);
    const pairings = edges.filter((edge) => edge.relation === "paired").length;
    // A part without a pairing says nothing of them: its units may be paired with others.
    const key = pairings ? "subtitle" : paired ? "subtitle.part" : "subtitle.unpaired";
    return t(key, { units: nodes.filter((node) => node.type === "unit").length, tasks: nodes.filter((node) => model.isTask(node)).length, pairings });
  }

  function subtitle() {
    if (!store.get("selected") && onShow.current().whole) return payload.heading.subtitle[store.get("lang")];
    const parts = [t("subtitle.shown", { counts: counts() })];
    if (onShow.isFiltered()) parts.push(t("subtitle.filtered", { filters: filters() }));
    return parts.join(" · ");
  }

  function draw() {
    byId("finding").textContent = finding();
    byId("subtitle").textContent = subtitle();
    byId("subtitle").title = subtitle();
    byId("source-note").textContent = payload.heading.source[store.get("lang")];
  }

  store.on(["lang", "selected", "hops", "filters", "choices", "layout", "sizeBy"], draw);
  draw();
}
