// The view as a picture of its own: headline, drawing, legend and source; as SVG, from which the PNG is painted, and on paper.

const PICTURE_MARGIN = 28;
const PICTURE_WIDTH = 1100;
// A sheet of A4 within its margins, across and upright, in pixels of print (96 to the inch).
const SHEET = { name: "across", width: 1046, height: 700 };
const UPRIGHT = { name: "upright", width: 716, height: 1030 };
// How far a sheet may be reduced so that fewer are needed: 12 px are 9 points in full, 7 points (the least that is read with
// ease on paper) at the last.
const REDUCTIONS = [1, 0.92, 0.85, 0.78];
const LEAST_ON_PAPER = 12 * REDUCTIONS.at(-1);
const COLUMN_GAP = 48;

// So many kinds are named below a picture; of a hundred regions the legend would take the sheet.
const MOST_KINDS = 30;
// Below this height of a sheet that headline, legend and source leave, nothing is laid out on it.
const LEAST_ROOM = 120;

function createPicture(page, tabs) {
  const { payload, model, store, words, legend } = page;
  const fontRule = document.querySelector("style").textContent.match(/^@font-face \{[^}]*\}/m)?.[0] ?? "";

  function drawLegend(view, x, y, width) {
    const group = svg("g");
    let across = 0;
    let down = 0;
    const all = [...payload.kinds.nodes, ...payload.kinds.edges].filter((kind) => view.uses(kind) && page.isKindShown(kind, view));
    const shown = all.slice(0, MOST_KINDS);
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
    if (all.length > shown.length) group.append(textAt(x + across, y + down, `+ ${all.length - shown.length}`, { size: SMALL, fill: MUTED }));
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
      y += 7;
    }
    return [group, y + 16];
  }

  // Slices of a drawing, each the part of it between two heights, with all that they need to be understood alone.
  function framed(view, slices, wide, foot = "") {
    const [headGroup, top] = head(view, wide);
    const [legendGroup, legendHeight] = drawLegend(view, PICTURE_MARGIN, 0, wide);
    const high = Math.max(0, ...slices.map(({ from, to, scale }) => (to - from) * scale));
    const width = wide + 2 * PICTURE_MARGIN;
    const height = top + high + 30 + legendHeight + 30;
    legendGroup.setAttribute("transform", `translate(0 ${top + high + 34})`);
    const parts = slices.map(({ scene, x, from, to, scale }) => svg("svg", {
      x: PICTURE_MARGIN + x, y: top, width: scene.width * scale, height: (to - from) * scale, viewBox: `0 ${from} ${scene.width} ${to - from}`,
    }, slices.length > 1 || foot ? scene.element.cloneNode(true) : scene.element));
    const source = wrapped(byId("source-note").textContent, SMALL, wide - 60).slice(0, 1);
    return svg("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT.replaceAll('"', "'"), role: "img", "aria-label": page.heading.finding(view) },
      svg("rect", { width: "100%", height: "100%", fill: "#fff" }), headGroup, ...parts, legendGroup,
      ...source.map((line) => textAt(PICTURE_MARGIN, height - 18, line, { size: SMALL, fill: MUTED })),
      textAt(PICTURE_MARGIN + wide, height - 18, foot, { size: SMALL, fill: MUTED, anchor: "end" }));
  }

  function element(view = tabs.current()) {
    const scene = bare(view.scene(PICTURE_WIDTH));
    const wide = Math.max(640, scene.width);
    // Around a drawing that is wider than it should be, headline and legend grow with it.
    const growth = Math.max(1, wide / PICTURE_WIDTH);
    const picture = framed(view, [{ scene, x: (wide - scene.width) / 2 / growth, from: 0, to: scene.height, scale: 1 / growth }], wide / growth);
    for (const side of ["width", "height"]) picture.setAttribute(side, Number(picture.getAttribute(side)) * growth);
    return picture;
  }

  // Without what only a screen needs: grounds for the pointer, buttons; a button for more becomes words that say so.
  function bare(scene) {
    for (const button of scene.element.querySelectorAll("[data-more]")) {
      const { x, y, height } = button.querySelector("rect").attributes;
      button.replaceWith(textAt(Number(x.value) + 8, Number(y.value) + Number(height.value) / 2, words.t("more.left", { count: button.dataset.count }), { size: SMALL, fill: MUTED }));
    }
    for (const node of scene.element.querySelectorAll(".ground[fill='transparent'], .on-screen")) node.remove();
    for (const node of scene.element.querySelectorAll("[tabindex]")) for (const name of ["tabindex", "role", "class", "data-select"]) node.removeAttribute(name);
    return scene;
  }

  // The heights between which a drawing is cut so that no part is higher than the room; it is cut only where a row ends.
  function cutInto({ height, breaks }, room) {
    const parts = [];
    for (let from = 0; from < height - 1;) {
      const fitting = breaks.filter((cut) => cut > from && cut <= from + room);
      const to = height - from <= room ? height : fitting.length ? Math.max(...fitting) : from + room;
      parts.push([from, to]);
      from = to;
    }
    return parts;
  }

  // The height of the highest part that cannot be cut.
  function tallest({ height, breaks }) {
    const cuts = [0, ...breaks.filter((cut) => cut < height), height].sort((a, b) => a - b);
    return Math.max(...cuts.slice(1).map((cut, place) => cut - cuts[place]));
  }

  // The same with parts as even as the rows allow, so that no last page holds a single row.
  function evenly(scene, room, columns) {
    const parts = cutInto(scene, room);
    const pages = Math.ceil(parts.length / columns);
    const step = Math.max(1, scene.height / 200);
    for (let high = Math.max(tallest(scene), scene.height / (pages * columns)); high < room; high += step) {
      const even = cutInto(scene, high);
      if (even.length <= pages * columns) return even;
    }
    return parts;
  }

  // A drawing on sheets that are reduced so far, in so many columns.
  function laidOut(view, paper, reduction, columns) {
    const wide = paper.width / reduction - 2 * PICTURE_MARGIN;
    const width = (wide - COLUMN_GAP * (columns - 1)) / columns;
    const room = paper.height / reduction - Number(framed(view, [], wide).getAttribute("height"));
    if (room < LEAST_ROOM) return { view, paper, wide, pages: [], text: 0 };
    const scene = bare(view.scene(width, room));
    const cut = Boolean(scene.breaks?.length);
    const scale = Math.min(1, width / scene.width, room / (cut ? tallest(scene) : scene.height));
    const parts = cut ? evenly(scene, room / scale, columns) : [[0, scene.height]];
    const slices = parts.map(([from, to], place) => ({ scene, from, to, scale, x: (place % columns) * (width + COLUMN_GAP) + (width - scene.width * scale) / 2 }));
    const pages = Array.from({ length: Math.ceil(parts.length / columns) }, (_, place) => slices.slice(place * columns, (place + 1) * columns));
    return { view, paper, wide, pages, text: reduction * Math.min(SMALL, scale * smallestOf(scene)) };
  }

  const smallestOf = ({ element: drawing }) => Math.min(...[...drawing.querySelectorAll("text")].map((text) => Number(text.getAttribute("font-size"))));

  // The fewest sheets whose words can be read; of as many, those that are reduced least. What cannot be read across is tried upright.
  function sheets(view) {
    const tried = [[SHEET, 1], ...(view.columns ? [[SHEET, 2]] : []), [UPRIGHT, 1]];
    let best = null;
    for (const [paper, columns] of tried) {
      if (paper === UPRIGHT && isLegible(best)) return best;
      for (const reduction of REDUCTIONS) {
        if (best && best.pages.length === 1 && isLegible(best)) return best;
        const other = laidOut(view, paper, reduction, columns);
        if (!best || better(other, best)) best = other;
      }
    }
    return best;
  }

  const isLegible = ({ text }) => text > LEAST_ON_PAPER - 0.01;
  const better = (one, other) => (isLegible(other) ? isLegible(one) && one.pages.length < other.pages.length : one.text > other.text);

  function drawn(laid) {
    const { view, paper, wide, pages } = laid;
    return pages.map((slices, place) => {
      const sheet = framed(view, slices, wide, pages.length > 1 ? `${place + 1} / ${pages.length}` : "");
      if (!isLegible(laid)) thinOut(sheet, paper);
      return el("section", { class: `sheet ${paper.name}` }, sheet);
    });
  }

  // Words that nobody could read on paper make room for lines.
  function thinOut(sheet, paper) {
    const reduction = paper.width / Number(sheet.getAttribute("width"));
    for (const part of sheet.querySelectorAll(":scope > svg")) {
      const scale = Number(part.getAttribute("width")) / Number(part.getAttribute("viewBox").split(" ")[2]);
      for (const small of part.querySelectorAll("text")) if (Number(small.getAttribute("font-size")) * scale * reduction < LEAST_ON_PAPER - 0.01) small.remove();
    }
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

  // On paper every question has a page of its own, drawn and not photographed; the one that is open comes first. What would be
  // too small to read on one sheet and cannot be cut is left out, unless it is open.
  function printed() {
    const open = tabs.current();
    const views = [open, ...tabs.views.filter((view) => view !== open)].filter((view) => view.scene && !view.missing() && (view === open || view.printed !== false));
    return views.map(sheets).filter((laid) => laid.view === open || isLegible(laid)).flatMap(drawn);
  }

  window.addEventListener("beforeprint", () => byId("print-view").replaceChildren(...printed()));
  window.addEventListener("afterprint", () => byId("print-view").replaceChildren());

  return { svgText, png, element, printed, offered: () => Boolean(tabs.current().scene) && !tabs.current().missing() };
}
