// The drawing of the matrix in six parts: heads of the columns between two corners, heads of the rows, marks, totals.

const MATRIX_BAND = "#F4F5F7";

function createMatrixDrawing(page, data) {
  const { payload, model, words, onShow } = page;
  const { t } = words;
  const colorOf = (node) => model.kinds.get(node.kind).border;

  // Heads in storeys: the notice where there are several, the area, what opens it, the task's number.
  function headsOf(what, placed) {
    const documents = [];
    if (what.documents > 1) {
      for (const span of placed.spans) {
        const last = documents.at(-1);
        if (last && last.document === span.group.document) last.width += span.width;
        else documents.push({ document: span.group.document, x: span.x, width: span.width });
      }
    }
    const titleOf = ({ document }) => payload.documents[page.documentOrder(document)]?.document_number || payload.documents[page.documentOrder(document)]?.title || document;
    for (const one of documents) one.lines = balanced(titleOf(one), one.width - HEAD_AIR);
    const titled = placed.spans.filter(({ group }) => group.title).map((span) => ({ ...span, lines: balanced(span.group.title, span.width - HEAD_AIR) }));
    const high = (all) => (all.length ? Math.max(...all.map(({ lines }) => linesHigh(lines))) + 10 : 0);
    const storeys = { documents: high(documents), areas: high(titled), toggles: what.folded ? 26 : 0, numbers: placed.columns.some(({ task }) => task) ? 26 : 0 };
    return { documents, titled, storeys, height: Math.ceil(Object.values(storeys).reduce((sum, part) => sum + part, 0)) + 4 };
  }

  function marked(item, row, first, last = first) {
    Object.assign(item.dataset, { row, first, last });
    return item;
  }

  function columnHeads(what, placed, heads) {
    const { storeys, height } = heads;
    const parts = bandsOf(placed, storeys.documents, height);
    for (const { x, width, lines } of heads.documents) {
      parts.push(...linesAt(x + width / 2, storeys.documents / 2 - 2, lines, { size: SMALL, anchor: "middle", fill: MUTED }), svg("line", { x1: x + 2, x2: x + width - 2, y1: storeys.documents - 3, y2: storeys.documents - 3, stroke: MUTED }));
    }
    for (const { group, x, width, first, last, lines } of heads.titled) parts.push(areaHead(group, lines, { x, width, top: storeys.documents, height: storeys.areas, first, last }));
    const below = storeys.documents + storeys.areas;
    if (what.folded) for (const span of placed.spans) parts.push(what.still ? textAt(span.x + span.width / 2, below + 12, String(span.group.tasks.length), { size: SMALL, bold: true, anchor: "middle" }) : toggle(span, below));
    placed.columns.forEach((column, place) => { if (column.task) parts.push(numberHead(column, place, below + storeys.toggles, storeys.numbers)); });
    return [...parts, svg("line", { x1: 0, x2: placed.width, y1: height - 0.5, y2: height - 0.5, stroke: MUTED })];
  }

  function areaHead(group, lines, { x, width, top, height, first, last }) {
    // The words stay in sight while a part of their columns is: see `keepTitles` in the view.
    const text = svg("g", { class: "title", "data-x": x, "data-width": width, "data-own": lines.reduce((most, line) => Math.max(most, textWidth(line, SMALL)), 0) }, ...linesAt(x + width / 2, top + height - 6 - linesHigh(lines) / 2, lines, { size: SMALL, anchor: "middle" }));
    if (group.area === undefined) return plain(text);
    const selected = page.isSelected(group.area);
    const item = choosable(`n${group.area}`, `${group.title} ${words.tasks(group.tasks.length)}`, { x: x + 1, y: top + 1, width: width - 2, height: height - 2, ...(selected ? { fill: SELECTED } : {}) }, text);
    item.classList.toggle("selected", selected);
    return marked(item, 0, first + 1, last + 1);
  }

  // Opens an area, or closes it again.
  function toggle({ group, x, width, first, last }, top) {
    const text = `${group.open ? "▾" : "▸"} ${group.tasks.length}`;
    const wide = Math.min(width - 2, textWidth(text, SMALL, true) + 12);
    const item = svg("g", { class: "choosable", role: "button", tabindex: 0, "data-more": group.key, "aria-expanded": String(group.open), "aria-label": `${group.title} ${words.tasks(group.tasks.length)}` },
      svg("title", { text: t(group.open ? "matrix.close" : "matrix.open") }),
      svg("rect", { class: "ground", x: x + (width - wide) / 2, y: top + 1, width: wide, height: 22, rx: 4, fill: "#fff", stroke: "#C9CDD3" }),
      textAt(x + width / 2, top + 12, text, { size: SMALL, bold: true, anchor: "middle" }));
    return marked(item, 1, first + 1, last + 1);
  }

  function numberHead({ task, x, width }, place, top, height) {
    const selected = page.isSelected(task.id);
    const item = choosable(`n${task.id}`, task.label, { x: x + 1, y: top, width: width - 2, height, ...(selected ? { fill: SELECTED } : {}) },
      svg("title", { text: task.data.text ?? task.label }), textAt(x + width / 2, top + height / 2, page.taskNumber(task), { size: SMALL, bold: true, anchor: "middle" }));
    item.classList.toggle("selected", selected);
    return marked(item, 2, place + 1);
  }

  // Every other area has a band behind it.
  function bandsOf(placed, top, bottom) {
    return placed.spans.filter((_, place) => placed.spans.length > 1 && place % 2 === 0).map(({ x, width }) => svg("rect", { x, y: top, width, height: bottom - top, fill: MATRIX_BAND }));
  }

  function cornerOf(what, { storeys, height }) {
    const label = (name, y) => textAt(what.names - 8, y, t(`column.${name}`), { size: SMALL, fill: MUTED, anchor: "end" });
    return [storeys.areas ? label("area", storeys.documents + storeys.areas - 14) : null, storeys.numbers ? label("task", height - 4 - storeys.numbers / 2) : null,
      svg("line", { x1: 0, x2: what.names, y1: height - 0.5, y2: height - 0.5, stroke: MUTED })].filter(Boolean);
  }

  function rowHeads(what, rows) {
    return rows.flatMap(({ unit, title, lines, y, height }, place) => {
      if (!unit) return linesAt(0, y + height / 2 + 2, lines, { bold: true }).concat(svg("line", { x1: 0, x2: what.names, y1: y + height - 0.5, y2: y + height - 0.5, stroke: RULE }), svg("title", { text: title }));
      const selected = page.isSelected(unit.id);
      const item = choosable(`n${unit.id}`, `${unit.label} ${words.tasks(what.cells.get(unit.id).size)}`, { x: 0, y: y + 1, width: what.names, height: height - 2, ...(selected ? { fill: SELECTED } : {}) },
        svg("title", { text: unit.node }), unitName(page, unit, 0, y + height / 2, what.names - 10, { bold: selected }));
      item.classList.toggle("selected", selected);
      return [marked(item, place + 3, 0), svg("line", { x1: 0, x2: what.names, y1: y + height - 0.5, y2: y + height - 0.5, stroke: RULE })];
    });
  }

  function totalsOf(what, rows) {
    return rows.flatMap(({ unit, y, height }) => [unit ? textAt(what.totals - 8, y + height / 2, String(what.cells.get(unit.id).size), { bold: true, anchor: "end" }) : null,
      svg("line", { x1: 0, x2: what.totals, y1: y + height - 0.5, y2: y + height - 0.5, stroke: RULE })].filter(Boolean));
  }

  const totalsHead = (what, { height }) => [textAt(what.totals - 8, height - 16, t("matrix.total"), { size: SMALL, fill: MUTED, anchor: "end" }),
    svg("line", { x1: 0, x2: what.totals, y1: height - 0.5, y2: height - 0.5, stroke: MUTED })];

  function bodyOf(what, placed, rows, height) {
    const places = new Map(placed.columns.map((column, place) => [column.key, place]));
    const rules = rows.map((row) => `M0,${row.y + row.height - 0.5}H${placed.width}`);
    const chosen = ({ task, group }) => (task ? page.isSelected(task.id) : false) || (group.area !== undefined && page.isSelected(group.area));
    const bars = placed.columns.filter(chosen).map(({ x, width }) => svg("rect", { x, y: 0, width, height, fill: SELECTED }));
    const across = rows.filter(({ unit }) => unit && page.isSelected(unit.id)).map((row) => svg("rect", { x: 0, y: row.y + 1, width: placed.width, height: row.height - 2, fill: SELECTED }));
    const parts = [...bandsOf(placed, 0, height), ...bars, ...across, svg("path", { d: rules.join(""), stroke: RULE, fill: "none" })];
    rows.forEach((row, place) => {
      if (row.unit) parts.push(...rowCells(what, placed, places, row, place + 3));
    });
    return parts;
  }

  // The marks of a unit with what joins them, and the counts of areas that are closed.
  function rowCells(what, placed, places, { unit, y, height }, row) {
    const own = what.cells.get(unit.id);
    const middle = y + height / 2;
    const color = colorOf(unit);
    const [joints, items] = [[], []];
    for (const [task, cell] of own) {
      const place = places.get(task);
      if (place === undefined) continue;
      const { x, width } = placed.columns[place];
      const next = placed.columns[place + 1];
      if (next?.task && cell.origin && own.get(next.key)?.origin === cell.origin) joints.push(joint(x + width / 2, next.x + next.width / 2, middle, color));
      items.push(marked(mark(unit, cell, { x, width, y, height }, color), row, place + 1));
    }
    for (const [place, { task, group, x, width }] of placed.columns.entries()) {
      const count = task ? null : data.countOf(own, group);
      if (count) items.push(marked(counted(what, unit, group, count, { x, width, middle }), row, place + 1));
    }
    return [...joints, ...items];
  }

  function mark(unit, cell, { x, width, y, height }, color) {
    const task = model.nodes[cell.edge.to];
    const selected = cell.edges.some((edge) => page.isEdgeSelected(edge.id));
    const roles = [...new Set(cell.edges.map((edge) => t(`edge.${edge.kind}`)))].join(t("listing"));
    const label = [`${unit.label} – ${task.label}`, roles, cell.sort === "first" ? t("load.listed_first") : "", cell.alone ? t("matrix.alone") : ""].filter(Boolean).join(t("clause"));
    const edge = cell.edges.find(({ id }) => page.isEdgeSelected(id)) ?? cell.edge;
    const [side, high] = [Math.min(width, 24) - 3, Math.min(height, 24) - 3];
    const item = choosable(`e${edge.id}`, label, { x, y, width, height, ...(selected ? { fill: SELECTED, stroke: ACCENT, "stroke-width": 2 } : {}) },
      svg("title", { text: label }), cell.alone ? gapFrame(x + (width - side) / 2, y + (height - high) / 2, side, high) : null, sortMark(cell.sort, x + width / 2, y + height / 2, color, !model.isNamed(unit)));
    item.classList.toggle("selected", selected);
    item.classList.add("cell");
    return item;
  }

  function counted(what, unit, group, count, { x, width, middle }) {
    const said = [`${unit.label} – ${group.title}`, count.answers ? `${what.answering.map((role) => t(`edge.${role}`)).join(t("or"))} ${count.answers}` : "", count.others ? t("matrix.others", { count: count.others }) : "", count.alone ? t("matrix.alone.count", { count: count.alone }) : ""].filter(Boolean).join(t("clause"));
    const wide = Math.min(width - 8, Math.max(34, textWidth(countText(count), 13, true) + 12));
    const color = colorOf(unit);
    return svg("g", { class: "choosable cell", role: "button", tabindex: 0, "data-more": group.key, "aria-label": said }, svg("title", { text: said }),
      svg("rect", { class: "ground", x, y: middle - MATRIX_ROW / 2, width, height: MATRIX_ROW, fill: "transparent" }),
      ...countBox(count, x + (width - wide) / 2, middle, wide, color, { hollow: !model.isNamed(unit), largest: what.largest }),
      ...(count.alone ? [svg("rect", { x: x + (width - wide) / 2 - 2, y: middle - COUNT_BOX / 2 - 2, width: wide + 4, height: COUNT_BOX + 4, rx: 4, fill: "none", stroke: GAP_COLOR, "stroke-width": 1.6, "stroke-dasharray": "4 2" })] : []));
  }

  const layer = (x, y, parts) => svg("g", { transform: `translate(${x} ${y})` }, ...parts);

  // One piece of the matrix with all of its heads, its top at y.
  function block(what, placed, { rows, height }, y) {
    const heads = headsOf(what, placed);
    const right = what.names + placed.width;
    const parts = [layer(0, y, cornerOf(what, heads)), layer(what.names, y, columnHeads(what, placed, heads)), layer(right, y, totalsHead(what, heads)),
      layer(what.names, y + heads.height, bodyOf(what, placed, rows, height)), layer(0, y + heads.height, rowHeads(what, rows)), layer(right, y + heads.height, totalsOf(what, rows))];
    return { parts, height: heads.height + height };
  }

  return { headsOf, columnHeads, cornerOf, totalsHead, rowHeads, bodyOf, totalsOf, block };
}
