// The source beside what is looked at: a drawer at the foot of the stage, over the whole page on a phone.

// Gives what leads to an address: into the drawer, or into the tab 原文 where that is open; nothing without documents.
function createDrawer(stage, page, view) {
  const { store, words } = page;
  if (view.missing()) return null;
  const body = el("div", { class: "drawer-body" });
  const title = el("h2", { id: "drawer-title" });
  const closing = el("button", { type: "button", class: "drawer-close", text: "×", onclick: () => close() });
  const drawer = el("section", { id: "drawer", "aria-labelledby": "drawer-title", hidden: true }, el("div", { class: "drawer-head" }, title, closing), body);
  let opener = null;
  stage.append(drawer);

  function apply() {
    title.textContent = words.t("source.title");
    closing.setAttribute("aria-label", words.t("source.close"));
    closing.title = words.t("source.close");
  }

  function open(address) {
    if (store.get("tab") === "source") return view.lead(address);
    if (drawer.hidden) opener = document.activeElement;
    drawer.hidden = false;
    view.mount(body);
    closing.focus({ preventScroll: true });
    return view.lead(address);
  }

  function close() {
    if (drawer.hidden) return;
    drawer.hidden = true;
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }

  // Escape closes the drawer first; what is selected stays.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || drawer.hidden || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    close();
  }, true);

  store.on(["lang"], apply);
  store.on(["tab"], () => { if (store.get("tab") === "source") close(); });
  apply();
  return open;
}
