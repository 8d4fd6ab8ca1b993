// Places that the reader chose by dragging: kept in the browser for this graph, written to a file, read from one.

function createPositions(host, payload, model, canvas, store, words) {
  const key = `pairing-graph:${payload.key}`;
  let moved = read();

  function read() {
    try {
      return checked(JSON.parse(localStorage.getItem(key) ?? "{}"));
    } catch {
      return {};
    }
  }

  // Only layouts and nodes that are here, only finite numbers.
  function checked(given) {
    const kept = {};
    if (typeof given !== "object" || given === null) return kept;
    for (const layout of Object.keys(payload.layouts)) {
      const places = Object.hasOwn(given, layout) ? given[layout] : {};
      const own = Object.entries(places ?? {}).filter(([name, place]) => model.named.has(name) && Array.isArray(place)
        && place.length === 2 && place.every((value) => Number.isFinite(value) && Math.abs(value) < 1e6));
      if (own.length) kept[layout] = Object.fromEntries(own);
    }
    return kept;
  }

  function keep(next) {
    moved = next;
    try {
      if (Object.keys(moved).length) localStorage.setItem(key, JSON.stringify(moved));
      else localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing: the places hold until the page is closed.
    }
    draw();
  }

  function dragged(ids) {
    const layout = store.get("layout");
    const own = Object.assign(Object.create(null), moved[layout]); // a unit may be called __proto__
    for (const id of ids) {
      const { x, y } = canvas.network.getPosition(id);
      canvas.positions[id] = { x, y };
      own[model.nodes[id].node] = [Math.round(x), Math.round(y / canvas.stretch())];
    }
    keep({ ...moved, [layout]: own });
    canvas.setMoved(moved);
  }

  function reset() {
    const { [store.get("layout")]: _, ...rest } = moved;
    keep(rest);
    canvas.setMoved(moved);
    canvas.redraw();
  }

  async function reload(file) {
    let given;
    try {
      given = JSON.parse(await file.text());
    } catch {
      given = null;
    }
    const next = checked(given?.positions);
    const count = Object.values(next).reduce((sum, places) => sum + Object.keys(places).length, 0);
    byId("status").textContent = words.t(count ? "positions.read" : "positions.unread", { count });
    if (!count) return;
    keep(next);
    canvas.setMoved(moved);
    canvas.redraw();
  }

  function draw() {
    const any = Boolean(moved[store.get("layout")]);
    const input = el("input", { type: "file", accept: ".json,application/json", hidden: true, id: "positions-file", onchange: (event) => { if (event.target.files[0]) reload(event.target.files[0]); } });
    host.replaceChildren(
      el("p", { class: "note", text: words.t(any ? "positions.kept" : "positions.hint") }),
      el("div", { class: "buttons" },
        el("button", { type: "button", class: "quiet", id: "positions-save", disabled: !Object.keys(moved).length, text: words.t("positions.save"), onclick: () => saveText(`${JSON.stringify({ key: payload.key, positions: moved }, null, 1)}\n`, "application/json", "positions.json") }),
        el("button", { type: "button", class: "quiet", id: "positions-open", text: words.t("positions.open"), onclick: () => input.click() }),
        el("button", { type: "button", class: "quiet", id: "positions-reset", disabled: !any, text: words.t("positions.reset"), onclick: reset })), input);
  }

  canvas.network.on("dragEnd", ({ nodes }) => { if (nodes.length) dragged(nodes); });
  if (Object.keys(moved).length) canvas.setMoved(moved);
  store.on(["layout", "lang"], draw);
  draw();
  return { reset };
}
