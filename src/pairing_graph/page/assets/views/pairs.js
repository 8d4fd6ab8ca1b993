// Who is paired with whom (谁与谁结对): a row for every pair; units that are paired several times are together and come first.

const PAIR_ROWS = 200;

function createPairsView(page) {
  const { model, words, onShow } = page;
  const { t } = words;
  const rows = createPairRows(page);
  const opened = new Set();


  // Pairs that hang together through a unit, each group in the order of the notices.
  function groupsOf(edges) {
    const group = new Map();
    for (const edge of edges) {
      const own = [edge.from, edge.to].map((id) => group.get(id)).filter(Boolean);
      const all = own[0] ?? { edges: [] };
      if (own[1] && own[1] !== all) {
        all.edges.push(...own[1].edges);
        for (const [id, held] of group) if (held === own[1]) group.set(id, all);
      }
      all.edges.push(edge);
      for (const id of [edge.from, edge.to]) group.set(id, all);
    }
    return [...new Set(group.values())].map((one) => one.edges.sort((a, b) => a.from - b.from || rows.byPlace(a, b)));
  }

  // By regions; within them departments before the township level, and who is paired most often first.
  function sections() {
    const edges = onShow.pairs().sort(rows.byPlace);
    const regions = page.regions();
    const region = (id) => regions.indexOf(model.nodes[id].data.region ?? "");
    const isLow = (id) => model.nodes[id].kind.startsWith("unit:township");
    const low = (group) => Number(group.every((edge) => isLow(edge.from) || isLow(edge.to)));
    const most = (group) => Math.max(...group.flatMap((edge) => [onShow.timesPaired(edge.from), onShow.timesPaired(edge.to)]));
    const found = new Map();
    for (const group of groupsOf(edges)) {
      const key = `${region(group[0].from)}-${region(group[0].to)}`;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(group);
    }
    const order = (a, b) => low(a) - low(b) || most(b) - most(a) || b.length - a.length || rows.byPlace(a[0], b[0]);
    return [...found].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).map(([key, groups]) => {
      const [from, to] = key.split("-").map((place) => regions[place] ?? "");
      return { key, from, to, edges: groups.sort(order).flat() };
    });
  }

  // Units that have tasks with the other side and are in no pair.
  const outside = () => onShow.current().units.filter((node) => rows.aloneIn(node).length && !onShow.timesPaired(node.id));

  function scene(width) {
    const parts = [];
    const breaks = [];
    let top = 0;
    for (const { key, from, to, edges } of rows.isShown("paired") ? sections() : []) {
      const head = rows.sidesAt(top, width, from, to);
      parts.push(...head.parts);
      top += head.height;
      const open = opened.has(key) ? edges : edges.slice(0, PAIR_ROWS);
      open.forEach((edge, place) => {
        const before = place ? open[place - 1] : null;
        const above = new Set(before ? [before.from, before.to] : []);
        const row = rows.pairRow(edge, top, width, { times: onShow.timesPaired, above });
        parts.push(...row.parts);
        top += row.height + 2;
        breaks.push(top);
      });
      if (edges.length > open.length) parts.push(page.moreButton(key, 4, top + 14, edges.length - open.length));
      top += edges.length > open.length ? 44 : 18;
    }
    const rest = unpaired(top, width);
    return { element: plain(parts, rest.parts), width, height: Math.max(60, rest.bottom), breaks: [...breaks, ...rest.breaks] };
  }

  function unpaired(top, width) {
    const units = outside();
    if (!units.length) return { parts: [], bottom: top, breaks: [] };
    const parts = headingAt(0, top + 10, width, t("pairs.outside"));
    const breaks = [];
    let y = top + 32;
    for (const node of units) {
      const row = rows.aloneRow(node, y, width);
      parts.push(...row.parts);
      y += row.height;
      breaks.push(y);
    }
    return { parts, bottom: y + 12, breaks };
  }

  function finding() {
    const edges = onShow.pairs();
    if (!edges.length) return t("finding.pairs.none");
    const units = [...new Set(edges.flatMap((edge) => [edge.from, edge.to]))];
    const often = units.map((id) => [id, onShow.timesPaired(id)]).filter(([, count]) => count > 1);
    if (!often.length) return t("finding_paired_once", { pairings: t(`pairing_${edges.length === 1 ? "one" : "many"}`, { count: edges.length }) });
    const most = Math.max(...often.map(([, count]) => count));
    const names = often.filter(([, count]) => count === most).map(([id]) => model.nodes[id].label);
    const first = t(`finding_paired_${names.length === 1 ? "one" : "many"}`, { names: words.names(names), count: most });
    if (names.length === often.length) return first;
    return first + t("clause") + t(`paired_often_${often.length === 1 ? "one" : "many"}`, { count: often.length });
  }

  function table() {
    const columns = ["donor", "recipient", "joint", "direction", "remark", "address"].map((column) => t(`column.${column}`));
    return {
      columns,
      rows: sections().flatMap(({ edges }) => edges.map((edge) => [model.nodes[edge.from].node, model.nodes[edge.to].node, rows.jointTasks(edge).map(page.taskNumber).join(t("listing")),
        edge.data?.direction_basis ? t(`basis.${edge.data.direction_basis}`) : "", edge.data?.remark ?? "", page.addresses(edge)])),
    };
  }

  const view = {
    name: "pairs", columns: true, parts: ["paired", "alone"], scene, finding, table,
    missing: () => (page.hasPairs ? "" : t("overview.unpaired")),
    uses: (kind) => kind.key.startsWith("unit:") || kind.key === "paired",
    marksAlone: true, more: (key) => opened.add(key),
  };
  return Object.assign(view, createSceneHost(page, byId("pairs-view"), view));
}
