// What a mark or a line is, in plain text beside the pointer.

function createTooltip(host, canvas, payload, model, store, words) {
  function textOfNode(node) {
    const lines = [node.type === "unit" ? node.node : node.label];
    if (node.load && payload.loads.counts.length) {
      lines.push(["lead", "listed_first", "fractional"].map((name) => `${words.t(`load.${name}`)} ${words.number(node.load[name])}`).join(" · "));
    }
    if (node.type === "task" && node.data.text) lines.push(node.data.text);
    return lines.join("\n");
  }

  function textOfEdge(edge) {
    const kind = words.t(model.kinds.get(edge.kind).word);
    const ends = [edge.from, edge.to].map((id) => (model.nodes[id].type === "unit" ? model.nodes[id].node : model.nodes[id].label));
    const places = (edge.cells ?? []).map((number) => payload.cells[number].address);
    return [`${ends[0]} → ${ends[1]}`, kind, ...places].join("\n");
  }

  function show(text, { x, y }) {
    host.textContent = text;
    host.hidden = false;
    const room = host.parentElement.getBoundingClientRect();
    host.style.left = `${Math.max(4, Math.min(x + 14, room.width - host.offsetWidth - 8))}px`;
    host.style.top = `${Math.max(4, y + 18 + host.offsetHeight > room.height ? y - host.offsetHeight - 10 : y + 18)}px`;
  }

  const hide = () => { host.hidden = true; };
  const area = host.parentElement;
  let waiting = null;

  function look() {
    const place = waiting;
    waiting = null;
    if (!place) return;
    const hit = canvas.at({ DOM: place, canvas: canvas.network.DOMtoCanvas(place) });
    area.classList.toggle("pointing", Boolean(hit));
    if (!hit) hide();
    else show(hit.type === "node" ? textOfNode(model.nodes[hit.id]) : textOfEdge(model.edges[hit.id]), place);
  }

  if (model.nodes.length <= MANY_NODES) {
    byId("graph").addEventListener("pointermove", (event) => {
      const box = byId("graph").getBoundingClientRect();
      if (event.buttons) return hide();
      if (!waiting) requestAnimationFrame(look);
      waiting = { x: event.clientX - box.left, y: event.clientY - box.top };
      return undefined;
    });
  }
  byId("graph").addEventListener("pointerleave", () => { waiting = null; hide(); });
  for (const event of ["dragStart", "zoom", "click"]) canvas.network.on(event, hide);
}
