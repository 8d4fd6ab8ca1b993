// Keys: everything that the pointer does.

function createKeyboard(page, network) {
  const { payload, model, store, words, onShow, select } = page;
  const STEP = 80;

  // The next shown node in the order in which the layout is read, from top to bottom.
  function walk(step) {
    const canvas = network.canvas();
    const shown = onShow.visible();
    const order = model.nodes.filter(({ id }) => shown.nodes[id]).map(({ id }) => id)
      .sort((a, b) => canvas.positions[a].y - canvas.positions[b].y || canvas.positions[a].x - canvas.positions[b].x);
    if (!order.length) return;
    const selected = store.get("selected");
    const now = selected?.type === "node" ? order.indexOf(selected.id) : step > 0 ? -1 : 0;
    select({ type: "node", id: order[(now + step + order.length) % order.length] });
  }

  function widen(step) {
    if (store.get("selected")?.type !== "node") return;
    store.set({ hops: Math.min(4, Math.max(1, store.get("hops") + step)) });
  }

  // To the tables, and back to where the reader was.
  let before = TABS[0];
  function turn() {
    const now = store.get("tab");
    if (now !== "table") before = now;
    store.set({ tab: now === "table" ? before : "table" });
  }

  const onGraph = {
    ArrowLeft: () => network.canvas().pan(-STEP, 0), ArrowRight: () => network.canvas().pan(STEP, 0),
    ArrowUp: () => network.canvas().pan(0, -STEP), ArrowDown: () => network.canvas().pan(0, STEP),
    "+": () => network.canvas().zoom(1.3), "=": () => network.canvas().zoom(1.3), "-": () => network.canvas().zoom(1 / 1.3), 0: () => network.canvas().fit(true),
    n: () => walk(1), p: () => walk(-1), Enter: () => widen(1), w: () => widen(1), b: () => widen(-1),
  };
  const anywhere = {
    "/": () => byId("search").focus(), Escape: () => select(null), t: turn,
    g: () => { store.set({ tab: "network" }); byId("graph").focus(); }, "?": () => openHelp(), l: () => store.set({ lang: store.get("lang") === "zh" ? "en" : "zh" }),
  };
  const tabs = TABS.filter((name) => name !== "table");
  tabs.forEach((name, place) => { anywhere[String(place + 1)] = () => store.set({ tab: name }); });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help-dialog").open) return;
    if (event.target.closest("input, select, textarea")) return;
    const inGraph = store.get("tab") === "network" && (event.target === byId("graph") || byId("graph").contains(event.target) || event.target === document.body);
    const action = (inGraph && onGraph[event.key]) || anywhere[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  function openHelp() {
    const dialog = byId("help-dialog");
    const keys = [["/", "search"], ["n p", "walk"], ["Enter w", "widen"], ["b", "narrow"], ["Esc", "clear"], ["← ↑ → ↓", "pan"], ["+ − 0", "zoom"],
      [`1 – ${tabs.length}`, "tab"], ["t", "table"], ["g", "graph"], ["l", "lang"], ["?", "help"]];
    dialog.replaceChildren(
      el("h2", { id: "help-title", text: words.t("help") }), el("p", { text: words.t("help.text") }),
      el("table", {}, el("tbody", {}, keys.map(([key, word]) => el("tr", {}, el("td", {}, key.split(" ").map((part) => el("kbd", { text: part }))), el("td", { text: words.t(`key.${word}`) }))))),
      el("form", { method: "dialog" }, el("button", { class: "quiet", text: words.t("help.close"), autofocus: true })));
    dialog.showModal();
  }

  byId("help").addEventListener("click", openHelp);
}
