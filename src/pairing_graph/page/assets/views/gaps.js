// Who lacks a counterpart (谁缺对口): units that no one on the other side of a task is paired with, and the joint tasks of units
// that no table pairs.

const GAP_ROWS = 60;

function createGapsView(page) {
  const { model, words, onShow } = page;
  const { t } = words;
  const rows = createPairRows(page);
  const opened = new Set();

  function lonely() {
    const counted = onShow.current().units.map((node) => [node, rows.aloneIn(node).length]).filter(([, count]) => count);
    return counted.sort(([a, one], [b, other]) => other - one || a.id - b.id).map(([node]) => node);
  }

  const gaps = () => onShow.current().edges.filter((edge) => edge.relation === "gap")
    .sort((a, b) => b.data.joint_tasks - a.data.joint_tasks || a.id - b.id);

  function section(key, title, note, items, draw, top, width) {
    if (!items.length) return { parts: [], bottom: top, breaks: [] };
    const lines = wrapped(note, SMALL, width);
    const parts = [...headingAt(0, top + 10, width, `${title} ${items.length}`), ...linesAt(0, top + 34 + ((lines.length - 1) * SMALL * 1.3) / 2, lines, { size: SMALL, fill: MUTED })];
    const breaks = [];
    const open = opened.has(key) ? items : items.slice(0, GAP_ROWS);
    let y = top + 34 + lines.length * SMALL * 1.3;
    open.forEach((item, place) => {
      const row = draw(item, y, place ? open[place - 1] : null);
      parts.push(...row.parts);
      y += row.height;
      breaks.push(y);
    });
    if (items.length > open.length) parts.push(page.moreButton(key, 4, y + 16, items.length - open.length));
    return { parts, bottom: y + (items.length > open.length ? 48 : 24), breaks };
  }

  function scene(width) {
    const alone = section("units", t("gaps.units"), t("details.unmatched.note"), lonely(), (node, y) => rows.aloneRow(node, y, width), 0, width);
    const unpaired = section("pairs", t("gaps.pairs"), t("details.gaps.note"), rows.isShown("gap") ? gaps() : [], (edge, y, before) => rows.pairRow(edge, y, width, { marks: false, above: new Set(before ? [before.from, before.to] : []) }), alone.bottom, width);
    return { element: plain(alone.parts, unpaired.parts), width, height: Math.max(60, unpaired.bottom), breaks: [...alone.breaks, ...unpaired.breaks] };
  }

  // Whether units of two regions have a task in common at all.
  function isShared() {
    const regionOf = new Map();
    return onShow.current().edges.filter((edge) => edge.relation === "assigned" && model.isNamed(model.nodes[edge.from])).some((edge) => {
      const region = model.nodes[edge.from].data.region ?? "";
      if (!regionOf.has(edge.to)) regionOf.set(edge.to, region);
      return regionOf.get(edge.to) !== region;
    });
  }

  function finding() {
    const units = lonely();
    const pairs = gaps();
    if (!units.length && !pairs.length) return t(isShared() ? "finding.gaps.none" : "finding.gaps.apart");
    const parts = [];
    if (units.length) parts.push(t(`finding.gaps.units_${units.length === 1 ? "one" : "many"}`, { names: words.names(units.map((node) => node.label)) }));
    if (pairs.length) parts.push(t(`finding.gaps.pairs_${pairs.length === 1 ? "one" : "many"}`, { count: pairs.length }));
    return parts.join(t("clause"));
  }

  function table() {
    const columns = ["unit", "partner", "tasks", "address"].map((column) => t(`column.${column}`));
    const alone = lonely().map((node) => [node.node, "", rows.aloneIn(node).map(page.taskNumber).join(t("listing")), onShow.current().edgesOf(node).filter((edge) => edge.unmatched).map(page.addresses).join(" ")]);
    const unpaired = gaps().map((edge) => [model.nodes[edge.from].node, model.nodes[edge.to].node, rows.jointTasks(edge).map(page.taskNumber).join(t("listing")), page.addresses(edge)]);
    return { columns, rows: [...alone, ...unpaired] };
  }

  const view = {
    name: "gaps", columns: true, parts: ["alone", "paired"], scene, finding, table,
    missing: () => (page.hasPairs ? (page.hasTasks ? "" : t("missing.gaps")) : t("overview.unpaired")),
    uses: (kind) => kind.key.startsWith("unit:") || kind.key === "gap",
    marksAlone: true, more: (key) => opened.add(key),
  };
  return Object.assign(view, createSceneHost(page, byId("gaps-view"), view));
}
