// The list of notices, narrowed down by what is typed; without this script it is read as it is.
(() => {
  const field = document.getElementById("find");
  const rows = [...document.querySelectorAll("#list tbody tr")];
  const found = document.getElementById("found");
  field.closest("p").hidden = rows.length < 2;
  const text = row => row.textContent.toLowerCase();
  field.addEventListener("input", () => {
    const words = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every(word => text(row).includes(word));
      shown += !row.hidden;
    }
    found.textContent = words.length ? found.dataset.text.replace("#", shown) : "";
  });
})();
