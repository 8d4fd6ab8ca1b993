// Files that the reader takes away. A spreadsheet must not run a name as a formula: such a cell begins with '.

function toCsv(rows, formula) {
  const safe = (value) => {
    const text = String(value ?? "");
    const guarded = typeof value !== "number" && formula.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  };
  return `\uFEFF${rows.map((row) => row.map(safe).join(",")).join("\r\n")}\r\n`;
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const saveText = (text, type, name) => save(new Blob([text], { type }), name);

function createTakeAway(menu, items, { tables, picture, words, store, payload }) {
  const base = (payload.documents.length === 1 && payload.documents[0].document_number) || "pairing-graph";
  const stem = base.replace(/[\\/:*?"<>|\s]+/g, "_");
  const actions = [
    ["takeaway.png", async () => save(await picture.png(), `${stem}.png`)],
    ["takeaway.svg", () => saveText(picture.svgText(), "image/svg+xml", `${stem}.svg`)],
    ...tables.names.map((name) => [`takeaway.csv.${name}`, () => saveText(tables.csv(name), "text/csv;charset=utf-8", `${stem}-${name}.csv`)]),
    ["takeaway.print", () => window.print()],
  ];
  const draw = () => items.replaceChildren(...actions.map(([word, action]) => el("button", {
    type: "button", "data-action": word, text: words.t(word), onclick: () => { menu.open = false; action(); },
  })));
  draw();
  store.on(["lang"], draw);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
}
