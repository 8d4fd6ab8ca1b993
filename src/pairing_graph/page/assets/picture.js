// The view as a picture of its own: headline, drawing, legend and source; as SVG, from which the PNG is painted, and on paper.

const PICTURE_MARGIN = 28;
const PICTURE_WIDTH = 1100;
// A sheet of A4 across within its margins, in pixels of print (96 to the inch); and how far a drawing may be reduced to fit:
// 12 px are 9 points then, 7 the least that is read with ease.
const SHEET = { width: 1046, height: 700 };
const LEAST_REDUCTION = 0.78;

function createPicture(page, tabs) {
  const { payload, model, store, words, legend } = page;
  const fontRule = document.querySelector("style").textContent.match(/^@font-face \{[^}]*\}/m)?.[0] ?? "";

  function drawLegend(view, x, y, width) {
    const group = svg("g");
    let across = 0;
    let down = 0;
    const shown = [...payload.kinds.nodes, ...payload.kinds.edges].filter((kind) => view.uses(kind) && page.isKindShown(kind, view));
    for (const kind of shown) {
      const name = legend.name(kind);
      const step = textWidth(name, SMALL) + (kind.shape ? 24 : 38) + 18;
      if (across && across + step > width) {
        across = 0;
        down += 22;
      }
      if (kind.shape) group.append(markShape(kind.shape, x + across + 8, y + down, 6, kind.fill, kind.border, 1.4));
      else group.append(...lineStrokes(kind, x + across, x + across + 28, y + down));
      group.append(textAt(x + across + (kind.shape ? 20 : 34), y + down, name, { size: SMALL }));
      across += step;
    }
    if (view.marksAlone && page.onShow.alone().size) {
      if (across + textWidth(words.t("legend.alone"), SMALL) + 24 > width) [across, down] = [0, down + 22];
      group.append(...gapMark(x + across + 8, y + down), textAt(x + across + 22, y + down, words.t("legend.alone"), { size: SMALL }));
    }
    return [group, shown.length ? down + 22 : 0];
  }

  function head(view, width) {
    const group = svg("g");
    let y = 10;
    for (const [text, size, bold, fill] of [[page.heading.finding(view), 19, true, INK], [page.heading.subtitle(view), SMALL, false, MUTED]]) {
      for (const line of wrapped(text, size, width, bold)) {
        y += size * 1.25;
        group.append(textAt(PICTURE_MARGIN, y - size * DESCENT, line, { size, bold, fill }));
      }
    }
    return [group, y + 22];
  }

  // A drawing, or the part of it between two heights, with all that it needs to be understood alone.
  function framed(view, scene, from = 0, to = scene.height) {
    const wide = Math.max(640, scene.width);
    const [headGroup, top] = head(view, wide);
    const [legendGroup, legendHeight] = drawLegend(view, PICTURE_MARGIN, 0, wide);
    const high = to - from;
    const width = wide + 2 * PICTURE_MARGIN;
    const height = top + high + 30 + legendHeight + 30;
    legendGroup.setAttribute("transform", `translate(0 ${top + high + 34})`);
    const part = svg("svg", { x: PICTURE_MARGIN + (wide - scene.width) / 2, y: top, width: scene.width, height: high, viewBox: `0 ${from} ${scene.width} ${high}` }, scene.element);
    return svg("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT.replaceAll('"', "'"), role: "img", "aria-label": page.heading.finding(view) },
      svg("rect", { width: "100%", height: "100%", fill: "#fff" }), headGroup, part, legendGroup,
      ...wrapped(byId("source-note").textContent, SMALL, wide).slice(0, 1).map((line) => textAt(PICTURE_MARGIN, height - 18, line, { size: SMALL, fill: MUTED })));
  }

  const element = (view = tabs.current()) => framed(view, bare(view.scene(PICTURE_WIDTH)));

  // Without what only a screen needs: grounds for the pointer, buttons.
  function bare(scene) {
    for (const node of scene.element.querySelectorAll(".ground[fill='transparent'], .on-screen")) node.remove();
    for (const node of scene.element.querySelectorAll("[tabindex]")) for (const name of ["tabindex", "role", "class", "data-select"]) node.removeAttribute(name);
    return scene;
  }

  // A long drawing goes on pages that end where a row ends.
  function sheets(view) {
    const width = SHEET.width - 2 * PICTURE_MARGIN;
    const scene = bare(view.scene(width));
    const room = (SHEET.height - 150) * (scene.width / Math.min(scene.width, width));
    if (scene.height * LEAST_REDUCTION <= room || !scene.breaks?.length) return [framed(view, scene)];
    const pages = [];
    for (let from = 0; from < scene.height - 1;) {
      const fitting = scene.breaks.filter((cut) => cut > from && cut <= from + room);
      const to = scene.height - from <= room ? scene.height : fitting.length ? Math.max(...fitting) : from + room;
      pages.push(framed(view, { ...scene, element: scene.element.cloneNode(true) }, from, to));
      from = to;
    }
    return pages;
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

  // On paper every question has a page of its own, drawn and not photographed; the one that is open comes first.
  function printed() {
    const views = [tabs.current(), ...tabs.views.filter((view) => view !== tabs.current())].filter((view) => view.scene && !view.missing() && (view === tabs.current() || view.printed !== false));
    return views.flatMap((view) => sheets(view).map((sheet) => el("section", { class: "sheet" }, sheet)));
  }

  window.addEventListener("beforeprint", () => byId("print-view").replaceChildren(...printed()));
  window.addEventListener("afterprint", () => byId("print-view").replaceChildren());

  return { svgText, png, element, printed, offered: () => Boolean(tabs.current().scene) && !tabs.current().missing() };
}
