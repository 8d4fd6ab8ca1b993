// The legend: every kind with its mark and count; a click shows or hides it.

function createLegend(host, page) {
  const { payload, model, store, words } = page;
  // Kinds that a view never draws do not occur in its legend; those that only the network hides at first are shown elsewhere.
  const isShown = (key) => page.isKindShown(model.kinds.get(key), page.view());

  function toggle(key) {
    store.set({ choices: { ...store.get("choices"), [key]: !isShown(key) } });
  }

  function name(kind) {
    const word = words.t(kind.word);
    return kind.region ? `${kind.region}${store.get("lang") === "zh" ? "" : " · "}${word}` : word;
  }

  function row(kind, mark) {
    const on = isShown(kind.key);
    return el("li", {}, el("button", {
      class: "legend-row", type: "button", "aria-pressed": String(on), "data-kind": kind.key, title: words.t(on ? "legend.hide" : "legend.show"),
      onclick: () => toggle(kind.key),
    }, mark, el("span", { class: "legend-name", text: name(kind) }), el("span", { class: "count", text: kind.count })));
  }

  // Who lacks a counterpart is a mark on a unit, no kind that could be hidden.
  function alone() {
    const count = page.view().marksAlone ? page.onShow.alone().size : 0;
    return count ? el("ul", { class: "legend" }, el("li", { class: "legend-row still" }, gapMarkOf(), el("span", { class: "legend-name", text: words.t("legend.alone") }), el("span", { class: "count", text: count }))) : "";
  }

  const kinds = (of) => payload.kinds[of].filter((kind) => page.view().uses(kind));

  function draw() {
    const active = document.activeElement?.dataset?.kind;
    host.replaceChildren(
      el("ul", { class: "legend", "aria-label": words.t("legend.nodes") }, kinds("nodes").map((kind) => row(kind, markOf(kind)))),
      kinds("edges").length ? el("ul", { class: "legend", "aria-label": words.t("legend.edges") }, kinds("edges").map((kind) => row(kind, lineOf(kind)))) : "",
      alone(),
    );
    host.parentElement.hidden = !host.querySelector("li");
    if (active) [...host.querySelectorAll("button")].find((button) => button.dataset.kind === active)?.focus();
  }

  store.on(["choices", "filters", "layout", "lang", "tab"], draw);
  return { name, draw };
}
