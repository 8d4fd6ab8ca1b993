// The list of notices: all of them are searched and sorted, some are shown; without this script the first ones are read.
(() => {
  const AT_A_TIME = 40;
  const rows = JSON.parse(document.getElementById("all-notices").textContent).map((cells) => ({ cells, text: cells.slice(0, 4).join(" ").toLowerCase() }));
  const [field, found, more] = ["find", "found", "more"].map((id) => document.getElementById(id));
  const list = document.getElementById("list");
  const heads = [...list.tHead.rows[0].cells];
  const labels = heads.map((head) => head.textContent);
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const number = new Intl.NumberFormat("en");
  // Where the cells of a heading are in a row: document, title, date, regions, tasks, doubts, weight, link.
  const PLACES = [1, 2, 3, 4, 5, 6];
  let chosen = rows;
  let shown = AT_A_TIME;

  const element = (name, text, given = {}) => {
    const made = Object.assign(document.createElement(name), given);
    made.textContent = text;
    return made;
  };
  const titleOf = ([document, title, , , , , , link]) => {
    const cell = element("td", link ? "" : title || document, { className: "long" });
    if (link) cell.append(element("a", title || document, { href: link }));
    cell.append(element("small", document));
    return cell;
  };
  const rowOf = ({ cells }) => {
    const row = document.createElement("tr");
    row.append(titleOf(cells), element("td", cells[2]), element("td", cells[3]));
    for (const place of [4, 5, 6]) {
      const cell = element("td", number.format(cells[place]), { className: "number" });
      cell.dataset.label = labels[PLACES.indexOf(place)];
      row.append(cell);
    }
    return row;
  };
  const draw = () => {
    list.tBodies[0].replaceChildren(...chosen.slice(0, shown).map(rowOf));
    more.hidden = shown >= chosen.length;
  };

  const choose = () => {
    const words = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    chosen = rows.filter(({ text }) => words.every((word) => text.includes(word)));
    const head = heads.find((one) => one.hasAttribute("aria-sort"));
    if (head) {
      const place = PLACES[heads.indexOf(head)];
      const sign = head.getAttribute("aria-sort") === "descending" ? -1 : 1;
      const order = place > 3 ? (one, other) => one.cells[place] - other.cells[place] : (one, other) => compare(one.cells[place], other.cells[place]);
      chosen = chosen.slice().sort((one, other) => sign * order(one, other));
    }
    found.textContent = words.length ? found.dataset.text.replace("#", () => number.format(chosen.length)) : "";
    shown = AT_A_TIME;
    draw();
  };

  heads.forEach((head, column) => {
    const button = element("span", labels[column], { tabIndex: 0 });
    button.setAttribute("role", "button");
    head.replaceChildren(button);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      const down = before ? before === "ascending" : head.classList.contains("number");
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      choose();
    });
  });
  field.closest("p").hidden = rows.length < 2;
  field.addEventListener("input", choose);
  more.addEventListener("click", () => { shown += AT_A_TIME; draw(); });
  more.hidden = rows.length <= shown;
})();
