// The same data as tables: for screen readers, for whoever prefers rows, and to take away.

const ROWS_AT_ONCE = 400;

function createTableView(page) {
  const { payload, model, store, words, onShow, select } = page;
  const host = byId("table-view");
  const t = words.t;
  const cellWords = (numbers) => (numbers ?? []).map((number) => payload.cells[number].words ?? "").filter(Boolean).join(" | ");
  // Below a merged cell a relation lies in a blank one: its words are those of the cell that it takes over.
  const wordsOf = (edge) => cellWords(edge.cells) || cellWords(edge.inherited) || writtenIn(edge);
  const writtenIn = ({ data = {} }) => [data.as_written, data.donor_as_written, data.recipient_as_written].filter(Boolean).join(" | ");
  let sorting = { table: "", column: -1, down: false };
  let all = {};

  const tables = {
    units: {
      columns: () => ["unit", "region", "kind", "line", ...payload.loads.counts.map((count) => `load.${count}`)],
      rows: (shown) => model.nodes.filter((node) => node.type === "unit" && shown.nodes[node.id]).map((node) => ({
        id: node.id, cells: [node.node, node.data.region ?? "", words.kind(node.data.kind), node.data.line ?? "", ...payload.loads.counts.map((count) => model.load(node, count))],
      })),
    },
    tasks: {
      columns: () => ["number", "task", "area", "units", "targets", "address"],
      rows: (shown) => model.nodes.filter((node) => model.isTask(node) && shown.nodes[node.id]).map((node) => ({
        id: node.id,
        cells: [
          node.data.number ?? "", node.data.text ?? node.label, model.nodes[model.areaOf.get(node.id)]?.label ?? "",
          model.incident[node.id].filter((edge) => edge.relation === "assigned").map((edge) => model.nodes[edge.from].node).join("、"),
          model.incident[node.id].filter((edge) => edge.relation === "aims_at").map((edge) => model.nodes[edge.to].label).join("、"),
          page.addresses(node),
        ],
      })),
    },
    relations: {
      columns: () => ["from", "relation", "to", "address", "words"],
      rows: (shown) => model.edges.filter((edge) => shown.edges[edge.id]).map((edge) => ({
        edge: edge.id,
        cells: [
          nameOf(model.nodes[edge.from]), t(model.kinds.get(edge.kind).word), nameOf(model.nodes[edge.to]), page.addresses(edge), wordsOf(edge),
        ],
      })),
    },
  };

  function nameOf(node) {
    return node.type === "unit" ? node.node : node.label;
  }

  const heading = (column) => t(column.startsWith("load.") ? column : `column.${column}`);

  function sorted(name, rows) {
    if (sorting.table !== name) return rows;
    const { column, down } = sorting;
    const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh-CN"));
    return [...rows].sort((a, b) => order(a.cells[column], b.cells[column]) * (down ? -1 : 1));
  }

  function rowsOf(name) {
    return sorted(name, tables[name].rows(onShow.visible()));
  }

  function header(name, column, place) {
    const active = sorting.table === name && sorting.column === place;
    const turn = () => {
      sorting = { table: name, column: place, down: active ? !sorting.down : false };
      draw();
      host.querySelector(`[data-sort="${name}-${place}"]`)?.focus();
    };
    return el("th", { scope: "col", "aria-sort": active ? (sorting.down ? "descending" : "ascending") : "none" },
      el("button", { type: "button", "data-sort": `${name}-${place}`, text: heading(column) + (active ? (sorting.down ? " ↓" : " ↑") : ""), onclick: turn }));
  }

  function cell(row, value, place) {
    if (place > 0) return el("td", { class: typeof value === "number" ? "number" : "", text: typeof value === "number" ? words.number(value) : value });
    const target = row.edge === undefined ? { type: "node", id: row.id } : { type: "edge", id: row.edge };
    return el("th", { scope: "row" }, el("button", { type: "button", class: "plain", text: value === "" ? "–" : value, onclick: () => select(target) }));
  }

  function table(name) {
    const rows = rowsOf(name);
    const open = all[name] ? rows : rows.slice(0, ROWS_AT_ONCE);
    const more = rows.length > open.length
      ? el("button", { type: "button", class: "quiet", text: t("table.all", { count: rows.length }), onclick: () => { all = { ...all, [name]: true }; draw(); } }) : null;
    return el("section", { class: "table-section" },
      el("table", { id: `table-${name}` }, el("caption", { text: t(`table.${name}`, { count: rows.length }) }),
        el("thead", {}, el("tr", {}, tables[name].columns().map((column, place) => header(name, column, place)))),
        el("tbody", {}, open.map((row) => el("tr", {}, row.cells.map((value, place) => cell(row, value, place)))))), more);
  }

  function draw() {
    host.hidden = store.get("tab") !== "table";
    if (!host.hidden) host.replaceChildren(...Object.keys(tables).map(table));
  }

  function csv(name) {
    return toCsv([tables[name].columns().map(heading), ...rowsOf(name).map((row) => row.cells)], new RegExp(payload.formula));
  }

  function asRows() {
    return { columns: tables.relations.columns().map(heading), rows: rowsOf("relations").map((row) => row.cells) };
  }

  store.on(["lang", "filters", "choices", "layout", "sizeBy"], draw);
  return { name: "table", parts: ["roles", "paired", "alone"], missing: () => "", uses: () => true, table: asRows, show: draw, hide: draw, csv, names: Object.keys(tables) };
}
