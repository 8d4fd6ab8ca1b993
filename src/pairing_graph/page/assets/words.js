// The words of the interface in the language that is chosen.

function createWords(payload, store) {
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => (values[name] ?? ""));
  const find = (key) => payload.words[store.get("lang")][key];

  function t(key, values = {}) {
    return fill(find(`page.${key}`) ?? find(key) ?? key, values);
  }

  function kind(name) {
    return find(`kind.${name}`) ?? name ?? "";
  }

  // Elements of the template say by data-word, data-label and data-hint which word they show.
  function apply(root = document) {
    document.documentElement.lang = store.get("lang") === "zh" ? "zh-CN" : "en";
    for (const node of root.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
    for (const node of root.querySelectorAll("[data-label]")) {
      node.setAttribute("aria-label", t(node.dataset.label));
      node.title = t(node.dataset.label);
    }
    for (const node of root.querySelectorAll("[data-hint]")) node.placeholder = t(node.dataset.hint);
  }

  function number(value) {
    return Number.isInteger(value) ? String(value) : value.toFixed(2);
  }

  // Shares have two decimals, all of them, so that they can be compared; everything else is counted.
  const load = (count, value) => (count === "fractional" ? value.toFixed(2) : number(value));

  const tasks = (count) => t(count === 1 ? "task_one" : "task_many", { count });

  // A list of names in words: all of up to three, else the first and how many there are.
  function names(list) {
    if (list.length > 3) return t("first_of_units", { name: list[0], count: list.length, others: list.length - 1 });
    return list.length < 2 ? list.join("") : list.slice(0, -1).join(t("listing")) + t("and") + list.at(-1);
  }

  const lang = () => store.get("lang");

  return { t, lang, kind, apply, number, load, tasks, names };
}
