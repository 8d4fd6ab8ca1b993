// Focus: a veil over the whole graph, and above it what belongs to the selection.

const VEIL = "rgba(255,255,255,0.86)";
const ACCENT = "#0072B2";

function focusOf(model, shown, selected, hops) {
  if (selected.type === "edge") {
    const edge = model.edges[selected.id];
    return { nodes: new Set([edge.from, edge.to]), edges: [edge.id] };
  }
  const nodes = model.within([selected.id], hops, shown);
  const inner = model.within([selected.id], hops - 1, shown);
  const edges = new Set();
  for (const id of inner) {
    for (const edge of model.incident[id]) if (shown.edges[edge.id]) edges.add(edge.id);
  }
  return { nodes, edges: [...edges] };
}

function drawFocus(ctx, network, { drawEdge, behind, bounds, focus, marks, positions, selected }) {
  ctx.fillStyle = VEIL;
  ctx.fillRect(bounds.left - 50, bounds.top - 50, bounds.right - bounds.left + 100, bounds.bottom - bounds.top + 100);
  for (const id of focus.edges) if (!behind.has(id)) drawEdge(id);
  for (const id of focus.nodes) network.body.nodes[id]?.draw(ctx);
  for (const id of focus.edges) if (behind.has(id)) drawEdge(id);
  if (selected.type !== "node") return;
  const box = network.getBoundingBox(selected.id);
  const { x, y } = positions[selected.id];
  ctx.strokeStyle = ACCENT;
  ctx.lineWidth = 2;
  ctx.setLineDash([]);
  ctx.beginPath();
  const wide = (box.right - box.left) / 2 > marks[selected.id] * 1.6;
  if (wide) ctx.rect(box.left - 4, box.top - 4, box.right - box.left + 8, box.bottom - box.top + 8);
  else ctx.arc(x, y, marks[selected.id] + 5, 0, 2 * Math.PI);
  ctx.stroke();
}
