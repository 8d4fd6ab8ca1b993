// What the matrix is made from: every unit's tasks, the tasks by area, the units by region and load.

// Beyond about two screens of columns one does not see the whole any more, and areas come first where they spare half.
const FOLD_FROM = 60;
const FOLD_SPARES = 2;

function createMatrixData(page) {
  const { payload, model, store, words, onShow } = page;
  const { t } = words;

  const documentOf = (task) => (task.cells?.length ? payload.cells[task.cells[0]].address.split("!")[0] : "");
  const placeOf = (number) => (number === undefined ? "" : payload.cells[number].address.replace(/\.\d+$/, ""));

  function sortOf(edge) {
    const share = onShow.shareOf(edge);
    if (share) return share.first ? "first" : "listed";
    return SORTS.includes(edge.kind) ? edge.kind : "support";
  }

  // Every unit's tasks: one cell for each, with the strongest of its roles and the place that it comes from.
  function collected() {
    const found = new Map();
    for (const edge of onShow.current().edges) {
      if (edge.relation !== "assigned") continue;
      if (!found.has(edge.from)) found.set(edge.from, new Map());
      const own = found.get(edge.from);
      const cell = own.get(edge.to) ?? { edges: [], sort: null, alone: false };
      const sort = sortOf(edge);
      if (!cell.sort || SORTS.indexOf(sort) < SORTS.indexOf(cell.sort)) Object.assign(cell, { sort, edge, origin: placeOf(edge.inherited?.[0] ?? edge.cells?.[0]) });
      cell.edges.push(edge);
      cell.alone ||= Boolean(edge.unmatched);
      own.set(edge.to, cell);
    }
    return found;
  }

  // Tasks by area, both in the order of the notices.
  function areas() {
    const assigned = new Set(onShow.current().edges.filter((edge) => edge.relation === "assigned").map((edge) => edge.to));
    const tasks = onShow.current().nodes.filter((node) => node.type === "task" || assigned.has(node.id));
    const place = new Map(tasks.map((task) => [task, page.documentOrder(documentOf(task))]));
    const found = new Map();
    for (const task of tasks.sort((a, b) => place.get(a) - place.get(b))) {
      const area = model.areaOf.get(task.id);
      const key = area === undefined ? `d${place.get(task)}` : `a${area}`;
      if (!found.has(key)) found.set(key, { key, area, document: documentOf(task), tasks: [], title: area === undefined ? t("caption.no_area") : model.nodes[area].label });
      found.get(key).tasks.push(task);
    }
    const all = [...found.values()];
    return all.some(({ area }) => area !== undefined) ? all : all.map((group) => ({ ...group, title: all.length > 1 ? group.title : "" }));
  }

  const isAnswering = (sort) => sort === "first" || sort === "listed";
  const isFoldable = (all) => all.length > 1 && all.some(({ tasks }) => tasks.length > 1);

  function isFolded(all) {
    const tasks = all.reduce((sum, group) => sum + group.tasks.length, 0);
    return isFoldable(all) && (store.get("folded") ?? (tasks > FOLD_FROM && all.length * FOLD_SPARES <= tasks));
  }

  // Units that have a task: by region and load, whoever is named collectively last.
  function regions(cells) {
    const units = onShow.current().units.filter((node) => cells.has(node.id));
    return page.regions().map((region) => {
      const own = units.filter((node) => (node.data.region ?? "") === region);
      return { title: page.side(region), units: [...onShow.ranked(own.filter(model.isNamed)), ...onShow.ranked(own.filter((node) => !model.isNamed(node)))] };
    }).filter(({ units: own }) => own.length);
  }

  // What a unit has in an area: tasks that it answers for, and others.
  function countOf(own, group) {
    const cells = group.tasks.map((task) => own.get(task.id)).filter(Boolean);
    const answers = cells.filter(({ sort }) => isAnswering(sort)).length;
    return cells.length ? { answers, others: cells.length - answers, alone: cells.filter(({ alone }) => alone).length } : null;
  }

  const answeringRoles = () => ["lead", "responsible"].filter((role) => onShow.current().edges.some((edge) => edge.kind === role && onShow.shareOf(edge)));
  const most = (values) => values.reduce((one, other) => Math.max(one, other), 0);

  // What is drawn, by task or by area; `still` says that it is a picture, in which nothing is opened.
  function prepared(width, { still = false, folded = isFolded(areas()), opened = new Set() } = {}) {
    const cells = collected();
    const groups = areas().map((group) => ({ ...group, open: !folded || opened.has(group.key) }));
    const own = regions(cells);
    const units = own.flatMap((region) => region.units);
    const numbers = most(groups.flatMap(({ tasks }) => tasks.map((task) => textWidth(page.taskNumber(task), SMALL, true))));
    const widest = most(units.map((unit) => textWidth(unit.label, BODY, true))) + 34;
    const names = Math.ceil(Math.min(widest, MATRIX_NAMES.most, Math.max(MATRIX_NAMES.least, width * MATRIX_NAMES.share)));
    const totals = Math.ceil(most([textWidth(t("matrix.total"), SMALL), ...units.map((unit) => textWidth(String(cells.get(unit.id).size), BODY, true))]) + 14);
    const counts = groups.filter(({ open }) => !open).flatMap((group) => units.map((unit) => countOf(cells.get(unit.id), group))).filter(Boolean);
    const largest = most(counts.map(({ answers }) => answers));
    return {
      cells, groups, folded, still, regions: own, names, totals, largest, answering: answeringRoles(),
      cell: Math.max(width < PAIR_NARROW ? MATRIX_CELL.finger : MATRIX_CELL.least, numbers + 6),
      counted: Math.max(MATRIX_COUNT.least, most(counts.map((count) => textWidth(countText(count), 13, true))) + 18), room: width - names - totals, documents: new Set(groups.map(({ document }) => document)).size,
    };
  }

  // The signs that occur where areas are open, and where they are closed.
  function signs(what) {
    const units = what.regions.flatMap((region) => region.units);
    const found = { sorts: new Set(), answering: what.answering, joined: false, hollow: units.some((unit) => !model.isNamed(unit)), alone: false, others: false, largest: what.largest };
    const columns = what.groups.flatMap((group) => (group.open ? group.tasks : [null]));
    for (const unit of units) {
      const own = what.cells.get(unit.id);
      columns.forEach((task, place) => {
        const cell = task && own.get(task.id);
        if (!cell) return;
        found.sorts.add(cell.sort);
        found.joined ||= Boolean(cell.origin && columns[place + 1] && own.get(columns[place + 1].id)?.origin === cell.origin);
      });
      found.alone ||= [...own.values()].some(({ alone }) => alone);
      found.others ||= what.groups.some((group) => !group.open && countOf(own, group)?.others);
    }
    return matrixKey(words, found);
  }

  // Units that have something in some of the columns.
  function within(what, groups) {
    const tasks = groups.flatMap((group) => group.tasks);
    return what.regions.map((region) => ({ ...region, units: region.units.filter((unit) => tasks.some((task) => what.cells.get(unit.id).has(task.id))) })).filter(({ units }) => units.length);
  }

  // How many tasks several units of one region answer for together: the title of the published figure.
  function finding() {
    const { edges } = onShow.current();
    const answering = edges.filter((edge) => edge.relation === "assigned" && onShow.shareOf(edge) && model.isNamed(model.nodes[edge.from]));
    const tasks = areas().reduce((sum, group) => sum + group.tasks.length, 0);
    if (!tasks) return t("finding.none");
    const sides = new Map();
    for (const edge of answering) {
      const key = `${edge.to} ${model.nodes[edge.from].data.region ?? ""}`;
      sides.set(key, (sides.get(key) ?? new Set()).add(edge.from));
    }
    const shared = new Set([...sides].filter(([, units]) => units.size > 1).map(([key]) => Number(key.split(" ")[0])));
    const joint = shared.size;
    const roles = new Set(answering.filter((edge) => !joint || shared.has(edge.to)).map((edge) => edge.kind));
    const role = roles.size > 1 ? "answer" : [...roles][0] ?? "lead";
    return t(`finding_joint_${role}_${joint ? (joint === 1 ? "one" : "many") : "none"}`, { tasks: words.tasks(tasks), joint });
  }

  function table() {
    const cells = collected();
    const columns = ["unit", "region", "area", "number", "task", "role", "address"].map((column) => t(`column.${column}`));
    const tasks = areas().flatMap((group) => group.tasks.map((task) => [task, group.area === undefined ? "" : group.title]));
    const row = (unit, task, area) => (edge) => [unit.node, unit.data.region ?? "", area, page.taskNumber(task), task.data.text ?? task.label, t(`edge.${edge.kind}`), page.address(edge)];
    const rows = regions(cells).flatMap(({ units }) => units.flatMap((unit) => tasks.flatMap(([task, area]) => (cells.get(unit.id).get(task.id)?.edges ?? []).map(row(unit, task, area)))));
    return { columns, rows };
  }

  // Every cell as its unit, its task and what is marked in it.
  const sorts = () => [...collected()].flatMap(([unit, own]) => [...own].map(([task, { sort }]) => [model.nodes[unit].node, model.nodes[task].node, sort]));

  return { prepared, sorts, areas, isFoldable, isFolded, countOf, within, signs, finding, table };
}
