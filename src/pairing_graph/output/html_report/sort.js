// Tables that a click on a heading sorts; without this script they are read in the order of the report.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const first = [...body.rows];
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const sort = (column, numeric, down) => first.slice().sort((one, other) => {
    const [left, right] = [value(one, column), value(other, column)];
    const order = numeric ? Number(left) - Number(right) : compare(left, right);
    if (Number.isNaN(order)) return Number.isNaN(Number(left)) - Number.isNaN(Number(right));
    return down ? -order : order;
  });
  if (first.length < 3) continue;
  heads.forEach((head, column) => {
    // No button element: a browser that prints does not repeat a head that holds one.
    const button = document.createElement("span");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
    button.addEventListener("click", () => {
      const numeric = head.classList.contains("number");
      const before = head.getAttribute("aria-sort");
      const down = before ? before === "ascending" : numeric;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.replaceChildren(...sort(column, numeric, down));
    });
  });
}
