// Search: any part of a name, an alias, a task's text or its number; arrows and Enter choose.

const MOST_RESULTS = 12;

function createSearch(input, list, payload, model, store, words, choose) {
  const fold = (text) => String(text ?? "").normalize("NFKC").toLowerCase();
  const entries = model.nodes.filter((node) => node.type !== "target").map((node) => ({
    node,
    name: fold([node.node, node.data.short_name, ...(Array.isArray(node.data.aliases) ? node.data.aliases : [])].join("\n")),
    rest: fold([node.label, node.data.text, node.data.number].filter((part) => part !== undefined).join("\n")),
  }));
  let found = [];
  let active = -1;

  function find(query) {
    const wanted = fold(query.trim());
    if (!wanted) return [];
    const rank = ({ node, name, rest }) => {
      if (node.type === "task" && String(node.data.number) === wanted) return 0;
      if (name.split("\n").some((part) => part.startsWith(wanted))) return 1;
      if (name.includes(wanted)) return 2;
      return rest.includes(wanted) ? 3 : -1;
    };
    return entries.map((entry) => [rank(entry), entry.node]).filter(([place]) => place >= 0)
      .sort((a, b) => a[0] - b[0] || a[1].id - b[1].id).map(([, node]) => node);
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
    choose(node);
  }

  function draw() {
    const all = find(input.value);
    found = all.slice(0, MOST_RESULTS);
    if (!input.value.trim()) return close();
    const rows = found.map((node, row) => el("li", {
      id: `found-${row}`, role: "option", "aria-selected": String(row === active), class: row === active ? "active" : "",
      onmousedown: (event) => { event.preventDefault(); take(node); },
    }, markOf(model.kinds.get(node.kind), 14), el("span", { text: node.type === "unit" ? node.node : node.label })));
    const more = all.length ? words.t("search.count", { count: all.length }) : words.t("search.none");
    list.replaceChildren(...rows, el("li", { class: "note", role: "presentation", text: more }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (active >= 0) input.setAttribute("aria-activedescendant", `found-${active}`);
    return undefined;
  }

  input.addEventListener("input", () => { active = -1; draw(); });
  input.addEventListener("focus", draw);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!found.length) return;
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      draw();
    } else if (event.key === "Enter" && found.length) {
      event.preventDefault();
      take(found[Math.max(0, active)]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      input.value = "";
      close();
      input.blur();
    }
  });
  store.on(["lang"], close);
  return { find };
}
