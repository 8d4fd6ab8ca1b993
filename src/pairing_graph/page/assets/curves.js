// How edges of a small graph run: from border to border, so that the row that a line leads to can be read.

const ARROW = 9;

function createCurves(model, onShow, { positions, marks, layoutOf, repeats }) {
  function halfOf(id) {
    const [, , width, height] = layoutOf().boxes[id];
    if (onShow.isBox(model.nodes[id])) return { x: width / 2, y: height / 2, box: true };
    return { x: marks[id], y: marks[id], box: false };
  }

  // Where the straight way from the middle of a node leaves it.
  function border(id, towards) {
    const { x, y } = positions[id];
    const half = halfOf(id);
    const length = Math.hypot(towards.x - x, towards.y - y) || 1;
    const way = { x: (towards.x - x) / length, y: (towards.y - y) / length };
    const reach = half.box ? Math.min(half.x / Math.max(1e-6, Math.abs(way.x)), half.y / Math.max(1e-6, Math.abs(way.y))) : half.x;
    const kept = Math.min(reach, length * 0.45);
    return { x: x + way.x * kept, y: y + way.y * kept };
  }

  // Start, two control points, end of the line; the arrow's point lies beyond the end.
  function of(edge) {
    const from = positions[edge.from];
    const to = positions[edge.to];
    const arrow = model.kinds.get(edge.kind).arrow ? ARROW : 0;
    const bend = repeats[edge.id];
    if (edge.from === edge.to) {
      const up = halfOf(edge.from).y;
      return { points: [from, { x: from.x - 34, y: from.y - up - 44 }, { x: from.x + 34, y: from.y - up - 44 }, from], tip: null };
    }
    if (layoutOf().curve === "horizontal") {
      const way = Math.sign(to.x - from.x) || 1;
      const start = { x: from.x + way * halfOf(edge.from).x, y: from.y };
      const tip = { x: to.x - way * halfOf(edge.to).x, y: to.y };
      const end = { x: tip.x - way * arrow, y: tip.y };
      const pull = Math.max(46, Math.abs(end.x - start.x) * 0.5);
      return { points: [start, { x: start.x + way * pull, y: start.y + 16 * bend }, { x: end.x - way * pull, y: end.y + 16 * bend }, end], tip: arrow ? tip : null };
    }
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const aside = { x: (-(to.y - from.y) / length) * 26 * bend, y: ((to.x - from.x) / length) * 26 * bend };
    const middle = { x: (from.x + to.x) / 2 + aside.x, y: (from.y + to.y) / 2 + aside.y };
    const start = border(edge.from, middle);
    const tip = border(edge.to, middle);
    const last = Math.hypot(middle.x - tip.x, middle.y - tip.y) || 1;
    const end = { x: tip.x + ((middle.x - tip.x) / last) * Math.min(arrow, last), y: tip.y + ((middle.y - tip.y) / last) * Math.min(arrow, last) };
    return { points: [start, middle, middle, end], tip: arrow ? tip : null };
  }

  function head({ points, tip }) {
    const end = points[3];
    const length = Math.hypot(tip.x - end.x, tip.y - end.y) || 1;
    const side = { x: (-(tip.y - end.y) / length) * 4, y: ((tip.x - end.x) / length) * 4 };
    return [tip, { x: end.x + side.x, y: end.y + side.y }, { x: end.x - side.x, y: end.y - side.y }];
  }

  function draw(ctx, edge) {
    const kind = model.kinds.get(edge.kind);
    const curve = of(edge);
    const [start, a, b, end] = curve.points;
    ctx.setLineDash(kind.dashes);
    ctx.beginPath();
    ctx.moveTo(start.x, start.y);
    ctx.bezierCurveTo(a.x, a.y, b.x, b.y, end.x, end.y);
    for (const [width, color] of strokesOf(kind)) {
      ctx.strokeStyle = color;
      ctx.lineWidth = width;
      ctx.stroke();
    }
    ctx.setLineDash([]);
    if (!curve.tip) return;
    ctx.fillStyle = kind.color;
    ctx.beginPath();
    head(curve).forEach(({ x, y }, place) => (place ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.fill();
  }

  // Very many lines: straight, one stroke for each kind, only those that touch the view.
  function drawMany(ctx, shown, bounds) {
    const paths = new Map();
    for (const edge of model.edges) {
      if (!shown[edge.id]) continue;
      const from = positions[edge.from];
      const to = positions[edge.to];
      if (Math.max(from.x, to.x) < bounds.left || Math.min(from.x, to.x) > bounds.right) continue;
      if (Math.max(from.y, to.y) < bounds.top || Math.min(from.y, to.y) > bounds.bottom) continue;
      if (!paths.has(edge.kind)) paths.set(edge.kind, new Path2D());
      paths.get(edge.kind).moveTo(from.x, from.y);
      paths.get(edge.kind).lineTo(to.x, to.y);
    }
    const scale = ctx.getTransform().a / (window.devicePixelRatio || 1);
    ctx.globalAlpha = Math.max(0.15, Math.min(1, 2500 / model.edges.length));
    for (const [key, lines] of paths) {
      const kind = model.kinds.get(key);
      ctx.strokeStyle = kind.color;
      ctx.lineWidth = Math.max(kind.width * 0.6, (kind.width * 0.4) / scale);
      ctx.setLineDash(kind.dashes);
      ctx.stroke(lines);
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  // The same line for a picture.
  function path(edge) {
    const curve = of(edge);
    const [start, a, b, end] = curve.points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
    return { line: `M ${start} C ${a} ${b} ${end}`, head: curve.tip ? head(curve).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ") : "" };
  }

  function distance(edge, point) {
    const [start, a, b, end] = of(edge).points;
    let least = Infinity;
    for (let step = 0; step <= 32; step += 1) {
      const t = step / 32;
      const u = 1 - t;
      const x = u ** 3 * start.x + 3 * u * u * t * a.x + 3 * u * t * t * b.x + t ** 3 * end.x;
      const y = u ** 3 * start.y + 3 * u * u * t * a.y + 3 * u * t * t * b.y + t ** 3 * end.y;
      least = Math.min(least, Math.hypot(point.x - x, point.y - y));
    }
    return least;
  }

  // A line between two rows of tasks is as hard to follow as one behind them: half the room between rows counts.
  const CROSSING_STEPS = 48;
  const BETWEEN_ROWS = 10;

  // Whether the line of an edge runs through the box of another node.
  function crosses(edge, boxes) {
    const [start, a, b, end] = of(edge).points;
    for (let step = 1; step < CROSSING_STEPS; step += 1) {
      const t = step / CROSSING_STEPS;
      const u = 1 - t;
      const x = u ** 3 * start.x + 3 * u * u * t * a.x + 3 * u * t * t * b.x + t ** 3 * end.x;
      const y = u ** 3 * start.y + 3 * u * u * t * a.y + 3 * u * t * t * b.y + t ** 3 * end.y;
      if (boxes.some((id) => Math.abs(x - positions[id].x) < halfOf(id).x && Math.abs(y - positions[id].y) < halfOf(id).y + BETWEEN_ROWS)) return true;
    }
    return false;
  }

  function beside({ from, to }, { x, y }, margin) {
    const [a, b] = [positions[from], positions[to]];
    return Math.max(a.x, b.x) < x - margin || Math.min(a.x, b.x) > x + margin || Math.max(a.y, b.y) < y - margin || Math.min(a.y, b.y) > y + margin;
  }

  // The shown edge that lies nearest to a point, within some reach.
  function nearest(point, edges, reach) {
    let best = null;
    let least = reach;
    for (const edge of edges) {
      if (beside(edge, point, reach + 60)) continue;
      const away = distance(edge, point);
      if (away < least) [best, least] = [edge.id, away];
    }
    return best;
  }

  return { draw, drawMany, path, nearest, crosses };
}
