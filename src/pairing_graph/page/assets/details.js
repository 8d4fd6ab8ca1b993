// The details: what the notice says about what is selected, always with the address and the words of the cell.

// In the overview: task numbers beside a unit, and units without a counterpart; their tab has all of them.
const MOST_NUMBERS = 4;
const MOST_LONELY = 8;

function createDetails(host, page) {
  const { payload, model, store, words, select, onShow, openSource } = page;
  const { t } = words;
  const THREE = ["lead", "listed_first", "fractional"];
  const name = (node) => (node.type === "unit" ? node.node : node.label);
  const edgeWord = (edge) => t(model.kinds.get(edge.kind).word);

  function jump(node, ...extra) {
    return el("button", { type: "button", class: "jump", onclick: () => page.choose(node) },
      markOf(model.kinds.get(node.kind), 14), el("span", { text: name(node) }), ...extra);
  }

  function place(cell) {
    const parts = [payload.documents.length > 1 && cell.file, cell.page && t("place.page", { count: cell.page }), cell.sheet, cell.line && t("place.line", { count: cell.line })];
    return parts.filter(Boolean).join(" · ");
  }

  // An address leads to its cell, where the page has the documents; the button beside it copies it. The other places of
  // the same fact are marked along with it.
  function addressOf(address, others = []) {
    if (!address) return null;
    const all = [...new Set([address, ...others])].join(" ");
    const place = openSource
      ? el("button", { type: "button", class: "address", title: t("source.open"), onclick: () => openSource(all) }, el("code", { text: address }))
      : el("code", { class: "address-only", text: address });
    return el("span", { class: "place-of" }, place, copyButton(address, words));
  }

  // Where a fact comes from: the address, the place in the file, the words of the cell.
  function cite(numbers, inherited) {
    const rows = [...new Set(numbers ?? [])].map((number) => [number, ""]);
    for (const number of new Set(inherited ?? [])) rows.push([number, t("cite.inherited")]);
    const all = rows.map(([number]) => payload.cells[number].address);
    return el("div", { class: "cites" }, rows.map(([number, note]) => {
      const cell = payload.cells[number];
      return el("figure", { class: "cite" },
        el("figcaption", {}, note && el("span", { class: "tag", text: note }), addressOf(cell.address, all), el("span", { class: "place", text: place(cell) })),
        cell.words ? el("blockquote", { text: cell.words }) : null);
    }));
  }

  const section = (title, ...children) => el("section", {}, el("h3", { text: title }), ...children);
  const row = (label, value) => (value === undefined || value === "" || value === null ? null
    : [el("dt", { text: label }), el("dd", { text: Array.isArray(value) ? value.join("、") : value })]);
  const facts = (...rows) => el("dl", {}, rows.filter(Boolean));
  const tag = (text, kind = "") => (text ? el("span", { class: `tag ${kind}`, text }) : null);

  function head(mark, title, ...tags) {
    return el("div", { class: "details-head" }, el("h2", { tabindex: "-1" }, mark, el("span", { text: title })), el("p", { class: "tags" }, ...tags));
  }

  function loadTiles(node) {
    if (!node.load) return null;
    const tile = (count) => el("div", { class: "tile" }, el("b", { text: words.number(node.load[count]) }), el("span", { text: t(`load.${count}`) }));
    const rest = ["responsible", "support", "guide", "tasks", "areas", "partners", "pairings", "targets"].filter((count) => payload.loads.counts.includes(count))
      .map((count) => `${t(`load.${count}`)} ${words.number(node.load[count])}`).join(" · ");
    return section(t("details.load"), el("div", { class: "tiles" }, THREE.map(tile)), el("p", { class: "note", text: rest }), el("p", { class: "note", text: t("details.load.note") }));
  }

  const edgesOf = (node, relation) => model.incident[node.id].filter((edge) => edge.relation === relation);

  function taskItem(edge) {
    const task = model.nodes[edge.to];
    const targets = edgesOf(task, "aims_at").length;
    return el("li", {},
      jump(task), el("p", { class: "tags" }, tag(edgeWord(edge)), edge.data?.rank === 1 ? tag(t("details.first")) : null,
        targets ? tag(t("details.targets.count", { count: targets })) : null,
        edge.unmatched ? tag(t("details.unmatched"), "doubt") : null, edge.data?.qualifier ? tag(edge.data.qualifier) : null),
      cite(edge.cells, edge.inherited));
  }

  function pairItem(edge, node) {
    const far = model.other(edge, node.id);
    return el("li", {}, el("div", { class: "pair" }, el("span", { class: "direction", text: edge.from === node.id ? t("details.helps") : t("details.helped") }), jump(far)),
      el("p", { class: "tags" }, edge.data?.number === undefined ? null : tag(t("details.row", { count: edge.data.number })),
        edge.data?.direction_basis === "unknown" ? tag(t("details.direction.unknown"), "doubt") : null, tag(edge.data?.remark)),
      cite(edge.cells, edge.inherited));
  }

  function gapItem(edge, node) {
    return el("li", {}, jump(model.other(edge, node.id)), el("p", { class: "tags" }, tag(t("details.joint", { count: edge.data.joint_tasks }), "doubt"),
      tag(t("details.blocks", { count: edge.data.blocks }))), cite(edge.cells));
  }

  function targetItem(edge) {
    const { data } = model.nodes[edge.to];
    const amount = [t(`comparator.${data.comparator}`), data.value, data.value_max === undefined ? "" : `–${data.value_max}`, data.quantity_unit].filter((part) => part !== undefined && part !== "").join(" ");
    return el("li", {}, el("p", {}, el("b", { text: data.as_written ?? "" }), " ", el("span", { text: data.metric ?? "" })),
      el("p", { class: "tags" }, tag(amount), data.aspirational ? tag(t("details.aspirational")) : null), cite(edge.cells));
  }

  const list = (title, items, note) => (items.length ? section(`${title} ${items.length}`, note ? el("p", { class: "note", text: note }) : null, el("ul", { class: "items" }, items)) : null);

  function unitDetails(node) {
    const { data } = node;
    const order = (edge) => (ROLES.includes(edge.kind) ? ROLES.indexOf(edge.kind) : ROLES.length);
    const tasks = edgesOf(node, "assigned").sort((a, b) => order(a) - order(b) || a.to - b.to);
    const targets = tasks.flatMap((edge) => edgesOf(model.nodes[edge.to], "aims_at"));
    return [
      head(markOf(model.kinds.get(node.kind), 18), node.node, tag(data.region), tag(words.kind(data.kind)), tag(data.line), data.collective ? tag(t("details.collective")) : null),
      Array.isArray(data.aliases) && data.aliases.length ? el("p", { class: "note", text: `${t("details.aliases")} ${data.aliases.join("、")}` }) : null,
      loadTiles(node),
      list(t("details.tasks"), tasks.map(taskItem)),
      list(t("details.pairings"), edgesOf(node, "paired").map((edge) => pairItem(edge, node))),
      list(t("details.unmatched.title"), tasks.filter((edge) => edge.unmatched).map((edge) => el("li", {}, jump(model.nodes[edge.to]), cite(edge.cells))), t("details.unmatched.note")),
      list(t("details.gaps"), edgesOf(node, "gap").map((edge) => gapItem(edge, node)), t("details.gaps.note")),
      list(t("details.linked"), edgesOf(node, "linked").map((edge) => el("li", {}, jump(model.other(edge, node.id)), cite(edge.cells)))),
      list(t("details.targets"), targets.map(targetItem)),
    ];
  }

  function taskDetails(node) {
    const { data } = node;
    const area = model.areaOf.has(node.id) ? model.nodes[model.areaOf.get(node.id)] : null;
    const assigned = edgesOf(node, "assigned");
    const groups = ROLES.map((role) => assigned.filter((edge) => edge.kind === role));
    const unit = (edge) => el("li", {}, jump(model.nodes[edge.from]), el("p", { class: "tags" }, tag(edgeWord(edge)),
      edge.unmatched ? tag(t("details.unmatched"), "doubt") : null, tag(edge.data?.qualifier)), cite(edge.cells, edge.inherited));
    const results = Array.isArray(data.results) ? data.results : [];
    return [
      head(markOf(model.kinds.get(node.kind), 18), data.number === undefined ? t("node.one_task") : t("details.task", { count: data.number }), area ? tag(area.label) : null),
      el("p", { class: "task-text", text: data.text ?? node.label }),
      facts(row(t("details.leaders"), data.leaders), row(t("details.deadline"), data.deadline)),
      cite(node.cells),
      ...groups.filter((group) => group.length).map((group) => list(edgeWord(group[0]), group.map(unit))),
      list(t("details.targets"), edgesOf(node, "aims_at").map(targetItem)),
      list(t("details.results"), results.map((result) => el("li", {}, el("p", { text: [result.as_of, result.value, result.quantity_unit, result.as_written].filter(Boolean).join(" · ") }),
        el("div", { class: "cites" }, el("figure", { class: "cite" }, el("figcaption", {}, addressOf(result.address))))))),
    ];
  }

  function otherDetails(node) {
    const near = model.incident[node.id];
    return [
      head(markOf(model.kinds.get(node.kind), 18), node.data.short_name ?? node.label, tag(t(`node.${node.type}`))),
      node.type === "target" ? el("ul", { class: "items" }, near.map(targetItem)) : null,
      list(t(node.type === "target" ? "details.of_task" : "details.tasks"), near.map((edge) => el("li", {}, jump(model.other(edge, node.id)), cite(edge.cells)))),
    ];
  }

  function edgeDetails(edge) {
    const { data = {} } = edge;
    return [
      head(lineOf(model.kinds.get(edge.kind)), edgeWord(edge)),
      el("ul", { class: "items" }, el("li", {}, jump(model.nodes[edge.from])), el("li", { class: "arrow", text: "↓" }), el("li", {}, jump(model.nodes[edge.to]))),
      facts(
        row(t("details.rank"), data.rank), row(t("details.as_written"), data.as_written),
        row(t("details.as_written"), [data.donor_as_written, data.recipient_as_written].filter(Boolean).join(" → ")),
        row(t("details.qualifier"), data.qualifier), row(t("details.direction"), data.direction_basis && t(`basis.${data.direction_basis}`)),
        row(t("details.remark"), data.remark), row(t("details.scenario"), data.scenario),
        row(t("details.joint.label"), data.joint_tasks), row(t("details.blocks.label"), data.blocks), row(t("details.weight"), data.weight),
      ),
      edge.unmatched ? el("p", { class: "tags" }, tag(t("details.unmatched"), "doubt")) : null,
      cite(edge.cells, edge.inherited),
    ];
  }

  // The question of another tab with its answer; a click goes there.
  function card(name, ...children) {
    const view = page.views[name];
    const reason = view.missing();
    const goTo = () => {
      store.set({ tab: name });
      if (document.body.scrollHeight > innerHeight) byId("stage").scrollIntoView({ block: "start" });
    };
    return el("section", { class: `card${reason ? " without" : ""}` },
      el("h3", {}, el("button", { type: "button", class: "question", "data-tab": name, onclick: goTo }, el("span", { text: t(`tab.${name}`) }))),
      el("p", { class: reason ? "note" : "answer", text: reason || view.finding() }), ...(reason ? [] : children));
  }

  // Who carries most, region by region.
  function topLoads() {
    const count = payload.loads.count;
    const shown = onShow.current();
    const units = shown.units.filter((node) => model.isNamed(node) && shown.load(node, count) > 0);
    const most = Math.max(...units.map((node) => shown.load(node, count)));
    return page.regions().map((region) => {
      const top = units.filter((node) => (node.data.region ?? "") === region).sort((a, b) => shown.load(b, count) - shown.load(a, count) || a.id - b.id).slice(0, 4);
      if (!top.length) return null;
      return [el("h4", { text: t("overview.top", { region, count: t(`load.${count}`) }) }), el("ul", { class: "bars" }, top.map((node) => {
        const value = shown.load(node, count);
        const bar = svg("svg", { class: "bar", width: "100%", height: 5, preserveAspectRatio: "none", viewBox: "0 0 100 5", "aria-hidden": "true" },
          svg("rect", { x: 0, y: 0, height: 5, width: (100 * value) / most, fill: model.kinds.get(node.kind).border }));
        return el("li", {}, el("button", { type: "button", class: "jump", onclick: () => select({ type: "node", id: node.id }) },
          markOf(model.kinds.get(node.kind), 14), el("span", { text: node.label }), el("b", { text: words.number(value) })), bar);
      }))];
    });
  }

  function lonely() {
    const tasks = new Map();
    for (const edge of onShow.current().edges) {
      if (!edge.unmatched) continue;
      if (!tasks.has(edge.from)) tasks.set(edge.from, []);
      tasks.get(edge.from).push(page.taskNumber(model.nodes[edge.to]));
    }
    const short = (numbers) => (numbers.length > MOST_NUMBERS ? words.tasks(numbers.length) : numbers.join(t("listing")));
    const units = [...tasks.keys()].sort((a, b) => tasks.get(b).length - tasks.get(a).length || a - b);
    return el("ul", { class: "items" }, units.slice(0, MOST_LONELY).map((id) => el("li", {}, jump(model.nodes[id], el("span", { class: "count", text: short(tasks.get(id)) })))));
  }

  // Nothing is selected: the answers to the other questions, and where all of it comes from.
  function overview() {
    const content = { load: topLoads, gaps: lonely };
    return [
      el("div", { class: "details-head" }, el("h2", { tabindex: "-1", text: t("overview") }), el("p", { class: "note", text: t(onShow.current().whole ? "overview.hint" : "overview.filtered") })),
      ...["load", "pairs", "gaps", "matrix"].filter((name) => page.views[name] && name !== store.get("tab")).map((name) => card(name, content[name]?.())),
      section(t("overview.documents"), el("ul", { class: "items" }, payload.documents.slice(0, 20).map((document) => el("li", {},
        el("p", { text: document.title || document.document }), el("p", { class: "note", text: [document.document_number, document.date, (document.issuers ?? []).join("、")].filter(Boolean).join(" · ") }))))),
    ];
  }

  function draw() {
    const selected = store.get("selected");
    let content;
    if (!selected) content = overview();
    else if (selected.type === "edge") content = edgeDetails(model.edges[selected.id]);
    else {
      const node = model.nodes[selected.id];
      content = node.type === "unit" ? unitDetails(node) : node.type === "task" ? taskDetails(node) : otherDetails(node);
    }
    const close = selected ? el("button", { type: "button", class: "close", "aria-label": t("details.close"), title: t("details.close"), text: "×", onclick: () => select(null) }) : null;
    host.classList.toggle("open", Boolean(selected));
    host.replaceChildren(...[close, ...content].filter(Boolean));
    host.scrollTop = 0;
  }

  draw();
  store.on(["selected", "lang", "sizeBy"], draw);
  store.on(["filters", "choices", "layout", "tab"], () => { if (!store.get("selected")) draw(); });
}
