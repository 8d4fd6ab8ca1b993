// The documents themselves: every cell and line with its address, shaded by what was made of it. One component for the
// drawer, the tab, the notebook's widget and reading.html.

const MANY_PIECES = 6000; // more are drawn a document at a time, when it is opened: a second's work on an office laptop
const WIDEST = 46, NARROWEST = 5, LEAST_SHARE = 10; // characters of the columns of a table; what is wider may be folded down to the last
const PLACE = /^(.*)!(?:p(\d+)|t(\d+)(?:r(\d+)(?:c(\d+))?)?)$/;

// `onPick(address)` gets which cell or name was clicked; where it means several things it gives them back as
// [{ text, choose }] and the reader chooses.
function createSource(host, source, words, { onPick } = {}) {
  const t = words.t;
  const pieces = new Map(); // address → { node, piece }
  const holders = source.documents.map((document) => ({ document, drawn: false, section: null, body: null }));
  const order = []; // addresses in the order of reading, of the documents that are drawn
  let only = false, current = "", shown = [];

  const root = el("div", { class: "source" });
  const body = el("div", { class: "source-body" });
  const bar = el("div", { class: "source-bar", hidden: true });
  root.append(body, bar);
  host.append(root);

  const shadeWord = (shade) => t(`reading.${shade}`);
  const reasonWord = (number) => source.reasons[words.lang()][number];

  function notesOf(piece) {
    const notes = [[piece.shade, ...piece.also].filter((shade) => shade !== "blank" || !piece.also.length).map(shadeWord).join("、")];
    if (piece.mark === "inherited") notes.push(t("reading.inherited"));
    notes.push(...piece.reasons.map(reasonWord));
    const place = piece.page ? t("reading.page", { page: piece.page }) : piece.sheet;
    return [place, ...notes].filter(Boolean);
  }

  // The text of a piece, the names that facts cite as elements of their own; where two overlap the first one counts.
  function textOf(piece) {
    if (!piece.names.length) return [piece.text];
    const parts = [];
    let at = 0;
    for (const [finer, begin, end] of piece.names) {
      if (begin < at) continue;
      parts.push(piece.text.slice(at, begin), el("span", { class: "name", "data-finer": finer, text: piece.text.slice(begin, end) }));
      at = end;
    }
    return [...parts, piece.text.slice(at)].filter((part) => part !== "");
  }

  function drawPiece(tag, piece, options = {}) {
    const classes = ["piece", tag === "p" ? "line" : "", piece.shade, piece.mark && `mark-${piece.mark}`, isDoubtful(piece) && "doubtful"];
    const node = el(tag, {
      id: `at-${piece.address}`, "data-address": piece.address, class: classes.filter(Boolean).join(" "), tabindex: "-1",
      rowspan: piece.rowspan > 1 && piece.rowspan, colspan: piece.colspan > 1 && piece.colspan, ...options,
    }, textOf(piece));
    pieces.set(piece.address, { node, piece });
    order.push(piece.address);
    return node;
  }

  // Columns as wide as their words ask for, so that a thousand rows need not be measured: the longest cell counts by its root.
  function widthsOf(rows) {
    const widths = [];
    for (const row of rows) {
      for (const piece of row) {
        if (piece.colspan > 1) continue;
        const longest = Math.max(...piece.text.split("\n").map((line) => line.length));
        const wanted = longest <= 12 ? longest + 1 : Math.min(WIDEST, 8 + 2.6 * Math.sqrt(piece.text.length));
        widths[piece.column - 1] = Math.max(widths[piece.column - 1] ?? NARROWEST, wanted);
      }
    }
    return Array.from(widths, (width) => width ?? NARROWEST);
  }

  // Rows of headings at the top stay in view, unless a cell of them reaches below.
  function headRows(rows) {
    let count = 0;
    while (count < rows.length - 1 && rows[count].length && rows[count].every(({ shade }) => shade === "header" || shade === "blank")) count += 1;
    const reach = Math.max(0, ...rows.slice(0, count).map((row, at) => at + Math.max(1, ...row.map(({ rowspan }) => rowspan))));
    return reach > count ? 0 : count;
  }

  function drawTable(block) {
    const widths = widthsOf(block.rows);
    const heads = headRows(block.rows);
    const least = Math.ceil(widths.reduce((sum, width) => sum + Math.min(width, LEAST_SHARE), 0));
    const all = widths.reduce((sum, width) => sum + width, 0);
    const doubtful = new Set();
    block.rows.forEach((row, at) => { if (row.some(isDoubtful)) doubtful.add(at); });
    const drawRow = (row, at) => el("tr", { class: doubtful.has(at) && "doubtful" }, row.map((piece) => {
      if (piece.shade !== "header") return drawPiece("td", piece);
      return drawPiece("th", piece, { scope: at < heads || row.length > 1 && row.every(({ shade }) => shade === "header" || shade === "blank") ? "col" : "row" });
    }));
    const table = el("table", { "aria-label": headingOf(block) },
      el("colgroup", {}, widths.map((width) => el("col", { "data-share": ((100 * width) / all).toFixed(2) }))),
      heads ? el("thead", {}, block.rows.slice(0, heads).map(drawRow)) : null,
      el("tbody", {}, block.rows.slice(heads).map((row, at) => drawRow(row, at + heads))));
    for (const column of table.querySelectorAll("col")) column.style.width = `${column.dataset.share}%`;
    table.style.minWidth = `${least}em`;
    if (block.rows.some((row) => row.some(({ rowspan }) => rowspan > 1))) table.classList.add("merged");
    return el("div", { class: `scroll${doubtful.size ? " doubtful" : ""}` }, table);
  }

  function headingOf(block) {
    const pages = [...new Set(block.pages)].join("–");
    return [t("reading.table", { number: block.table }), ...block.sheets, pages && t("reading.page", { page: pages })].filter(Boolean).join(" · ");
  }

  function drawDocument(holder) {
    if (holder.drawn) return;
    holder.drawn = true;
    const { document } = holder;
    for (const block of blocksOf(document, source.shades)) {
      if (!block.table) holder.body.append(drawPiece("p", block.rows[0][0]));
      else {
        const table = drawTable(block);
        const heading = el("h3", { class: table.classList.contains("doubtful") ? "doubtful" : "", text: headingOf(block) });
        heading.dataset.block = JSON.stringify({ table: block.table, sheets: block.sheets, pages: block.pages });
        holder.body.append(heading, table);
      }
    }
    holder.body.append(holder.notes = el("div", { class: "notes" }));
    drawNotes(holder);
    fit();
    rove();
  }

  function drawNotes({ document, notes }) {
    const list = (title, rows) => (rows.length ? [el("h3", { text: title }), el("ul", { class: "besides" }, rows.map((row) => el("li", {}, row)))] : []);
    notes.replaceChildren(
      ...list(t("reading.reasons"), document.reported.map(([reason, count]) => [reasonWord(reason), el("b", { text: ` ${count}` })])),
      ...list(t("reading.besides"), document.besides.map(([reason, text]) => [el("span", { text: `${reasonWord(reason)} · ` }), text])));
  }

  function drawHead(holder) {
    const { counts, title, file } = holder.document;
    const sum = (kinds) => kinds.reduce((total, kind) => total + (counts[kind] ?? 0), 0);
    const all = sum(Object.keys(counts)), used = sum(USED_SHADES), lost = sum(["lost"]);
    const doubts = doubtsOf(holder.document);
    holder.head.replaceChildren(
      el("h2", { text: title }),
      el("p", { class: "note", text: `${file} · ${t("reading.subtitle", { pieces: all, used, lost, reported: all - used - lost })}` }),
      el("div", { class: "shades-row" },
        el("ul", { class: "shades", "aria-label": t("reading.legend") }, Object.entries(counts).map(([kind, count]) => el("li", {},
          el("span", { class: `swatch ${kind}` }), shadeWord(kind), " ", el("b", { text: count })))),
        doubts ? el("button", { type: "button", class: "only-doubts", "aria-pressed": String(only), text: t("source.only", { count: doubts }), onclick: () => filter(!only) })
          : el("p", { class: "note none", text: t("source.no_doubts") })));
  }

  function filter(wanted) {
    only = wanted;
    if (only) holders.forEach(drawDocument);
    root.classList.toggle("only", only);
    for (const button of body.querySelectorAll(".only-doubts")) button.setAttribute("aria-pressed", String(only));
    body.scrollTop = 0;
  }

  // Tables that do not fit move sideways on their own; all others keep their heads in view.
  function fit() {
    for (const scroll of body.querySelectorAll(".scroll")) {
      const table = scroll.firstChild;
      if (!scroll.clientWidth) continue;
      const wide = table.offsetWidth > scroll.clientWidth + 1;
      scroll.classList.toggle("wide", wide);
      // What scrolls can be scrolled by keys too.
      if (wide) scroll.setAttribute("tabindex", "0");
      else scroll.removeAttribute("tabindex");
    }
  }

  // One stop for the tabulator among all cells; arrows go on from there.
  function rove(address = current || order[0]) {
    root.querySelector('.piece[tabindex="0"]')?.setAttribute("tabindex", "-1");
    (pieces.get(address) ?? pieces.get(order[0]))?.node.setAttribute("tabindex", "0");
  }

  function beside(address, key) {
    const at = order.indexOf(address);
    if (key === "ArrowRight") return order[at + 1];
    if (key === "ArrowLeft") return order[at - 1];
    const step = key === "ArrowDown" ? 1 : -1;
    const [, document, , table, row, column] = PLACE.exec(address) ?? [];
    if (!table) return order[at + step];
    const inColumn = (number) => pieces.has(`${document}!t${table}r${number}c${column}`) && `${document}!t${table}r${number}c${column}`;
    for (let number = Number(row) + step, tries = 0; number > 0 && tries < 200; number += step, tries += 1) if (inColumn(number)) return inColumn(number);
    let next = at + step;
    while (order[next]?.startsWith(`${document}!t${table}r`)) next += step;
    return order[next];
  }

  function onKey(event) {
    const node = event.target.closest(".piece");
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") pick(node.dataset.address);
    else if (event.key.startsWith("Arrow")) {
      const next = beside(node.dataset.address, event.key);
      if (next) { rove(next); pieces.get(next).node.focus({ preventScroll: true }); reveal(pieces.get(next).node, "nearest"); }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onClick(event) {
    const node = event.target.closest(".piece");
    if (!node || String(getSelection()).length) return;
    pick(node.dataset.address + (event.target.closest(".name")?.dataset.finer ?? ""));
  }

  function pick(address) {
    mark([address]);
    current = cellOf(address);
    rove(current);
    const choices = onPick?.(address) ?? [];
    describe(address, choices);
  }

  // What is known of the cell that was clicked or shown, and what it may mean.
  function describe(address, choices = []) {
    const { piece } = pieces.get(cellOf(address)) ?? {};
    bar.hidden = !piece;
    if (!piece) return;
    bar.replaceChildren(...[
      el("p", {}, el("code", { text: address }), copyButton(address, words), el("span", { class: "note", text: notesOf(piece).join(" · ") })),
      choices.length ? el("p", { class: "choices" }, el("span", { class: "note", text: t("source.choose") }),
        choices.map(({ text, choose }) => el("button", { type: "button", text, onclick: choose }))) : null,
    ].filter(Boolean));
    bar.dataset.address = address;
  }

  const fill = (address) => [...pieces.keys()].filter((key) => {
    const rest = key.slice(address.length);
    return key.startsWith(address) && (address.includes("!") ? /^[rc]/.test(rest) : false);
  });

  function mark(addresses) {
    for (const node of shown) node.classList.remove("cited", "first");
    shown = addresses.flatMap((address) => {
      const cell = cellOf(address);
      const found = pieces.has(cell) ? [cell] : fill(address);
      return found.flatMap((key) => {
        const { node } = pieces.get(key);
        const name = [...node.querySelectorAll(".name")].find((part) => key + part.dataset.finer === address);
        return name ? [node, name] : [node];
      });
    });
    for (const node of shown) node.classList.add("cited");
    shown[0]?.classList.add("first");
    return shown[0];
  }

  // The cell in the middle, without moving what is around the component.
  function reveal(node, block = "center") {
    const box = node.getBoundingClientRect(), room = body.getBoundingClientRect();
    const inside = box.top >= room.top + 40 && box.bottom <= room.bottom;
    if (block === "center" || !inside) body.scrollTop += box.top - room.top - (room.height - Math.min(box.height, room.height * 0.8)) / 2;
    const scroll = node.closest(".scroll");
    if (!scroll) return;
    const sides = scroll.getBoundingClientRect();
    if (box.left < sides.left || box.right > sides.right) scroll.scrollLeft += box.left - sides.left - (sides.width - box.width) / 2;
  }

  // Highlights one or several addresses, joined by blanks, and scrolls to the first.
  function show(joined) {
    const addresses = joined.split(" ").filter(Boolean);
    for (const holder of holders) {
      if (addresses.some((address) => address === holder.document.document || address.startsWith(`${holder.document.document}!`))) {
        drawDocument(holder);
        if (holder.section.tagName === "DETAILS") holder.section.open = true;
      }
    }
    const first = mark(addresses);
    if (!first) return false;
    if (only && !first.closest(".doubtful")) filter(false);
    current = cellOf(addresses.find((address) => pieces.has(cellOf(address))) ?? first.dataset.address);
    rove(current);
    reveal(first);
    describe(addresses[0]);
    return true;
  }

  function start() {
    if (!holders.length) {
      body.append(el("p", { class: "why", text: t(`source.${source.why}`) }));
      return;
    }
    const many = source.documents.reduce((sum, document) => sum + document.texts.length, 0) > MANY_PIECES;
    const several = holders.length > 1;
    for (const holder of holders) {
      holder.head = el("div", { class: "source-head" });
      holder.body = el("div", { class: "source-pieces" });
      holder.section = several
        ? el("details", { class: "source-document" }, el("summary", { text: holder.document.title || holder.document.file }), holder.head, holder.body)
        : el("article", { class: "source-document" }, holder.head, holder.body);
      holder.section.addEventListener("toggle", () => { if (holder.section.open) drawDocument(holder); });
      body.append(holder.section);
      drawHead(holder);
      if (!several || !many || holder === holders[0]) {
        drawDocument(holder);
        if (several) holder.section.open = true;
      }
    }
  }

  // In the other language only what is not the notice's own changes.
  function redraw() {
    if (!holders.length) { body.replaceChildren(); start(); return; }
    for (const holder of holders) {
      drawHead(holder);
      if (holder.drawn) drawNotes(holder);
      for (const heading of holder.body.querySelectorAll("h3[data-block]")) {
        heading.textContent = headingOf(JSON.parse(heading.dataset.block));
        heading.nextElementSibling.firstChild.setAttribute("aria-label", heading.textContent);
      }
    }
    if (!bar.hidden) describe(bar.dataset.address);
  }

  // A tooltip only where one points: a thousand rows need no thousand texts.
  body.addEventListener("pointerover", (event) => {
    const found = pieces.get(event.target.closest(".piece")?.dataset.address);
    if (found) found.node.title = [found.piece.address, ...notesOf(found.piece)].join("\n");
  });
  body.addEventListener("click", onClick);
  body.addEventListener("keydown", onKey);
  start();
  new ResizeObserver(fit).observe(body);
  return { root, body, show, redraw, pick, empty: !holders.length, addresses: () => order.slice() };
}
