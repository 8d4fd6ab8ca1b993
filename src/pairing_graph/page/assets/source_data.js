// The documents behind the facts, out of the columns that Python writes (page/source.py).

const FINER = /(?:\.\d+|:\d+-\d+)$/;
const cellOf = (address) => (address.includes("!") ? address.replace(FINER, "") : address);

// Paragraphs and tables of a document, each piece with everything that is known of it.
function blocksOf(document, shades) {
  let count = 0;
  const places = [...document.places];
  let place = [0, 0, ""];
  const piece = (address) => {
    const at = count;
    count += 1;
    if (places[0]?.[0] === at) place = places.shift();
    const found = {
      address, text: document.texts[at], shade: shades[document.shades[at]], mark: document.marks[at] ?? "",
      also: (document.also[at] ?? []).map((number) => shades[number]), reasons: document.reasons[at] ?? [], names: document.names[at] ?? [],
      page: place[1], sheet: place[2],
    };
    [found.rowspan, found.colspan] = document.spans[at] ?? [1, 1];
    return found;
  };
  return document.blocks.map((block) => {
    if (typeof block === "number") return { table: 0, rows: [[piece(`${document.document}!p${block}`)]] };
    const columns = (row) => (typeof row === "number" ? Array.from({ length: row }, (_, place_) => place_ + 1) : row);
    const rows = block.rows.map((row, at) => columns(row).map((column) => ({ ...piece(`${document.document}!t${block.table}r${at + 1}c${column}`), column })));
    return { table: block.table, rows, sheets: block.sheets ?? [], pages: block.pages ?? [] };
  });
}

// Shades of what went to a table.
const USED_SHADES = ["header", "tasks", "assignments", "pairings", "targets", "results", "documents"];

// What is in doubt or was not read, by its shade or by its mark.
const DOUBTS = ["doubt", "loss", "lost"];
const isDoubtful = (piece) => DOUBTS.includes(piece.shade) || DOUBTS.includes(piece.mark);

function doubtsOf({ counts, marks }) {
  return DOUBTS.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0) + Object.values(marks).filter((mark) => DOUBTS.includes(mark)).length;
}

// The cells that facts cite get their words from the documents, which alone have them.
function giveWords(cells, source) {
  const wanted = new Map();
  for (const cell of cells) {
    if (!cell.original || cell.words !== undefined) continue;
    const address = cellOf(cell.address);
    if (!wanted.has(address)) wanted.set(address, []);
    wanted.get(address).push(cell);
  }
  if (!wanted.size) return;
  for (const document of source.documents) {
    for (const block of blocksOf(document, source.shades)) {
      for (const piece of block.rows.flat()) for (const cell of wanted.get(piece.address) ?? []) cell.words = piece.text.trim();
    }
  }
}
