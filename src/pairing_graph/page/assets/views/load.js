// Who carries how much (谁承担多少): a bar for every unit. The order stays whatever is counted, so that counts can be compared.

const LOAD_COUNTS = ["listed_first", "fractional"];
const LOAD_ROWS = 120;
// Widths of a panel: the least beside another one, below which a name goes above its bar, and from which the other counts
// find room in columns of their own.
const LOAD_PANEL = 380;
const LOAD_NARROW = 360;
const LOAD_WIDE = 520;
const LOAD_COLUMN = 66;

function createLoadView(page) {
  const { payload, model, store, words, onShow } = page;
  const { isNamed } = model;
  const { t } = words;
  const first = payload.loads.count;
  const offered = [...new Set([first, ...LOAD_COUNTS])].filter((count) => payload.loads.counts.includes(count));
  const opened = new Set();

  function panels() {
    const shown = onShow.current();
    const carries = (node) => shown.load(node, "tasks") > 0 || shown.load(node, store.get("sizeBy")) > 0;
    return page.regions().map((region) => {
      const units = shown.units.filter((node) => isNamed(node) && (node.data.region ?? "") === region);
      const carrying = units.filter(carries);
      return { region, units: onShow.ranked(carrying), idle: units.length - carrying.length };
    }).filter((panel) => panel.units.length || panel.idle);
  }

  function row(node, x, y, { width, narrow, most, names, columns }) {
    const shown = onShow.current();
    const count = store.get("sizeBy");
    const value = shown.load(node, count);
    const kind = model.kinds.get(node.kind);
    const selected = page.isSelected(node.id);
    const left = narrow ? x + 20 : x + names;
    const room = width - (left - x) - columns.length * LOAD_COLUMN - 44;
    const middle = y + ROW / 2;
    const line = narrow ? middle + 20 : middle;
    const height = narrow ? ROW + 20 : ROW;
    const bar = Math.max(value ? 2 : 0, (room * value) / most);
    const item = choosable(`n${node.id}`, `${node.label} ${t(`load.${count}`)} ${words.load(count, value)}`, { x, y, width, height, fill: selected ? SELECTED : "transparent" },
      unitName(page, node, x + 4, middle, narrow ? width - 8 : names - 8, { bold: selected }),
      svg("rect", { x: left, y: line - 7, width: bar, height: 14, fill: kind.fill, stroke: kind.border, "stroke-width": bar ? 1 : 0 }),
      textAt(left + bar + 6, line, words.load(count, value), { bold: true }),
      columns.map((other, place) => textAt(x + width - (columns.length - 1 - place) * LOAD_COLUMN - 6, line, words.load(other, shown.load(node, other)), { anchor: "end", fill: MUTED })));
    item.classList.toggle("selected", selected);
    return item;
  }

  const open = ({ region, units }) => (opened.has(region) ? units : units.slice(0, LOAD_ROWS));

  function panel(one, x, top, { width, names, most }) {
    const { region, units, idle } = one;
    const narrow = width < LOAD_NARROW;
    const columns = width < LOAD_WIDE ? [] : offered.filter((count) => count !== store.get("sizeBy"));
    const heads = columns.map((count, place) => textAt(x + width - (columns.length - 1 - place) * LOAD_COLUMN - 6, top + 10, t(`load.${count}`), { size: SMALL, fill: MUTED, anchor: "end" }));
    const parts = [...headingAt(x, top + 10, width, page.side(region)), ...heads];
    const breaks = [];
    let y = top + 30;
    for (const node of open(one)) {
      const lines = narrow ? 1 : nameLines(node.label, names - 8, true);
      const height = Math.max(narrow ? ROW + 20 : ROW, lines * BODY * 1.3 + 6);
      parts.push(row(node, x, y + (narrow ? 0 : (height - ROW) / 2), { width, narrow, most, names, columns }));
      y += height;
      breaks.push(y);
    }
    const notes = [units.length > open(one).length ? page.moreButton(`region ${region}`, x + 4, y + 14, units.length - open(one).length) : null,
      idle ? textAt(x + 24, y + (units.length > open(one).length ? 40 : 14), t("load.idle", { count: idle }), { size: SMALL, fill: MUTED }) : null].filter(Boolean);
    return { parts: [...parts, ...notes], bottom: y + notes.length * 26, breaks };
  }

  function scene(width) {
    const shown = onShow.current();
    const all = panels();
    const across = Math.min(all.length || 1, Math.max(1, Math.floor((width + 32) / (LOAD_PANEL + 32))));
    const wide = (width - 32 * (across - 1)) / across;
    // Bars of all panels begin at one distance and have one scale.
    const names = Math.min(wide * 0.46, 34 + Math.max(0, ...all.flatMap(open).map((node) => textWidth(node.label, BODY, true))));
    const most = Math.max(1, ...all.flatMap(({ units }) => units.map((node) => shown.load(node, store.get("sizeBy")))));
    const parts = [];
    const breaks = [];
    let top = 0;
    for (let from = 0; from < all.length; from += across) {
      const drawn = all.slice(from, from + across).map((one, place) => panel(one, place * (wide + 32), top, { width: wide, names, most }));
      parts.push(...drawn.flatMap((one) => one.parts));
      top = Math.max(...drawn.map(({ bottom }) => bottom)) + 24;
      breaks.push(...cutsOfAll(drawn), top - 12);
    }
    return { element: plain(parts), width, height: Math.max(60, top), breaks };
  }

  // Panels beside each other are cut where a row ends in each of them, or below it.
  function cutsOfAll(drawn) {
    const all = [...new Set(drawn.flatMap(({ breaks }) => breaks))].sort((a, b) => a - b);
    return all.filter((cut) => drawn.every(({ breaks, bottom }) => cut >= bottom || breaks.includes(cut)));
  }

  // The unit that has most of what is counted.
  function finding() {
    const shown = onShow.current();
    const count = store.get("sizeBy");
    if (shown.whole && count === first && count === "lead") return payload.heading.finding[store.get("lang")];
    const counts = shown.units.some((node) => isNamed(node) && shown.load(node, count)) ? [count] : ROLES;
    const units = shown.units.filter(isNamed);
    for (const name of counts) {
      const most = Math.max(0, ...units.map((node) => shown.load(node, name)));
      if (most) return page.mostOf(name, units.filter((node) => shown.load(node, name) === most), most);
    }
    return t("finding.none");
  }

  function table() {
    const shown = onShow.current();
    const counts = [...new Set([...offered, store.get("sizeBy"), "tasks"])];
    const rows = panels().flatMap(({ units }) => units.map((node) => [node.node, node.data.region ?? "", ...counts.map((count) => shown.load(node, count))]));
    return { columns: [t("column.unit"), t("column.region"), ...counts.map((count) => t(`load.${count}`))], rows };
  }

  const view = {
    name: "load", parts: ["roles", "paired", "alone"], scene, finding, table,
    missing: () => (payload.loads.counts.length && model.nodes.some((node) => model.load(node, "tasks")) ? "" : t(page.hasTasks && !payload.loads.counts.length ? "missing.measures" : "missing.load")),
    uses: (kind) => kind.key.startsWith("unit:") && !kind.key.startsWith("unit:collective"),
    more: (key) => opened.add(key.slice("region ".length)),
    tools: () => [choiceOf(page, "sizeBy", t("filter.size"), offered.map((count) => [count, t(`load.${count}`)]))],
  };
  return Object.assign(view, createSceneHost(page, byId("load-view"), view));
}
