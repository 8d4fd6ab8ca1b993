// Search: units by name, short name, alias, abbreviation, first letters and line; tasks by number and words; never by ids.

const MOST_RESULTS = 12;
const GROUPS = ["unit", "task", "area", "other"];

function createSearch(input, list, payload, model, store, words, choose) {
  const fold = (text) => String(text ?? "").normalize("NFKC").toLowerCase();
  const listed = (value) => (Array.isArray(value) ? value : []);
  const entries = model.nodes.filter((node) => node.type !== "target").map((node) => ({ node, ...(node.type === "unit" ? unitEntry(node) : textEntry(node)) }));
  let found = [];
  let active = -1;
  let taking = false;
  // A task as people write it: 任务9, 任务 9, 第9项, task 9.
  const numbered = new RegExp(`^(?:${["zh", "en"].map((lang) => fold(payload.words[lang]["page.node.one_task"])).join("|")}|第)\\s*(\\d+)\\s*[项号]?$`);

  function unitEntry(node) {
    return {
      names: [node.node, node.data.short_name, node.label].map(fold), others: [...listed(node.data.aliases), ...listed(node.short)],
      letters: listed(node.letters), line: payload.lines[node.data.line] ?? [], text: "",
    };
  }

  // A graph that was not read from a notice has nodes with no name but their id.
  function textEntry(node) {
    return { names: [fold(node.data.short_name ?? (node.type === "other" ? node.label : ""))], others: [], letters: [], line: [], text: fold([node.label, node.data.text].join("\n")) };
  }

  // A number is found as a whole: 4 is not in 24.
  function contains(text, wanted) {
    if (!/^\d+$/.test(wanted)) return text.includes(wanted);
    return text.split(/\D+/).includes(wanted);
  }

  // How near an entry is, 0 the nearest, and by which other name; null where it is none.
  function near({ node, names, others, letters, line, text }, wanted) {
    const number = node.type === "task" ? String(node.data.number ?? "") : "";
    if (number && (number === wanted || numbered.test(wanted) && wanted.match(numbered)[1] === number)) return [0, ""];
    const other = (test) => others.find((name) => test(fold(name))) ?? "";
    const begun = other((name) => name.startsWith(wanted) || name.slice(1).startsWith(wanted));
    if (names.includes(wanted)) return [0, ""];
    if (names.some((name) => name.startsWith(wanted))) return [1, ""];
    if (begun) return [2, begun];
    if (number && /^\d+$/.test(wanted) && number.startsWith(wanted)) return [2, ""];
    if (names.some((name) => name.includes(wanted))) return [3, ""];
    const inside = other((name) => name.includes(wanted));
    if (inside) return [4, inside];
    if (/^[a-z0-9]{2,}$/.test(wanted)) {
      const read = letters.find((part) => part.includes(wanted));
      if (read) return [read.endsWith(wanted) ? 5 : 6, ""];
    }
    // The same office under another region's name: 发改局 for 发展改革委, with or without its level.
    const known = line.find(([word, read]) => [word, `区${word}`, `县${word}`, `市${word}`].includes(wanted) || read === wanted);
    if (known) return [7, known[0]];
    return text && contains(text, wanted) ? [8, ""] : null;
  }

  function find(query) {
    const wanted = fold(query.trim());
    if (!wanted) return [];
    return entries.map((entry) => ({ node: entry.node, hit: near(entry, wanted) })).filter(({ hit }) => hit)
      .sort((a, b) => a.hit[0] - b.hit[0] || a.node.id - b.node.id).map(({ node, hit: [rank, by] }) => ({ node, rank, by }));
  }

  const groupOf = (node) => (GROUPS.includes(node.type) ? node.type : "other");

  // The best ones, group by group; the group that has the best one comes first.
  function grouped(all) {
    const groups = new Map();
    for (const hit of all.slice(0, MOST_RESULTS)) {
      const name = groupOf(hit.node);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(hit);
    }
    return groups;
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function take(node) {
    input.value = node.type === "unit" ? node.node : node.label;
    close();
    taking = true;
    choose(node);
    taking = false;
  }

  function option({ node, by }, row) {
    return el("li", {
      id: `found-${row}`, role: "option", "aria-selected": String(row === active), class: row === active ? "active" : "",
      onmousedown: (event) => { event.preventDefault(); take(node); },
    }, markOf(model.kinds.get(node.kind), 14), el("span", { text: node.type === "unit" ? node.node : node.label }), by ? el("small", { text: by }) : null);
  }

  function draw() {
    if (!input.value.trim()) return close();
    const all = find(input.value);
    const groups = grouped(all);
    found = [...groups.values()].flat();
    let row = 0;
    const parts = [...groups].map(([name, hits]) => {
      const title = words.t(`search.group.${name}`);
      return el("li", { role: "presentation" }, el("div", { role: "group", "aria-label": title }, el("p", { class: "group-name", "aria-hidden": "true", text: title }),
        el("ul", { role: "presentation" }, hits.map((hit) => option(hit, row++)))));
    });
    const more = all.length ? words.t("search.count", { count: all.length }) : words.t("search.none");
    list.replaceChildren(...parts, el("li", { class: "note", role: "presentation", text: more }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `found-${active}`);
      byId(`found-${active}`).scrollIntoView({ block: "nearest" });
    }
    return undefined;
  }

  const steps = { ArrowDown: () => active + 1, ArrowUp: () => (active < 0 ? -1 : active - 1), PageDown: () => found.length - 1, PageUp: () => 0 };

  input.addEventListener("input", () => { active = -1; draw(); });
  input.addEventListener("focus", draw);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (Object.hasOwn(steps, event.key)) {
      event.preventDefault();
      if (!found.length || list.hidden) return;
      active = (steps[event.key]() + found.length) % found.length;
      draw();
    } else if (event.key === "Enter" && found.length && !list.hidden) {
      event.preventDefault();
      take(found[Math.max(0, active)].node);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      input.value = "";
      close();
      input.blur();
    }
  });
  store.on(["lang"], close);
  // What was looked for is no longer what is selected.
  store.on(["selected"], () => { if (!taking) input.value = ""; });
  return { find };
}
