// The source beside what is looked at: a drawer at the foot of the stage, over the whole page on a phone.

// `view` is the one component: whoever shows it takes it from the other, so that every cell is on the page once.
function createDrawer(stage, view, words) {
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
    if (drawer.hidden) opener = document.activeElement;
    drawer.hidden = false;
    view.mount(body);
    view.show(address);
    closing.focus({ preventScroll: true });
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

  apply();
  return { open, close, apply, isOpen: () => !drawer.hidden, element: drawer };
}
