// The view as a picture of its own: title, graph, legend and source; as SVG, from which the PNG is painted.

const PICTURE_MARGIN = 28;

function createPicture(payload, model, canvas, store, words, legend) {
  const t = words.t;
  const fontRule = document.querySelector("style").textContent.match(/^@font-face \{[^}]*\}/m)?.[0] ?? "";

  function drawEdge(edge) {
    const kind = model.kinds.get(edge.kind);
    const { line, head } = canvas.curves.path(edge);
    const dashes = kind.dashes.length ? kind.dashes.join(" ") : null;
    const group = svg("g", {}, svg("path", { d: line, fill: "none", stroke: kind.color, "stroke-width": kind.width, "stroke-dasharray": dashes }));
    if (head) group.append(svg("polygon", { points: head, fill: kind.color }));
    return group;
  }

  function drawNode(node) {
    const kind = model.kinds.get(node.kind);
    const { x, y } = canvas.positions[node.id];
    const shape = canvas.shapeOf(node.id);
    if (!shape.shape) return markShape(kind.shape, x, y, canvas.marks[node.id], kind.fill, kind.border, node.data.collective ? 2 : 1);
    const width = shape.widthConstraint.minimum;
    const height = shape.heightConstraint.minimum;
    const box = svg("g", {}, svg("rect", {
      x: x - width / 2, y: y - height / 2, width, height, rx: shape.shapeProperties.borderRadius, fill: shape.color.background, stroke: shape.color.border, "stroke-width": shape.borderWidth,
    }));
    if (node.type === "task") box.append(svg("rect", { x: x - width / 2 + 7, y: y - 3.5, width: 7, height: 7, fill: "#4D4D4D" }));
    return box;
  }

  function drawLabel(box) {
    return svg("text", { "font-size": box.size, fill: box.id === null ? MUTED : INK, "font-weight": box.id === null ? 700 : 400, stroke: box.inside ? null : "#fff", "stroke-width": box.inside ? null : box.size * 0.28, "paint-order": "stroke" },
      ...box.lines.map((line, row) => svg("tspan", { x: box.x, y: box.y + box.size * LINE * (row + 0.5) + box.size * 0.36, text: line })));
  }

  function drawLegend(x, y, width) {
    const group = svg("g");
    const ctx = document.createElement("canvas").getContext("2d");
    ctx.font = `12px ${FONT}`;
    let across = 0;
    let down = 0;
    const shown = [...payload.kinds.nodes, ...payload.kinds.edges].filter((kind) => model.isKindShown(kind.key, store.get("choices"), store.get("layout")));
    for (const kind of shown) {
      const name = legend.name(kind);
      const step = ctx.measureText(name).width + (kind.shape ? 24 : 38) + 18;
      if (across + step > width) {
        across = 0;
        down += 22;
      }
      if (kind.shape) group.append(markShape(kind.shape, x + across + 8, y + down, 6, kind.fill, kind.border, 1.4));
      else group.append(svg("line", { x1: x + across, x2: x + across + 28, y1: y + down, y2: y + down, stroke: kind.color, "stroke-width": Math.max(1.2, kind.width), "stroke-dasharray": kind.dashes.length ? kind.dashes.join(" ") : null }));
      group.append(svg("text", { x: x + across + (kind.shape ? 20 : 34), y: y + down + 4, "font-size": 12, fill: INK, text: name }));
      across += step;
    }
    return [group, down + 22];
  }

  // A text in lines that are no wider than the picture.
  function wrapped(text, size, width) {
    const ctx = document.createElement("canvas").getContext("2d");
    ctx.font = `${size}px ${FONT}`;
    const lines = [""];
    for (const part of text.match(/[\u0020-\u024f]+|./gu) ?? []) {
      if (lines.at(-1) && ctx.measureText(lines.at(-1) + part).width > width) lines.push("");
      lines.push(lines.pop() + part);
    }
    return lines;
  }

  function head(title, subtitle, width) {
    const parts = [[title, 19, 700, INK], [subtitle, 12, 400, MUTED]];
    const group = svg("g");
    let y = 10;
    for (const [text, size, weight, fill] of parts) {
      for (const line of wrapped(text, size, width)) {
        y += size * 1.25;
        group.append(svg("text", { x: PICTURE_MARGIN, y, "font-size": size, "font-weight": weight, fill, text: line }));
      }
    }
    return [group, y + 22];
  }

  // The part of the graph that is in focus, or all that is shown.
  function element() {
    const shown = canvas.shown();
    const focus = canvas.focus();
    const nodes = model.nodes.filter(({ id }) => shown.nodes[id] && (!focus || focus.nodes.has(id)));
    const edges = focus ? focus.edges.map((id) => model.edges[id]) : model.edges.filter(({ id }) => shown.edges[id]);
    const labels = canvas.labels.layout(nodes.map((node) => node.id), canvas);
    const captions = focus ? [] : canvas.labels.captionBoxes(shown.nodes);
    const box = extentOf(nodes, [...labels, ...captions]);
    const wide = Math.max(640, box.right - box.left);
    const high = box.bottom - box.top;
    const [legendGroup, legendHeight] = drawLegend(PICTURE_MARGIN, 0, wide);
    const title = byId("finding").textContent;
    const [headGroup, top] = head(title, byId("subtitle").textContent, wide);
    const width = wide + 2 * PICTURE_MARGIN;
    const height = top + high + 30 + legendHeight + 30;
    legendGroup.setAttribute("transform", `translate(0 ${top + high + 34})`);
    const shift = `translate(${PICTURE_MARGIN - box.left + (wide - (box.right - box.left)) / 2} ${top - box.top})`;
    return svg("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT.replaceAll('"', "'"), role: "img", "aria-label": title },
      svg("rect", { width: "100%", height: "100%", fill: "#fff" }),
      headGroup,
      svg("g", { transform: shift }, ...edges.map(drawEdge), ...nodes.map(drawNode), ...[...labels, ...captions].map(drawLabel)),
      legendGroup,
      svg("text", { x: PICTURE_MARGIN, y: height - 14, "font-size": 12, fill: MUTED, text: byId("source-note").textContent }));
  }

  function extentOf(nodes, boxes) {
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    const take = (left, right, top, bottom) => {
      box.left = Math.min(box.left, left);
      box.right = Math.max(box.right, right);
      box.top = Math.min(box.top, top);
      box.bottom = Math.max(box.bottom, bottom);
    };
    for (const { id } of nodes) {
      const { x, y } = canvas.positions[id];
      const mark = canvas.marks[id];
      take(x - mark, x + mark, y - mark, y + mark);
    }
    for (const label of boxes) take(label.x - 16, label.x + label.width + 16, label.y - 3, label.y + label.height + 3);
    return Number.isFinite(box.left) ? box : { left: 0, right: 1, top: 0, bottom: 1 };
  }

  function svgText() {
    const picture = element();
    picture.prepend(svg("style", { text: fontRule }));
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`;
  }

  async function png() {
    const text = svgText();
    const image = new Image();
    const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    try {
      await new Promise((resolve, reject) => {
        image.onload = resolve;
        image.onerror = reject;
        image.src = address;
      });
      await image.decode();
      const factor = Math.min(2, 8000 / Math.max(image.width, image.height));
      const sheet = el("canvas", { width: Math.round(image.width * factor), height: Math.round(image.height * factor) });
      sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
      return await new Promise((resolve) => { sheet.toBlob(resolve, "image/png"); });
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  // On paper the graph is drawn, not photographed.
  window.addEventListener("beforeprint", () => byId("print-view").replaceChildren(element()));
  window.addEventListener("afterprint", () => byId("print-view").replaceChildren());

  return { svgText, png, element };
}
