// Where rows and columns of the matrix are. Units are the rows, because their names are long and a column of 28 tasks to
// 1,000 has only room for a number: so no name is turned or cut.

const MATRIX_ROW = 26;
// Widths of a task's column: the least in which a mark has room, or on a phone a finger, and the most, since broader ones
// would only pull the marks apart. Likewise of an area's column of counts.
const MATRIX_CELL = { least: 22, finger: 28, most: 34 };
const MATRIX_COUNT = { least: 40, most: 96 };
const HEAD_AIR = 4;
const MATRIX_TITLE = 220;
// A heading has at the most so many lines; a column is as broad as that takes.
const AREA_LINES = 6;
const AREA_LEAST = 28;
const LINE_STEP = SMALL * 1.3;
const MATRIX_NAMES = { share: 0.34, least: 116, most: 260 };

const linesHigh = (lines) => lines.length * LINE_STEP;

// Lines of about one length, as few as the room allows.
function balanced(text, room) {
  let lines = wrapped(text, SMALL, room);
  for (let width = room - 2; width > SMALL; width -= 2) {
    const found = wrapped(text, SMALL, width);
    if (found.length > lines.length || found.some((line) => textWidth(line, SMALL) > room)) break;
    lines = found;
  }
  return lines;
}

// The least width, in steps, in which a heading has few lines and no word sticks out.
function headWidth(text) {
  let width = AREA_LEAST;
  const fits = (lines, room) => lines.length <= AREA_LINES && lines.every((line) => textWidth(line, SMALL) <= room);
  while (!fits(wrapped(text, SMALL, width - HEAD_AIR), width - HEAD_AIR)) width += 4;
  return width;
}

// Columns of groups from left to right: a group that is open has one for each of its tasks, a closed one stands for all.
function placedColumns(groups, { cell, counted, room }) {
  const count = (group) => (group.open ? group.tasks.length : 1);
  const least = (group) => Math.max(headWidth(group.title), count(group) * (group.open ? cell : counted));
  const broadest = (group) => count(group) * (group.open ? MATRIX_CELL.most : MATRIX_COUNT.most);
  const stretch = Math.max(1, room / groups.reduce((sum, group) => sum + least(group), 0));
  const wide = (group) => Math.max(least(group), Math.min(least(group) * stretch, broadest(group)));
  const columns = [];
  const spans = [];
  let x = 0;
  for (const group of groups) {
    const width = wide(group);
    const own = group.open ? group.tasks : [null];
    spans.push({ group, x, width, first: columns.length, last: columns.length + own.length - 1 });
    own.forEach((task, place) => columns.push({ key: task ? task.id : group.key, task, group, x: x + (place * width) / own.length, width: width / own.length }));
    x += width;
  }
  return { columns, spans, width: x };
}

// Groups in parts that are no wider than the room; a group is only divided where it is wider than that.
function partsOf(groups, what) {
  const width = (group) => placedColumns([group], { ...what, room: 0 }).width;
  const { cell, room } = what;
  const parts = [[]];
  let left = room;
  const next = () => { if (parts.at(-1).length) parts.push([]); left = room; };
  for (const group of groups) {
    let rest = group;
    if (width(rest) > left) next();
    while (width(rest) > room && rest.open && rest.tasks.length > 1) {
      const take = Math.max(1, Math.min(rest.tasks.length - 1, Math.floor(room / cell)));
      parts.at(-1).push({ ...rest, tasks: rest.tasks.slice(0, take) });
      rest = { ...rest, tasks: rest.tasks.slice(take) };
      next();
    }
    parts.at(-1).push(rest);
    left -= width(rest);
  }
  return parts;
}

// Rows from top to bottom: a heading for each region, and a row for each unit, as high as its name takes.
function placedRows(regions, names) {
  const rows = [];
  let y = 0;
  const add = (row, height) => { rows.push({ ...row, y, height: Math.ceil(height) }); y += Math.ceil(height); };
  for (const { title, units } of regions) {
    if (regions.length > 1 || title) {
      // It may go on over the columns, where its row is empty.
      const lines = wrapped(title, BODY, Math.max(names, MATRIX_TITLE), true);
      add({ title, lines }, lines.length * BODY * 1.3 + 12);
    }
    for (const unit of units) add({ unit }, Math.max(MATRIX_ROW, nameLines(unit.label, names - 10, true) * BODY * 1.3 + 6));
  }
  return { rows, height: y };
}

// Rows in as few parts as the room allows, about equally high; a part that begins within a region names it again.
function rowParts(rows, room) {
  let parts = divided(rows, room);
  for (let less = room - MATRIX_ROW; parts.length > 1 && less > MATRIX_ROW; less -= MATRIX_ROW) {
    const found = divided(rows, less);
    if (found.length > parts.length) break;
    parts = found;
  }
  return parts.map((part) => ({ rows: part, height: part.length ? part.at(-1).y + part.at(-1).height : 0 }));
}

function divided({ rows }, room) {
  const parts = [[]];
  let y = 0;
  let heading = null;
  rows.forEach((row, place) => {
    if (!row.unit) heading = row;
    const high = row.height + (row.unit ? 0 : rows[place + 1]?.height ?? 0);
    if (parts.at(-1).length && y + high > room) {
      parts.push([]);
      y = 0;
      if (row.unit && heading) parts.at(-1).push({ ...heading, y });
      if (row.unit && heading) y = heading.height;
    }
    parts.at(-1).push({ ...row, y });
    y += row.height;
  });
  return parts;
}
