// Copying by a click; a page that may not use the clipboard selects the text in a field instead.

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = el("textarea", { class: "copied-from", "aria-hidden": "true", tabindex: "-1" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

// A small button that copies an address and says so for a moment.
function copyButton(address, words) {
  const label = words.t("cite.copy");
  const icon = svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" },
    svg("rect", { x: 4.5, y: 4.5, width: 8, height: 8, rx: 1.5 }), svg("path", { d: "M9.5 2.5v-.5a.5.5 0 0 0-.5-.5H2a.5.5 0 0 0-.5.5v7a.5.5 0 0 0 .5.5h.5" }));
  return el("button", {
    type: "button", class: "copy", "aria-label": label, title: label,
    onclick: async (event) => {
      const button = event.currentTarget;
      event.stopPropagation();
      if (!await copyText(address)) return;
      button.classList.add("copied");
      const status = byId("status");
      if (status) status.textContent = words.t("cite.copied", { address });
      setTimeout(() => button.classList.remove("copied"), 1500);
    },
  }, icon);
}
