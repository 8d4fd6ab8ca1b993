// A tab is a question, and a view its answer. A view has
//   name       the tab;
//   missing()  why there is nothing to show, as a sentence; empty where there is something;
//   finding()  the headline: the answer for what is on show (none where another view's serves);
//   parts      which parts a headline about one unit has in this tab;
//   uses(kind) whether a kind of the legend occurs in it, and marksAlone whether it marks who lacks a counterpart;
//   note()     what else has to be said below the headline;
//   scene(width, room)  the drawing for a width: { element, width, height, breaks }, breaks being where a page may end; room
//              is the height of a page, for a drawing that has its heads on every one;
//   columns    whether it may have two columns on paper;
//   table()    the same as rows: { columns, rows };
//   tools()    its own controls;  show(), hide()  when it comes and goes;
//   panes(width), bring()  where parts of the drawing stay in place when it is scrolled: all of them, and how what is chosen comes into view.

const TABS = ["load", "pairs", "gaps", "matrix", "network", "source", "table"];

function createTabs(host, page, views) {
  const { store, words } = page;
  const byName = new Map(views.map((view) => [view.name, view]));
  const tools = byId("view-tools");
  const empty = byId("empty-view");
  let on = null;

  const current = () => byName.get(store.get("tab"));

  function tab(view) {
    const chosen = view.name === store.get("tab");
    return el("button", {
      type: "button", role: "tab", id: `tab-${view.name}`, "aria-selected": String(chosen), "aria-controls": "stage", tabindex: chosen ? 0 : -1,
      class: view.missing() ? "without" : "", text: words.t(`tab.${view.name}`), onclick: () => store.set({ tab: view.name }),
    });
  }

  function drawBar() {
    const active = host.contains(document.activeElement);
    host.replaceChildren(...views.map(tab));
    byId("stage").setAttribute("aria-labelledby", `tab-${store.get("tab")}`);
    if (active) byId(`tab-${store.get("tab")}`).focus();
  }

  function drawTools() {
    const active = document.activeElement?.dataset?.tool;
    const parts = current().missing() ? [] : current().tools?.() ?? [];
    tools.replaceChildren(...parts);
    tools.hidden = !parts.length;
    if (active) tools.querySelector(`[data-tool="${CSS.escape(active)}"]`)?.focus();
  }

  function drawView() {
    const view = current();
    const reason = view.missing();
    if (on && on !== view) on.hide();
    empty.hidden = !reason;
    empty.replaceChildren(el("h2", { text: words.t(`tab.${view.name}`) }), el("p", { text: reason }));
    document.body.dataset.tab = view.name;
    on = reason ? null : view;
    if (on) view.show();
    else view.hide();
  }

  function step(way) {
    const names = views.map((view) => view.name);
    store.set({ tab: names[(names.indexOf(store.get("tab")) + way + names.length) % names.length] });
  }

  const ends = { Home: () => store.set({ tab: views[0].name }), End: () => store.set({ tab: views.at(-1).name }) };
  host.addEventListener("keydown", (event) => {
    const action = { ArrowRight: () => step(1), ArrowLeft: () => step(-1), ...ends }[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  });

  function draw() {
    drawBar();
    drawTools();
    drawView();
  }

  store.on(["tab", "lang"], draw);
  store.on(["sizeBy", "layout", "folded", "filters", "choices"], drawTools);
  return { current, draw, views };
}

// Buttons of which one is chosen, as the controls of a view.
function choiceOf(page, name, label, options, chosen = page.store.get(name)) {
  return el("div", { class: "segments", role: "group", "aria-label": label }, options.map(([value, text]) => el("button", {
    type: "button", "aria-pressed": String(chosen === value), "data-tool": `${name}-${value}`, "data-value": value, text, onclick: () => page.store.set({ [name]: value }),
  })));
}

// A scene on the screen: as wide as its host, drawn anew when what is on show changes, chosen from by pointer and keys.
function createSceneHost(page, host, view) {
  const { store } = page;
  let shown = false;
  let width = 0;

  function draw() {
    if (!shown) return;
    const active = document.activeElement?.closest?.("[data-select], [data-more]");
    const held = active && host.contains(active) ? active.dataset : null;
    width = host.clientWidth;
    const style = getComputedStyle(host);
    const room = width - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    host.replaceChildren((view.panes ?? onePane)(Math.max(280, room)));
    const again = held && (held.select ? `[data-select="${held.select}"]` : `[data-more="${CSS.escape(held.more)}"]`);
    if (again) host.querySelector(again)?.focus({ preventScroll: true });
  }

  function onePane(room) {
    const { element, height, width: wide } = view.scene(room);
    if (!element.querySelector("[data-select]")) element.append(textAt(0, 24, page.words.t("nothing"), { fill: MUTED }));
    return svg("svg", { width: wide, height, viewBox: `0 0 ${wide} ${height}`, class: "scene", role: "group", "aria-label": page.words.t(`tab.${view.name}`) }, element);
  }

  // Only what a reader chose elsewhere is brought into view.
  function reveal() {
    if (view.bring) return view.bring();
    const item = host.querySelector(".choosable.selected");
    if (!item) return undefined;
    const [own, room] = [item.getBoundingClientRect(), host.getBoundingClientRect()];
    if (own.top < room.top || own.bottom > room.bottom) host.scrollTop += own.top - room.top - room.height / 3;
    return undefined;
  }

  function choose(target) {
    const item = target.closest("[data-select], [data-more]");
    if (!item) return false;
    if (item.dataset.more !== undefined) {
      view.more(item.dataset.more);
      draw();
    } else page.select({ type: item.dataset.select[0] === "n" ? "node" : "edge", id: Number(item.dataset.select.slice(1)) });
    return true;
  }

  host.addEventListener("click", (event) => { if (!choose(event.target) && store.get("selected")) page.select(null); });
  host.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !choose(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  store.on(["filters", "choices", "sizeBy", "lang", "folded"], draw);
  store.on(["selected"], () => { draw(); reveal(); });
  new ResizeObserver(() => { if (shown && host.clientWidth !== width) draw(); }).observe(host);

  function show() {
    shown = true;
    host.hidden = false;
    draw();
    reveal();
  }

  function hide() {
    shown = false;
    host.hidden = true;
  }

  return { show, hide, draw };
}
