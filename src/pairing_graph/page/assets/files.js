// Files that the reader takes away. A spreadsheet must not run a name as a formula: such a cell begins with '.

function guardedText(value, formula) {
  const text = String(value ?? "");
  return typeof value !== "number" && formula.test(text) ? `'${text}` : text;
}

function toCsv(rows, formula) {
  const safe = (value) => {
    const guarded = guardedText(value, formula);
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

// Rows as a table on the clipboard: a word processor and a spreadsheet both take it as one.
function copyRows({ columns, rows }, formula) {
  const line = (cells, tag) => el("tr", {}, cells.map((value) => el(tag, { text: guardedText(value, formula) })));
  const table = el("table", { class: "copied-from", border: 1 }, el("thead", {}, line(columns, "th")), el("tbody", {}, rows.map((row) => line(row, "td"))));
  document.body.append(table);
  const range = document.createRange();
  range.selectNode(table);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const done = document.execCommand("copy");
  selection.removeAllRanges();
  table.remove();
  return done;
}

function createTakeAway(menu, items, page, { tabs, table, picture }) {
  const { words, store, payload } = page;
  const formula = new RegExp(payload.formula);
  const base = (payload.documents.length === 1 && payload.documents[0].document_number) || "pairing-graph";
  const stem = base.replace(/[\\/:*?"<>|\s]+/g, "_");
  const named = () => `${stem}-${words.t(`tab.${store.get("tab")}`)}`;
  const rowsOf = () => tabs.current().table();
  const hasRows = () => Boolean(tabs.current().table) && !tabs.current().missing();
  const actions = [
    ["takeaway.png", async () => save(await picture.png(), `${named()}.png`), picture.offered],
    ["takeaway.svg", () => saveText(picture.svgText(), "image/svg+xml", `${named()}.svg`), picture.offered],
    ["takeaway.link", async () => { if (await copyText(location.href)) byId("status").textContent = words.t("takeaway.linked"); }],
    ["takeaway.copy", () => { if (copyRows(rowsOf(), formula)) byId("status").textContent = words.t("takeaway.copied", { count: rowsOf().rows.length }); }, hasRows],
    ["takeaway.csv.view", () => saveText(toCsv([rowsOf().columns, ...rowsOf().rows], formula), "text/csv;charset=utf-8", `${named()}.csv`), hasRows],
    ...table.names.map((name) => [`takeaway.csv.${name}`, () => saveText(table.csv(name), "text/csv;charset=utf-8", `${stem}-${name}.csv`)]),
    ["takeaway.print", () => window.print()],
  ];
  const draw = () => items.replaceChildren(...actions.map(([word, action, offered]) => el("button", {
    type: "button", "data-action": word, disabled: offered ? !offered() : false, text: words.t(word), onclick: () => { menu.open = false; action(); },
  })));
  draw();
  store.on(["lang", "tab"], draw);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
}
