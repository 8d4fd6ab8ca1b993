// The data of the page as they are asked for: records out of the columns that columns.py makes of them.

// The values of a column, and which of so many records have one.
function valuesOf(column, count) {
  if ("each" in column) return Array(count).fill(column.each);
  if ("records" in column) return recordsOf(column.records, count);
  return "at" in column ? column.at.map((place) => column.table[place]) : column.list;
}

function recordsOf(columns, count) {
  const records = Array.from({ length: count }, () => ({}));
  for (const [name, column] of Object.entries(columns)) {
    const runs = column.runs ?? [0, count];
    const values = valuesOf(column, runs.reduce((sum, length, place) => (place % 2 ? sum + length : sum), 0));
    let next = 0;
    for (let run = 0; run < runs.length; run += 2) {
      for (let row = runs[run]; row < runs[run] + runs[run + 1]; row += 1) putIn(records[row], name, values[next++]);
    }
  }
  return records;
}

// An attribute of any graph may be called __proto__.
function putIn(record, name, value) {
  if (name === "__proto__") Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
  else record[name] = value;
}

const tableOf = ({ count, columns }) => recordsOf(columns, count);

// The room of a node; its lines are its label, cut into pieces of so many characters.
function roomOf([align, lines, ...size], label) {
  if (!lines) return [align];
  if (typeof lines[0] === "string") return [align, lines, ...size];
  if (lines.length === 1) return [align, [label], ...size];
  const signs = Array.from(label);
  let start = 0;
  return [align, lines.map((length) => signs.slice(start, start += length).join("")), ...size];
}

function readPayload(text) {
  const payload = JSON.parse(text);
  const { network, facts, layouts } = payload;
  for (const part of [network, facts]) for (const name of ["nodes", "edges"]) part[name] = tableOf(part[name]);
  network.nodes.forEach((look, id) => { look.id = id; });
  network.edges.forEach((look, id) => { look.id = id; });
  payload.cells = tableOf(payload.cells);
  const { length } = network.nodes;
  for (const layout of Object.values(layouts)) {
    for (const name of ["x", "y", "boxes"]) layout[name] = valuesOf(layout[name], length);
    layout.boxes = layout.boxes.map((box, id) => roomOf(box, network.nodes[id].label));
  }
  return payload;
}
